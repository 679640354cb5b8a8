"""API tokens: programs show them instead of signing in. A token is given once and kept as its hash only."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, func, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import accounts, audit
from models.accounts import UserView, digest
from models.base import Base, identifier, now
from models.database import Database, Unit

USE_SECONDS = 60
"""How exactly the last use is kept: a program that asks every second must not write every second."""


class ApiToken(Base):
    """A bearer token of the API; shown once, kept as its hash."""

    __tablename__ = "api_tokens"

    id: Mapped[str] = identifier()
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    label: Mapped[str] = mapped_column(String(150), default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


def make_token(unit: Unit, user_id: str, label: str = "", *, actor: str = "command") -> str:
    """Make an API token; it is given once and kept as its hash only."""
    token = f"intake_{secrets.token_urlsafe(32)}"
    unit.session.add(ApiToken(token_hash=digest(token), user_id=user_id, label=label))
    audit.append(unit, actor=actor, action="account.token_made", subject_kind="account", subject_id=user_id, details={})
    return token


def revoke_tokens(unit: Unit, user_id: str, *, actor: str = "command") -> int:
    """Revoke every token of an account, from its next request on; gives how many were in force."""
    mine = update(ApiToken).where(ApiToken.user_id == user_id, ApiToken.revoked_at.is_(None))
    revoked = len(unit.session.scalars(mine.values(revoked_at=now()).returning(ApiToken.id)).all())
    if revoked:
        audit.append(
            unit,
            actor=actor,
            action="account.tokens_revoked",
            subject_kind="account",
            subject_id=user_id,
            details={"tokens": revoked},
        )
    return revoked


def in_force(session: Session) -> dict[str, datetime | None]:
    """The accounts that have tokens, by identifier, and when one was last used (``None``: never)."""
    rows = select(ApiToken.user_id, func.max(ApiToken.last_used_at)).where(ApiToken.revoked_at.is_(None))
    return {row[0]: row[1] for row in session.execute(rows.group_by(ApiToken.user_id))}


def use_token(database: Database, token: str) -> UserView | None:
    """The active account of a token that was not revoked; the time of its use is kept to :data:`USE_SECONDS`."""
    mine = ApiToken.token_hash == digest(token)
    with database.read() as session:
        row = session.scalar(select(ApiToken).where(mine, ApiToken.revoked_at.is_(None)))
        found = None if row is None else accounts.find(session, row.user_id)
    if row is None or found is None or not found.active:
        return None
    long_ago = now() - timedelta(seconds=USE_SECONDS)
    if row.last_used_at is None or row.last_used_at < long_ago:
        unused = or_(ApiToken.last_used_at.is_(None), ApiToken.last_used_at < long_ago)
        with database.unit() as unit:
            unit.session.execute(update(ApiToken).where(mine, unused).values(last_used_at=now()))
    return found
