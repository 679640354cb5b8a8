"""The torture batch: a tree of small pages with everything that goes wrong in a scanning room, and what is in it.

Pages bear their text as a QR code, which :class:`Readable` reads in milliseconds where an engine would take a second;
all else on their way is as always. ``python -m tests.archive.torture`` is a worker that reads so, and
``python -m tests.archive.torture run DIR …`` the command ``intake archive run`` with such workers.
"""

from __future__ import annotations

import io
import random
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
import segno
from PIL import Image

from intake import log
from intake.archive import marks
from intake.archive.marks import Mark
from intake.recognition.codes import read_codes
from intake.recognition.engine import CropRequest, CropText
from intake.settings import Settings, load
from intake.types import Line, PageText, PixelBox, RectifiedPage, Word
from workers import archiving, local
from workers.context import Context, make_context

SIZE = (220, 300)
DPI = 300
COVERS = 12
TORN = 5
"""The cover sheet of which a part of the code is left."""
WASHED = 9
"""The cover sheet of which only the printed title is left."""
BROKEN = 5
LETTERS = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈"


@dataclass
class Tree:
    """What the tree holds: pages by file, and how many of each kind."""

    pages: dict[str, int] = field(default_factory=dict)
    kinds: Counter[str] = field(default_factory=Counter)

    @property
    def received(self) -> int:
        """Pages that the ledger must tell; a source that cannot be read counts as one."""
        return sum(self.pages.values())


def build(root: Path) -> Tree:
    """Make the tree at ``root``."""
    tree = Tree()
    _separated(root / "盒1" / "有分隔页", tree)
    for number in (1, 2, 3):
        _duplex(root / "盒1" / f"双面{number}", tree, missing=number == 3)
    _loose(root / "盒2" / "散页", tree)
    _list(root.with_suffix(".csv"))
    tree.pages = {f"{Path(path).relative_to(root)}": count for path, count in tree.pages.items()}
    return tree


def _list(path: Path) -> None:
    """The list that comes with it: a page of the third stack is missing by it too; of the last folder it tells none."""
    expected = {"盒1/有分隔页": 108, **{f"盒1/双面{number}": 36 for number in (1, 2, 3)}, "盒2/散页": ""}
    rows = [f"X001-{n:03},{folder},{pages}" for n, (folder, pages) in enumerate(expected.items(), start=1)]
    path.write_text("\n".join(["档号,文件夹,页数", *rows]), "utf-8")


def _separated(folder: Path, tree: Tree) -> None:
    """Twelve papers of nine pages with their cover sheets, two of these damaged, and blank backs between."""
    pictures = []
    for number in range(1, COVERS + 1):
        pictures.append(_cover(number))
        pictures += [paper(f"{number}-{page}") for page in range(1, 10)]
        pictures += [_blank()] * (2 if number <= 10 else 0)
    tree.kinds["separator"] += COVERS
    tree.kinds["blank"] += 20
    for place, picture in enumerate(pictures, start=1):
        _write(folder / f"{place}.png", [_told(picture, place)], tree)


def _duplex(folder: Path, tree: Tree, *, missing: bool) -> None:
    """Eighteen sheets: the fronts in order, the backs reversed, of the last folder one without its back."""
    fronts = [paper(f"{folder.name}/{2 * n + 1}/36") for n in range(18)]
    backs = [paper(f"{folder.name}/{2 * n + 2}/36") for n in reversed(range(18))]
    if missing:
        del backs[7]
    _write(folder / "正面.tif", fronts, tree)
    _write(folder / "反面.tif", backs, tree)


def _loose(folder: Path, tree: Tree) -> None:
    """Stacks in files of four pages with blanks, broken and encrypted files, two files twice."""
    for number in range(1, 11):
        _write(
            folder / f"文件{number}.tif", [paper(f"甲{number}/1/2"), paper(f"甲{number}/2/2"), _blank(), _blank()], tree
        )
    tree.kinds["blank"] += 20
    for number in (3, 4):
        copy = folder / f"文件{number} 副本.tif"
        copy.write_bytes((folder / f"文件{number}.tif").read_bytes())
        tree.pages[str(copy)] = 4
    for number in range(BROKEN):
        path = folder / f"损坏{number}.pdf"
        path.write_bytes(b"%PDF-1.4 broken " + bytes([number]) * 100)
        tree.pages[str(path)] = 1
    locked = folder / "加密.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(locked, encryption=pikepdf.Encryption(owner="owner", user="user"))
    tree.pages[str(locked)] = 1


def _write(path: Path, pictures: Sequence[Image.Image], tree: Tree) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    pictures[0].save(path, save_all=len(pictures) > 1, append_images=list(pictures[1:]), dpi=(DPI, DPI))
    tree.pages[str(path)] = len(pictures)


def paper(said: str) -> Image.Image:
    """A page that bears this text."""
    return _coded(f"T:{said}")


def _cover(number: int) -> Image.Image:
    if number == WASHED:
        return _coded("T:INTAKE 分隔页 SEPARATOR SHEET")
    payload = marks.write(Mark("cover", "B1", "1", "1", number))
    return _coded(payload[: len(payload) - 2] if number == TORN else payload)


def _blank() -> Image.Image:
    return Image.new("L", SIZE, 255)


def _coded(payload: str) -> Image.Image:
    stream = io.BytesIO()
    segno.make(payload, micro=False, error="l").save(stream, kind="png", scale=4, border=4)
    code = Image.open(stream).convert("L")
    page = _blank()
    page.paste(code, ((SIZE[0] - code.width) // 2, (SIZE[1] - code.height) // 2))
    return page


def _told(picture: Image.Image, place: int) -> Image.Image:
    """The same picture with bytes of its own: a grey dot at the edge, that nobody takes for print."""
    copy = picture.copy()
    copy.putpixel((place % SIZE[0], 0), 254 - place // SIZE[0])
    return copy


class Readable:
    """An engine that reads what the code on a page says, with enough words round it to know which way is up."""

    name = "tesseract"

    def read_page(self, page: RectifiedPage) -> PageText:
        """The text of the code; nothing where there is none."""
        said = next((code.removeprefix("T:") for code in read_codes(page.pixels) if code.startswith("T:")), None)
        if said is None:
            return PageText(page.geometry, (), self.name)
        if said.startswith("INTAKE"):
            return PageText(page.geometry, _lines([said]), self.name)
        paper, _, rest = said.partition("/")
        number, _, count = rest.partition("/")
        edge = [f"第{number}页 共{count}页"] if count else []
        dice = random.Random(said)  # noqa: S311  # every page says something else, and says it again when read again
        told = ["".join(dice.choices(LETTERS, k=40)) for _ in range(2)]
        return PageText(page.geometry, _lines([f"材料{paper}", *told, *edge]), self.name)

    def upright(self, ink: object) -> int:
        """Everything stands upright."""
        del ink
        return 0

    def read_crops(self, crops: Sequence[CropRequest]) -> list[CropText]:
        """Nothing is read again."""
        return [CropText("", 0.0) for _ in crops]

    def close(self) -> None:
        """Nothing is held."""


def _lines(said: Sequence[str]) -> tuple[Line, ...]:
    step = SIZE[1] // (len(said) + 1)
    return tuple(
        Line((Word(text, 0.99, PixelBox(10, 5 + n * step if n < len(said) - 1 else SIZE[1] - 20, 190, 12)),))
        for n, text in enumerate(said)
    )


def context(settings: Settings) -> Context:
    """A worker's tools with that engine."""
    made = make_context(settings)
    made.readers.first = Readable()  # type: ignore[assignment]  # an engine like any other
    return made


if __name__ == "__main__":
    if sys.argv[1:2] == ["run"]:
        from web.cli import main

        archiving.LOCAL = (sys.executable, "-m", "tests.archive.torture")
        sys.argv[1:2] = ["archive", "run"]
        main()
    else:
        log.configure("error")
        local.run(load(), context)
