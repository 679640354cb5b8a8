"""The words that were kept of pages, page by page: what understanding anew begins with."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import wire
from intake.types import PageText as Text
from models.cases import Page, PageText, TurnedText

_READERS = ("tesseract", "rapidocr")

_ONCE_MORE = "/"
"""In the name of a reader that looked again at single places (``tesseract/crops``); those are no whole page."""


def words(session: Session, page_ids: Collection[str], *, as_received: bool = False) -> dict[str, list[Text]]:
    """What was read on some pages, in the order in which it was read: whole sheets first, the first reader first.

    Of a page that a person turned it is what was read after that, once it was; with ``as_received`` what was read
    before anybody touched it.
    """
    turned = select(TurnedText).join(Page, (Page.id == TurnedText.page_id) & (Page.turned == TurnedText.turn))
    again = [] if as_received else session.scalars(turned.where(Page.id.in_(page_ids))).all()
    first = set(page_ids) - {row.page_id for row in again}
    rows = [*again, *session.scalars(select(PageText).where(PageText.page_id.in_(first)))]
    kept: dict[str, list[Text]] = {page_id: [] for page_id in page_ids}
    for row in rows:
        kept[row.page_id].append(wire.load(Text, row.body))
    return {page_id: in_order(texts) for page_id, texts in kept.items()}


def whole(texts: Iterable[Text]) -> tuple[Text, ...]:
    """Of the readings of a page those of whole sheets, as the first reader of each sheet read it."""
    first: dict[int, Text] = {}
    for text in texts:
        if _ONCE_MORE not in text.reader:
            first.setdefault(text.geometry.sheet, text)
    return tuple(first.values())


def in_order(texts: Iterable[Text]) -> list[Text]:
    """Readings in the order in which they were made."""
    return sorted(texts, key=_turn)


def _turn(text: Text) -> tuple[int, int, bool, int, str]:
    engine, _, crops = text.reader.partition("/")
    turn = _READERS.index(engine) if engine in _READERS else len(_READERS)
    return text.geometry.page_index, text.geometry.sheet, bool(crops), turn, text.reader
