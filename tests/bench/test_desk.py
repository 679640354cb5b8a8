"""The reviewer who knows the truth: what he holds for wrong, and the keys with which he mends it."""

from __future__ import annotations

import pytest

from intake.evaluation.truth import DocumentTruth
from tests.bench.desk import Figures, Reviewed, report
from tests.bench.reviewer import Shown, Task, Truth, Typed, cost, edits, mending, task, truths

NAME = Truth(("杭州云岫测试有限公司",))


def shown(typed: str, *others: str, decided: bool = False, fact: str = "company_name") -> Shown:
    """A value on the desk."""
    return Shown(fact, "company_name", "doubtful", decided, typed, others, "a")


def test_the_truth_has_the_names_that_the_desk_gives_its_facts() -> None:
    """A paper's fields speak of facts, dates stand as they are typed, a second person's card has its number."""
    card = DocumentTruth("id_card_front", (1,), {"name": "林晓舟", "id_number": "330106199003078219"})
    other = DocumentTruth("id_card_front", (2,), {"name": "韦青屿", "id_number": "330106199104088214"})
    back = DocumentTruth("id_card_back", (1,), {"valid_to": "long-term"}, optional=frozenset({"issuing_authority"}))
    found = truths((card, other))
    assert found["person_name"] == Truth(("林晓舟",))
    assert found["person_name#2"] == Truth(("韦青屿",))
    assert truths((back,))["id_valid_to"].values == ("长期",)
    assert truths((back,))["id_authority"] == Truth((), scored=False)


def test_what_the_paper_does_not_have_is_wrong_on_the_desk_unless_nobody_counts_it() -> None:
    """An empty value is right then; a field that the corpus does not score is let be."""
    assert Truth().holds("")
    assert not Truth().holds("杜撰")
    assert Truth(scored=False).holds("随便")
    assert NAME.holds("杭州云岫测试有限公司 ")


@pytest.mark.parametrize(
    ("value", "keys"),
    [
        (shown("杭州云轴测试有限公司", "杭州云岫测试有限公司"), ("Alt+1", "Enter")),
        (shown("杭州云岫测试有限公"), ("ArrowRight", Typed("司"), "Enter")),
        (shown("完全另外"), (Typed("杭州云岫测试有限公司"), "Enter")),
        (shown("抗州云岫测试有限公司"), (Typed("杭州云岫测试有限公司"), "Enter")),
    ],
)
def test_a_wrong_value_is_mended_by_the_fewest_keys(value: Shown, keys: tuple[str | Typed, ...]) -> None:
    """An alternative by its digit, a few characters in their place, or the whole value; never more than anew."""
    assert mending(value, NAME) == keys
    assert cost(mending(value, NAME)) <= len(NAME.values[0]) + 1


def test_a_value_that_no_paper_has_is_left_out_with_one_key() -> None:
    """Alt and 0 decide and go on."""
    assert mending(shown("杜撰"), Truth()) == ("Alt+0",)


def test_the_caret_goes_to_the_place_from_the_nearer_end() -> None:
    """From the left the arrow goes over what is right and deletes behind it, from the right before it."""
    ways = edits("abXde", "abcde")
    assert ("ArrowLeft", "ArrowRight", "ArrowRight", "Delete", Typed("c")) in ways
    assert ("ArrowRight", "ArrowLeft", "ArrowLeft", "Backspace", Typed("c")) in ways


def test_the_target_of_a_paper_is_one_key_and_of_a_wrong_value_its_characters_and_two() -> None:
    """A right value that is doubtful costs its Enter."""
    right = {"company_name": NAME, "person_name": Truth(("林晓舟",))}
    sure = shown("林晓舟", decided=True, fact="person_name")
    assert task([shown(NAME.values[0], decided=True), sure], right).target == 1
    asked = task([shown("杭州云轴测试有限公司"), sure], right)
    assert (asked.wrong, asked.target) == (("company_name",), 1 + len(NAME.values[0]) + 2)
    assert task([shown(NAME.values[0]), sure], right).target == 2


def test_the_report_sets_every_figure_beside_its_target() -> None:
    """Papers without doubt apart from the others, who took too many keys by name, times with their tail."""
    sure = Reviewed("a.png", "contract", Task(9, (), (), 1), keys=1, waited={"ready": 200.0})
    slow = Reviewed("b.png", "contract", Task(9, ("title",), (), 6), keys=8, waited={"ready": 400.0}, pointer=1)
    told = report(Figures([sure, slow], [90.0], 1.5, 3))
    assert "| papers without doubtful values: keys each | 1: 1 (1 to 1) | 1 |" in told
    assert "| keys on all other papers | 1: 8 | at most 6 |" in told
    assert "| pointer moves | 1 | 0 |" in told
    assert "longest | 300; 400; 400 | 300; 700 |" in told
    assert told.endswith("Over their target: b.png (8 for 6)")
