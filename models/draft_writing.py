"""How drafts are written: by the workers when papers were read, and anew when the customer file has changed since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import drafting, papers, sampling, standing, wire
from intake.customers.titles import title
from intake.errors import StaleVersionError
from intake.options import DraftingOptions
from intake.types import CaseDocument, DraftCustomerFile, DraftFact, Finding
from models import answers, audit, batch_light, cases, customers, groups, policies, rounds, sample_rows
from models.base import now
from models.cases import Case
from models.database import Unit
from models.draft_rows import Draft

MOVED = "papers_moved"
"""Why a draft of a case without papers is discarded (a key of ``intake.review.DISCARD_REASONS``)."""

TITLE = 255
"""Characters of a case's title."""

_TYPES = 255


def save_draft(
    unit: Unit, case_id: str, file: DraftCustomerFile, types: Sequence[str], *, at: datetime | None = None
) -> Draft:
    """Keep the draft of a case: a new one, or the open one with its next version and a note of what changed.

    ``types`` are the names of the document types in the case. A reviewer who holds the open draft keeps it.
    """
    at = at or now()
    session = unit.session
    case = cases.hold(session, case_id)
    draft = _open_draft(session, case_id)
    if draft is None:
        draft = Draft(case_id=case_id, version=0, changes=[], body={}, created_at=at)
        session.add(draft)
    changed = _write(session, draft, file, at)
    draft.types = _joined(types)
    rounds.need(session, draft)
    case.state, case.title = "drafted", _told(file)
    session.flush()
    if changed:
        groups.write(session, draft)
    batch_light.sort(unit, draft, at)
    _note(unit, draft)
    return draft


def draft_papers(
    unit: Unit,
    case_id: str,
    documents: Sequence[CaseDocument],
    *,
    today: date,
    options: DraftingOptions | None = None,
    at: datetime | None = None,
) -> Draft:
    """Draft a case that the caller holds out of its documents: the open draft's next version, or a new draft."""
    file = proposed(unit.session, case_id, documents, today=today, options=options)
    return save_draft(unit, case_id, file, types_of(documents), at=at)


def types_of(documents: Sequence[CaseDocument]) -> list[str]:
    """The names of the types of these documents, as people lay the papers out."""
    return [one.reading.type for one in papers.laid_out(documents) if one.reading.type is not None]


def proposed(
    session: Session,
    case_id: str,
    documents: Sequence[CaseDocument],
    *,
    today: date,
    options: DraftingOptions | None = None,
) -> DraftCustomerFile:
    """What the papers of a case propose, against the customer file that the case belongs to, as the office has set.

    What a quality check found wrong stands in it as doubtful, however often it is made anew.
    """
    present = customers.of_case(session, case_id, documents)
    set_here = policies.read(session).drafting(options or DraftingOptions())
    known = customers.elsewhere(session, documents, present)
    made = drafting.draft(documents, present, today=today, options=set_here, elsewhere=known)
    return sampling.doubting(made, sample_rows.wrong(session, case_id))


def remake(unit: Unit, case_id: str, *, user_id: str, today: date, at: datetime) -> Draft | None:
    """Draft a case anew after its documents were regrouped: the open draft's next version, or a new draft.

    ``None`` where papers of the case are still being read (the draft follows them), and where no document is left in
    it: its open draft is discarded then, because its papers were moved.
    """
    session = unit.session
    if cases.hold(session, case_id).state == "reading":
        return None
    documents = cases.documents(session, case_id)
    if not documents:
        _abandon(unit, case_id, user_id, at)
        return None
    return draft_papers(unit, case_id, documents, today=today, at=at)


def _abandon(unit: Unit, case_id: str, user_id: str, at: datetime) -> None:
    """Discard the open draft of a case that has no document any more."""
    session = unit.session
    draft = _open_draft(session, case_id)
    if draft is None:
        return
    draft.state, draft.reason_code = "discarded", MOVED
    draft.settled_by, draft.settled_at, draft.updated_at = user_id, at, at
    draft.claimed_by = draft.claimed_until = None
    groups.forget(session, draft)
    session.get_one(Case, case_id).state = "discarded"
    session.flush()
    details = {"version": draft.version, "reason": MOVED}
    audit.append(
        unit, actor=user_id, action="draft.discarded", subject_kind="draft", subject_id=draft.id, details=details
    )


def _open_draft(session: Session, case_id: str) -> Draft | None:
    """The open draft of a case that the caller holds, locked, as it is now: the session may have met it before."""
    query = select(Draft).where(Draft.case_id == case_id, Draft.state == "open").with_for_update()
    return session.scalar(query.execution_options(populate_existing=True))


def _write(session: Session, draft: Draft, file: DraftCustomerFile, at: datetime) -> bool:
    """Put ``file`` into the row as its next version and say so; the same file again changes nothing.

    Answers on facts against which something stands by now that did not then hold no longer.
    """
    body = wire.dump(file)
    if draft.version and body == draft.body:
        return False
    if draft.version:
        before = wire.load(DraftCustomerFile, draft.body)
        draft.changes = [*draft.changes, {"version": draft.version + 1, "changed": _changed(before, file)}]
        answers.outdate(session, draft, standing.opposed_since(before, file), at)
    draft.version += 1
    draft.round = 1
    draft.body = body
    draft.doubtful = sum(fact.doubtful for fact in file.facts)
    draft.errors = sum(finding.severity == "error" for finding in file.findings)
    draft.customer_number = file.customer_number
    draft.updated_at = at
    return True


def _changed(before: DraftCustomerFile, after: DraftCustomerFile) -> list[str]:
    """What differs, by name: facts with what was found about them, ``findings``, ``customer_number``, ``title``."""
    old, new = ({fact.fact: (fact, _about(fact, file)) for fact in file.facts} for file in (before, after))
    names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    others = ("customer_number", "title", "findings")
    return names + [name for name in others if getattr(before, name) != getattr(after, name)]


def _about(fact: DraftFact, file: DraftCustomerFile) -> list[Finding]:
    return [finding for finding in file.findings if fact.fact in finding.fields]


def _joined(types: Sequence[str]) -> str:
    """The names between commas; what the column cannot hold is left out rather than cut in half."""
    text = ","
    for name in dict.fromkeys(types):
        if len(text) + len(name) < _TYPES:
            text += f"{name},"
    return text if len(text) > 1 else ""


def renew(unit: Unit, draft: Draft, at: datetime) -> bool:
    """Make an open draft anew where the customer file that it was made against is no longer the present one.

    That is so when another draft of the same customer was confirmed meanwhile, or one whom its papers tell. Gives
    whether there is a new version.
    """
    documents = cases.documents(unit.session, draft.case_id)
    return not _fits(unit.session, draft, documents) and redraft(unit, draft, at)


def must_fit(session: Session, draft: Draft, at: datetime) -> None:
    """Raise StaleVersionError where a locked draft is no longer what would be drafted now, naming what would change.

    Its customer is locked from here on, so that what is then written into his file overwrites nothing unseen. Who is
    refused makes the draft anew in another unit (:func:`catch_up`).
    """
    if draft.customer_number is not None:
        customers.hold(session, draft.customer_number)
    documents = cases.documents(session, draft.case_id)
    if not _fits(session, draft, documents):
        now_drafted = proposed(session, draft.case_id, documents, today=at.date())
        changed = _changed(wire.load(DraftCustomerFile, draft.body), now_drafted)
        raise StaleVersionError(version=draft.version, changed=changed)


def catch_up(unit: Unit, draft_id: str, at: datetime | None = None) -> None:
    """Make a draft anew where it no longer fits; one that is settled stays as it is."""
    draft = locked(unit.session, draft_id)
    if draft.state == "open":
        renew(unit, draft, at or now())


def redraft(unit: Unit, draft: Draft, at: datetime) -> bool:
    """Make an open draft anew out of its papers; gives whether that made a new version."""
    session = unit.session
    documents = cases.documents(session, draft.case_id)
    if not _write(session, draft, proposed(session, draft.case_id, documents, today=at.date()), at):
        return False
    _retitle(session, draft)
    session.flush()
    groups.write(session, draft)
    if draft.lot_id is not None:
        batch_light.sort(unit, draft, at)
    _note(unit, draft)
    return True


def _retitle(session: Session, draft: Draft) -> None:
    """Let a case be called as its draft is now.

    Who claims a draft holds its row already, and others hold the case before it: where one does, he is not waited for,
    since the two would wait for each other. He writes the draft again, and the case's title with it.
    """
    free = select(Case).where(Case.id == draft.case_id).with_for_update(skip_locked=True, key_share=True)
    case = session.scalar(free.execution_options(populate_existing=True))
    if case is not None:
        case.title = _told(wire.load(DraftCustomerFile, draft.body))


def _told(file: DraftCustomerFile) -> str:
    """What a case is called: as its papers say.

    The name on file is not for a clerk, who would learn it by a number that he names or puts on a paper.
    """
    return title(file.kind, {fact.fact: fact.value for fact in file.facts})[:TITLE]


def _fits(session: Session, draft: Draft, documents: Sequence[CaseDocument]) -> bool:
    """Whether a draft says what would be drafted now: of the same customer, of the same others, of the same facts."""
    file = wire.load(DraftCustomerFile, draft.body)
    present = customers.of_case(session, draft.case_id, documents)
    elsewhere = customers.elsewhere(session, documents, present)
    known = drafting.known_elsewhere({fact.fact for fact in file.facts}, elsewhere)
    told = {finding.key: finding for finding in file.findings if finding.code == drafting.KNOWN_ELSEWHERE}
    if told != {finding.key: finding for finding in known}:
        return False
    if present is None:
        return file.customer_number is None
    held = {fact.fact: fact.value for fact in present.facts}
    return file.customer_number == present.number and all(fact.present == held.get(fact.fact) for fact in file.facts)


def _note(unit: Unit, draft: Draft) -> None:
    audit.append(
        unit,
        actor="system",
        action="draft.saved",
        subject_kind="draft",
        subject_id=draft.id,
        details={"version": draft.version, "case": draft.case_id},
    )


def locked(session: Session, draft_id: str) -> Draft:
    """A draft's row, locked after its case, until the unit ends."""
    cases.hold(session, session.get_one(Draft, draft_id).case_id)
    return session.get_one(Draft, draft_id, with_for_update=True, populate_existing=True)


def changed_since(draft: Draft, version: int) -> list[str]:
    """The names of what was changed after a version of a draft; ``version`` alone where no such version was."""
    later = [name for change in draft.changes if change["version"] > version for name in change["changed"]]
    return list(dict.fromkeys(later)) or ["version"]
