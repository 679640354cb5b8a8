"""The languages of the portal. English is the language of the source; Chinese comes from ``translations/``.

The catalogue is read from its ``.po`` file when it is first needed (some 20 ms), so that there is no compiled copy that
could be older than the text.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, request, session
from flask_babel import Babel, Domain, get_locale
from markupsafe import Markup, escape

from intake.types import Label
from web import context

LANGUAGES = ("zh", "en")
_HAN = "[\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_CHINESE = re.compile(f"{_HAN}(?:[^A-Za-z\n]*{_HAN})?")
"""From a Chinese character to the last one before a Latin letter, with digits and signs between them."""
_MARKS = {":": ("：", ": "), ".": ("。", ". "), ",": ("、", ", "), " ": ("", " ")}
_TRANSLATIONS = Path(__file__).parent / "translations"


class SourceDomain(Domain):  # type: ignore[misc]  # Flask-Babel ships no types
    """A domain of messages that reads the text catalogue itself."""

    def get_translations(self) -> NullTranslations:
        """The messages of the present request's language; English needs none."""
        language = language_of_request()
        if language not in self.cache:
            self.cache[language] = _load(language)
        found: NullTranslations = self.cache[language]
        return found


def _load(language: str) -> NullTranslations:
    path = _TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return NullTranslations()
    with path.open("rb") as source:
        catalogue = read_po(source, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled, domain="messages")


def language_of_request() -> str:
    """``zh`` or ``en``: the session's choice (a sign-in sets the account's), the browser's wish, the setting.

    Asks no database, so that an error page can be written without one.
    """
    if session.get("language") in LANGUAGES:
        return str(session["language"])
    for wish, _ in request.accept_languages:
        if wish.lower().split("-")[0] in LANGUAGES:
            return wish.lower().split("-")[0]
    return context.current().settings.language


def shown(label: Label) -> str:
    """A label of the core in the present request's language."""
    return label.text(str(get_locale()))


def tongue(text: str | None) -> Markup:
    """The attribute that tells aids to read an element's ``text`` as Chinese, where it is on a page that is not."""
    foreign = language_of_request() != "zh" and _CHINESE.search(text or "")
    return Markup(' lang="zh-Hans"') if foreign else Markup()


def said(text: str | None) -> Markup:
    """A text that stood on a paper or that a person wrote; what is Chinese in it is marked where the page is not."""
    safe = escape(text or "")
    if language_of_request() == "zh":
        return safe
    return Markup(_CHINESE.sub(r'<span lang="zh-Hans">\g<0></span>', str(safe)))  # noqa: S704  # escaped above


def mark(sign: str) -> str:
    """What stands between two texts of a page: ``:``, ``.``, ``,`` (of a list) or the space behind a full stop.

    Chinese writes them full width and without a space behind.
    """
    chinese, latin = _MARKS[sign]
    return chinese if language_of_request() == "zh" else latin


def install(app: Flask, timezone: str) -> None:
    """Make ``app`` speak the languages and tell times in ``timezone`` (an IANA name)."""
    app.config["BABEL_DEFAULT_LOCALE"] = "zh"
    app.config["BABEL_DEFAULT_TIMEZONE"] = timezone
    babel = Babel(app, locale_selector=language_of_request)
    babel.domain_instance = SourceDomain()
    app.jinja_env.globals["tongue"] = tongue
    app.jinja_env.globals["mark"] = mark
    app.jinja_env.filters["said"] = said
