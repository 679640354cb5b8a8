"""The key that signs what the installation hands out: sessions, links, slips. Portal and workers share it."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from intake.errors import InvalidSettingError
from intake.settings import Settings
from models.disk import sync


def secret_key(settings: Settings) -> str:
    """The key that signs: the setting, or one made once and kept in the data folder, for its owner only.

    Raises InvalidSettingError where that file is empty: nothing is ever signed with a key that everybody knows.
    """
    if settings.secret_key:
        return settings.secret_key
    path = settings.data_dir / "secret.key"
    if not path.exists():
        make_key(path)
    key = path.read_text().strip()
    if not key:
        raise InvalidSettingError(names=["INTAKE_SECRET_KEY"])
    return key


def make_key(path: Path) -> None:
    """Write a key aside and link it to ``path``: of those who start together the first wins, all read one.

    Its bytes are on the disk before its name is, so that no power cut leaves an empty one.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.stem}.")  # for the owner alone
    try:
        with os.fdopen(descriptor, "w") as draft:
            draft.write(secrets.token_hex(32))
            draft.flush()
            os.fsync(draft.fileno())
        with suppress(FileExistsError):
            os.link(name, path)
        sync(path.parent)
    finally:
        Path(name).unlink()
