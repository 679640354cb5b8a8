"""How a new scan finds to a case that is there: by the slip that lies in it, or by the case's number typed.

A slip goes with a case that was returned; its number every case has. A new upload is read in a case of its own; when
all its files are read and before it is drafted, that case's papers move to the case that they belong to, which is
drafted anew. Whoever handed them in must be one who may see that case.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from intake.customers import slips
from intake.types import PageText
from models import accounts, audit, batch_ledger, links
from models.cases import Case, Document, hold
from models.database import Unit
from models.draft_rows import Draft
from models.edit_rows import Edit
from models.settling import settle_case
from models.upload_rows import Upload, UploadFile

JOINED = "joined"
"""The state of a case whose papers moved to another before it was drafted."""

_SLIPS = 255


def by_number(session: Session, typed: str) -> Case | None:
    """The case of a number as a person typed it; none whose papers went to another, nor one that a batch reads in."""
    digits = slips.typed(typed)
    found = None if digits is None else session.scalar(select(Case).where(Case.slip_number == digits))
    if found is None or found.state == JOINED or batch_ledger.folder_of(session, found.id) is not None:
        return None
    return found


def note(file: UploadFile, texts: Iterable[PageText]) -> None:
    """Keep with a file the codes of the slips that were found in it."""
    found = sorted({code for text in texts for code in text.codes if slips.is_slip(code)})
    file.slips = " ".join(found)[:_SLIPS] or None


def may_join(account: accounts.UserView | None, owner: str) -> bool:
    """Whether an account may add papers to an ``owner``'s case: its own, or any for those who work on all cases."""
    if account is None:
        return False
    return owner == account.id or account.has("reviewer", "archivist")


def rejoin(unit: Unit, case_id: str, secret: str) -> list[str] | None:
    """Move the papers of a case that was never drafted to the case that its slip or its sender names.

    Gives the draft jobs that became due (none while a file is read once more: its end queues the next), or ``None``
    where the papers stay: they name no case, or it cannot be (then each of their uploads keeps why,
    ``Upload.joining``, and the audit tells it).
    """
    session = unit.session
    brought = session.scalars(select(Upload).where(Upload.case_id == case_id).order_by(Upload.id)).all()
    wanted = {upload.joins for upload in brought if upload.joins is not None}
    wanted = wanted or {slips.case_of(secret, code) or "" for code in _codes(session, case_id)}
    if wanted <= {case_id} or session.scalar(select(Draft.id).where(Draft.case_id == case_id)) is not None:
        return None
    target_id = next(iter(wanted))
    for held in sorted({case_id, target_id}):
        if session.get(Case, held) is not None:
            hold(session, held)
    if _is_being_read(session, case_id):  # what is read would be filed in a case that has just been left
        return []
    refusal = _refusal(session, wanted, brought)
    if refusal is not None:
        _refuse(unit, brought, refusal)
        return None
    _move(unit, brought, case_id, target_id)
    return settle_case(session, target_id, added=True)


def _codes(session: Session, case_id: str) -> list[str]:
    """The codes of the slips in a case's papers; what came by a customer's link has its case, and moves none."""
    brought = select(UploadFile.slips).join(Upload).where(Upload.case_id == case_id, Upload.via != "link")
    rows = session.scalars(brought.where(UploadFile.slips.is_not(None)))
    return [code for row in rows if row is not None for code in row.split(" ")]


def _is_being_read(session: Session, case_id: str) -> bool:
    files = select(UploadFile.id).join(Upload).where(Upload.case_id == case_id, UploadFile.settled_at.is_(None))
    return session.scalar(files.limit(1)) is not None


def _refusal(session: Session, wanted: set[str], brought: Sequence[Upload]) -> str | None:
    """Why papers cannot join: ``several`` cases are named, an ``unknown`` one, or one that is ``not_theirs``."""
    if len(wanted) > 1:
        return "several"
    case = session.get(Case, next(iter(wanted)))
    if case is None or case.state == JOINED:
        return "unknown"
    senders = [accounts.find(session, upload.created_by) for upload in brought]
    return None if all(may_join(sender, case.created_by) for sender in senders) else "not_theirs"


def _refuse(unit: Unit, brought: Sequence[Upload], reason: str) -> None:
    for upload in brought:
        upload.joining = reason
        details = {"reason": reason, "case": upload.case_id}
        audit.append(
            unit, actor="worker", action="slip.refused", subject_kind="upload", subject_id=upload.id, details=details
        )


def _move(unit: Unit, brought: Sequence[Upload], case_id: str, target_id: str) -> None:
    session = unit.session
    for upload in brought:
        upload.joining = "slip" if upload.joins is None else "number"
        upload.case_id = target_id
    session.execute(update(Document).where(Document.case_id == case_id).values(case_id=target_id))
    links.follow(session, case_id, target_id)
    for place in (Edit.case_id, Edit.target_id):  # what people rearranged is undone where the papers lie now
        session.execute(update(Edit).where(place == case_id).values({place: target_id}))
    session.get_one(Case, case_id).state = JOINED
    session.flush()
    for upload in brought:
        details = {"upload": upload.id, "case": case_id, "by": str(upload.joining)}
        audit.append(
            unit, actor="worker", action="case.joined", subject_kind="case", subject_id=target_id, details=details
        )
