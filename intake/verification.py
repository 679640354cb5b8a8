"""More eyes than two: when a draft needs a second person, who keys a value blind, and what follows where two differ.

A draft is decided on in rounds, each by another person. One round is enough unless the office has set the draft's
document types or facts so. The second person sees what the first decided, but for *blind* facts neither that nor what
was read, only the place on the scan; where the two keyed different values of a blind fact, a third sees both and
decides. The last round's word counts; every round is kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from intake.papers import base
from intake.standing import uncommon
from intake.types import Alternative, Decision, DraftCustomerFile, DraftFact, FactSource, FieldReading

FIRST, SECOND, THIRD = 1, 2, 3
PERSON = "person"
"""The reader of an alternative that a person keyed; its reason tells in which round."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What the office has set: document types and facts (without number) that need a second person, and blind facts."""

    types: frozenset[str] = frozenset()
    facts: frozenset[str] = frozenset()
    blind: frozenset[str] = frozenset()


def people(facts: Iterable[str], types: Collection[str], rule: Rule) -> int:
    """How many persons a draft of these facts and document types needs: one or two.

    >>> people(["credit_code", "company_name#2"], ["contract"], Rule(facts=frozenset({"company_name"})))
    2
    """
    second = rule.facts | rule.blind
    return 2 if rule.types & set(types) or any(base(fact) in second for fact in facts) else 1


def blind_facts(facts: Iterable[str], rule: Rule) -> frozenset[str]:
    """Those of the facts that the second person keys blind."""
    return frozenset(fact for fact in facts if base(fact) in rule.blind)


def looked_at_anew(draft: DraftCustomerFile, first: Mapping[str, str | None]) -> frozenset[str]:
    """The names that the second person decides on anew, whatever the first said: rare ones, read or given by him."""
    return frozenset(
        fact.fact
        for fact in draft.facts
        if any(uncommon(fact.kind, value, fact.sources) for value in (fact.value, first.get(fact.fact)))
    )


def blinded(draft: DraftCustomerFile, blind: Collection[str]) -> DraftCustomerFile:
    """The draft as who keys ``blind`` facts may see it: of them only their label and their places on the scans.

    The title goes where it is the value of such a fact, read or on file.
    """
    hidden = {value for fact in draft.facts if fact.fact in blind for value in (fact.value, fact.present)}
    return replace(
        draft,
        title="" if draft.title in hidden else draft.title,
        facts=tuple(_hidden(fact) if fact.fact in blind else fact for fact in draft.facts),
        findings=tuple(finding for finding in draft.findings if not set(finding.fields) & set(blind)),
    )


def _hidden(fact: DraftFact) -> DraftFact:
    return replace(
        fact,
        value=None,
        confidence=0.0,
        present=None,
        alternatives=(),
        doubtful=True,
        sources=tuple(_place(source) for source in fact.sources),
    )


def _place(source: FactSource) -> FactSource:
    reading = source.reading
    bare = FieldReading(reading.field, "", None, 0.0, reading.page_index, reading.region, reader="")
    return replace(source, reading=bare)


def as_read(words: Iterable[Decision], values: Mapping[str, str | None], draft: DraftCustomerFile) -> list[Decision]:
    """The words, where a correction to the very value that had been read counts as accepting it.

    Who keys a fact blind cannot accept what he does not see. ``values`` are the canonical ones that the words give.
    """
    read = {fact.fact: fact.value for fact in draft.facts}
    return [
        Decision(word.fact, "accept") if word.action == "correct" and values[word.fact] == read[word.fact] else word
        for word in words
    ]


def differing(
    first: Mapping[str, str | None], second: Mapping[str, str | None], blind: Collection[str]
) -> tuple[str, ...]:
    """The blind facts of which two people keyed different canonical values; leaving out differs from any value.

    >>> differing({"a": "1", "b": None}, {"a": "2", "b": None}, {"a", "b"})
    ('a',)
    """
    return tuple(fact for fact, value in second.items() if fact in blind and value != first.get(fact))


def keyed(kept: Sequence[tuple[str, str | None]]) -> tuple[Alternative, ...]:
    """What people keyed of a fact, as (round's name, value), offered to who decides between them; no value is left out.

    >>> [one.value for one in keyed([("first", "2016-03-08"), ("second", None)])]
    ['2016-03-08']
    """
    return tuple(Alternative(value, "", 1.0, PERSON, reason) for reason, value in kept if value is not None)
