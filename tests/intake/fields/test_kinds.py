"""What all kinds have in common."""

from __future__ import annotations

import importlib
import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake import fields
from intake.fields import reference

KINDS = fields.kinds()
texts = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("0123456789年月日元万（）· \n")), max_size=40)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_provides_the_interface(kind: str) -> None:
    """``compact`` and ``validate`` with a specification that has an example."""
    module = importlib.import_module(f"intake.fields.{kind}")
    assert inspect.getdoc(module.compact)
    assert inspect.getdoc(module.validate)
    assert ">>> " in (module.__doc__ or "")


@pytest.mark.parametrize("kind", KINDS)
@given(text=texts)
def test_no_text_breaks_a_kind_and_every_value_is_canonical(kind: str, text: str) -> None:
    """A verdict without a value says why; a value checked or typed again stays itself; all can be shown."""
    verdict = fields.check(kind, text)
    if verdict.value is None:
        assert any(problem.severity == "error" for problem in verdict.problems)
    else:
        assert fields.check(kind, verdict.value).value == verdict.value
        assert fields.display(kind, verdict.value, "zh")
        assert fields.display(kind, verdict.value, "en")
        for language in ("zh", "en"):
            assert fields.check(kind, fields.typed(kind, verdict.value, language)).value == verdict.value


@pytest.mark.parametrize("kind", KINDS)
@given(text=texts)
def test_every_candidate_is_a_canonical_value(kind: str, text: str) -> None:
    """What is offered to a person can be chosen as it stands."""
    for offered in fields.candidates(kind, text):
        assert fields.check(kind, offered).value == offered


@pytest.mark.parametrize("kind", KINDS)
def test_alphabets_are_for_codes_alone(kind: str) -> None:
    """A kind that names its characters is read by the engine's language for codes."""
    assert (fields.alphabet(kind) is None) == (fields.language(kind) == "chi_sim")


@pytest.mark.parametrize("kind", KINDS)
def test_messages_hold_no_value_and_both_languages(kind: str) -> None:
    """Findings are kept and shown; what was read must not travel in them."""
    read = ("", "Q7壹X", "91330106MA2AB12C3M", "330106199003078210", "2016年13月45日", "壹佰元整¥99.00")
    found = [(text, problem) for text in read for problem in fields.check(kind, text).problems]
    assert found, "a kind that complains of nothing"
    for text, problem in found:
        assert problem.code.startswith(f"{kind}.")
        assert problem.message.zh
        assert problem.message.en
        assert not text or text not in problem.message.zh + problem.message.en


def test_a_text_that_is_noise_from_end_to_end_is_not_peeled_letter_by_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten thousand captions one behind the other are given up after some rounds: each reads the whole text."""
    rounds: list[int] = []
    peeled = reference.compact
    monkeypatch.setattr(reference, "compact", lambda text: rounds.append(len(text)) or peeled(text))
    assert fields.check("reference", "号" * 10_000).value is not None
    assert len(rounds) <= 110


def test_an_unknown_kind_is_a_programming_error() -> None:
    """Kinds are names of modules."""
    with pytest.raises(KeyError):
        fields.check("colour", "red")
