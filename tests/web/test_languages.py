"""Chinese and English: which one a browser gets, and that neither lacks a word."""

from __future__ import annotations

import pkgutil
import re
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import get_args

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from flask import Flask
from flask_babel import Babel
from sqlalchemy import select

import web
from intake.customers import completeness
from intake.extraction.found import WHY
from intake.types import FactSource, FieldReading, Label
from models.accounts import ROLES
from models.cases import Case
from models.views import source_view
from tests.intake.casebook import REGION
from tests.web.conftest import Portal
from web import filtering, languages, reasons, words

FOLDER = Path(web.__file__).parent
METHODS = [("**/templates/**.html", "jinja2"), ("templates/**.html", "jinja2"), ("**.py", "python")]


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("zh-CN,zh;q=0.9", "zh-CN"),
        ("zh-TW", "zh-CN"),
        ("en-US,en;q=0.8", "en"),
        ("fr-FR, en;q=0.5", "en"),
        ("fr-FR", "zh-CN"),
        ("", "zh-CN"),
    ],
)
def test_a_browser_gets_its_language_and_chinese_where_it_asks_for_neither(
    portal: Portal, asked: str, given: str
) -> None:
    """The first of the browser's wishes that we speak counts; else the house's setting."""
    text = portal.stranger(asked).get("/sign-in").get_data(as_text=True)
    assert f'<html lang="{given}"' in text
    assert ("登录" in text) == (given == "zh-CN")


def test_a_choice_outlasts_the_browsers_wish_and_the_session(portal: Portal) -> None:
    """What a person chose is kept with the account and counts at the next sign-in, in any browser."""
    clerk = portal.browser("clerk", "en")
    assert clerk.post("/language", {"language": "zh", "next": "/me"}).location == "/me"
    assert "我的账号" in clerk.get("/me").get_data(as_text=True)
    assert "我的账号" in portal.browser("clerk", "en").get("/me").get_data(as_text=True)


def test_another_language_leads_to_a_page_that_exists(portal: Portal) -> None:
    """Also from a page that answers a form and has no address of its own: a link just made, a password too short."""
    portal.draft()
    with portal.database.read() as rows:
        case_id = rows.scalars(select(Case.id)).one()
    forms = {
        "clerk": [(f"/cases/{case_id}/links", {"hours": "24"}), ("/me/password", {"password": "x", "again": "x"})],
        "security": [(f"/accounts/{portal.accounts['clerk']}/link", {}), ("/accounts", {"name": "a", "roles": "none"})],
        "reviewer": [("/customers", {"q": "x"}), ("/reviews/none/claim", {})],
    }
    for role, sent in forms.items():
        browser = portal.browser(role)
        for path, form in sent:
            page = browser.post(path, form).get_data(as_text=True)
            led = re.search(r'name="next" value="([^"]*)"', page)
            assert led is not None, path
            assert browser.get(led.group(1)).status_code in {200, 302}, path


def test_a_language_that_we_do_not_speak_is_refused(portal: Portal) -> None:
    """Only the house's languages can be chosen."""
    assert portal.stranger().post("/language", {"language": "fr"}).status_code == 422


def _source() -> set[str | tuple[str, ...]]:
    found = extract_from_dir(str(FOLDER), method_map=METHODS)
    return {tuple(message) if isinstance(message, (tuple, list)) else message for _, _, message, _, _ in found}


def test_no_text_of_the_portal_lacks_its_chinese() -> None:
    """Every message in templates and code stands in the catalogue with a translation, and none there is left over."""
    with (FOLDER / "translations" / "zh" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale="zh")
    kept = {message.id if isinstance(message.id, str) else tuple(message.id): message for message in catalogue}
    kept.pop("")
    source = _source()
    assert source - set(kept) == set(), "not translated"
    assert set(kept) - source == set(), "no longer used"
    for message in kept.values():
        texts = message.string if isinstance(message.string, (tuple, list)) else [message.string]
        assert all(texts), message.id
        assert not message.fuzzy, message.id
        assert [str(error) for error in message.check(catalogue)] == [], message.id


def _labels() -> list[Label]:
    """Every label in a table of the portal's modules, alone, in a sign or with others."""
    names = [f"web.{found.name}" for found in pkgutil.iter_modules([str(FOLDER)]) if not found.ispkg]
    tables = [one for name in names for one in vars(import_module(name)).values() if isinstance(one, dict)]
    rows = [row if isinstance(row, tuple) else (row,) for table in tables for row in table.values()]
    return [getattr(one, "label", one) for row in rows for one in row if isinstance(one, (Label, words.Sign))]


def test_every_word_for_a_code_is_in_both_languages() -> None:
    """No label of a state, role, reason or action is empty, and Chinese is not English."""
    labels = _labels()
    assert len(labels) > 200
    for label in labels:
        assert label.zh
        assert label.en
        assert label.zh != label.en


def test_every_role_and_state_that_pages_show_has_words() -> None:
    """Roles of accounts, states of drafts and of papers on a checklist are never shown as bare codes."""
    assert set(ROLES) == set(words.ROLES)
    assert set(filtering.STATES) <= set(words.STATES)
    assert set(get_args(completeness.State)) == set(words.PAPER_STATES)
    assert tuple(words.NEEDS) == completeness.NEEDS


def test_every_reason_of_a_value_has_words() -> None:
    """Why a value stands for its field is never shown as a bare code, and there are words for nothing else."""
    assert set(WHY) == set(reasons.HOWS)


def test_a_source_tells_who_read_it_and_why_it_is_the_value() -> None:
    """Of what was read before reasons were kept the reader alone."""
    told = FieldReading("title", "合同", "合同", 0.9, 0, REGION, "rapidocr", how="place")
    app = Flask("words")
    Babel(app, default_locale="zh_CN")
    with app.test_request_context():
        said = [reasons.read_by(source_view(FactSource("d", "contract", one))) for one in (told, replace(told, how=""))]
    assert said == [f"第二引擎 · {reasons.HOWS['place'].zh}", "第二引擎"]


def test_every_icon_that_is_named_is_drawn() -> None:
    """Each sign's icon and each icon of a template stands in the sprite."""
    drawn = (FOLDER / "static" / "icons.svg").read_text()
    signs = [sign for table in (words.STATES, words.DECISIONS, words.SEVERITIES) for sign in table.values()]
    for sign in signs:
        assert f'id="{sign.icon}"' in drawn, sign


def test_a_code_without_words_is_shown_as_it_is() -> None:
    """A new code needs no change here to be visible."""
    with Flask("words").test_request_context():
        assert words.word(words.JOB_KINDS, "case.lent") == "case.lent"
    assert words.sign(words.STATES, "lent").label == Label("lent", "lent")


def test_chinese_on_an_english_page_is_marked_as_chinese(portal: Portal) -> None:
    """What a paper or a person said is read out in its own language; nothing is marked on a Chinese page."""
    with portal.app.test_request_context("/", headers={"Accept-Language": "en"}):
        assert languages.said("云岫路8号") == '<span lang="zh-Hans">云岫路8号</span>'
        assert languages.said("scan <1> 营业执照.png") == 'scan &lt;1&gt; <span lang="zh-Hans">营业执照</span>.png'
        assert (languages.said("Lin & Co"), languages.said(None)) == ("Lin &amp; Co", "")
        assert languages.tongue("营业执照") == ' lang="zh-Hans"'
        assert languages.tongue("100") == ""
    with portal.app.test_request_context("/", headers={"Accept-Language": "zh-CN"}):
        assert languages.said("云岫路8号 <") == "云岫路8号 &lt;"
        assert languages.tongue("营业执照") == ""


def test_no_script_has_words_of_its_own() -> None:
    """What scripts write onto a page comes from the page, where it is translated: never from a text in the script."""
    writes = re.compile(r"(?:textContent|innerText|title|placeholder|ariaLabel) = ([\"'`])(.*?)\1")
    calls = re.compile(r"(?:alert|confirm|setAttribute\(\"(?:aria-label|title|placeholder)\",) ?\(?([\"'`])(.*?)\1")
    scripts = sorted((FOLDER / "static" / "js").glob("*.js"))
    said = [
        (script.name, text)
        for script in scripts
        for kind in (writes, calls)
        for _, text in kind.findall(script.read_text("utf-8"))
        if re.search(r"[^\W\d_]", re.sub(r"\$\{[^}]*\}", "", text))
    ]
    assert len(scripts) > 15
    assert said == []
