"""The parties of a contract: which role is party A, and which name stands for a role.

A contract names its two sides by roles (买方, 出租人 …), often by two at once, and its parts differ: the head says
需方（甲方）, the signatures 需方 alone. So the roles are first joined over the whole document, and whoever is 甲方
anywhere is party A; where nobody is, the side that is printed first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from types import MappingProxyType

from intake.doctypes import DocumentType, FieldSpec, Side
from intake.extraction.captions import Hit
from intake.extraction.cells import Cell, fragments
from intake.extraction.glyphs import Glyph, Row, as_captions, fold, rows
from intake.extraction.naming import (
    BEHIND_ROLE,
    TITLE,
    TITLES,
    carried_on,
    follows_a_name,
    is_before_a_company,
    is_before_a_name,
    is_name,
    is_person,
    is_plausible,
    is_translated,
    name_of,
)
from intake.extraction.roles import head, is_overshadowed, own_words
from intake.extraction.sheet import Sheet
from intake.extraction.tables import spanning
from intake.fields import check
from intake.options import ExtractionOptions
from intake.writing.width import FORM_COMMA

_CALLED = r"(?:以下|下)(?:统|简)?称(?:为|作)?[:：]?"
_QUOTES = r"[\"'“”‘’「」『』]{0,2}"
_PREAMBLE = r"(?:[\u4e00-\u9fff]{0,12}?(?<![自理缘])由(?=.{4})|与)?(?:委托|聘请|聘用|邀请|授权)?"
"""What a preamble says before a name: 本合同由某某公司（以下简称…."""
_BEHIND = re.compile(rf"(?:{BEHIND_ROLE}|[一二三四五六1-6]|\))?[:：]|[(（]")  # a role as a caption, one of several too
_SIGNED = re.compile(r"[章签]")
_STANDS = 0.6  # heights of white space that do for a colon
_BELOW = 4  # rows under its role in which a name may stand
_AWAY = 8.0  # heights to the side of its role at which a name under it may begin
_GAP = 4.0  # heights of white space that part the two columns of signatures
_LONGEST = 40  # letters of a name


@dataclass(frozen=True, slots=True)
class Sides:
    """The side of each role in one document; ``role`` is a regular expression for any role of its type.

    ``words`` are the captions of the type: none of them is a name.
    """

    of: Mapping[str, Side]
    role: str
    words: frozenset[str] = frozenset()


NOBODY = Sides(MappingProxyType({}), "(?!)")
"""The sides of a paper without parties."""


def sides(sheets: Sequence[Sheet], document_type: DocumentType) -> Sides:
    """The side of each role that the document prints, over all its pages and readers."""
    if not document_type.roles:
        return NOBODY
    lines = [row for sheet in sheets for text in sheet.pages for row in rows(text)]
    groups = _joined(lines, document_type.every_role, document_type)
    order = [role for sheet in sheets for role in _ordered(sheet, document_type)]
    at_head = head(sheets, document_type)
    known: dict[str, Side] = {}
    for one, other in document_type.roles[:1]:
        longer = [role for role in document_type.more_roles if role.startswith((one, other))]  # 甲方名称, 甲方单位
        if {one, other} & set(order) or longer or len(groups[one]) > 1 or len(groups[other]) > 1:
            for role in (one, other, *longer):
                _settle(known, groups, role, "first" if role.startswith(one) else "second")
    if not known:
        for role in _leading(sheets, order, at_head, document_type):
            _settle(known, groups, role, "first")
    _complete(known, groups, at_head, document_type)
    _opposite(known, groups, document_type, apart=at_head)
    return Sides(known, _role(document_type), own_words(document_type))


def _leading(
    sheets: Sequence[Sheet], order: Sequence[str], at_head: Sequence[str], document_type: DocumentType
) -> Sequence[str]:
    """The role that is printed first, or none: where a name with words that are no role stands above the only one."""
    paired = [role for role in at_head if _partners(role, document_type) & set(at_head)]
    if len(at_head) > 1 or not order:
        return (paired or at_head)[:1]
    partners = _partners(order[0], document_type)
    if not partners & set(order) and is_overshadowed(sheets, order[0], document_type):
        return ()
    return order[:1]


def _complete(
    known: dict[str, Side], groups: Mapping[str, frozenset[str]], at_head: Sequence[str], document_type: DocumentType
) -> None:
    """A side of which no role stands at the head takes the partner of the other's, or the first role left over."""
    named = [role for role in at_head if role in known]
    taken = {known[role]: role for role in reversed(named or [*known])}
    if len(taken) != 1:
        return
    (side, role), *_ = taken.items()
    left = [one for one in at_head if one not in known]
    partners = [one for one in left if one in _partners(role, document_type)]
    for one in (partners or (left if named else []))[:1]:
        _settle(known, groups, one, "second" if side == "first" else "first")


def _partners(role: str, document_type: DocumentType) -> set[str]:
    return {one for pair in document_type.roles if role in pair for one in pair if one != role}


def named(
    lines: Sequence[Row],
    gathered: Sequence[Cell],
    spec: FieldSpec,
    known: Sides,
    options: ExtractionOptions,
) -> Iterable[tuple[tuple[tuple[Glyph, ...], ...], float]]:
    """The places where the party of a side is named, each with its quality, 0 to 1."""
    heads = [cell for cell in gathered if _is_role(cell.hit, lines, spec)]
    table = spanning(heads, gathered, lines)
    for cell in heads:
        if known.of.get(cell.hit.caption.phrase) != spec.side or not _stands(cell.hit, lines):
            continue
        if cell.hit in table:
            value = _name(table[cell.hit], known.words, spec.kind)
        else:
            value = _name(cell.rows, known.words, spec.kind, bracketed=_is_bracketed(cell.hit, lines))
            if not value or not _plausible(value, known, spec.kind):
                value = _titled(cell, heads, gathered, known, spec.kind) or _under(cell, lines, spec.kind)
        if value and _plausible(value, known, spec.kind):
            value = _whole(value, lines)
            signed = _SIGNED.search(_role_line(cell.hit, lines))
            quality = options.signature_quality if signed else 1.0
            yield value, _likeness(value, spec.kind, options) * quality
            yield from (((other,), quality) for other in _others(cell, value))
    for row in lines:
        for glyphs, role in _introduced(row, known.role):
            if known.of.get(role) == spec.side and _plausible((glyphs,), known, spec.kind):
                yield (glyphs,), _likeness((glyphs,), spec.kind, options)


@lru_cache(maxsize=8)
def _role(document_type: DocumentType) -> str:
    """A regular expression for any role, the longest first."""
    roles = sorted(document_type.every_role, key=lambda role: -len(role))
    return "(?:" + "|".join(map(re.escape, roles)) + ")"


def _joined(lines: Sequence[Row], roles: Sequence[str], document_type: DocumentType) -> dict[str, frozenset[str]]:
    """For each role all that the document uses for the same side: 委托方（甲方）, 买方：… （以下简称甲方）."""
    role = _role(document_type)
    called = re.compile(
        rf"({role})[:：]?[(（](?:即|{_CALLED})?{_QUOTES}({role})"
        rf"|({role})(?:(?!{role})[^。;；]){{0,44}}?{_CALLED}{_QUOTES}({role})"
    )
    groups = {one: frozenset({one}) for one in roles}
    for row in lines:
        for match in called.finditer(row.text):
            one, other = (group for group in match.groups() if group)
            joined = groups[one] | groups[other]
            if not any(set(pair) <= joined for pair in document_type.roles):
                groups |= dict.fromkeys(joined, joined)
    return groups


def _settle(known: dict[str, Side], groups: Mapping[str, frozenset[str]], role: str, side: Side) -> None:
    for one in groups.get(role, frozenset()):
        known.setdefault(one, side)


def _opposite(
    known: dict[str, Side], groups: Mapping[str, frozenset[str]], document_type: DocumentType, apart: Sequence[str]
) -> None:
    """Roles that come in pairs lie on opposite sides, but for those ``apart``: third parties who are named as well."""
    for pair in document_type.roles:
        for one, other in (pair, pair[::-1]):
            if one in known and other not in known and other not in apart:
                _settle(known, groups, other, "second" if known[one] == "first" else "first")


def _ordered(sheet: Sheet, document_type: DocumentType) -> list[str]:
    """The roles that stand on a sheet from top to bottom, whichever reader saw them: each may miss the first."""
    lines = [row for text in sheet.pages for row in rows(text)]
    return [role for row in sorted(lines, key=lambda row: row.box.y) for role in _standing(row, document_type)]


def _standing(row: Row, document_type: DocumentType) -> Iterable[str]:
    """The roles of a row that stand as captions do: where something begins, with a colon or white space behind."""
    for match in re.finditer(_role(document_type), row.text):
        text, start, end = row.text, match.start(), match.end()
        begins = start == 0 or row.gap(start) >= _STANDS or follows_a_name(text, start) or is_translated(text, start)
        parted = end >= len(text) or row.gap(end) >= _STANDS or is_before_a_name(row, end)
        if begins and (parted or _BEHIND.match(text, end)):
            yield match.group()


def _is_role(hit: Hit, lines: Sequence[Row], spec: FieldSpec) -> bool:
    """A role that is read exactly: one misread letter makes 出租方 of 承租方."""
    return spec.name in hit.caption.fields and lines[hit.row].text[hit.start : hit.end] == hit.caption.phrase


def _stands(hit: Hit, lines: Sequence[Row]) -> bool:
    """Whether a role stands as a caption does; one in brackets is the second name of the role before it."""
    row = lines[hit.row]
    if row.text[hit.end : hit.end + 1] in (*")]", ""):
        return True
    parted = hit.end >= len(row.glyphs) or row.gap(hit.end) >= _STANDS or is_before_a_company(row, hit.end)
    return hit.value > hit.end or parted


def _role_line(hit: Hit, lines: Sequence[Row]) -> str:
    """What stands between a role and its value: （盖章） under the signatures, where seals lie over names."""
    return lines[hit.row].text[hit.end : hit.value]


def _is_bracketed(hit: Hit, lines: Sequence[Row]) -> bool:
    """Whether a role stands in a bracket that was not closed before it: 甲方（出卖人、转让方）：."""
    before = lines[hit.row].text[: hit.start]
    return before.rfind("(") > before.rfind(")")


def _name(
    value: Sequence[tuple[Glyph, ...]], words: AbstractSet[str], kind: str, *, bracketed: bool = False
) -> tuple[tuple[Glyph, ...], ...]:
    """What of a value is the name: past its own caption, up to a bracket or mark; over two lines where one is short.

    ``bracketed``: the value begins inside the bracket in which the role stands.
    """
    kept: list[tuple[Glyph, ...]] = []
    for row in value[:2]:
        text = "".join(fold(glyph.character) for glyph in row)
        start = _begins(text, bracketed=bracketed) if not kept else 0
        name = name_of(row[start:], words, kind)
        ended = len(name) < len(row) - start
        if kept and ended and text[len(name) : len(name) + 1] not in ",;。(":
            break
        kept.append(name)
        if ended or not check(kind, _text(kept)).problems:
            break
    if len(kept) > 1 and check(kind, _text(kept)).problems:
        kept = kept[:1]
    return tuple(row for row in kept if row)


def _whole(value: tuple[tuple[Glyph, ...], ...], lines: Sequence[Row]) -> tuple[tuple[Glyph, ...], ...]:
    """A name with what the line below it holds of it, wherever that line begins: paragraphs wrap to the margin."""
    place = next((index for index, row in enumerate(lines[:-1]) if row.glyphs[-1] == value[-1][-1]), None)
    if place is None:
        return value
    last, below = lines[place].glyphs[-1].box, lines[place + 1]
    full = last.right + last.height >= max(row.box.right for row in lines)
    more = carried_on(as_captions([glyph for row in value for glyph in row]), below.text, full=full)
    return (*value, below.glyphs[:more]) if more else value


def _others(cell: Cell, value: Sequence[tuple[Glyph, ...]]) -> Iterable[tuple[Glyph, ...]]:
    """The names right under a party's: more than one are the party, and a person must say which the file is of.

    A person under a company signs for it.
    """
    firm = not is_person("".join(map(as_captions, value)))
    under = takewhile(lambda row: is_name(as_captions(row)), cell.rows[len(value) :])
    return (row for row in under if not (firm and is_person(as_captions(row))))


def _begins(text: str, *, bracketed: bool) -> int:
    """Where the name begins in what stands behind a role: past the rest of a bracket, and past 名称 or 姓名."""
    rest = re.match(r"[^()]{0,16}\)", text) if bracketed else None
    start = rest.end() if rest else 0
    match = re.compile(rf"[)\]:]*(?:{TITLE}(?:\([^)]{{0,8}}\))?[)\]:]*)?").match(text, start)
    return match.end() if match else start


def _titled(
    cell: Cell, heads: Sequence[Cell], gathered: Sequence[Cell], known: Sides, kind: str
) -> tuple[tuple[Glyph, ...], ...]:
    """The name behind 名称 or 姓名 in the rows under a role, if this role is the nearest above."""
    for other in gathered:
        hit = other.hit
        below = hit.row - cell.hit.row
        if hit.caption.phrase not in TITLES or not other.rows or not 0 <= below <= _BELOW:
            continue
        if _nearest(other, heads) is cell and (name := _name(other.rows, known.words, kind)):
            return name
    return ()


def _nearest(cell: Cell, heads: Sequence[Cell]) -> Cell | None:
    """The role above a caption: the lowest, and of those on one row the nearest to its column."""
    above = [one for one in heads if (one.hit.row, one.hit.start) < (cell.hit.row, cell.hit.start)]
    return max(above, key=lambda one: (one.hit.row, -abs(one.hit.box.x - cell.hit.box.x)), default=None)


def _under(cell: Cell, lines: Sequence[Row], kind: str) -> tuple[tuple[Glyph, ...], ...]:
    """A company's name on a line of its own, right under its role."""
    for row in lines[cell.hit.row + 1 : cell.hit.row + 2]:
        for run in fragments(row.glyphs, _GAP * row.height):
            near = abs(run[0].box.x - cell.hit.box.x) <= _AWAY * row.height
            text = "".join(fold(glyph.character) for glyph in run)
            if near and len(run) > _BELOW and ":" not in text and not check(kind, text).problems:
                return (run,)
    return ()


def _introduced(row: Row, role: str) -> Iterable[tuple[tuple[Glyph, ...], str]]:
    """Names with their role behind them: 某某有限公司（以下简称“甲方”）, with the glyphs of the name."""
    name = rf"(?:[^,，。;；:：“”\"]|{FORM_COMMA}){{4,{_LONGEST}}}?"
    pattern = rf"({name})(?:[(（,，](?:{_CALLED}){_QUOTES}|[(（])({role}){_QUOTES}[)）]?"
    before = re.compile(
        rf"(?:[)、\]]|\d{{1,2}}[.、)]|\(\d\))*{_PREAMBLE}(?P<joint>[和及])?(?P<role>{role}[:系为是即]?)?"
    )
    for match in re.finditer(pattern, row.text):
        opening = before.match(match.group(1))
        start = match.start(1) + (opening.end() if opening else 0)
        named_twice = opening is not None and bool(opening["role"]) and not is_name(row.text[start : match.end(1)])
        unclear = opening is not None and bool(opening["joint"]) and opening.start("joint") + match.start(1) == 0
        if not named_twice and not unclear:
            yield row.glyphs[start : match.end(1)], match.group(2)


def _plausible(value: Sequence[Sequence[Glyph]], known: Sides, kind: str) -> bool:
    return is_plausible(_text(value), known.words, kind)


def _likeness(value: Sequence[Sequence[Glyph]], kind: str, options: ExtractionOptions) -> float:
    return options.unlike_quality if check(kind, _text(value)).problems else 1.0


def _text(value: Sequence[Sequence[Glyph]]) -> str:
    return "".join(glyph.character for row in value for glyph in row)
