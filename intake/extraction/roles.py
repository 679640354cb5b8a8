"""What a contract calls its parties: the roles at its head, those that nobody listed too.

Contracts name their sides freely (购方, 发包单位, 雇主, 居间人 …). What stands before the first clause, ends as words
for a party do, and has a colon and a party's name behind it, is such a role; two of them in order are the two sides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from intake.doctypes import DocumentType
from intake.extraction.glyphs import Row, rows
from intake.extraction.naming import BEHIND_ROLE, NAME_ENDS, TITLE, follows_a_name, is_before_a_company, is_translated
from intake.extraction.sheet import Sheet
from intake.fields import is_sound
from intake.geometry import overlap, union
from intake.types import PageText, PixelBox

_CLAUSE = re.compile(r"第[一1]条|[一1][、.](?![^:]{1,12}:)")
_LABEL = re.compile(
    rf"(?P<label>[\u4e00-\u9fff]{{2,10}})[1-6)]?(?P<bracket>\([^)]{{0,16}}\))?(?:{BEHIND_ROLE}(?=:))?(?P<colon>:+)?"
)
_NAMED = re.compile(rf"{TITLE}:")
_BEHIND = re.compile(r"(?:公司|[厂店局院所社部校]|中心|学|委员会)\((?P<label>[\u4e00-\u9fff]{2,10})\)(?!:)")
"""A role in brackets behind a name in a sentence."""
_INTRODUCED = re.compile(r"(?:以下|下)(?:统|简)?称(?:为|作)?:?[\"'“”‘’「」『』]{0,2}(?P<label>[\u4e00-\u9fff]{2,10})")
_STANDS = 0.6  # heights of white space that do for a colon
_PARTED = 2.0  # heights of white space behind which another column begins
_COUNTED = "一二三四五六"
_PAIR = 2  # roles that make two sides
_LONGEST, _PERSON = 40, 4  # letters of a name, and of a person's


@dataclass(frozen=True, slots=True)
class Headed:
    """A role at the head of a contract: its words, the sheet, and where on it they stand."""

    role: str
    sheet: int
    box: PixelBox


def head(sheets: Sequence[Sheet], document_type: DocumentType) -> tuple[str, ...]:
    """The roles that name parties before the first clause, in the order of print, each once.

    Where readers differ about the words at one place, those of a listed role count, else the first reader's.
    """
    listed = set(document_type.every_role)
    found: list[Headed] = []
    for number, sheet in enumerate(sheets):
        made = [one for text in sheet.pages for one in _on_page(text, number, document_type)]
        for one in sorted(made, key=lambda item: item.role not in listed):
            if not any(one.sheet == other.sheet and overlap(one.box, other.box) > 0 for other in found):
                found.append(one)
        if any(_CLAUSE.match(row.text) for text in sheet.pages for row in rows(text)):
            break
    ordered = sorted(found, key=lambda one: (one.sheet, one.box.y + one.box.height // 2, one.box.x))
    return tuple(dict.fromkeys(one.role for one in _levelled(ordered)))


def widened(sheets: Sequence[Sheet], document_type: DocumentType) -> DocumentType:
    """The type with the roles of this paper that it does not list; itself where there are none, or no second role."""
    if not document_type.open_roles:
        return document_type
    printed = head(sheets, document_type)
    more = tuple(role for role in printed if role not in document_type.every_role)
    if not more or len(printed) < _PAIR:
        return document_type
    fields = tuple(
        replace(spec, captions=(*spec.captions, *more)) if spec.side else spec for spec in document_type.fields
    )
    return replace(document_type, fields=fields, more_roles=more)


def is_overshadowed(sheets: Sequence[Sheet], role: str, document_type: DocumentType) -> bool:
    """Whether a company is named above a role with words before it that are no caption: the first side, it may be."""
    for sheet in sheets[:1]:
        for text in sheet.pages:
            lines = rows(text)
            stands = next((index for index, row in enumerate(lines) if role in row.text), 0)
            if any(_is_foreign(row, lines, document_type) for row in lines[:stands]):
                return True
    return False


def _is_foreign(row: Row, lines: Sequence[Row], document_type: DocumentType) -> bool:
    match = _LABEL.match(row.text)
    if match is None or not match["colon"] or match["label"] in own_words(document_type):
        return False
    return _is_company(_value(row, match.end(), lines, document_type), document_type)


@lru_cache(maxsize=64)
def own_words(document_type: DocumentType) -> frozenset[str]:
    """Every caption of the type, of fields or not."""
    return frozenset({*document_type.stops, *(phrase for spec in document_type.fields for phrase in spec.captions)})


def _levelled(ordered: Sequence[Headed]) -> list[Headed]:
    """Roles that share a height from left to right, though one stands a pixel higher."""
    made: list[list[Headed]] = []
    for one in ordered:
        last = made[-1][0] if made else None
        level = last is not None and last.sheet == one.sheet and abs(last.box.y - one.box.y) < last.box.height / 2
        if level:
            made[-1].append(one)
        else:
            made.append([one])
    return [one for line in made for one in sorted(line, key=lambda item: item.box.x)]


def _on_page(text: PageText, sheet: int, document_type: DocumentType) -> Iterable[Headed]:
    lines = rows(text)
    for index, row in enumerate(lines):
        if _CLAUSE.match(row.text):
            return
        for match in (*_labels(row, document_type), *_called(row, document_type)):
            if match.re in {_INTRODUCED, _BEHIND} or _names(row, match, lines[index:], document_type):
                start, end = match.span("label")
                yield Headed(_role(match), sheet, union(glyph.box for glyph in row.glyphs[start:end]))


def _names(row: Row, match: re.Match[str], lines: Sequence[Row], document_type: DocumentType) -> bool:
    """Whether a role has a party's name behind it or below it; ``lines`` begin with its own."""
    value = _value(row, match.end(), lines, document_type)
    return _is_party(value, document_type) or _is_titled(row, match, lines, document_type)


def _labels(row: Row, document_type: DocumentType) -> Iterable[re.Match[str]]:
    """The roles of a row that stand as captions do: with a colon behind, or with white space and then a company."""
    place = 0
    while place < len(row.text):
        begins = (
            place == 0 or row.gap(place) >= _STANDS or row.text[place - 1] in "、.)" or is_translated(row.text, place)
        )
        match = _role_at(row, place, document_type) if begins or follows_a_name(row.text, place) else None
        if match is not None and not begins and _role(match) not in document_type.every_role:
            match = None  # right behind a name anything may seem one: the rest of the name and what follows it
        if match is not None:
            yield match
        place = match.end() if match else place + 1


def _role(match: re.Match[str]) -> str:
    """The role that a label names: of several who share it each has a number (转让方一)."""
    return match["label"].rstrip(_COUNTED)


def _role_at(row: Row, place: int, document_type: DocumentType) -> re.Match[str] | None:
    match = _LABEL.match(row.text, place)
    if match is not None and match["colon"]:
        return match if _may_be(_role(match), document_type) else None
    ends = (end for end in range(place + 2, len(row.text)) if row.gap(end) >= _STANDS or is_before_a_company(row, end))
    for end in ends:
        match = _LABEL.match(row.text, place, end)
        if match is not None and match.end() == end and _may_be(match["label"], document_type):
            return match if _is_company(_value(row, end, (row,), document_type), document_type) else None
    return None


def _may_be(label: str, document_type: DocumentType) -> bool:
    """Whether a label is a role: one that is listed, or one that ends like a role and is no caption of anything."""
    if label in document_type.every_role:
        return True
    return bool(re.fullmatch(document_type.open_roles, label)) and label not in own_words(document_type)


def _called(row: Row, document_type: DocumentType) -> Iterable[re.Match[str]]:
    """The roles that a preamble gives: …有限公司（以下简称“发包单位”）."""
    for match in (*_INTRODUCED.finditer(row.text), *_BEHIND.finditer(row.text)):
        if _may_be(match["label"], document_type):
            yield match


def _value(row: Row, start: int, lines: Sequence[Row], document_type: DocumentType) -> str:
    """What stands behind a role up to the end of the name, the next column or the next role; a wrapped name whole."""
    end = next((place for place in range(start + 1, len(row.text)) if row.gap(place) >= _PARTED), len(row.text))
    text = row.text[start:end]
    title = _NAMED.match(text)
    text = text[title.end() :] if title else text
    name = NAME_ENDS.split(text, maxsplit=1)[0]
    text = _untailed(name, document_type) if text[len(name) : len(name) + 1] == ":" else name
    following = lines[1].text if len(lines) > 1 and lines[0] is row else ""
    whole = text + following
    wrapped = text and not _is_party(text, document_type) and _is_party(whole, document_type)
    return whole if wrapped else text


def _untailed(text: str, document_type: DocumentType) -> str:
    """A name without the caption that follows it; the text itself where none does."""
    tails = sorted((word for word in own_words(document_type) if text.endswith(word)), key=len, reverse=True)
    return next((text.removesuffix(tail) for tail in tails if _is_party(text.removesuffix(tail), document_type)), text)


def _is_titled(row: Row, match: re.Match[str], lines: Sequence[Row], document_type: DocumentType) -> bool:
    """Whether nothing stands behind a role and its name below it: behind 名称, or alone on the next line."""
    if match.end() < len(row.text) or not match["colon"] or len(lines) < 2:  # noqa: PLR2004 - itself and the next
        return False
    below = lines[1].text
    title = _NAMED.match(below)
    name = NAME_ENDS.split(below[title.end() :], maxsplit=1)[0] if title else below
    return _is_party(name, document_type) if title else _is_company(name, document_type)


def _is_company(text: str, document_type: DocumentType) -> bool:
    """A party that is no person: those also sign and answer telephones."""
    return len(text) > _PERSON and _is_party(text, document_type)


def _is_party(text: str, document_type: DocumentType) -> bool:
    kind = next(spec.kind for spec in document_type.fields if spec.side)
    return len(text) <= _LONGEST and is_sound(kind, text)
