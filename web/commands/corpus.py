"""``intake corpus export``: confirmed papers in a folder, for measuring and for training.

The folder holds personal data: it is readable by its owner alone, and the audit knows of it before it is written.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from intake.errors import IntakeError
from intake.evaluation import truth_line
from intake.evaluation.lines import PrintedLine, printed_lines
from intake.evaluation.reviews import truth
from intake.options import DecodeLimits
from intake.settings import load
from models.reviewed import Confirmed
from models.store import Store, open_store
from web.commands import reviews
from web.commands.evaluate import TRUTH
from web.commands.extract import SOME_FAILED

PRIVATE = 0o700


def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="An empty or new folder.", file_okay=False)],
    *,
    tesstrain: Annotated[
        bool, typer.Option("--tesstrain", help="Pictures of single lines with their text instead of whole files.")
    ] = False,
) -> None:
    """Write the confirmed files as they were received, with what people decided as truth.jsonl.

    With --tesstrain: a NAME.png and a NAME.gt.txt for each printed line of which the confirmed values tell what stands
    there. DIR gets mode 0700 and must be empty. Exit status 1 where nothing is confirmed or a file is not to be had.
    """
    if folder.exists() and any(folder.iterdir()):
        raise typer.BadParameter("the folder is not empty", param_hint="DIR")
    settings = load()
    found = reviews.confirmed(settings, "corpus.exported", "tesstrain" if tesstrain else "corpus", words=tesstrain)
    folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    folder.chmod(PRIVATE)
    store = open_store(settings.store)
    write = partial(_lines, limits=settings.options().limits) if tesstrain else _file
    written = [_written(one, store, folder, write) for one in found]
    kept = [count for count in written if count is not None]
    typer.echo(f"{len(kept)} files, {sum(kept)} {'lines' if tesstrain else 'papers'}: {folder}")
    if len(kept) < len(written):
        raise typer.Exit(SOME_FAILED)


def _written(one: Confirmed, store: Store, folder: Path, write: Callable[[Confirmed, Path, Path], int]) -> int | None:
    """What ``write`` has written of a file, or ``None``, and a word to the person, where the file is not to be had."""
    try:
        with store.local(one.sha256) as path:
            return write(one, path, folder)
    except IntakeError as error:
        typer.echo(f"{one.file.name}: {error.code}: {error.message('en')}", err=True)
        return None


def _file(one: Confirmed, path: Path, folder: Path) -> int:
    """The file's own bytes and its line of truth; gives how many papers it holds."""
    shutil.copyfile(path, folder / one.file.name)
    with (folder / TRUTH).open("a", encoding="utf-8") as lines:
        lines.write(truth_line(truth(one.file)) + "\n")
    return len(one.file.papers)


def _lines(one: Confirmed, path: Path, folder: Path, limits: DecodeLimits) -> int:
    """The file's printed lines, cut from the scan; gives how many."""
    from intake.imaging import encode  # noqa: PLC0415 - loads OpenCV, which a corpus does not need
    from intake.imaging.decode import decode  # noqa: PLC0415 - as above

    wanted = printed_lines(one.file)
    if not wanted:
        return 0
    for page in decode(path, one.media_type, limits):
        for line in wanted:
            if line.page_index == page.index:
                _pair(line, folder, encode.line(page, line.region))
    return len(wanted)


def _pair(line: PrintedLine, folder: Path, picture: bytes) -> None:
    """One line as tesstrain wants it: a picture and, beside it, its text on a single line."""
    (folder / f"{line.name}.png").write_bytes(picture)
    (folder / f"{line.name}.gt.txt").write_text(line.text + "\n", "utf-8")
