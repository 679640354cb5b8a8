"""From the characters at a place to the canonical value: ranges are parted, roles and marks around a value fall away.

What was read stays untouched in ``text``; only the reading of it for the value is cleaned here.
"""

from __future__ import annotations

import re

from intake.doctypes import FieldSpec
from intake.fields import Verdict, candidates, check, traits

PARTING = frozenset("至到~～")
"""Marks that part a range wherever they stand."""
_CUT = re.compile(
    rf"[{''.join(sorted(PARTING))}]|[-—–－一]{{1,3}}(?=\s*(?:[12]\d{{3}}|长|永|无))|(?<=[\d日])(?=长期|永久)"
)
_LONG_TERM = re.compile(r"长期|永久|无固定期限|不约定")
_COPY_NUMBER = re.compile(r"[(（]\d{1,2}[-/—]\d{1,2}[)）]?$")
_BARE_COPY_NUMBER = re.compile(r"(?P<before>\d)[-/—](?P<copies>\d{1,2})[)）]?$")
_STRAY = re.compile(r"^[\s:：;；_|”“\"'‘’`~·.,，。、\-—=+<>»«^\]】)）]+")
"""Specks of rules and frames before a value that an engine read as marks."""
_SPECK = re.compile(r"(?:[\s·,，、;；'’`~]|(?<![A-Za-z.])\.(?!\.))+$")
"""The same behind one; a full stop after a letter may be the name's own (Ltd.)."""
_WITHOUT_TERM = Verdict(None)
_FEWEST_DIGITS = 6  # of a date: 2016-3-8


def judge(spec: FieldSpec, text: str, *, whole: bool = False) -> Verdict:
    """The verdict on what was read for a field: its canonical value, if any, and the problems with it.

    ``whole``: the text is already the part of the range that the field asks for.
    """
    cleaned = _STRAY.sub("", text).rstrip(" :：_|")
    if not traits(spec.kind).prose:
        cleaned = _SPECK.sub("", cleaned)
    if spec.part and not whole:
        cut = part_of(cleaned, spec.part)
        if cut is None:
            return _WITHOUT_TERM
        cleaned = cut
    stands = traits(spec.kind)
    if stands.dated:
        cleaned = _dated(cleaned)
    if stands.end:
        cleaned = re.split(stands.end, cleaned, maxsplit=1)[0]
    if stands.copied:
        return _numbered(spec.kind, _COPY_NUMBER.sub("", cleaned))
    return check(spec.kind, cleaned)


_DATE = re.compile(r"(?:1[89]|20)\d\d\s*[年.\-/]\s*\d{1,2}\s*[月.\-/]\s*\d{1,2}(?!\d)\s*日?")
"""A date in digits inside a longer text: what a seal or a neighbour left beside it falls away."""
_PARTED = re.compile(
    r"((?:19|20)\d\d)(?:[^\d一二三四五六七八九十至到]{1,2}(?=\d)|(?=[01]\d月))(\d{1,2})[^\d至到]{1,2}(\d{1,2})(?!\d)"
)
"""The same where the marks between the numbers were misread."""


def _numbered(kind: str, text: str) -> Verdict:
    """The verdict on a number behind which the number of its copy may stand without its brackets: …3401/1.

    How many digits before the stroke are the copy's is told by the one parting that leaves a number without a problem:
    one, none (1 was lost too), or one or two where there are ten copies or more. Where none does, the usual one digit
    is taken if the copies are fewer than ten, and a parting that shows an error goes before one that would hide it in
    a short old number, which no check digit guards. What stays open has no value.
    """
    mark = _BARE_COPY_NUMBER.search(text)
    if mark is None:
        return check(kind, text)
    several = len(mark["copies"]) > 1
    cuts = (1, 2) if several else (1, 0)
    verdicts = [check(kind, text[: mark.end("before") - digits]) for digits in cuts]
    sound = [one for one in verdicts if one.value is not None and not one.problems]
    if sound:
        return sound[0] if len(sound) == 1 else Verdict(None)
    wrong = [one for one in verdicts if one.value is not None and any(two.severity != "info" for two in one.problems)]
    if wrong:
        return wrong[0]
    return Verdict(None) if several else verdicts[0]


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
    >>> part_of("2005.11.27长期", "start"), part_of("2005.11.27长期", "end")
    ('2005.11.27', '长期')
    """
    place = place_of(text, part)
    if place is not None:
        return text[place]
    if _LONG_TERM.search(text):
        return text if part == "end" else None
    return text if part == "start" and not _behind_another(text) else None


def place_of(text: str, part: str) -> slice | None:
    """Where the beginning or the end of a printed range stands in it; ``None`` where no mark parts the text."""
    cut = _CUT.search(text, 1)
    if cut is None:
        return None
    return slice(0, cut.start()) if part == "start" else slice(cut.end(), len(text))


def _behind_another(text: str) -> bool:
    """Whether the numbers of another date stand before the first date that is told: it may be the range's end."""
    found = _DATE.search(text) or _PARTED.search(text)
    return found is not None and sum(letter.isdigit() for letter in text[: found.start()]) >= _FEWEST_DIGITS


def _dated(text: str) -> str:
    """The date in a text, without what a seal left beside it; a misread 年 or 月 still parts its numbers.

    It stays an unclear sign, so that the kind says so.
    """
    exact = _DATE.search(text)
    if exact:
        return exact.group()
    parted = _PARTED.search(text)
    return "{}?{}?{}".format(*parted.groups()) if parted else text
