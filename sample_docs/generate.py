"""Make the sample papers and their truth.

::

    .venv/bin/python sample_docs/generate.py                  write into this folder
    .venv/bin/python sample_docs/generate.py --out DIR        write elsewhere
    .venv/bin/python sample_docs/generate.py --only 09-fax    only files whose path holds these words; no truth
    .venv/bin/python sample_docs/generate.py --check          do the committed truth and files agree with the generator?

    .venv/bin/python sample_docs/generate.py --papers 400 --seed 1 --out DIR [--types license,card] [--jobs 2]
                                                              400 varied papers with truth.jsonl, a corpus of their own

The same seed gives the same truth; paper number 7 of a seed is the same however many are made. Pictures
may differ by bytes between versions of fonts and libraries, so ``--check``
compares the truth and the list of files. Exit status: 0 done, 1 ``--check`` found a difference.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
if __name__ == "__main__":
    # Started as a script, Python looks for modules beside it; the package's name begins one folder higher.
    sys.path.insert(0, str(HERE.parent))

from sample_docs.generator import specimens, types  # noqa: E402 - after the path is set
from sample_docs.generator.folders import specimens as planned  # noqa: E402 - after the path is set
from sample_docs.generator.varied import stream  # noqa: E402 - after the path is set

_FOLDERS = ("cases", "types")
_TYPES = ", ".join(stream.TYPES)


def generate(out: Path, only: str = "") -> None:
    """Write every specimen whose path contains ``only`` below ``out``, and the truth when all are written."""
    lines = [specimens.write(specimen, out) for specimen in (*planned(), *types.specimens()) if only in specimen.path]
    if not only:
        specimens.write_truths(lines, out)


def differences(folder: Path, fresh: Path) -> list[str]:
    """What in ``folder`` is not as in the freshly made ``fresh``: files and truth, in words."""
    names, wanted = _names(folder), _names(fresh)
    found = [f"missing: {name}" for name in sorted(wanted - names)]
    found += [f"not made by the generator: {name}" for name in sorted(names - wanted)]
    kept, made = _truths(folder), _truths(fresh)
    return found + [f"{name} differs" for name in sorted(kept.keys() | made.keys()) if kept.get(name) != made.get(name)]


def _names(folder: Path) -> set[str]:
    """The sample files below a folder."""
    every = (path for part in _FOLDERS for path in (folder / part).rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix() for path in every if path.name != specimens.TRUTH}


def _truths(folder: Path) -> dict[str, str]:
    """What every file of truth says, by its place below the folder."""
    found = folder.rglob(specimens.TRUTH)
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in found}


def _types(text: str) -> tuple[str, ...]:
    """The kinds of papers named in a list; raises argparse.ArgumentTypeError for others."""
    names = tuple(text.split(","))
    if unknown := set(names) - stream.TYPES.keys():
        raise argparse.ArgumentTypeError(f"not among {_TYPES}: {', '.join(sorted(unknown))}")
    return names


def main(arguments: list[str] | None = None) -> int:
    """The command line; gives the exit status."""
    parser = argparse.ArgumentParser(description="Make the sample papers and their truth.")
    parser.add_argument("--out", type=Path, default=HERE, help="folder to write into (default: this folder)")
    parser.add_argument("--only", default="", help="only files whose path holds these words; writes no truth")
    parser.add_argument("--check", action="store_true", help="compare the folder with a fresh run instead of writing")
    parser.add_argument(
        "--papers", type=int, default=0, help="make so many varied papers in --out instead of the cases"
    )
    parser.add_argument("--seed", type=int, default=1, help="with --papers: another seed, other papers (default: 1)")
    parser.add_argument("--types", type=_types, default=tuple(stream.TYPES), help=f"with --papers: some of {_TYPES}")
    parser.add_argument("--jobs", type=int, default=1, help="with --papers: processes at work (default: 1)")
    chosen = parser.parse_args(arguments)
    if chosen.papers:
        if chosen.out == HERE:
            parser.error("--papers needs --out: a folder of its own")
        stream.generate(stream.Order(chosen.seed, chosen.types), chosen.papers, chosen.out, chosen.jobs)
        return 0
    if not chosen.check:
        generate(chosen.out, chosen.only)
        return 0
    with tempfile.TemporaryDirectory() as fresh:
        generate(Path(fresh))
        found = differences(chosen.out, Path(fresh))
    for line in found:
        sys.stderr.write(line + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
