"""How a contract is typed: text that flows from sheet to sheet."""

from __future__ import annotations

from dataclasses import dataclass

from sample_docs.generator.fonts import Face
from sample_docs.generator.varied.canvas import Canvas, Ink, measure, wrapped
from sample_docs.generator.varied.chance import Chance


@dataclass(frozen=True, slots=True)
class Setting:
    """How a contract is typed; lengths in millimetres."""

    body: Face
    bold: Face
    em: float
    leading: float
    left: float
    width: float
    justified: bool
    numbered: str


class Flow:
    """The place where the next line goes; takes a new sheet when one is full."""

    def __init__(self, chance: Chance, look: Setting, px: float) -> None:
        """No sheet yet."""
        self.look, self.px, self.chance = look, px, chance
        self.sheets: list[Canvas] = []
        self.bottom = chance.between(262, 275)
        self.top = chance.between(22, 30)
        self.y = self.bottom
        grey = chance.whole(247, 255)
        self.paper = (grey, grey, grey - chance.whole(0, 3))
        shade = chance.whole(20, 70)
        self.ink = Ink((shade, shade, shade), chance.between(0.9, 1.35), chance.between(0, 0.5))

    def room(self, height: float) -> Canvas:
        """The sheet on which ``height`` more millimetres fit."""
        if self.y + height > self.bottom:
            canvas = Canvas(210, 297, self.px, self.paper)
            canvas.inks["form"] = self.ink
            self.sheets.append(canvas)
            self.y = self.top
        return self.sheets[-1]

    def aligned(self, text: str, place: str) -> None:
        """One line at the left or the right margin (``place``)."""
        look = self.look
        x = look.left + (look.width if place == "right" else 0.0)
        self.room(look.leading).text(x, self.y, text, look.body, look.em, align=place)
        self.y += look.leading

    def paragraph(self, text: str, *, bold: bool = False, indent: float | None = None) -> None:
        """A paragraph that may run over the page's end."""
        look = self.look
        face, inset = look.bold if bold else look.body, 2 * look.em if indent is None else indent
        lines = wrapped("　" * round(inset / look.em) + text, look.width, face, look.em)
        for number, line in enumerate(lines):
            sheet = self.room(look.leading)
            spare = look.width - measure(line, face, look.em) if look.justified and number < len(lines) - 1 else 0.0
            sheet.text(look.left, self.y, line, face, look.em, spacing=max(spare, 0.0) / max(len(line) - 1, 1))
            self.y += look.leading
