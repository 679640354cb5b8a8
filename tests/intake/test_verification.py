"""More eyes than two: what asks for a second person, what stays hidden, what counts as a difference."""

from __future__ import annotations

import pytest

from intake import verification
from intake.types import Decision, FieldReading
from intake.verification import Rule
from tests import made_up


@pytest.mark.parametrize(
    ("rule", "people"),
    [
        (Rule(), 1),
        (Rule(types=frozenset({"contract"})), 1),
        (Rule(types=frozenset({"business_license"})), 2),
        (Rule(facts=frozenset({"company_name"})), 2),
        (Rule(blind=frozenset({"id_number"})), 2),
        (Rule(blind=frozenset({"permit_number"})), 1),
    ],
)
def test_a_type_or_a_fact_that_is_set_asks_for_a_second_person(rule: Rule, people: int) -> None:
    """Numbered facts follow their base; what the draft does not hold asks for nobody."""
    assert verification.people(["company_name", "id_number#2"], ["business_license"], rule) == people


def test_a_blind_fact_keeps_its_label_and_place_alone() -> None:
    """No value, text, alternative or finding of it is left; a title that is its value goes too; the others stay."""
    documents = (made_up.CaseDocument("d", made_up.license_reading()),)
    file = made_up.drafted(documents)
    seen = verification.blinded(file, {"company_name"})
    assert "杭州云岫测试有限公司" not in repr(seen)
    assert [fact.label for fact in seen.facts] == [fact.label for fact in file.facts]
    reading = seen.facts[0].sources[0].reading
    assert reading == FieldReading("name", "", None, 0.0, 0, made_up.REGION, reader=""), "nor who read it, how surely"
    assert seen.facts[1:] == file.facts[1:]


def test_keying_what_was_read_counts_as_accepting_it() -> None:
    """In the canonical form; anything else stays a correction, leaving out stays leaving out."""
    file = made_up.drafted((made_up.CaseDocument("d", made_up.license_reading()),))
    words = [
        Decision("registered_capital", "correct", "500万元"),
        Decision("credit_code", "correct", made_up.CODES[1]),
        Decision("company_name", "omit"),
    ]
    values = {"registered_capital": "5000000.00", "credit_code": made_up.CODES[1], "company_name": None}
    assert verification.as_read(words, values, file) == [Decision("registered_capital", "accept"), *words[1:]]


def test_leaving_out_differs_from_any_value_and_facts_that_are_not_blind_never_differ() -> None:
    """Only blind facts go to a third person."""
    first, second = {"a": "1", "b": None, "c": "3"}, {"a": "1", "b": "2", "c": "4"}
    assert verification.differing(first, second, {"a", "b"}) == ("b",)
