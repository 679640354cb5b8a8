"""How a fact stands: rules outrank confidence, and names with rare characters are looked at by a person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.standing import opposed_since, standing, uncommon, weak_places
from intake.types import (
    Alternative,
    DraftCustomerFile,
    DraftFact,
    FactSource,
    FieldReading,
    Finding,
    Label,
    Region,
    Severity,
)

LABEL = Label("名", "Name")
PLACE = Region(((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)))


def _fact(value: str | None, kind: str = "uscc", *, present: str | None = None, doubtful: bool = False) -> DraftFact:
    return DraftFact("credit_code", LABEL, kind, value, 0.999, (), (), present, doubtful)


def _finding(code: str, severity: Severity, *facts: str) -> Finding:
    return Finding(code, severity, facts, LABEL)


GOOD = "91330106MA2AB12C3N"


@pytest.mark.parametrize(
    ("fact", "findings", "word"),
    [
        (_fact(GOOD), (), "certain"),
        (_fact(GOOD), (_finding("uscc.note", "info", "credit_code"),), "certain"),
        (_fact(GOOD), (_finding("other", "error", "company_name"),), "certain"),
        (_fact(GOOD, doubtful=True), (), "doubtful"),
        (_fact(GOOD), (_finding("uscc.odd", "warning", "credit_code"),), "doubtful"),
        (_fact(GOOD), (_finding("uscc.check_digit", "error", "credit_code"),), "invalid"),
        (_fact("no code at all"), (), "invalid"),
        (_fact(GOOD), (_finding("case.conflict", "error", "credit_code"),), "conflicting"),
        (_fact(GOOD), (_finding("code.parts", "warning", "credit_code", "tax"),), "conflicting"),
        (_fact(GOOD, present="91330106MA2CD34E0X"), (), "conflicting"),
        (_fact(None, doubtful=True), (_finding("field.unreadable", "warning", "credit_code"),), "missing"),
    ],
)
def test_a_fact_stands_as_rules_papers_and_readers_say_in_this_order(
    fact: DraftFact, findings: tuple[Finding, ...], word: str
) -> None:
    """No value, then a broken rule of its own, then a contradiction, then doubt; certain only without any of them."""
    assert standing(fact, findings) == word


@pytest.mark.parametrize(
    ("before", "after", "opposed"),
    [
        ((_fact(GOOD), ()), (_fact(GOOD), ()), set()),
        ((_fact(GOOD), ()), (_fact(GOOD, present="91330106MA2CD34E0X"), ()), {"credit_code"}),
        ((_fact(GOOD), ()), (_fact(GOOD, present=GOOD), ()), set()),
        ((_fact(GOOD, present="91330106MA2CD34E0X"), ()), (_fact(GOOD), ()), set()),
        ((_fact(GOOD), ()), (_fact(GOOD), (_finding("case.conflict", "error", "credit_code"),)), {"credit_code"}),
        ((_fact(GOOD), ()), (_fact(GOOD), (_finding("customer.changed", "info", "credit_code"),)), set()),
        ((_fact(GOOD), (_finding("case.conflict", "error", "credit_code"),)), (_fact(GOOD), ()), set()),
    ],
)
def test_what_stands_against_a_value_and_did_not_is_seen_in_a_draft_made_anew(
    before: tuple[DraftFact, tuple[Finding, ...]], after: tuple[DraftFact, tuple[Finding, ...]], opposed: set[str]
) -> None:
    """Another value on file, a finding that is no note; not what agrees with it, nor what has gone."""
    old, new = (DraftCustomerFile("company", "", (fact,), findings) for fact, findings in (before, after))
    assert opposed_since(old, new) == opposed


def _source(value: str, other: str | None = None, reason: str = "read") -> FactSource:
    others = () if other is None else (Alternative(other, other, 0.4, "rapidocr", reason),)
    return FactSource(
        "d1", "business_license", FieldReading("name", value, value, 0.999, 0, PLACE, "tesseract", others)
    )


def test_a_name_with_a_rare_character_or_with_readers_who_differ_asks_for_a_look() -> None:
    """Never by its confidence; what is no name, and what is read elsewhere on the paper, is left alone."""
    assert uncommon("person_name", "王堃", (_source("王堃"),))
    assert uncommon("person_name", "王坤", (_source("王坤", "王珅"),))
    assert not uncommon("person_name", "王坤", (_source("王坤", "李四", "elsewhere"),))
    assert not uncommon("person_name", "王坤", (_source("王坤"),))
    assert not uncommon("address", "堃路1号", (_source("堃路1号"),))
    assert not uncommon("person_name", None, ())


def test_an_eye_is_led_to_what_a_reader_doubts_to_where_readers_differ_and_to_rare_characters() -> None:
    """Each place once, in order; another value's doubts and readings of something else say nothing."""
    other = Alternative("王珅基", "王珅基", 0.4, "rapidocr", "read")
    reading = FieldReading("name", "王堃基", "王堃基", 0.9, 0, PLACE, "tesseract", (other,), unsure=(2, 1))
    assert weak_places("person_name", "王堃基", reading) == (1, 2)
    assert weak_places("person_name", "李明", reading) == ()
    far = replace(reading, alternatives=(replace(other, value="别的什么"),), unsure=())
    assert weak_places("text", "王堃基", far) == ()
