"""The audit in words: whatever the sources write into it, both languages can say."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import Babel

import models
from intake.types import Label
from tests.web.conftest import Portal
from tests.web.desk_forms import draft_of
from web import audit_words

ROOT = Path(models.__file__).parents[1]
FOLDERS = ("models", "web", "workers")
Function = ast.FunctionDef | ast.AsyncFunctionDef


class Sources:
    """What the sources give ``audit.append`` for one of its words, by functions that pass it on and by constants.

    ``found`` are the texts; of one that ends in a dot only this beginning is known (an f-string's).
    """

    def __init__(self, word: str) -> None:
        """Read every module; ``takers`` are the functions that hand their own parameter on, as (module, name)."""
        trees = [(path.stem, ast.parse(path.read_text("utf-8"))) for path in _paths()]
        self.takers: dict[tuple[str, str], tuple[int | None, str]] = {("audit", "append"): (None, word)}
        self.found: set[str] = set()
        while True:
            known = len(self.takers), len(self.found)
            for module, tree in trees:
                for function in ast.walk(tree):
                    if isinstance(function, Function):
                        self._calls(module, tree, function)
            if known == (len(self.takers), len(self.found)):
                break

    def _calls(self, module: str, tree: ast.Module, function: Function) -> None:
        for call in ast.walk(function):
            taker = self.takers.get(_called(module, call)) if isinstance(call, ast.Call) else None
            if taker is not None and isinstance(call, ast.Call):
                place, name = taker
                given = [one.value for one in call.keywords if one.arg == name]
                given += call.args[place : place + 1] if place is not None and not given else []
                for value in given:
                    self._take(module, tree, function, value)

    def _take(self, module: str, tree: ast.Module, function: Function, value: ast.expr) -> None:
        """What an expression may be: constants, either side of a choice, a name's value, or who calls the function."""
        match value:
            case ast.Constant(value=str(text)):
                self.found.add(text)
            case ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]):
                self.found.add(text)
            case ast.IfExp(body=one, orelse=other):
                self._take(module, tree, function, one)
                self._take(module, tree, function, other)
            case ast.Name(id=name):
                places = [one.arg for one in function.args.args]
                if name in places or name in [one.arg for one in function.args.kwonlyargs]:
                    place = places.index(name) if name in places else None
                    self.takers[module, function.name] = (place, name)
                    self.found |= set(_defaults(function, name))
                    return
                for kept in _assigned(function, name) or _assigned(tree, name):
                    self._take(module, tree, function, kept)


def _paths() -> list[Path]:
    paths = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in paths if "migrations" not in path.parts]


def _called(module: str, call: ast.Call) -> tuple[str, str]:
    match call.func:
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            return owner, name
        case ast.Name(id=name):
            return module, name
    return "", ""


def _defaults(function: Function, name: str) -> Iterator[str]:
    least = len(function.args.args) - len(function.args.defaults)
    named = zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True)
    for one, kept in (*zip(function.args.args[least:], function.args.defaults, strict=True), *named):
        if one.arg == name and isinstance(kept, ast.Constant) and isinstance(kept.value, str):
            yield kept.value


def _assigned(within: ast.AST, name: str) -> list[ast.expr]:
    return [
        one.value
        for one in ast.walk(within)
        if isinstance(one, ast.Assign) and any(isinstance(to, ast.Name) and to.id == name for to in one.targets)
    ]


@pytest.mark.parametrize(
    ("word", "table"),
    [("action", audit_words.ACTIONS), ("subject_kind", audit_words.SUBJECTS), ("actor", audit_words.ACTORS)],
)
def test_whatever_the_sources_write_into_the_audit_has_words(word: str, table: dict[str, Label]) -> None:
    """No action, thing or actor is shown as a bare code, and none of the words is left over."""
    found = Sources(word).found
    beginnings = tuple(text for text in found if text.endswith("."))
    assert found - set(table) - set(beginnings) == set(), "without words"
    assert {code for code in table if code not in found and not code.startswith(beginnings)} == set(), "left over"
    assert all(any(code.startswith(one) for code in table) for one in beginnings)


def test_what_is_said_in_the_audit_is_in_both_languages() -> None:
    """No label is empty, and Chinese is not English."""
    tables = [kept for name, kept in vars(audit_words).items() if name.isupper()]
    labels = [label for table in tables for label in table.values()]
    assert len(tables) >= 9
    assert [label for label in labels if not label.zh or not label.en or label.zh == label.en] == []


def test_a_customers_link_is_not_the_link_that_signs_in() -> None:
    """What came by a link that a customer was given says so; so does what nobody picked."""
    app = Flask("words")
    Babel(app, default_locale="en")
    with app.test_request_context(headers={"Accept-Language": "en"}):
        told = [audit_words.detail(*pair) for pair in (("via", "link"), ("by", "link"), ("customer", "by_itself"))]
    assert [values for _, values in told] == [["customer's link"], ["sign-in link"], ["as the papers tell"]]


def test_the_audit_tells_in_words_what_came_by_a_link(portal: Portal) -> None:
    """The page of what a link was made for and used for shows no code of ours."""
    case = draft_of(portal, portal.draft()).case_id
    portal.browser("clerk").post(f"/cases/{case}/links", {"hours": "24"})
    page = portal.browser("auditor", "zh-CN").get("/audit").get_data(as_text=True)
    for said in ("生成客户上传链接", "客户上传链接", "有效小时数"):
        assert said in page
    for code in ("link.made", "hours"):
        assert f">{code}" not in page
