"""Make the sample papers and their truth.

::

    .venv/bin/python sample_docs/generate.py                  write into this folder
    .venv/bin/python sample_docs/generate.py --out DIR        write elsewhere
    .venv/bin/python sample_docs/generate.py --only 09-fax    only files whose path holds these words; no truth
    .venv/bin/python sample_docs/generate.py --check          do the committed truth and files agree with the generator?

The same seed gives the same truth. Pictures may differ by bytes between versions of fonts and libraries, so ``--check``
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

from sample_docs.generator import specimens  # noqa: E402 - after the path is set
from sample_docs.generator.folders import specimens as planned  # noqa: E402 - after the path is set

TRUTH = "truth.jsonl"


def generate(out: Path, only: str = "") -> None:
    """Write every specimen whose path contains ``only`` below ``out``, and the truth when all are written."""
    lines = [specimens.write(specimen, out) for specimen in planned() if only in specimen.path]
    if not only:
        specimens.write_truth(lines, out / TRUTH)


def differences(folder: Path, fresh: Path) -> list[str]:
    """What in ``folder`` is not as in the freshly made ``fresh``: files and truth, in words."""
    names, wanted = _names(folder), _names(fresh)
    found = [f"missing: {name}" for name in sorted(wanted - names)]
    found += [f"not made by the generator: {name}" for name in sorted(names - wanted)]
    if (folder / TRUTH).read_text(encoding="utf-8") != (fresh / TRUTH).read_text(encoding="utf-8"):
        found.append(f"{TRUTH} differs")
    return found


def _names(folder: Path) -> set[str]:
    """The case files below a folder."""
    return {path.relative_to(folder).as_posix() for path in (folder / "cases").rglob("*") if path.is_file()}


def main(arguments: list[str] | None = None) -> int:
    """The command line; gives the exit status."""
    parser = argparse.ArgumentParser(description="Make the sample papers and their truth.")
    parser.add_argument("--out", type=Path, default=HERE, help="folder to write into (default: this folder)")
    parser.add_argument("--only", default="", help="only files whose path holds these words; writes no truth")
    parser.add_argument("--check", action="store_true", help="compare the folder with a fresh run instead of writing")
    chosen = parser.parse_args(arguments)
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
