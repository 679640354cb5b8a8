"""Every error is answered: with its status, in both languages, as a page and as a problem document."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from http import HTTPStatus
from pathlib import Path
from string import Formatter

import pytest
from flask import make_response
from markupsafe import escape
from werkzeug.exceptions import default_exceptions

import web
from intake.errors import IntakeError, kind_of
from tests.web.conftest import Portal
from web import access, bounds, errors, failures, words

SECRET = "91330106MA2AB12C3N"


def _below(kind: type[IntakeError]) -> Iterator[type[IntakeError]]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)


CONCRETE = sorted((kind for kind in _below(IntakeError) if kind.code), key=lambda kind: kind.code)


def _example(kind: type[IntakeError]) -> IntakeError:
    """An error of the kind with every detail that its texts name."""
    texts = (kind.cause.zh, kind.cause.en, kind.next_step.zh, kind.next_step.en)
    names = {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}
    return kind(**{name: ["a", "b"] if name.endswith("s") else "7" for name in names})


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_each_error_is_a_page_that_says_what_to_do_next(portal: Portal, language: str) -> None:
    """Status of the table; cause, next step and code on the page, with nothing left to fill in."""
    for kind in CONCRETE:
        with portal.app.test_request_context("/", headers={"Accept-Language": language, "Accept": "text/html"}):
            answer = make_response(portal.app.handle_user_exception(_example(kind)))
        text = answer.get_data(as_text=True)
        assert answer.status_code == errors.status_of(kind), kind
        assert 400 <= answer.status_code < 600, kind
        assert kind.code in text
        for told in (kind.cause, kind.next_step):
            assert str(escape(told.text(language).split("{")[0])) in text, kind
        assert "{" not in text.split("<main")[1], kind


def test_each_error_is_a_problem_document_for_programs(portal: Portal) -> None:
    """RFC 9457 with our code and next step, below ``/api/``."""
    for kind in CONCRETE:
        with portal.app.test_request_context("/api/v1/x", headers={"Accept-Language": "en"}):
            answer = make_response(portal.app.handle_user_exception(_example(kind)))
        body = answer.get_json()
        assert answer.content_type == "application/problem+json", kind
        assert (body["status"], body["code"]) == (answer.status_code, kind.code)
        assert all(body[name] for name in ("title", "detail", "next_step")), kind


def test_every_kind_of_error_has_a_status_and_texts() -> None:
    """No class can be added without an answer: each concrete one is covered, and its code is its own."""
    assert len({kind.code for kind in CONCRETE}) == len(CONCRETE) > 20
    for kind in CONCRETE:
        assert isinstance(errors.status_of(kind), HTTPStatus)
        assert all((kind.cause.zh, kind.cause.en, kind.next_step.zh, kind.next_step.en)), kind
        assert kind_of(kind.code) is kind
    assert (kind_of(""), kind_of("file.unheard_of")) == (None, None)
    with pytest.raises(LookupError, match="IntakeError"):
        errors.status_of(IntakeError)


def test_every_http_error_is_told_in_both_languages(portal: Portal) -> None:
    """A status that the framework raises is answered in our form too: code, cause and next step."""
    for status, kind in default_exceptions.items():
        for language in ("zh-CN", "en"):
            with portal.app.test_request_context("/", headers={"Accept-Language": language}):
                answer = make_response(portal.app.handle_user_exception(kind()))
            text = answer.get_data(as_text=True)
            assert answer.status_code == status
            assert f"http.{status}" in text
            for told in errors.texts_of(status):
                assert str(escape(told.text(language[:2]))) in text, status


def test_an_unforeseen_error_is_answered_and_logged_without_its_text(
    portal: Portal, capsys: pytest.CaptureFixture[str]
) -> None:
    """The page says that something went wrong; neither it nor the log repeats a text that may quote a paper."""

    @access.public
    def broken() -> str:
        raise ValueError(SECRET)

    portal.app.view_functions["health.healthz"] = broken
    answer = portal.stranger().get("/healthz")
    printed = capsys.readouterr()
    assert answer.status_code == 500
    assert SECRET not in answer.get_data(as_text=True)
    assert SECRET not in printed.out + printed.err
    assert "request_failed" in printed.out + printed.err


def test_a_code_of_an_error_is_explained_even_without_its_details(portal: Portal) -> None:
    """A page that shows a kept code never fails on a detail that was not kept, nor on a code that it does not know."""
    with portal.app.test_request_context("/", headers={"Accept-Language": "en"}):
        assert words.explained("file.too_large", {}) == (
            "The file is over the limit of … MB.",
            "Scan at a lower resolution (300 dpi is enough) or split it.",
        )
        assert words.explained("job.lost")[1].startswith("Administrators: try again")


def test_an_error_beside_what_it_concerns_is_told_as_on_its_page(portal: Portal) -> None:
    """Cause, next step and code stand in one note: told at once, after a redirect, and of a form that was refused."""
    draft = portal.draft()
    reviewer, administrator = portal.browser("reviewer"), portal.browser("administrator")
    reviewer.post(f"/reviews/{draft}/claim")
    own = portal.accounts["administrator"]
    administrator.post(f"/accounts/{own}/close")
    stranger = portal.stranger("en")
    pages = {
        "review.undecided_facts": reviewer.post(f"/reviews/{draft}/confirm", {"version": "1"}),
        "account.own": administrator.get("/accounts"),
        "account.wrong_password": stranger.post("/sign-in", {"name": "nobody", "password": "nothing at all"}),
        "account.link_spent": stranger.post("/sign-in/link/none"),
    }
    for code, answer in pages.items():
        kind = kind_of(code)
        assert kind is not None
        alerts = [part.partition("</div>")[0] for part in answer.get_data(as_text=True).split('role="alert"')[1:]]
        note = next(part for part in alerts if "data-code" in part)  # those that scripts fill are empty
        assert str(escape(kind.next_step.en)) in note, code
        assert str(escape(kind.cause.en.split("{")[0])) in note, code
        assert f"data-code>{code}<" in note


def test_what_a_page_tells_by_itself_stands_in_it_with_cause_step_and_code(portal: Portal) -> None:
    """Scripts have no words of their own: each failure is there in the page's language, numbers filled in."""
    for language, pick in (("en", "en"), ("zh-CN", "zh")):
        body = portal.stranger(language).get("/sign-in").get_data(as_text=True)
        told = json.loads(unescape(re.findall(r'data-failures="([^"]*)"', body)[0]))
        assert set(told) == {kind.code for kind in failures.TOLD}
        for kind in failures.TOLD:
            assert told[kind.code]["next_step"] == getattr(kind.next_step, pick)
            assert told[kind.code]["detail"] == getattr(kind.cause, pick).format(limit_mb=1, most=bounds.FILES_BY_LINK)


def test_no_page_tells_an_error_in_a_note_of_its_own() -> None:
    """Templates show errors by the one macro, so that none lacks its code; scripts fill the others, which are empty."""
    for path in (Path(web.__file__).parent / "templates").rglob("*.html"):
        for place, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if "note tone-bad" in line and path.name != "_macros.html":
                assert "hidden>" in line, f"{path.name}:{place}"
