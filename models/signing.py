"""The key that signs what the installation hands out: sessions, links, slips. Portal and workers share it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from intake.settings import Settings


def secret_key(settings: Settings) -> str:
    """The key that signs: the setting, or one made once and kept in the data folder, for its owner only."""
    if settings.secret_key:
        return settings.secret_key
    path = settings.data_dir / "secret.key"
    if not path.exists():
        make_key(path)
    return path.read_text().strip()


def make_key(path: Path) -> None:
    """Write a key aside and link it to ``path``: of processes that start together the first wins, all read one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_hex(32))
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()
