"""Folders that the portal may take batches from: those that the installation names, and what lies below them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from intake.archive import tree
from intake.errors import RootRefusedError


def roots(setting: str) -> tuple[Path, ...]:
    """The folders that ``INTAKE_ARCHIVE_ROOTS`` names, without those that are not there."""
    named = (Path(part) for part in setting.split(os.pathsep) if part.strip())
    return tuple(path.resolve() for path in named if path.is_dir())


def is_allowed(setting: str, path: Path) -> bool:
    """Whether a folder is one of those or lies below one, wherever symbolic links on the way lead."""
    real = path.resolve()
    return any(real.is_relative_to(root) for root in roots(setting))


def allowed(setting: str, path: str) -> Path:
    """The folder that a person named; raises RootRefusedError where it is not there or may not be taken from."""
    chosen = Path(path)
    try:
        there = chosen.is_absolute() and is_allowed(setting, chosen) and chosen.is_dir()
    except OSError:  # a name that no disk can hold
        there = False
    if not there or not os.access(chosen, os.R_OK | os.X_OK):
        raise RootRefusedError
    return chosen.resolve()


def below(setting: str, path: str | None = None) -> Sequence[Path]:
    """The folders that a person may choose from: the roots, or what lies in one folder; links are not followed."""
    if path is None:
        return roots(setting)
    chosen = allowed(setting, path)
    with os.scandir(chosen) as entries:
        names = [one.name for one in entries if one.is_dir(follow_symlinks=False)]
    shown = [name for name in names if not tree.is_passed_over(name, folder=True)]
    return [chosen / name for name in sorted(shown, key=tree.natural)]
