"""What kind of paper a page is, by the phrases on it, with the evidence kept.

Every type brings its cues; each that is found adds its weight (log-odds), whole phrases read exactly more than phrases
with a misread character. A heading of a paper that is none of ours outweighs shared captions: such paper has no type,
and no value of it is taken.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from intake.doctypes import Cue, get, types
from intake.extraction import heading
from intake.extraction.cells import fragments
from intake.extraction.glyphs import Row, as_captions, rows
from intake.fields import check
from intake.geometry import union
from intake.options import ExtractionOptions
from intake.types import Classification, Evidence, PageText, PixelBox

_HEADING_LENGTH = 20  # letters: longer lines that end with 合同 are sentences
_WORD = 3  # letters: shorter cues stand in any heading
_STATE = "中华人民共和国"
_LEADING = 3  # rows that may stand between a form's heading and its first caption
_HEADING_GAP = 2.5  # heights: headings are letter-spaced by one or two


def classify(text: PageText, options: ExtractionOptions | None = None) -> Classification:
    """The type of the document that begins on this page, or ``None`` with the confidence that it is none of ours."""
    chosen = options or ExtractionOptions()
    pieces = printed(rows(text))
    scored = sorted(
        ((name, evidence(pieces, cues, chosen)) for name, cues in _cues()), key=lambda pair: -total(pair[1])
    )
    (best, found), (_, second) = scored[0], scored[1]
    strangers = _strangers(text, best, chosen)
    score = total(found) + min((one.weight for one in strangers), default=0.0)
    margin = score - max(total(second), 0.0)
    if score >= chosen.type_threshold and strangers and _is_forms_own(text, strangers, found, best):
        score = chosen.type_threshold + chosen.stranger_odds
    if score < chosen.type_threshold or margin < chosen.type_margin:
        return Classification(None, _probability(chosen.type_threshold - score), (*found, *strangers))
    return Classification(best, _probability(min(score - chosen.type_threshold + 1.5, margin + 1.5)), found)


def _is_forms_own(text: PageText, strangers: Sequence[Evidence], found: Sequence[Evidence], best: str) -> bool:
    """Whether a foreign heading is that of the very form whose captions were found: it stands close above them.

    So it outweighs them, however many they are (a residence permit bears all captions of an identity card). Not where
    the heading of the ``best`` type stands on the page too, nor far above: a letter may hold a copy of a card.
    """
    cues = get(best).cues
    headings = {(cue.phrase, cue.weight) for cue in cues if cue.title and heading.is_name(cue.phrase)}
    heads = [one.box for one in strangers if one.box is not None]
    places = [one.box.y for one in found if one.box is not None and one.box not in heads and one.weight > 0]
    if get(best).continues or not places or any((one.phrase, one.weight) in headings for one in found):
        return False
    first = min(places)
    between = (sum(head.bottom <= row.box.y < first for row in rows(text)) for head in heads if head.y < first)
    return any(count <= _LEADING for count in between)


def _strangers(text: PageText, best: str, options: ExtractionOptions) -> tuple[Evidence, ...]:
    """The headings on a page that name a paper which is none of ours.

    A heading that ends with the name of one of our papers is ours, whatever stands before it; the state's name, a
    caption inside a heading, or a name that goes on otherwise is not (中华人民共和国组织机构代码证 is no identity card,
    营业执照信息 no license). Nearly a name of the ``best`` type is that name misread; nearly one of another type speaks
    for neither (a foundation's certificate is nearly called as an association's, and is still no identity card), nor
    does one that ends otherwise (税务登记表).
    """
    own = [
        (name, cue.phrase)
        for name, cues in _cues()
        for cue in cues
        if cue.weight > 0 and ((cue.title and len(cue.phrase) > _WORD) or (cue.ends and len(cue.phrase) == _WORD))
    ]
    return tuple(
        Evidence(row.text, options.stranger_odds, row.box)
        for row in heading.names(rows(text), text.geometry.width, text.geometry.height)
        if not any(
            (heading.is_name(phrase) and heading.is_called(heading.said(row), phrase))
            or phrase == heading.said(row)
            or (name == best and _is_misread(heading.said(row), phrase, options))
            for name, phrase in own
        )
    )


def _is_misread(name: str, phrase: str, options: ExtractionOptions) -> bool:
    """Whether a heading is nearly one of ours and ends with the same letter."""
    return name.endswith(phrase[-1]) and fuzz.ratio(_bare(phrase), _bare(name)) >= options.own_heading


def _bare(name: str) -> str:
    """The name of a paper without the state's, which many papers bear."""
    return name.removeprefix(_STATE) or name


def printed(lines: Sequence[Row]) -> tuple[tuple[str, PixelBox], ...]:
    """What the rows say, letters and digits alone, each row whole and in its pieces, with where they stand."""
    return tuple(piece for row in lines for piece in _pieces(row))


def evidence(
    texts: Sequence[tuple[str, PixelBox]], cues: Iterable[Cue], options: ExtractionOptions
) -> tuple[Evidence, ...]:
    """The cues that are found on what is :func:`printed`, each once, weighted by how well it was read."""
    found: list[Evidence] = []
    for cue in cues:
        if cue.shape:
            found += _shaped(cue, texts)
            continue
        scored = ((_similarity(cue, text, options), box) for text, box in texts)
        best, box = max(scored, key=lambda pair: pair[0], default=(0.0, None))
        if best >= _needed(cue, options):
            found.append(Evidence(cue.phrase, cue.weight * best, box))
    return _without_shadows(found)


def _shaped(cue: Cue, texts: Sequence[tuple[str, PixelBox]]) -> list[Evidence]:
    """The cue that is known by its shape, where the paper has it and its value is sound."""
    match = re.search(cue.shape, "\n".join(text for text, _ in texts), re.MULTILINE)
    if match is None:
        return []
    verdict = check(cue.kind, match["value"])
    box = next((box for text, box in texts if match["value"] in text), None)
    return [] if verdict.value is None or verdict.problems else [Evidence(cue.phrase, cue.weight, box)]


def total(found: Iterable[Evidence]) -> float:
    """The sum of the weights."""
    return sum(one.weight for one in found)


def _cues() -> list[tuple[str, tuple[Cue, ...]]]:
    return [(document_type.name, document_type.cues) for document_type in types()]


def _needed(cue: Cue, options: ExtractionOptions) -> float:
    """Two or three characters must be read exactly; longer phrases may lose some.

    What speaks against a type has to be surer: 经营许可证 shares three of five letters with 开户许可证.
    """
    if cue.weight < 0 and len(cue.phrase) > _WORD:
        return options.counter_similarity
    return options.cue_similarity if len(cue.phrase) > 3 else 1.0  # noqa: PLR2004 - three letters are too few to guess


def _similarity(cue: Cue, text: str, options: ExtractionOptions) -> float:
    """0 to 1: how much of the phrase stands in the line; a heading must also make up a good share of its line."""
    if cue.ends:
        return float(text.endswith(cue.phrase) and len(text) <= _HEADING_LENGTH)
    if len(text) < len(cue.phrase) - 1 or (cue.title and len(cue.phrase) < options.title_share * len(text)):
        return 0.0
    if cue.phrase in text:
        return 0.0 if cue.title and cue.weight > 0 and heading.goes_on_otherwise(text, cue.phrase) else 1.0
    if len(cue.phrase) <= 3:  # noqa: PLR2004 - see _needed
        return 0.0
    if len(text) <= len(cue.phrase):
        return fuzz.ratio(cue.phrase, text) / 100
    return fuzz.partial_ratio(cue.phrase, text) / 100


def _pieces(row: Row) -> list[tuple[str, PixelBox]]:
    """The row as a whole and its pieces where wide white space parts it: a heading may stand beside a seal."""
    runs = fragments(row.glyphs, _HEADING_GAP * row.height)
    pieces = [row.glyphs, *(runs if len(runs) > 1 else [])]
    return [(_letters(as_captions(piece)), union(glyph.box for glyph in piece)) for piece in pieces]


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def _without_shadows(found: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Of headings that lie inside each other on one line (营业执照, 个体工商户营业执照) only the heaviest counts."""
    kept: list[Evidence] = []
    for one in sorted(found, key=lambda item: -abs(item.weight)):
        if not any(_same_line(one.box, other.box) and one.phrase in other.phrase for other in kept):
            kept.append(one)
    return tuple(kept)


def _same_line(one: PixelBox | None, other: PixelBox | None) -> bool:
    return one is not None and one == other


def _probability(log_odds: float) -> float:
    return round(1 / (1 + math.exp(-log_odds)), 4)
