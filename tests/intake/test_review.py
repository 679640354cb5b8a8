"""A person decides; nothing else puts values into a customer file."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake import fields
from intake.errors import (
    InvalidValueError,
    ReviewError,
    UndecidedFactsError,
    UnknownFactError,
    UnresolvedFindingsError,
)
from intake.review import DISCARD_REASONS, RETURN_REASONS, confirm
from intake.types import (
    CustomerFact,
    CustomerFile,
    Decision,
    DraftCustomerFile,
    DraftFact,
    FactSource,
    FieldReading,
    Finding,
    Label,
)
from tests.intake.casebook import REGION

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
LABEL = Label("项", "Item")
CODE = "91330106MA2AB12C3N"
BAD_CODE = "91330106MA2AB12C3M"
ERROR = Finding("uscc.check_digit", "error", ("credit_code",), LABEL)


def fact(name: str, kind: str, value: str | None, present: str | None = None) -> DraftFact:
    """A fact with one source."""
    reading = FieldReading(name, value or "～", value, 0.9, 0, REGION, "tesseract")
    return DraftFact(name, LABEL, kind, value, 0.9, (FactSource("d1", "business_license", reading),), (), present)


NAME = fact("company_name", "company_name", "杭州青禾文具有限公司")
CREDIT = fact("credit_code", "uscc", CODE)
SINCE = fact("established_on", "date", "2016-03-08")


def made(*facts: DraftFact, findings: tuple[Finding, ...] = (), number: str | None = None) -> DraftCustomerFile:
    """A company's draft."""
    return DraftCustomerFile("company", "杭州青禾文具有限公司", facts, findings, number)


def decided(draft: DraftCustomerFile, *decisions: Decision, acknowledged: frozenset[str] = frozenset()) -> CustomerFile:
    """The file that these decisions give."""
    return confirm(draft, decisions, by="reviewer", at=AT, acknowledged=acknowledged)


def test_each_fact_keeps_what_was_read_beside_what_was_decided() -> None:
    """Accepted, corrected and left out, each with who decided and when, and the reading it came from."""
    file = decided(
        made(NAME, CREDIT, SINCE),
        Decision("company_name", "accept"),
        Decision("credit_code", "omit"),
        Decision("established_on", "correct", "二〇一六年三月九日"),
    )
    assert file == CustomerFile(
        "company",
        "杭州青禾文具有限公司",
        (
            CustomerFact(
                "company_name", LABEL, "company_name", "杭州青禾文具有限公司", "accept", "reviewer", AT,
                NAME.sources[0], "杭州青禾文具有限公司", 0.9,
            ),
            CustomerFact(
                "established_on", LABEL, "date", "2016-03-09", "correct", "reviewer", AT,
                SINCE.sources[0], "2016-03-08", 0.9,
            ),
        ),
        None,
    )  # fmt: skip


def test_every_fact_needs_a_decision() -> None:
    """What was not looked at is named, in the draft's order."""
    with pytest.raises(UndecidedFactsError) as raised:
        decided(made(NAME, CREDIT, SINCE), Decision("credit_code", "accept"))
    assert raised.value.details == {"facts": ["company_name", "established_on"]}


def test_two_decisions_on_one_fact_are_none() -> None:
    """Which of them counts would be a guess."""
    with pytest.raises(UndecidedFactsError):
        decided(made(NAME), Decision("company_name", "accept"), Decision("company_name", "omit"))


def test_decisions_on_unknown_facts_are_refused() -> None:
    """The reviewer looked at another version of the draft."""
    with pytest.raises(UnknownFactError) as raised:
        decided(made(NAME), Decision("company_name", "accept"), Decision("person_name", "accept"))
    assert raised.value.details == {"facts": ["person_name"]}


@pytest.mark.parametrize(
    ("proposed", "decision"),
    [
        (SINCE, Decision("established_on", "correct", "gestern")),
        (SINCE, Decision("established_on", "correct", "")),
        (SINCE, Decision("established_on", "correct")),
        (SINCE, Decision("established_on", "accept", "2016-03-09")),
        (fact("established_on", "date", None), Decision("established_on", "accept")),
    ],
)
def test_a_decision_without_a_well_formed_value_is_refused(proposed: DraftFact, decision: Decision) -> None:
    """Corrections need the form of their kind; only what the draft proposes can be accepted."""
    with pytest.raises(InvalidValueError) as raised:
        decided(made(proposed), decision)
    assert raised.value.details == {"facts": ["established_on"]}


def test_accepting_may_repeat_the_value_that_was_seen() -> None:
    """A form that sends the value along says the same."""
    file = decided(made(SINCE), Decision("established_on", "accept", "2016-03-08"))
    assert file.facts[0].value == "2016-03-08"


def test_an_error_must_be_decided_explicitly() -> None:
    """Accepting the value does not settle its error; the finding and its facts are named."""
    draft = made(fact("credit_code", "uscc", BAD_CODE), findings=(ERROR,))
    with pytest.raises(UnresolvedFindingsError) as raised:
        decided(draft, Decision("credit_code", "accept"))
    assert raised.value.details == {"findings": ["uscc.check_digit:credit_code"], "facts": ["credit_code"]}


@pytest.mark.parametrize(
    ("decision", "acknowledged"),
    [
        (Decision("credit_code", "accept"), frozenset([ERROR.key])),
        (Decision("credit_code", "correct", CODE), frozenset()),
        (Decision("credit_code", "omit"), frozenset()),
    ],
)
def test_an_error_is_settled_by_a_word_a_correction_or_leaving_out(
    decision: Decision, acknowledged: frozenset[str]
) -> None:
    """The three explicit ways."""
    draft = made(fact("credit_code", "uscc", BAD_CODE), findings=(ERROR,))
    assert decided(draft, decision, acknowledged=acknowledged).kind == "company"


def test_a_correction_with_an_error_of_its_own_must_be_acknowledged() -> None:
    """A slip of the reviewer's finger is noticed too; a code of the pilot years can still be entered."""
    decision = Decision("credit_code", "correct", BAD_CODE)
    with pytest.raises(UnresolvedFindingsError) as raised:
        decided(made(CREDIT), decision)
    assert raised.value.details["findings"] == ["uscc.check_digit:credit_code"]
    file = decided(made(CREDIT), decision, acknowledged=frozenset(["uscc.check_digit:credit_code"]))
    assert file.facts[0].value == BAD_CODE


def test_a_contradiction_stands_while_one_side_is_accepted() -> None:
    """Correcting one of two facts is no word on the other."""
    both = Finding("date.order", "error", ("established_on", "company_name"), LABEL)
    draft = made(NAME, SINCE, findings=(both,))
    with pytest.raises(UnresolvedFindingsError):
        decided(draft, Decision("company_name", "accept"), Decision("established_on", "correct", "2016-03-09"))
    assert decided(draft, Decision("company_name", "omit"), Decision("established_on", "correct", "2016-03-09"))


def test_an_error_about_no_fact_needs_a_word() -> None:
    """Something wrong with the whole case cannot be settled by a value."""
    draft = made(NAME, findings=(Finding("case.odd", "error", (), LABEL),))
    with pytest.raises(UnresolvedFindingsError):
        decided(draft, Decision("company_name", "omit"))
    assert decided(draft, Decision("company_name", "accept"), acknowledged=frozenset(["case.odd:"]))


def test_warnings_do_not_stand_in_the_way() -> None:
    """Doubt is shown, not enforced."""
    warning = Finding("license.expired", "warning", ("company_name",), LABEL)
    assert decided(made(NAME, findings=(warning,)), Decision("company_name", "accept")).facts


@pytest.mark.parametrize(
    ("draft", "decision", "title"),
    [
        (made(NAME), Decision("company_name", "correct", "杭州青木文具有限公司"), "杭州青木文具有限公司"),
        (made(NAME), Decision("company_name", "omit"), "未命名客户"),
        (
            made(fact("company_name", "company_name", "新名称有限公司", "旧名称有限公司"), number="C1"),
            Decision("company_name", "omit"),
            "旧名称有限公司",
        ),
        (made(SINCE, number="C1"), Decision("established_on", "accept"), "杭州青禾文具有限公司"),
    ],
)
def test_the_title_is_a_decided_value_too(draft: DraftCustomerFile, decision: Decision, title: str) -> None:
    """A name that a person corrected or left out does not come back as the title."""
    assert decided(draft, decision).title == title


def test_reasons_are_in_both_languages() -> None:
    """Codes are stable; the words are for people."""
    for reasons in (RETURN_REASONS, DISCARD_REASONS):
        assert "other" in reasons
        assert all(code.isidentifier() and label.zh and label.en for code, label in reasons.items())


# ---- for any draft and any decisions --------------------------------------------------------------------------------

names = st.sampled_from(["company_name", "credit_code", "established_on", "registered_capital", "person_name", "notes"])
kinds = st.sampled_from(sorted(fields.kinds()))
values = st.one_of(
    st.none(),
    st.sampled_from([CODE, BAD_CODE, "2016-03-08", "long-term", "100.00", "杭州青禾文具有限公司", "男", ""]),
    st.text(max_size=8),
)
findings = st.builds(
    Finding,
    st.sampled_from(["a.b", "uscc.check_digit"]),
    st.sampled_from(["error", "warning", "info"]),
    st.lists(names, max_size=2, unique=True).map(tuple),
    st.just(LABEL),
)
drafts = st.builds(
    DraftCustomerFile,
    st.sampled_from(["company", "person"]),
    st.text(max_size=5),
    st.lists(st.builds(fact, names, kinds, values, values), max_size=5, unique_by=lambda one: one.fact).map(tuple),
    st.lists(findings, max_size=3).map(tuple),
    st.one_of(st.none(), st.just("C000001")),
)
decisions_on_any = st.lists(
    st.builds(Decision, names, st.sampled_from(["accept", "correct", "omit"]), values), max_size=7
)


@st.composite
def fitting(draw: st.DrawFn, draft: DraftCustomerFile) -> list[Decision]:
    """One decision for each fact, so that confirming has a chance."""
    return [
        Decision(
            one.fact,
            *draw(st.tuples(st.sampled_from(["accept", "correct", "omit"]), st.sampled_from([None, one.value]))),
        )
        for one in draft.facts
    ]


@given(drafts, st.data(), st.booleans(), st.booleans())
def test_no_value_enters_a_customer_file_without_a_decision(
    draft: DraftCustomerFile,
    data: st.DataObject,
    fit: bool,  # noqa: FBT001 - drawn by hypothesis
    knowing: bool,  # noqa: FBT001 - drawn by hypothesis
) -> None:
    """Either confirming raises a review error, or each fact in the file was accepted as proposed or corrected.

    And then every fact was decided once, what was left out is not in the file, and no error stands unseen.
    """
    decisions = data.draw(fitting(draft) if fit else decisions_on_any)
    acknowledged = frozenset(finding.key for finding in draft.findings) if knowing else frozenset()
    try:
        file = confirm(draft, decisions, by="r", at=AT, acknowledged=acknowledged)
    except ReviewError:
        return
    chosen = {decision.fact: decision for decision in decisions}
    proposed = {one.fact: one for one in draft.facts}
    assert len(decisions) == len(draft.facts)
    assert {one.fact for one in file.facts} == {name for name, one in chosen.items() if one.action != "omit"}
    for one in file.facts:
        decision = chosen[one.fact]
        assert one.action == decision.action
        assert decision.action in ("accept", "correct")
        if decision.action == "accept":
            assert one.value == proposed[one.fact].value
        else:
            assert one.value == fields.check(one.kind, decision.value or "").value
        assert one.read_value == proposed[one.fact].sources[0].reading.value
    for finding in draft.findings:
        if finding.severity == "error" and finding.key not in acknowledged:
            assert finding.fields
            assert all(chosen[name].action != "accept" for name in finding.fields if name in chosen)


@given(drafts)
def test_confirming_without_decisions_only_confirms_nothing(draft: DraftCustomerFile) -> None:
    """Silence never confirms a value."""
    acknowledged = frozenset(finding.key for finding in draft.findings)
    try:
        file = confirm(draft, [], by="r", at=AT, acknowledged=acknowledged)
    except UndecidedFactsError:
        assert draft.facts
        return
    assert file.facts == ()
