"""Who may sign in: people and service accounts, and their one-time links; API tokens stand in :mod:`models.tokens`.

Secrets are kept as hashes only: passwords by Argon2, links and tokens (256 random bits) by SHA-256.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Literal, get_args

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import ForeignKey, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from intake.errors import NameTakenError, PasswordTooShortError, UnknownRoleError
from models import audit
from models.base import Base, identifier, new_id, now
from models.database import Unit, lock

Role = Literal["clerk", "reviewer", "archivist", "administrator", "security", "auditor"]
ROLES: tuple[str, ...] = get_args(Role)
"""What a person may be; one account may be several. The one place where they are named."""

LONGEST_NAME = 150
"""Characters of a sign-in name, and of the name that is shown."""

LEAST_PASSWORD = 10
"""Characters of the shortest password that is taken (NIST SP 800-63B asks for length, not for kinds of characters)."""

_HASHING = threading.BoundedSemaphore(2)
"""Passwords looked at side by side: each takes 64 MiB and four threads, and strangers decide how many are tried."""


class User(Base):
    """A person or a service; ``roles`` are names of roles, ``toured`` those whose tour is over."""

    __tablename__ = "users"

    id: Mapped[str] = identifier()
    name: Mapped[str] = mapped_column(String(LONGEST_NAME), unique=True)
    display_name: Mapped[str] = mapped_column(String(LONGEST_NAME), default="")
    password_hash: Mapped[str | None] = mapped_column(String(255))
    roles: Mapped[list[str]]
    active: Mapped[bool] = mapped_column(default=True)
    service: Mapped[bool] = mapped_column(default=False)
    uniquifier: Mapped[str] = mapped_column(String(64), unique=True, default=new_id)
    language: Mapped[str | None] = mapped_column(String(8))
    toured: Mapped[list[str] | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    last_sign_in_at: Mapped[datetime | None]


class SignInLink(Base):
    """A link that signs its user in once, before it expires."""

    __tablename__ = "sign_in_links"

    id: Mapped[str] = identifier()
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class UserView:
    """An account as pages and rules see it. ``uniquifier`` names its sign-in: it changes with the password."""

    id: str
    name: str
    display_name: str
    roles: frozenset[str]
    language: str | None = None
    active: bool = True
    service: bool = False
    uniquifier: str = field(default="", repr=False)
    last_sign_in_at: datetime | None = None
    toured: frozenset[str] = frozenset()

    @property
    def shown(self) -> str:
        """What people call the account: its display name, or its name where none was given."""
        return self.display_name or self.name

    def has(self, *roles: str) -> bool:
        """Whether the account has at least one of ``roles``."""
        return not self.roles.isdisjoint(roles)


def add_user(
    unit: Unit,
    name: str,
    roles: Iterable[str],
    *,
    display_name: str = "",
    password: str | None = None,
    service: bool = False,
    actor: str = "command",
) -> UserView:
    """Add an account; without a password it can sign in by a link only, a service account by token only.

    Raises NameTakenError, UnknownRoleError, PasswordTooShortError.
    """
    lock(unit.session, f"account:{name}")
    if find_by_name(unit.session, name) is not None:
        raise NameTakenError
    row = User(name=name, display_name=display_name, roles=_known(roles), service=service)
    row.password_hash = None if password is None else _hash(password)
    unit.session.add(row)
    unit.session.flush()
    audit.append(
        unit,
        actor=actor,
        action="account.added",
        subject_kind="account",
        subject_id=row.id,
        details={"roles": row.roles},
    )
    return _view(row)


def find(session: Session, user_id: str) -> UserView | None:
    """The account of an identifier, active or not."""
    row = session.get(User, user_id)
    return None if row is None else _view(row)


def find_by_name(session: Session, name: str) -> UserView | None:
    """The account of a sign-in name, active or not."""
    row = session.scalar(select(User).where(User.name == name))
    return None if row is None else _view(row)


def find_by_uniquifier(session: Session, uniquifier: str) -> UserView | None:
    """The active account that a session's uniquifier names, until its password changes."""
    row = session.scalar(select(User).where(User.uniquifier == uniquifier, User.active))
    return None if row is None else _view(row)


def reviewers(session: Session) -> list[UserView]:
    """Who may review: active people with that role, by name."""
    return [one for one in people(session) if one.active and not one.service and one.has("reviewer")]


def people(session: Session) -> list[UserView]:
    """All accounts, by name: an office has dozens, not thousands."""
    return [_view(row) for row in session.scalars(select(User).order_by(User.name))]


def check_password(session: Session, name: str, password: str) -> UserView | None:
    """The active account if name and password fit. Takes equally long for a name that is not known."""
    row = session.scalar(select(User).where(User.name == name, User.active, ~User.service))
    fits = _fits(row.password_hash if row is not None and row.password_hash else _decoy(), password)
    return _view(row) if fits and row is not None and row.password_hash else None


def has_password(session: Session, user_id: str) -> bool:
    """Whether an account signs in by a password; otherwise only links open it."""
    return session.get_one(User, user_id).password_hash is not None


def knows_password(session: Session, user_id: str, password: str) -> bool:
    """Whether this is the account's password; true where it has none yet."""
    kept = session.get_one(User, user_id).password_hash
    return kept is None or _fits(kept, password)


def _fits(kept: str, password: str) -> bool:
    try:
        with _HASHING:
            return _hasher().verify(kept, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def set_password(unit: Unit, user_id: str, password: str, *, actor: str) -> None:
    """Change a password; every session of the account ends. Raises PasswordTooShortError."""
    row = unit.session.get_one(User, user_id)
    row.password_hash = _hash(password)
    row.uniquifier = new_id()
    audit.append(
        unit, actor=actor, action="account.password_set", subject_kind="account", subject_id=user_id, details={}
    )


def set_active(unit: Unit, user_id: str, *, active: bool, actor: str) -> None:
    """Open or close an account; closing ends its sessions and its unused links."""
    row = unit.session.get_one(User, user_id)
    row.active = active
    row.uniquifier = new_id()
    if not active:
        for link in unit.session.scalars(
            select(SignInLink).where(SignInLink.user_id == user_id, SignInLink.used_at.is_(None))
        ):
            link.used_at = now()
    action = "account.opened" if active else "account.closed"
    audit.append(unit, actor=actor, action=action, subject_kind="account", subject_id=user_id, details={})


def set_language(unit: Unit, user_id: str, language: str) -> None:
    """Keep the language that a person chose (``zh`` or ``en``)."""
    unit.session.get_one(User, user_id).language = language


def note_tour(unit: Unit, user_id: str, role: str) -> None:
    """Keep that a person has gone or skipped the tour of a role, so that it is not offered again."""
    row = unit.session.get_one(User, user_id)
    row.toured = sorted({*(row.toured or ()), role})


def end_sessions(unit: Unit, user_id: str) -> None:
    """End every session of an account, as signing out does; tokens and unused links stay."""
    unit.session.get_one(User, user_id).uniquifier = new_id()
    audit.append(
        unit, actor=user_id, action="account.signed_out", subject_kind="account", subject_id=user_id, details={}
    )


def note_sign_in(unit: Unit, user_id: str, *, by: str) -> None:
    """Keep when the account last signed in; ``by`` is ``password`` or ``link``."""
    row = unit.session.get_one(User, user_id)
    row.last_sign_in_at = now()
    audit.append(
        unit, actor=row.id, action="account.signed_in", subject_kind="account", subject_id=row.id, details={"by": by}
    )


def make_sign_in_link(unit: Unit, user_id: str, hours: float = 24, *, actor: str = "command") -> str:
    """Make a link that signs the account in once within ``hours``; gives the token, which is kept as its hash only."""
    token = secrets.token_urlsafe(32)
    link = SignInLink(token_hash=digest(token), user_id=user_id, expires_at=now() + timedelta(hours=hours))
    unit.session.add(link)
    audit.append(unit, actor=actor, action="account.link_made", subject_kind="account", subject_id=user_id, details={})
    return token


def use_sign_in_link(unit: Unit, token: str) -> UserView | None:
    """Use a link up: its active account, or ``None`` where it is unknown, used, run out or the account is closed.

    Nor does it sign a service account in: a program shows its token.
    """
    used = unit.session.scalar(
        update(SignInLink)
        .where(SignInLink.token_hash == digest(token), SignInLink.used_at.is_(None), SignInLink.expires_at > now())
        .values(used_at=now())
        .returning(SignInLink.user_id)
    )
    if used is None:
        return None
    row = unit.session.get_one(User, used)
    return _view(row) if row.active and not row.service else None


def _view(row: User) -> UserView:
    return UserView(
        row.id,
        row.name,
        row.display_name,
        frozenset(row.roles),
        row.language,
        row.active,
        row.service,
        row.uniquifier,
        row.last_sign_in_at,
        frozenset(row.toured or ()),
    )


def _known(roles: Iterable[str]) -> list[str]:
    asked = set(roles)
    unknown = sorted(asked - set(ROLES))
    if unknown or not asked:
        raise UnknownRoleError(roles=unknown, known=list(ROLES))
    return [role for role in ROLES if role in asked]


@cache
def _hasher() -> PasswordHasher:
    """Argon2id with the second recommended option of RFC 9106 (64 MiB, three passes)."""
    return PasswordHasher(time_cost=3, memory_cost=65536, parallelism=4)


@cache
def _decoy() -> str:
    return _hasher().hash(secrets.token_urlsafe())


def _hash(password: str) -> str:
    if len(password) < LEAST_PASSWORD:
        raise PasswordTooShortError(least=LEAST_PASSWORD)
    return _hasher().hash(password)


def digest(token: str) -> str:
    """What is kept of a link or token: its SHA-256 in hexadecimal; 256 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
