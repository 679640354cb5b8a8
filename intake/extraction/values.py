"""From the characters at a place to the canonical value: ranges are parted, roles and marks around a value fall away.

What was read stays untouched in ``text``; only the reading of it for the value is cleaned here.
"""

from __future__ import annotations

import re

from intake.doctypes import FieldSpec
from intake.fields import Problem, Verdict, candidates, check, traits
from intake.types import Label
from intake.writing.dates import OPEN, find, folded
from intake.writing.numerals import HAN_DIGITS

PARTING = frozenset("至到~～")
"""Marks that part a range wherever they stand."""
_HAN_YEAR = r"[一二贰][〇○零0OＯ九][〇○零0O一二三四五六七八九]{2}年"
_OPEN = re.compile(OPEN, re.IGNORECASE)
_CUT = re.compile(
    rf"[{''.join(sorted(PARTING))}]|[-—–－一]{{1,3}}(?=\s*(?:[12]\d{{3}}|长|永|无))"
    rf"|(?<=[\d日号])\s*[-—–－一]{{1,3}}(?={_HAN_YEAR})|(?={OPEN})",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\s*(?:有效期限?|[营经]营期限)?[:：]?(?:截?止?\s*[至到]|截止)\s*[:：]?")
"""What leads a text that states the end alone: 至2036年3月7日, 截止2036年3月7日."""
_FROM = re.compile(r"\s*[自从由]|[起始]")
_UP_TO = re.compile(r"止")
_UNFILLED = re.compile(r"\s*[自从由]?[\s\W_]*年[\s\W_]*月[\s\W_]*日?[\s\W_]*起?\s*")
_COPY_NUMBER = re.compile(r"[(（\[【〔]\d{1,2}[-/—–－]\d{1,2}[)）\]】〕]?$")
_BARE_COPY_NUMBER = re.compile(r"(?P<before>\d)[-/—–－](?P<copies>\d{1,2})[)）\]】〕]?$")
_STRAY = re.compile(r"^[\s:：;；_|”“\"'‘’`~·.,，。、\-—=+<>»«^\]】)）]+")
"""Specks of rules and frames before a value that an engine read as marks."""
_SPECK = re.compile(r"(?:[\s·,，、;；'’`~]|(?<![A-Za-z.])\.(?!\.))+$")
"""The same behind one; a full stop after a letter may be the name's own (Ltd.)."""
_WITHOUT_TERM = Verdict(None)
_FEWEST_DIGITS = 6  # of a date: 2016-3-8
_WHICH_DAY = Label("这里有多个日期，请核对截止日。", "There is more than one date here: see which one is the end.")
_WHICH_END = Label(
    "这里只有一个日期，请核对是起始日还是截止日。",
    "Only one day stands here: see whether the term begins or ends on it.",
)


def judge(spec: FieldSpec, text: str, *, whole: bool = False) -> Verdict:
    """The verdict on what was read for a field: its canonical value, if any, and the problems with it.

    ``whole``: the text is already the part of the range that the field asks for.
    """
    stands = traits(spec.kind)
    cleaned = _STRAY.sub("", text).rstrip(" :：" if stands.dated else " :：_|")  # a stroke behind a day may be its 1
    if not stands.prose:
        cleaned = _SPECK.sub("", cleaned)
    if spec.part and not whole:
        return _part(spec, cleaned)
    if stands.dated:
        cleaned = _dated(cleaned)
    if stands.end:
        cleaned = re.split(stands.end, cleaned, maxsplit=1)[0]
    if stands.copied:
        return _numbered(spec.kind, _COPY_NUMBER.sub("", cleaned))
    return check(spec.kind, cleaned)


def _numbered(kind: str, text: str) -> Verdict:
    """The verdict on a number behind which the number of its copy may stand without its brackets: …3401/1.

    How many digits before the stroke are the copy's is told by the one parting that leaves a number without a problem:
    one, none (1 was lost too), or one or two where there are ten copies or more; or none of it is the copy's. Where
    none does, a parting that shows an error goes before one that leaves an old number, which no check digit guards and
    which could hide it. What stays open, or leaves what is doubtful as a number, has no value.
    """
    mark = _BARE_COPY_NUMBER.search(text)
    if mark is None:
        return check(kind, text)
    cuts = (1, 2) if len(mark["copies"]) > 1 else (1, 0)
    whole = check(kind, text)
    own = [whole] if whole.value and whole.value.endswith(text[mark.end("before") :]) else []
    parted = (check(kind, text[: mark.end("before") - digits]) for digits in cuts)
    verdicts = [*own, *(one for one in parted if one.value is not None)]
    for severity in ("", "error", "info"):
        fitting = {one.value: one for one in verdicts if _worst(one) == severity}
        if fitting:
            return next(iter(fitting.values())) if len(fitting) == 1 else Verdict(None)
    return Verdict(None)


def _worst(verdict: Verdict) -> str:
    """The gravest severity among a verdict's problems; empty where it has none."""
    said = {one.severity for one in verdict.problems}
    return next((severity for severity in ("error", "warning", "info") if severity in said), "")


def repairs(spec: FieldSpec, text: str, *, whole: bool = False) -> tuple[str, ...]:
    """What the field's kind offers for a misread text (:func:`intake.fields.candidates`), of a range for its part."""
    own = part_of(text, spec.part) if spec.part and not whole else text
    return () if own is None else candidates(spec.kind, own)


def part_of(text: str, part: str) -> str | None:
    """The beginning or the end of a printed range; ``None`` where the text has no such part.

    >>> part_of("自2016年3月8日至2036年3月7日", "start"), part_of("2011.07.06-长期", "end")
    ('自2016年3月8日', '长期')
    >>> part_of("长期", "start") is None, part_of("长期", "end")
    (True, '长期')
    >>> part_of("2005.11.27长期", "start"), part_of("自2005年11月27日起不约定期限", "end")
    ('2005.11.27', '不约定期限')
    >>> part_of("至2036年3月7日止", "start") is None, part_of("至2036年3月7日止", "end")
    (True, '2036年3月7日止')
    """
    place = place_of(text, part)
    if place is not None:
        piece = text[place]
        return piece if piece or part == "end" else None
    if _OPEN.search(text):
        return text if part == "end" else None
    return text if part == "start" and not _behind_another(text) else None


def place_of(text: str, part: str) -> slice | None:
    """Where the beginning or the end of a printed range stands in it; ``None`` where no mark parts the text.

    A part that a marked text does not have is empty: what is led by 至, or is followed by 止 and alone, is an end.
    """
    until = _UNTIL.match(text)
    begins = until.end() if until else 0
    cut = next((one for one in _CUT.finditer(text, max(1, begins)) if _parts(text, one)), None)
    if until:
        parted = cut is not None and cut.group() != ""
        return slice(0, 0) if part == "start" else slice(cut.end() if cut and parted else begins, len(text))
    if cut is not None:
        return slice(0, cut.start()) if part == "start" else slice(cut.end(), len(text))
    last = _UP_TO.search(text)
    if last and _is_one_day(text[: last.start()]) and not find(text[last.end() :]):
        own = part == "end" and not _FROM.search(text)
        return slice(0, len(text) if own else 0)
    return None


def _parts(text: str, mark: re.Match[str]) -> bool:
    """Whether a mark stands between two ends: a stroke before the first number is none."""
    before = text[: mark.start()]
    return mark.group() in PARTING or any(letter.isdigit() or letter in HAN_DIGITS for letter in before.rstrip("一"))


def _part(spec: FieldSpec, text: str) -> Verdict:
    """The verdict on the beginning or the end of a printed range."""
    own, parted = part_of(text, spec.part), place_of(text, "end") is not None
    if own is None or (spec.part == "end" and parted and _is_no_end(text, own)):
        return _WITHOUT_TERM
    verdict = check(spec.kind, _dated(own))
    doubt = _ambiguous(spec.part, own, parted=parted)
    if verdict.value is None or doubt is None:
        return verdict
    return Verdict(verdict.value, (*verdict.problems, Problem(f"{spec.kind}.ambiguous", "warning", doubt)))


def _ambiguous(part: str, own: str, *, parted: bool) -> Label | None:
    """What makes it doubtful which end a day is: it stands alone without 自 or 起, or not alone behind the mark."""
    days = {one.day for one in find(own)}
    if part == "start":
        return _WHICH_END if len(days) == 1 and not parted and not _FROM.search(own) else None
    return _WHICH_DAY if len(days) > 1 else None


def _is_no_end(text: str, own: str) -> bool:
    """Whether what stands behind the mark of a range tells no end: beside a blank beginning, or a day and 长期 both."""
    start = text[place_of(text, "start") or slice(0, 0)]
    return _UNFILLED.fullmatch(start) is not None or (_OPEN.search(own) is not None and bool(find(own)))


def _is_one_day(text: str) -> bool:
    """Whether a text ends with a day, and no numbers of another stand before it."""
    found = find(text)
    return len(found) == 1 and found[0].end == len(folded(text)) and not _behind_another(text)


def _behind_another(text: str) -> bool:
    """Whether the numbers of another date stand before the first date that is told: it may be the range's end."""
    found = find(text)
    before = folded(text)[: found[0].start] if found else ""
    return sum(letter.isdigit() or letter in HAN_DIGITS for letter in before) >= _FEWEST_DIGITS


def _dated(text: str) -> str:
    """Of several dates in a text the first, without what stands behind it: a neighbour's, or a seal's."""
    found = find(text)
    days = {one.day for one in found}
    return folded(text)[: found[1].start] if len(days) > 1 and not _OPEN.search(text) else text
