"""The second reader: RapidOCR on onnxruntime, with the models inside its package; nothing is ever fetched.

Its detector looks for lines on a reduced picture; its recogniser reads them on the full one. One thread: the workers
run side by side. The sessions are loaded at the first use and kept.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import cv2
import numpy as np

from intake.errors import EngineCrashedError, EngineOutputError
from intake.options import RecognitionOptions
from intake.recognition.crowded import Quad, parted
from intake.recognition.detector import lines
from intake.recognition.engine import CropRequest, CropText, crop_text
from intake.recognition.layout import is_latin_gap, is_narrow, order_lines
from intake.recognition.probe import models
from intake.recognition.rivals import KeepingRivals, Rivals
from intake.recognition.strips import HEIGHT, filled, size, strip_of
from intake.types import PageText, PixelBox, Pixels, RectifiedPage, Rival, Word


class Character(NamedTuple):
    """A character, its confidence, its centre as a fraction of its line's width, and what was all but read instead.

    ``spaced``: white space was read before it, which parts it from a Latin word.
    """

    text: str
    sure: float
    centre: float
    rivals: Rivals = ()
    spaced: bool = False


GAP = 1.8
"""Neighbours further apart than so many of their widths stand in two words: a caption and its value."""

PLACES = 4
"""Decimals of a character's confidence that are kept."""

MEMORY = 512 << 20
"""Bytes of address space in which models work; the largest page needs half of them."""

SQUARE, SLIM = 0.65, 0.55
"""Width of a wide character per height of its line as detected; width of a narrow character per wide one."""


class Rapid:
    """Reads with RapidOCR. Holds about 300 MB once used; one per process."""

    name = "rapidocr"

    def __init__(self, options: RecognitionOptions | None = None) -> None:
        """Keep the numbers; models are loaded at the first reading."""
        self.options = options or RecognitionOptions()
        self._loaded: Any = None

    def read_page(self, page: RectifiedPage) -> PageText:
        """Every line on the page's ``pixels``, cut into words where the script changes; boxes on the flat page.

        Raises :class:`EngineCrashedError` where the runtime fails, :class:`EngineOutputError` where a model is absent.
        """
        quads = parted(self._detect(page.pixels), self.options)
        strips = [strip_of(page.pixels, quad) for quad in quads]
        words = [word for quad, read in zip(quads, self._recognise(strips), strict=True) for word in _words(read, quad)]
        return PageText(page.geometry, order_lines(words), self.name)

    def read_crops(self, crops: Sequence[CropRequest]) -> list[CropText]:
        """The text of each crop, without its detector; a crop of several lines is cut into lines first.

        Characters outside a crop's alphabet are dropped. Raises as :meth:`read_page`.
        """
        strips: list[Pixels] = []
        owners: list[int] = []
        for index, crop in enumerate(crops):
            for strip in self._lines(crop):
                strips.append(strip)
                owners.append(index)
        characters: list[list[Character]] = [[] for _ in crops]
        for owner, read in zip(owners, self._recognise(strips), strict=True):
            alphabet = crops[owner].alphabet
            kept = [one for one in read if alphabet is None or one.text in alphabet]
            characters[owner] += kept if alphabet else _with_spaces(kept)
        return [
            crop_text([(one.text, one.sure) for one in run], [one.centre for one in run] if crop.single_line else ())
            for crop, run in zip(crops, characters, strict=True)
        ]

    def close(self) -> None:
        """Let the sessions go."""
        self._loaded = None

    def _engine(self) -> Any:
        if self._loaded is None:
            self._loaded = _load(self.options)
        return self._loaded

    def _detect(self, pixels: Pixels) -> list[Quad]:
        """Corners of each text line in pixels of ``pixels``: top left, top right, bottom right, bottom left."""
        found: list[Quad] = _guarded(lambda: lines(pixels, self._engine().text_det, self.options))
        return found

    def _lines(self, crop: CropRequest) -> list[Pixels]:
        """The single lines of a crop, top to bottom."""
        pixels = crop.pixels if crop.pixels.ndim == 3 else np.repeat(crop.pixels[:, :, None], 3, axis=2)  # noqa: PLR2004 - three axes are colour
        if crop.single_line or not pixels.size:
            return [pixels] if pixels.size else []
        return [strip_of(pixels, quad) for quad in parted(self._detect(pixels), self.options)] or [pixels]

    def _recognise(self, strips: Sequence[Pixels]) -> list[list[Character]]:
        """Each strip's characters with confidence and centre (fraction of the strip's width).

        Short strips are read with little white beside them, and again with as much as the model was trained on where
        that left a doubt: it costs three times as much.
        """
        options = self.options
        widths = [filled(strip, options) for strip in strips]
        read = self._read(strips, widths)
        doubted = [index for index, one in enumerate(read) if not _is_sure(one, options)]
        again = [index for index in doubted if widths[index] < options.strip_trained]
        anew = self._read([strips[index] for index in again], [options.strip_trained] * len(again))
        better = dict(zip(again, anew, strict=True))
        return [better.get(index, one) for index, one in enumerate(read)]

    def _read(self, strips: Sequence[Pixels], widths: Sequence[int]) -> list[list[Character]]:
        """The same, each strip filled up to its width, which is told in pixels of the model's own height."""
        read: list[list[Character]] = [[] for _ in strips]
        for width in sorted(set(widths)):
            members = [index for index, one in enumerate(widths) if one == width]
            for index, one in zip(
                members, self._read_filled([strips[member] for member in members], width), strict=True
            ):
                read[index] = one
        return read

    def _read_filled(self, strips: Sequence[Pixels], width: int) -> list[list[Character]]:
        engine = self._engine()
        engine.return_word_box = True
        engine.text_rec.rec_image_shape = [3, HEIGHT, width]
        read = _guarded(lambda: engine.recognize_txt([np.ascontiguousarray(strip[:, :, ::-1]) for strip in strips]))
        if len(read.txts) != len(strips):
            raise EngineOutputError(tool="rapidocr")
        return [_characters(text, info) for text, info in zip(read.txts, read.word_results, strict=True)]


def _is_sure(read: Sequence[Character], options: RecognitionOptions) -> bool:
    return bool(read) and min(one.sure for one in read) >= options.strip_sure


def _load(options: RecognitionOptions) -> Any:
    """The engine on sessions of ours: only without a session does RapidOCR look for a model to download."""
    detector, recogniser = models()
    if not detector.is_file() or not recogniser.is_file():
        raise EngineOutputError(tool="rapidocr")
    from omegaconf import flag_override  # noqa: PLC0415 - as below
    from rapidocr import RapidOCR  # noqa: PLC0415 - takes a second to import: only a process that reads pays it

    # Its log lines hold paths and tracebacks; we raise instead.
    logging.getLogger("RapidOCR").disabled = True
    engine: Any = RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Det.box_thresh": options.detector_score,
            "Rec.rec_batch_num": options.crop_batch,
        }
    )
    with flag_override(engine.cfg, "allow_objects", values=True):
        engine.cfg.Det.session = _session(detector)
        engine.cfg.Rec.session = _session(recogniser)
    engine._load_det_model()  # noqa: SLF001 - loaded now: its model is asked without what it does round it
    reading = engine._load_rec_model()  # noqa: SLF001 - loaded now, so that its decoder can be told to keep more
    reading.postprocess_op = KeepingRivals(reading.postprocess_op, options)
    return engine


def _session(model: Path) -> Any:
    """A model on one thread, its working memory that of all models, kept from call to call.

    RapidOCR's own sessions give it back each time (a fifth of the detector's time goes into getting it anew) and keep a
    plan of it for every shape they meet: every line has its own, so they grow without end.
    """
    import onnxruntime  # noqa: PLC0415 - as in _load

    _share_memory()
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4  # its warnings name paths
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    options.enable_mem_pattern = False
    options.add_session_config_entry("session.use_env_allocators", "1")
    return onnxruntime.InferenceSession(str(model), sess_options=options, providers=["CPUExecutionProvider"])


@cache
def _share_memory() -> None:
    """Let the models of this process work in one memory, asked for at once: only what was written to takes room.

    Models work one after the other, so the largest need is enough for all. A memory that grows bit by bit leaves gaps
    which no larger page fits into: after pages of some shapes it held twice as much.
    """
    import onnxruntime  # noqa: PLC0415 - as in _load

    kind, use = onnxruntime.OrtAllocatorType.ORT_ARENA_ALLOCATOR, onnxruntime.OrtMemType.DEFAULT
    arena = onnxruntime.OrtArenaCfg({"initial_chunk_size_bytes": MEMORY})
    onnxruntime.create_and_register_allocator(onnxruntime.OrtMemoryInfo("Cpu", kind, 0, use), arena)


def _guarded(read: Any) -> Any:
    """Run one call of the library; its failures become ours, without its text."""
    from rapidocr.inference_engine.onnxruntime.main import ONNXRuntimeError  # noqa: PLC0415 - as in _load

    try:
        return read()
    except (ONNXRuntimeError, cv2.error, ValueError, MemoryError):
        # Not chained: the library's exceptions quote its inputs.
        raise EngineCrashedError(tool="rapidocr", status=1) from None


def _characters(text: str, info: Any) -> list[Character]:
    """RapidOCR's word information → characters, each with confidence and centre (0 to 1).

    White space is dropped; of that between Latin words the character behind it tells.
    """
    columns = [column for word in info.word_cols for column in word]
    read = zip(text, info.confs, info.rivals, strict=True) if text else ()
    kept = [(one, float(sure), rivals) for one, sure, rivals in read if not one.isspace()]
    if len(columns) != len(kept):
        raise EngineOutputError(tool="rapidocr")
    length = max(1.0, info.line_txt_len)
    spaced = _spaced(text)
    return [
        Character(one, sure, min(1.0, (column + 0.5) / length), rivals, place in spaced)
        for place, ((one, sure, rivals), column) in enumerate(zip(kept, columns, strict=True))
    ]


def _spaced(text: str) -> set[int]:
    """The places, white space not counted, of the characters that white space parts from a Latin word before them."""
    words = text.split()
    ends = accumulate(len(word) for word in words)
    return {end for end, (one, other) in zip(ends, pairwise(words), strict=False) if is_latin_gap(one[-1], other[0])}


def _with_spaces(read: Sequence[Character]) -> list[Character]:
    """Characters with a space wherever one parts Latin words, as sure as the character behind it, at its left edge."""
    made: list[Character] = []
    for one in read:
        if one.spaced and made:
            made.append(Character(" ", one.sure, (made[-1].centre + one.centre) / 2))
        made.append(one)
    return made


def _words(read: Sequence[Character], quad: Quad) -> Iterator[Word]:
    """Characters of one line → words: a new one where wide and narrow script meet, after a gap, and after a space."""
    halves = half_widths(read, quad)
    start = 0
    for index in range(1, len(read) + 1):
        if index == len(read) or _parted(read, halves, index):
            yield _word(read, halves, range(start, index), quad)
            start = index


def _parted(read: Sequence[Character], halves: Sequence[float], index: int) -> bool:
    """Whether a word ends before ``index``: of Latin words white space tells, for their letters differ in width."""
    if is_latin_gap(read[index - 1].text, read[index].text):
        return read[index].spaced
    if is_narrow(read[index].text) != is_narrow(read[index - 1].text):
        return True
    return read[index].centre - read[index - 1].centre > GAP * (halves[index] + halves[index - 1])


def half_widths(read: Sequence[Character], quad: Quad) -> list[float]:
    """Half the width of each character as a fraction of its line's: CTC tells centres only.

    Wide characters are as wide as their centres are apart, in the median; so are narrow ones. Where a line holds too
    few to tell, a wide one takes ``SQUARE`` of the line's height (the detector leaves a margin above and below).
    """
    width, height = size(quad)
    most = height / width
    wide = min(most, _spacing(read, narrow=False) or SQUARE * most)
    narrow = min(wide, _spacing(read, narrow=True) or SLIM * wide)
    return [(narrow if is_narrow(one.text) else wide) / 2 for one in read]


def _spacing(read: Sequence[Character], *, narrow: bool) -> float | None:
    """The median distance of neighbours that are both wide or both narrow; ``None`` for fewer than two pairs."""
    pairs = [
        after.centre - before.centre
        for before, after in pairwise(read)
        if is_narrow(before.text) is narrow and is_narrow(after.text) is narrow
    ]
    return median(pairs) if len(pairs) > 1 else None


def _word(read: Sequence[Character], halves: Sequence[float], places: range, quad: Quad) -> Word:
    """The characters at ``places`` as one word; its box ends at most halfway to its neighbours."""
    start, end = places.start, places.stop
    first, last = read[start].centre, read[end - 1].centre
    left = max(first - halves[start], (read[start - 1].centre + first) / 2 if start else 0.0)
    right = min(last + halves[end - 1], (last + read[end].centre) / 2 if end < len(read) else 1.0)
    run = read[start:end]
    confidence = sum(one.sure for one in run) / len(run)
    each = tuple(round(one.sure, PLACES) for one in run)
    rivals = tuple(
        Rival(place, other, round(sure, PLACES)) for place, one in enumerate(run) for other, sure in one.rivals
    )
    return Word("".join(one.text for one in run), confidence, _box(quad, left, right), each, rivals)


def _box(quad: Quad, left: float, right: float) -> PixelBox:
    """The upright hull of a line's part, given in fractions of the line's width; never left of or above the page."""
    top, bottom = quad[1] - quad[0], quad[2] - quad[3]
    points = np.array([quad[0] + left * top, quad[0] + right * top, quad[3] + left * bottom, quad[3] + right * bottom])
    x, y = np.maximum(0, np.floor(points.min(axis=0))).astype(int).tolist()
    far_x, far_y = np.ceil(points.max(axis=0)).astype(int).tolist()
    return PixelBox(x, y, max(1, far_x - x), max(1, far_y - y))
