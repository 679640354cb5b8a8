"""Confirmed papers → a labelled corpus: what a person decided is the truth, what was read is the answer.

What counts as truth:

* an accepted or corrected fact is the truth of its field on *every* paper whose reading had the fact;
* a fact that was read nowhere and typed in counts as missed on the one paper of the case whose type prints it always;
  where several could have it, nobody knows which paper was meant, and it counts on none;
* a fact that was left out says nothing (not wanted, not on the paper, not to be made out) and is not scored.

Nothing here asks an engine or a database: papers and decisions are given, truths and answers come out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from intake.evaluation import Outcome
from intake.evaluation.truth import DocumentTruth, FileTruth, comparable
from intake.papers import Paper, papers
from intake.types import (
    Action,
    CaseDocument,
    Decision,
    DocumentReading,
    DraftCustomerFile,
    DraftFact,
    FileReading,
    PageSize,
    PageText,
)

Understand = Callable[[Sequence[PageText]], tuple[DocumentReading, ...]]
"""Documents out of words, as the pipeline makes them."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person's word means for one field of one paper; ``value`` is ``None`` where the fact was left out.

    ``elsewhere``: the person accepted what another paper of the case says, and this one was read to say otherwise. It
    may have been misread, or truly say something else: the only decisions of which that is not known.
    """

    field: str
    action: Action
    value: str | None
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class ReviewedPaper:
    """A document of a confirmed draft: what was read then, and what was decided."""

    id: str
    reading: DocumentReading
    decided: tuple[Decided, ...]


@dataclass(frozen=True, slots=True)
class ReviewedFile:
    """A stored file whose papers were confirmed.

    ``name`` is made of identifiers, never the sender's; ``texts`` are the kept words, where they were asked for.
    """

    name: str
    profile: str
    pages: tuple[PageSize, ...]
    papers: tuple[ReviewedPaper, ...]
    texts: tuple[PageText, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many fields of papers were accepted, corrected, left out; and accepted from another paper (of all three)."""

    accepted: int
    corrected: int
    left_out: int
    elsewhere: int


def decided(
    draft: DraftCustomerFile, decisions: Iterable[Decision], documents: Sequence[CaseDocument]
) -> dict[str, tuple[Decided, ...]]:
    """What the decisions on a draft mean for each of its documents, by the document's identifier.

    ``documents`` are all of the case; those that no decision speaks of are left out. ``decisions`` hold the confirmed
    value also where it was accepted.
    """
    words = {decision.fact: decision for decision in decisions}
    known = papers(documents)
    found: dict[str, list[Decided]] = defaultdict(list)
    for fact in draft.facts:
        if fact.fact in words:
            for document_id, one in _on_papers(fact, words[fact.fact], known):
                found[document_id].append(one)
    return {document_id: tuple(ones) for document_id, ones in found.items()}


def _on_papers(fact: DraftFact, word: Decision, known: Sequence[Paper]) -> Iterator[tuple[str, Decided]]:
    for source in fact.sources:
        read = source.reading
        elsewhere = word.action == "accept" and not _same(read.value, word.value)
        yield source.document_id, Decided(read.field, word.action, word.value, elsewhere)
    if fact.sources:
        return
    places = [(paper.document.id, spec.name) for paper in known for spec in paper.type.fields if spec.expected]
    numbered = {paper.document.id: paper for paper in known}
    printed = [(where, field) for where, field in places if numbered[where].fact(field) == fact.fact]
    if len(printed) == 1:
        where, field = printed[0]
        yield where, Decided(field, word.action, word.value)


def _same(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and comparable(one) == comparable(other)


def truth(file: ReviewedFile) -> FileTruth:
    """What the decisions say of a file's papers, in the form of a corpus."""
    return FileTruth(file.name, file.profile, tuple(_truth(paper) for paper in file.papers))


def _truth(paper: ReviewedPaper) -> DocumentTruth:
    return DocumentTruth(
        type=paper.reading.type or "",
        pages=tuple(index + 1 for index in paper.reading.page_indexes),
        fields={one.field: one.value for one in paper.decided if one.value is not None},
    )


def proposed(file: ReviewedFile) -> Outcome:
    """The engine's answer as it was proposed to the person."""
    return Outcome(file.name, FileReading(file.pages, (), tuple(paper.reading for paper in file.papers)))


def anew(file: ReviewedFile, understand: Understand) -> Outcome:
    """The answer that the rules of today give to the words kept then; the engines are not asked."""
    return Outcome(file.name, FileReading(file.pages, (), understand(file.texts)))


def tally(files: Iterable[ReviewedFile]) -> Tally:
    """How people decided."""
    every = [one for file in files for paper in file.papers for one in paper.decided]
    actions = Counter(one.action for one in every)
    return Tally(actions["accept"], actions["correct"], actions["omit"], sum(one.elsewhere for one in every))
