"""What the parts of an acceptance report say: rules, places, answers, in the language asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from intake.archive import exceptions
from intake.archive.rules import ACCEPTANCE_CLAUSE, CITED, REASONS, RULES
from intake.archive.verdicts import FAULTS
from intake.types import Label
from models.acceptance_report import Place, RejectedLine, RuleLine
from web.report_words import ALARMS, WORDS


def words(language: str) -> dict[str, str]:
    """All words of the report in one language."""
    own = {name: label.text(language) for name, label in WORDS.items()}
    return own | {"cited": CITED.text(language), "acceptance_clause": ACCEPTANCE_CLAUSE}


def rule(code: str, language: str) -> dict[str, str]:
    """A rule's title, what it wants and its clause."""
    found = RULES[code]
    clause = found.clause or WORDS["house"].text(language)
    return {"title": found.title.text(language), "wanted": found.wanted.text(language), "clause": clause}


def exception(code: str, language: str) -> str:
    """What an exception is called."""
    alarm = ALARMS.get(code.removeprefix(exceptions.SEPARATOR)) if code.startswith(exceptions.SEPARATOR) else None
    kind = exceptions.kind_of(code)
    named = kind.title if kind is not None else RULES[code].title if code in RULES else Label(code, code)
    return (alarm or named).text(language)


def answers(given: Mapping[str, int], language: str) -> str:
    """What people answered, with how often."""
    said = [(exceptions.ANSWERS.get(answer, Label(answer, answer)).text(language), n) for answer, n in given.items()]
    return ("；" if language == "zh" else "; ").join(f"{text} × {count}" for text, count in said) or "—"


def fault(code: str | None, language: str) -> str:
    """What is wrong with a page."""
    return "" if code is None else FAULTS[code].text(language)


def rejected(line: RejectedLine, language: str) -> str:
    """The pages of one source that were not filed, and why."""
    why = exceptions.REASONS.get(line.reason, Label(line.reason, line.reason)).text(language)
    pages = words(language)["one_page" if line.pages == 1 else "pages"].format(count=line.pages)
    return f"{where(line.place, language)} ({pages}): {why}"


def reason(code: str, language: str) -> str:
    """Why something is let stand."""
    return REASONS[code].text(language) if code in REASONS else code


def where(place: Place, language: str) -> str:
    """Where something was found, by archival numbers and numbers of pages."""
    told = words(language)
    if place.place is None:
        return told["whole_batch"]
    folder = place.archival_number or told["folder_of"].format(box=place.box, place=place.place)
    if place.number is not None:
        return f"{folder} {told['page_of'].format(number=place.number)}"
    if "source" in place.details:
        return f"{folder} {told['file_of'].format(number=place.details['source'])}"
    return folder


def found(line: RuleLine, place: Place, language: str) -> str:
    """Where a rule found something, and the number that says what."""
    details, told = place.details, words(language)
    said = where(place, language)
    figure: dict[str, Any] = {
        "resolution": f"{details.get('dpi')} dpi" if details.get("dpi") else "—",
        "small_print": f"{details.get('dpi')} dpi",
        "skew": f"{details.get('degrees', 0):.1f}°" if "degrees" in details else "",
        "index": f"{details['archival_number']}: {told['no_folder']}" if "archival_number" in details else "",
        "missing": f"{details.get('found')}/{details.get('expected')}",
        "duplicates": _like(details, language),
        "exceptions": exception(str(details.get("code", "")), language),
        "readable": str(details.get("code", "")),
        "ledger": f"{details['found']}/{details['received']}" if "received" in details else "",
    }
    shown = figure.get(line.code, "")
    return f"{said} ({shown})" if shown else said


def _like(details: Mapping[str, Any], language: str) -> str:
    page = WORDS["page_of"].text(language).format(number=details.get("like", ""))
    return f"= {details['in']} {page}" if "in" in details else f"= {page}"
