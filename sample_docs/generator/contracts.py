"""Contracts (合同): text that flows over pages, a signature block with seals and handwriting."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np
from PIL import Image, ImageDraw

from sample_docs.generator.fonts import Face, font
from sample_docs.generator.numbers import capital_amount, money
from sample_docs.generator.papers import Document, Paper
from sample_docs.generator.seal import stamp
from sample_docs.generator.sheet import PX, Sheet, broken, measure

_LEFT, _WIDTH, _TOP, _BOTTOM = 27.0, 156.0, 27.0, 268.0
_EM, _LEADING = 4.2, 7.6
_PEN = (34, 42, 96)


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a contract; ``signer`` signs by hand, ``sealed`` tells a company with a seal from a person."""

    role: str
    name: str
    signer: str
    address: str
    sealed: bool = True


@dataclass(frozen=True, slots=True)
class Contract:
    """What a contract says; ``yuan`` is the amount, ``clauses`` its text with places for the amount and the term."""

    title: str
    number: str
    first: Party
    second: Party
    yuan: int
    signed: date
    begins: date
    ends: date
    clauses: tuple[str, ...]
    table: tuple[tuple[str, ...], ...] = field(default=())


class _Flow:
    """The place where the next line goes; takes a new sheet when one is full."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.y = _BOTTOM

    def room(self, height: float) -> Sheet:
        """The sheet on which ``height`` more millimetres fit."""
        if self.y + height > _BOTTOM:
            self.sheets.append(Sheet(210, 297, (252, 252, 250)))
            self.y = _TOP
        return self.sheets[-1]

    def paragraph(self, text: str, face: Face = Face.SONG, indent: float = 2 * _EM) -> None:
        """A paragraph that may run over the page's end."""
        lines = broken(text, _WIDTH, face, _EM, indent)
        for number, line in enumerate(lines):
            sheet, inset = self.room(_LEADING), indent if number == 0 else 0.0
            # Justified, as word processors set it; the last line stays as it is.
            spare = _WIDTH - inset - measure(line, face, _EM) if number < len(lines) - 1 else 0.0
            sheet.text(_LEFT + inset, self.y, line, face, _EM, spacing=spare / max(len(line) - 1, 1))
            self.y += _LEADING


def contract(spec: Contract, rng: np.random.Generator) -> Paper:
    """A contract's pages with their truth."""
    flow = _Flow()
    _head(flow, spec)
    amount = f"（大写）{capital_amount(spec.yuan)}（小写：¥{spec.yuan:,}.00元）"
    # The Civil Code took the Contract Law's place on 1 January 2021.
    law = "民法典" if spec.signed >= date(2021, 1, 1) else "合同法"
    term = f"{_day(spec.begins)}起至{_day(spec.ends)}止"
    for clause in spec.clauses:
        if clause == "{table}":
            _table(flow, spec.table)
        else:
            heading = clause.startswith("第") and len(clause) < 20  # noqa: PLR2004 - a heading is short
            if heading:
                flow.room(2.5 * _LEADING)  # a heading never stands alone at the foot of a page
            face, indent = (Face.SONG_BOLD, 0.0) if heading else (Face.SONG, 2 * _EM)
            flow.paragraph(clause.format(law=law, amount=amount, term=term), face, indent)
    _signatures(flow, spec, rng)
    for number, sheet in enumerate(flow.sheets, start=1):
        sheet.text(105, 279, f"第 {number} 页 共 {len(flow.sheets)} 页", Face.SONG, 3.2, align="center")
    fields = {
        "contract_number": spec.number,
        "title": spec.title,
        "party_a": spec.first.name,
        "party_b": spec.second.name,
        "amount": money(spec.yuan),
        "signed_on": spec.signed.isoformat(),
        "effective_from": spec.begins.isoformat(),
        "effective_to": spec.ends.isoformat(),
    }
    pages = tuple(range(1, len(flow.sheets) + 1))
    return Paper(tuple(sheet.image for sheet in flow.sheets), (Document("contract", pages, fields),))


def _day(day: date) -> str:
    """A date as typists write it, without leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def _head(flow: _Flow, spec: Contract) -> None:
    """Title, number, and the parties with their addresses."""
    sheet = flow.room(80)
    sheet.text(105, flow.y + 4, spec.title, Face.HEI_BOLD, 8.0, align="center", spacing=2.0)
    sheet.text(_LEFT + _WIDTH, flow.y + 20, f"合同编号：{spec.number}", Face.SONG, _EM, align="right")
    flow.y += 32
    for party in (spec.first, spec.second):
        for caption, value in ((party.role, party.name), ("住所地" if party.sealed else "住址", party.address)):
            sheet.text(
                _LEFT, flow.y, f"{caption}：{value}", Face.SONG_BOLD if caption == party.role else Face.SONG, _EM
            )
            flow.y += _LEADING
        flow.y += 1.5
    flow.y += 1.5


def _table(flow: _Flow, rows: tuple[tuple[str, ...], ...]) -> None:
    """A ruled table; the first column takes the room that the others leave."""
    height, others = 7.6, 26.0
    sheet = flow.room(height * len(rows) + 5)
    edges = [_LEFT, *(_LEFT + _WIDTH - others * left for left in range(len(rows[0]) - 1, -1, -1))]
    top = flow.y + 1
    for number, row in enumerate(rows):
        face = Face.SONG_BOLD if number == 0 else Face.SONG
        for place, cell in enumerate(row):
            sheet.text(
                (edges[place] + edges[place + 1]) / 2, top + number * height + 1.8, cell, face, 3.8, align="center"
            )
    for number in range(len(rows) + 1):
        sheet.line(edges[0], top + number * height, edges[-1], top + number * height, 0.2)
    for edge in edges:
        sheet.line(edge, top, edge, top + height * len(rows), 0.2)
    flow.y = top + height * len(rows) + 4


def _signatures(flow: _Flow, spec: Contract, rng: np.random.Generator) -> None:
    """Two columns: who signs, by whose hand, on which day; seals over them."""
    sheet = flow.room(58)
    flow.y += 6
    for place, party in enumerate((spec.first, spec.second)):
        x, y = _LEFT + place * 80, flow.y
        role = party.role.partition("（")[0]
        caption = f"{role}（{'盖章' if party.sealed else '签字'}）："
        end = sheet.text(x, y, caption, Face.SONG, _EM)
        if party.sealed:
            for line, text in enumerate(broken(party.name, 76, Face.SONG, 4.0)):
                sheet.text(x, y + 7 + line * 5.4, text, Face.SONG, 4.0)
            end = sheet.text(x, y + 20, "授权代表（签字）：", Face.SONG, _EM)
        _handwritten(sheet, end, y + (17.5 if party.sealed else -2.0), party.signer, rng)
        sheet.text(x, y + 37, f"签订日期：{_day(spec.signed)}", Face.SONG, _EM)
        if party.sealed:
            stamp(
                sheet,
                x + 38 + float(rng.uniform(-5, 5)),
                y + 14,
                party.name,
                rng,
                diameter=40,
                foot="合同专用章",
                strength=0.78,
            )
    flow.y += 42


def _handwritten(sheet: Sheet, x: float, y: float, name: str, rng: np.random.Generator) -> None:
    """A signature: kai, slanted, in blue ink, each character a little off the line."""
    size = 8.2
    width, height = round((measure(name, Face.KAI, size) + 8) * PX), round((size + 5) * PX)
    mask = Image.new("L", (width, height), 0)
    left = 4 * PX
    for character in name:
        at = (left, (size + 1 + float(rng.uniform(-0.7, 0.7))) * PX)
        ImageDraw.Draw(mask).text(at, character, font=font(Face.KAI, round(size * PX)), fill=235, anchor="ls")
        left += size * 0.86 * PX
    slanted = mask.transform(
        mask.size, Image.Transform.AFFINE, (1, 0.22, -0.12 * height, 0.05, 1, -0.02 * width), Image.Resampling.BICUBIC
    )
    ink = Image.new("RGBA", mask.size, (*_PEN, 0))
    ink.putalpha(slanted)
    sheet.paste(ink, x - 2, y)
