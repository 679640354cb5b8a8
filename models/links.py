"""Links by which customers send papers for a case without an account.

A link is a random token that is given once and kept as its hash only, with an end; whoever made it may revoke it. What
comes by it belongs to the account that made the link, and counts as **unverified** until a person of the house accepts
it: nobody has seen who sent it.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, func, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import audit
from models.accounts import digest
from models.base import Base, identifier, new_id, now
from models.cases import Case, Document
from models.database import Unit
from models.upload_rows import Upload, UploadFile

CLOSED = frozenset({"discarded"})
"""States of a case that takes no papers any more."""

MOST_SENDINGS = 20
"""How often one link may be used: a customer sends a handful of photos in a few goes."""


class Link(Base):
    """A link for one case."""

    __tablename__ = "links"

    id: Mapped[str] = identifier()
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    created_by: Mapped[str] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class Sending(Base):
    """An upload that came by a link; unverified while nobody has accepted it."""

    __tablename__ = "sendings"

    upload_id: Mapped[str] = mapped_column(ForeignKey("uploads.id"), primary_key=True)
    link_id: Mapped[str] = mapped_column(ForeignKey("links.id"), index=True)
    accepted_by: Mapped[str | None] = mapped_column(ForeignKey("users.id"))
    accepted_at: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link without its token; ``used`` counts how often something came by it."""

    id: str
    case_id: str
    created_by: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    used: int

    def open_at(self, moment: datetime) -> bool:
        """Whether papers may come by it."""
        return self.revoked_at is None and moment < self.expires_at and self.used < MOST_SENDINGS


def make(unit: Unit, case_id: str, user_id: str, hours: int) -> str:
    """Make a link for a case; its token is given once."""
    token = secrets.token_urlsafe(24)
    row = Link(
        id=new_id(), token_hash=digest(token), case_id=case_id, created_by=user_id, created_at=now(),
        expires_at=now() + timedelta(hours=hours),
    )  # fmt: skip
    unit.session.add(row)
    unit.session.flush()
    _witness(unit, user_id, "link.made", row.id, {"case": case_id, "hours": hours})
    return token


def find(session: Session, token: str) -> LinkView | None:
    """The link of a token, while papers may come by it; of all others nothing is said."""
    row = session.scalar(select(Link).where(Link.token_hash == digest(token)))
    if row is None or session.get_one(Case, row.case_id).state in CLOSED:
        return None
    found = _view(session, row)
    return found if found.open_at(now()) else None


def of_case(session: Session, case_id: str) -> tuple[LinkView, ...]:
    """The links of a case by which papers may still come, oldest first."""
    rows = session.scalars(select(Link).where(Link.case_id == case_id).order_by(Link.id))
    return tuple(view for row in rows if (view := _view(session, row)).open_at(now()))


def load(session: Session, link_id: str) -> LinkView | None:
    """One link by its identifier."""
    row = session.get(Link, link_id)
    return None if row is None else _view(session, row)


def revoke(unit: Unit, link_id: str, user_id: str) -> None:
    """Let nothing more come by a link; doing so twice is harmless."""
    mine = update(Link).where(Link.id == link_id, Link.revoked_at.is_(None)).values(revoked_at=now())
    if unit.session.scalar(mine.returning(Link.id)) is not None:
        _witness(unit, user_id, "link.revoked", link_id, {})


def follow(session: Session, case_id: str, target_id: str) -> None:
    """Let what comes by the links of a case lie with its papers, which have moved to another one."""
    session.execute(update(Link).where(Link.case_id == case_id).values(case_id=target_id))


def note(unit: Unit, link: LinkView, upload: Upload) -> None:
    """Say that an upload came by a link: it is unverified, and the audit tells that a stranger brought it.

    Those who send at the same moment are counted one after the other. Raises LookupError where the link was revoked or
    used up meanwhile; then the caller's unit has to end without a commit. One that was open when somebody began to send
    may run out under way.
    """
    row = unit.session.get_one(Link, link.id, with_for_update={"key_share": True}, populate_existing=True)
    if row.revoked_at is not None or _used(unit.session, row) >= MOST_SENDINGS:
        raise LookupError(link.id)
    unit.session.add(Sending(upload_id=upload.id, link_id=link.id))
    unit.session.flush()
    _witness(unit, "customer", "link.used", link.id, {"upload": upload.id, "files": len(upload.files)})


def unverified(session: Session, case_id: str) -> tuple[str, ...]:
    """The uploads that came by a link and that nobody has accepted yet, oldest first: of a case, or with a paper in it.

    Moving a paper to another case vouches for nobody.
    """
    waiting = select(Sending.upload_id).join(Upload, Upload.id == Sending.upload_id)
    papers = select(UploadFile.upload_id).join(Document, Document.upload_file_id == UploadFile.id)
    moved = papers.where(Document.case_id == case_id, Document.retired_by.is_(None))
    mine = waiting.where(or_(Upload.case_id == case_id, Upload.id.in_(moved)), Sending.accepted_at.is_(None))
    return tuple(session.scalars(mine.order_by(Sending.upload_id)))


def accept(unit: Unit, case_id: str, user_id: str) -> int:
    """Vouch for everything that came by links for a case; gives how many uploads that were."""
    waiting = unverified(unit.session, case_id)
    mine = update(Sending).where(Sending.upload_id.in_(waiting)).values(accepted_by=user_id, accepted_at=now())
    unit.session.execute(mine.execution_options(synchronize_session=False))
    if waiting:
        details = {"uploads": len(waiting)}
        audit.append(
            unit, actor=user_id, action="sending.accepted", subject_kind="case", subject_id=case_id, details=details
        )
    return len(waiting)


def _view(session: Session, row: Link) -> LinkView:
    used = _used(session, row)
    return LinkView(row.id, row.case_id, row.created_by, row.created_at, row.expires_at, row.revoked_at, used)


def _used(session: Session, row: Link) -> int:
    return session.scalar(select(func.count()).where(Sending.link_id == row.id)) or 0


def _witness(unit: Unit, actor: str, action: str, link_id: str, details: dict[str, str | int]) -> None:
    audit.append(unit, actor=actor, action=action, subject_kind="link", subject_id=link_id, details=details)
