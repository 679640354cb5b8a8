"""Every tuned number with its unit, its reason and what it was measured on; no OpenCV is loaded with the settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from intake.archive_options import ArchiveOptions
from intake.sheet_options import ImagingOptions, QualityOptions

ReaderPolicy = Literal["never", "doubtful", "always"]
"""When the second reader looks; :class:`intake.pipeline.Readers` tells what each word means."""


@dataclass(frozen=True, slots=True)
class RecognitionOptions:
    """How pages and crops are read."""

    page_language: str = "chi_sim"
    """With ``+eng`` fewer Chinese values are read right (38 % of those on 16 sheets, not 48 %), a third more slowly."""
    run_levels: tuple[int, ...] = (190, 150, 110)
    """Grey from which on ink counts, on the copy on which lines are found: the first, then for lines that touch."""
    run_piece: int = 8
    """Pixels of the copy: smaller pieces tell no size of type."""
    run_piece_most: float = 0.06
    """Of the copy's longer side; larger pieces are titles, frames and pictures."""
    run_size: float = 17.0
    """Pixels of the copy: the size of type where there is too little print to tell."""
    run_gap: float = 0.75
    """Sizes of type: white between two characters of one run."""
    run_speck: float = 0.01
    """Square sizes of type: smaller closed patches are grain."""
    run_tall: float = 1.5
    """Sizes of type: a longer patch higher than that holds two lines."""
    run_close: float = 0.9
    """Sizes of type of white between two runs of any kind that are one line."""
    run_apart: float = 4.5
    """Sizes of type of white between two characters of a letter-spaced caption (注　册　资　本) or heading."""
    run_apart_first: float = 7.0
    """The same after the first character of such a caption (名　　　称)."""
    line_height: int = 38
    """Pixels: a line's ink is scaled to this height. With its margins that is 48, which the LSTM sees unscaled."""
    line_margin: int = 5
    """Pixels of paper above and below it. With 14 around ink of 36, 34 % of the values were held instead of 43 %."""
    line_side: int = 8
    """Pixels of paper before and behind it."""
    line_white: float = 0.55
    """Line heights that white inside a line is wide, at most; what is wider is shortened."""
    line_enlargement: float = 2.5
    """Most that a line is enlarged."""
    page_seconds: float = 120.0
    """Wall clock for one page; an A4 page at 300 dpi takes 1 to 6 s on one core, a loaded machine ten times that."""
    crop_seconds: float = 60.0
    """Wall clock for one list of crops; 20 crops take about 2 s."""
    crop_height: int = 40
    """Pixels: a single line's ink is scaled to this height; the LSTM sees 36 px with some paper around."""
    crop_enlargement: float = 2.0
    """Most that a crop is enlarged: a dash is no line of small print."""
    crop_margin: int = 12
    """Pixels of paper white set round a crop: without it Tesseract loses characters that touch the edge."""
    orientation_side: int = 1800
    """Pixels: longest side of the picture on which orientation is told; below 1500 px small print cannot be read."""
    orientation_lines: int = 5
    """Lines read both ways up, lying and standing: 20 short readings in one process."""
    orientation_margin: float = 1.5
    """How many times the second-best turn's reading the best turn's must be; on 36 sheets it was 3.0 to 14."""
    orientation_confidence: float = 4.0
    """Tesseract's own figure from which its word is taken; of 144 sheets it was wrong on 3 at 2, on none from 3 up."""
    orientation_seconds: float = 60.0
    orientation_gap: float = 0.02
    """Share of the longest side: gaps closed when lines are looked for; a character and a half of A4 print."""
    detector_scale: float = 0.75
    """The second reader looks for lines on a copy so much smaller, print 15 pixels high; it reads it in full."""
    detector_least: float = 640.0
    """Pixels: longest side of the copy, at least; on cards a third would leave too little white between lines."""
    detector_side: int = 1280
    """Pixels: longest side of the copy, at most."""
    detector_score: float = 0.5
    """The second reader's score from which a found box counts as text."""
    crowded_margin: float = 0.25
    """Share of its room that a line crowded by its neighbours keeps beyond it: strokes differ in length."""
    crowded_least: float = 0.1
    """Share of a box's height that reaches into other lines, from which on it is cut."""
    strip_trained: int = 320
    """Pixels, at 48 of height: shorter lines were filled up to it when the second reader was trained."""
    strip_least: int = 96
    """The same for the first look at a shorter line: it takes less time in proportion."""
    strip_room: int = 32
    """Pixels, at 48 of height, of white kept right of a line at that look: without them a mark at its end is lost."""
    strip_sure: float = 0.95
    """Confidence of its worst character from which that look is enough: of 206 short lines none that was as sure was
    then read otherwise than with all the white. One in six is looked at twice."""
    crop_batch: int = 1
    """Crops read at once by the second reader: padded to the widest of six they took a third longer."""
    rivals_below: float = 0.995  # of a character; some ``：`` that are none have 0.99
    rival_least: float = 0.004  # probability: right ``：`` gave ``；`` less than 0.001, wrong ones more than 0.0047
    rivals_most: int = 3  # of one character
    upright_confidence: float = 0.75
    """Mean confidence of a page's characters from which it was read the right way up; upside down it is below 0.6."""
    upright_letters: int = 40
    """Characters that such a page must have: fewer prove nothing."""
    sample_share: float = 0.02
    """Share of the sheets on which Tesseract reads the lines of every field (policy ``doubtful``): enough to tell on an
    archive of 10,000 whether the leading reader's confidence is honest, for a hundredth of the time."""


@dataclass(frozen=True, slots=True)
class DecodeLimits:
    """What one file may cost before it is refused. The first four are settings; the others protect the machine."""

    megabytes: float = 25.0  # of the file; an A4 page of 300 dpi is 1 to 3 MB as JPEG
    pages: int = 100  # of one file; longer stacks come as several files
    megapixels: float = 50.0  # of one page; A3 at 400 dpi is 31
    side: int = 30_000  # pixels of one page's longer side, 2.5 m at 300 dpi; OpenCV's warps end at 32,766
    dpi: int = 300  # at which PDF is rendered: what Tesseract was trained on, and the pixels of every ``box``
    seconds: float = 120.0  # waiting for the decoder over the whole file; 100 pages of PDF take about 60
    memory_megabytes: int = (
        2048  # address space of the decoder; 50 megapixels RGB are 150, some codecs hold three copies
    )


@dataclass(frozen=True, slots=True)
class ExtractionOptions:
    """How captions and values are found on the words, and how sure that makes us."""

    unsure_below: float = 0.9
    """Confidence of one character below which an eye is led to it; the readers give good print 0.97 and more."""
    caption_exact: int = 2
    """Characters: captions as short as this must be read exactly; one misread letter of two proves nothing."""
    caption_errors: float = 0.26
    """Share of a longer caption's characters that may be misread."""
    caption_gap: float = 12.0
    """Line heights: the widest white space between a caption and its value (wide forms with short captions)."""
    value_gap: float = 4.0
    """Line heights: white space inside a value (年 月 日 of a printed form); more of it ends the value."""
    fragment_gap: float = 1.5
    """Line heights: white space that parts two columns in a row without captions."""
    indent: float = 1.6
    """Line heights: how far the lines of one value may differ in where they begin."""
    row_pitch: float = 1.9
    """Line heights from the middle of one line of a value to the next; more is another paragraph."""
    type_threshold: float = 2.4
    """Log-odds: evidence for a type below this leaves the paper without a type."""
    type_margin: float = 0.7
    """Log-odds by which the best type must be ahead of the second."""
    cue_similarity: float = 0.74
    """Share of a cue's characters that must be found (营业执照 with one misread character still counts)."""
    counter_similarity: float = 0.8
    """The same for a phrase that speaks against a type."""
    title_share: float = 0.5
    """Share of a printed line that a heading must make up."""
    cut_confidence: float = 0.85
    """Confidence in both types from which a flat page is cut into two papers."""
    scrap_letters: int = 30
    """Characters: print of no type beside a document, on the same page, is no document of its own up to this size."""
    page_threshold: float = 1.0
    """Log-odds of a page's cues from which it carries on the contract before it."""
    cover_lines: int = 14
    """Lines: a first page with no more is a cover, and the next page's heading repeats it."""
    reread_below: float = 0.97
    """Confidence below which the other reader reads the lines of a field (policy ``doubtful``)."""
    reread_lines: int = 4
    """Lines: longer values (scopes) are not read again from crops; every line costs a twentieth of a second."""
    crop_margin: float = 0.18
    """Line heights of paper left around a crop."""
    crop_reach: float = 1.5
    """Line heights that the crop of a text goes on to the right, to show an end that the detector cut off."""
    unreadable: float = 0.05
    """Confidence below which a value is not offered as such: the field counts as there but unreadable."""
    certain: float = 0.997
    """The highest confidence that evidence can give."""
    rival_quality: float = 0.1
    """Quality by which a place may be worse and its value still speak against the chosen one."""
    repaired: float = 0.3
    """Share of the confidence in what was read that a repair by check digit or lexicon gets: a hint for a person."""
    contradicted: float = 0.9
    """The highest confidence in a sum beside which the paper tells another: below what is taken without a look."""
    mingled: float = 0.5
    """The highest confidence in a value off a page on which two papers of one type lie and cannot be parted."""
    reckoned: float = 0.3
    """Confidence in an end that was reckoned from a span: papers differ in the day from which they count."""
    reckoned_after: float = 0.1
    """Confidence in the day after that: a term may be counted to the same day of the year."""
    reckoned_stated: float = 0.8
    """Share of the start's confidence that an end has which one phrase states by its start and span."""
    other_most: float = 0.5
    """Confidence that no value which was not chosen goes beyond."""
    second_thought: float = 0.9  # confidence in a rival that its kind prefers, per confidence in both characters
    thought_least: float = 0.05  # probability of a rival with which a value is offered to a person, at most three
    alike_least: float = 0.01  # the same where it looks like what was read: readers believe one of the two too surely
    rival_of_error: float = 0.01  # probability from which a rival may make a value right whose rules show an error
    rival_of_two: float = 0.1  # the same of either, where it takes two
    alternatives: int = 4
    """Values offered beside the chosen one, but for rivals of its letters: more nobody compares at a glance."""
    recalibration: Mapping[str, tuple[float, float]] = field(default_factory=lambda: MappingProxyType({}))
    """Slope and offset over the log-odds of a confidence, by ``type.field``, ``*`` for all others; fitted on what an
    office's reviewers decided, never here."""
    pattern_quality: float = 0.9  # of 1 for a caption read exactly: a phrase of running text names the value
    hint_quality: float = 0.72  # a phrase that may speak of another amount or term than the contract's
    unlike_quality: float = 0.6  # a party that looks neither like a company nor like a person
    signature_quality: float = 0.85  # times that of the place: a party's name among seals and signatures
    earlier_quality: float = 0.5  # times that of the place: the earlier of the two days under the signatures
    foot_quality: float = 0.85  # a date without caption in the lower half is nearly always that of issue
    half_quality: float = 0.85  # a caption known by one of its two letters and its column
    weak_quality: float = 0.8  # times that of the caption: a caption that may label something else too
    heading_quality: float = 0.75  # a heading no larger than the text below it
    signed_quality: float = 0.7  # a date under signatures may be an annex's
    orphan_quality: float = 0.7  # a line without caption in the column of values, known by its look
    hidden_quality: float = 0.7  # a place that only the marks 年, 月 and 日 told
    shape_quality: float = 0.6  # a value without its caption may be another number of the same shape
    torn_quality: float = 0.3  # times that of the place: a text that begins inside a bracket
    torn_most: float = 0.4  # quality of a place up to which its value is never taken without a look
    aligned_quality: float = 0.05  # added for each caption that stands in the same column
    aligned_most: int = 3  # captions that count so; more prove no more
    aligned_reach: float = 1.2  # line heights: as far apart the beginnings of captions in one column may be
    column_reach: float = 4.0  # line heights right of a caption from where on values are another column's
    line_least: float = 0.4  # type sizes from one line of a value to the next; less is the same line
    strip_height: float = 1.2  # caption heights of a strip in which a number is sought
    strip_step: float = 0.3  # caption heights from one strip to the next
    strip_least: float = 0.8  # caption heights of the band that the last strip must show
    strips_most: int = 16  # strips read: each costs a twelfth of a second
    hole_pitch: float = 1.25  # type sizes from line to line, at most: dense scopes have 1.1
    hole_step: float = 1.5  # times the usual pitch of a value's lines, from which on a line is missing between two
    hole_line: float = 0.3  # caption heights below a caption without value that are read again
    hole_lines: float = 6.0  # the same beside the caption of a long text
    hole_sure: float = 0.8  # confidence of another reader in a value from which on its place is not looked at again
    holes_most: int = 6  # places read again on one sheet: each costs the detector a third of a second
    end_letters: int = 4  # characters' places behind a line that must hold ink before its end is sought there
    end_ink: float = 0.08  # share of dark pixels in each of them; Chinese print has 0.15 to 0.35
    embrace: float = 0.6  # caption heights that the first of two lines beside a caption in larger type may stand higher
    embrace_gap: float = 4.0  # caption heights of white space between such a caption and its value
    beside_drop: float = 1.1  # line heights that a value may stand lower than its caption (filled in by a machine)
    beside_overlap: float = 0.3  # line heights that such a value may reach into its caption
    stranger_odds: float = -4.0  # log-odds of a foreign heading: it outweighs the captions that certificates share
    own_heading: float = 70.0  # per cent that a heading shares with one of ours: it is ours, misread


@dataclass(frozen=True, slots=True)
class DraftingOptions:
    """When a proposed fact asks for a person's look."""

    doubtful_below: float = 0.95
    """Probability: below it a fact is marked doubtful; the line that also parts silent errors from known doubt."""
    of_kind: Mapping[str, float] = field(default_factory=dict)
    """The same for kinds of value for which the office has set another line."""
    of_fact: Mapping[str, float] = field(default_factory=dict)
    """The same for single facts (without number); these go before their kinds."""

    def line(self, fact: str, kind: str) -> float:
        """The probability below which a fact of this kind is doubtful."""
        return self.of_fact.get(fact, self.of_kind.get(kind, self.doubtful_below))


@dataclass(frozen=True, slots=True)
class QueueOptions:
    """How often a job is tried and how long it rests in between."""

    losses: int = 3
    """Attempts that may be lost (worker killed, lease run out, unknown exception) before the job is quarantined."""
    attempts: int = 6
    """Claims after which a tool's failure quarantines the job: with the pauses below, after about five minutes."""
    first_pause: float = 10.0
    """Seconds of rest after the first failure; doubled after each further one: a full disk or a store that restarts."""
    longest_pause: float = 600.0
    """Seconds: no rest is longer."""
    renewals: int = 3
    """Renewals within one lease: two may fail (a busy database) before the lease runs out."""
    idempotency_hours: int = 24
    """How long an Idempotency-Key is remembered (the promise of the API)."""
    watch_seconds: float = 2.0
    """How often a worker looks whether it still hears its bells."""
    deaf_looks: int = 5
    """Looks in a row at bells that nobody takes before a worker gives itself up: ten seconds, where a healthy idle
    worker takes a bell within milliseconds."""
    niceness: int = 5
    """Steps of Unix below the portal: beside a reading worker on the same core it gets three quarters of the time."""

    def pause(self, failures: int) -> float:
        """Seconds of rest after the ``failures``-th failure.

        >>> [QueueOptions().pause(failures) for failures in (1, 2, 3, 20)]
        [10.0, 20.0, 40.0, 600.0]
        """
        return min(self.first_pause * 2.0 ** (failures - 1), self.longest_pause)


@dataclass(frozen=True, slots=True)
class Options:
    """The rooms' numbers in one bundle, for whoever runs the whole way."""

    limits: DecodeLimits = field(default_factory=DecodeLimits)
    imaging: ImagingOptions = field(default_factory=ImagingOptions)
    quality: QualityOptions = field(default_factory=QualityOptions)
    recognition: RecognitionOptions = field(default_factory=RecognitionOptions)
    extraction: ExtractionOptions = field(default_factory=ExtractionOptions)
    drafting: DraftingOptions = field(default_factory=DraftingOptions)
    archive: ArchiveOptions = field(default_factory=ArchiveOptions)
