"""The audit trail is a chain: what was written cannot be changed without its being found."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import delete, select, update

from models import audit
from models.audit import AuditRow
from models.database import Database


def _append(database: Database, number: int) -> None:
    with database.unit() as unit:
        audit.append(
            unit, actor="someone", action="did", subject_kind="thing", subject_id=str(number), details={"n": number}
        )


def _verify(database: Database) -> audit.AuditVerdict:
    with database.read() as session:
        return audit.verify(session)


def test_an_empty_trail_is_whole(any_database: Database) -> None:
    """Nothing was written, nothing is broken."""
    assert _verify(any_database) == audit.AuditVerdict(rows=0, head=audit.GENESIS)


def test_rows_written_side_by_side_form_one_chain(any_database: Database) -> None:
    """Writers that meet are put in a row: no two follow the same one."""
    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(_append, any_database, number) for number in range(24)]:
            done.result()
    verdict = _verify(any_database)
    assert (verdict.rows, verdict.whole) == (24, True)


def test_a_changed_row_is_found(any_database: Database) -> None:
    """The first row whose digest no longer fits is named."""
    for number in range(3):
        _append(any_database, number)
    with any_database.unit() as unit:
        second = unit.session.scalars(select(AuditRow).order_by(AuditRow.id)).all()[1].id
        unit.session.execute(update(AuditRow).where(AuditRow.id == second).values(actor="nobody"))
    assert _verify(any_database).broken_at == second


def test_a_row_taken_out_is_found(any_database: Database) -> None:
    """The row after the gap does not follow the one before it."""
    for number in range(3):
        _append(any_database, number)
    with any_database.unit() as unit:
        ids = unit.session.scalars(select(AuditRow.id).order_by(AuditRow.id)).all()
        unit.session.execute(delete(AuditRow).where(AuditRow.id == ids[1]))
    assert _verify(any_database).broken_at == ids[2]


def test_a_cut_off_end_shows_in_the_head(any_database: Database) -> None:
    """The chain alone cannot show it; the head noted before can."""
    for number in range(2):
        _append(any_database, number)
    head = _verify(any_database).head
    with any_database.unit() as unit:
        last = unit.session.scalars(select(AuditRow.id).order_by(AuditRow.id.desc())).first()
        unit.session.execute(delete(AuditRow).where(AuditRow.id == last))
    verdict = _verify(any_database)
    assert verdict.whole
    assert verdict.head != head


def test_the_rows_of_one_unit_keep_their_order(any_database: Database) -> None:
    """Written at the end of the transaction, in the order in which they were appended."""
    with any_database.unit() as unit:
        for action in ("first", "second", "third"):
            audit.append(unit, actor="a", action=action, subject_kind="k", subject_id="s")
        assert unit.session.scalars(select(AuditRow)).all() == []
    with any_database.read() as session:
        actions = session.scalars(select(AuditRow.action).order_by(AuditRow.id)).all()
    assert actions == ["first", "second", "third"]
    assert _verify(any_database).whole
