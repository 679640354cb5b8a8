"""The queue's page: its filter stands in the address, the work is shared out, views and columns are each person's."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from models.audit import AuditRow
from tests import made_up
from tests.web.conftest import Portal
from web import queue_columns


def test_ticked_drafts_are_assigned_and_found_under_their_filter(portal: Portal) -> None:
    """Assigning is audited once for each draft; each filter shows its part, and the address tells no name."""
    first, second = portal.draft(), portal.draft(code=made_up.CODES[1])
    reviewer = portal.browser("reviewer")
    colleague = portal.accounts["other reviewer"]
    answer = reviewer.post("/reviews/assign?assigned=nobody", {"draft": first, "to": colleague})
    assert answer.location == "/reviews?assigned=nobody"
    assert "1 draft assigned." in reviewer.get("/reviews").get_data(as_text=True)
    left = reviewer.get("/reviews?assigned=nobody").get_data(as_text=True)
    assert (f"/reviews/{first}" in left, f"/reviews/{second}" in left) == (False, True)
    theirs = portal.browser("other reviewer").get("/reviews?assigned=me").get_data(as_text=True)
    assert (f"/reviews/{first}" in theirs, f"/reviews/{second}" in theirs) == (True, False)
    with portal.database.read() as rows:
        told = rows.scalars(select(AuditRow).where(AuditRow.action == "draft.assigned")).all()
    assert [(row.actor, row.subject_id, row.details) for row in told] == [
        (portal.accounts["reviewer"], first, {"account": colleague})
    ]
    assert reviewer.post("/reviews/next").location == f"/reviews/{second}"


def test_drafts_are_assigned_to_reviewers_alone_and_not_by_auditors(portal: Portal) -> None:
    """A clerk is given none, and an auditor gives none and is shown nothing to tick."""
    draft = portal.draft()
    assert (
        portal.browser("reviewer").post("/reviews/assign", {"draft": draft, "to": portal.accounts["clerk"]}).status_code
        == 404
    )
    auditor = portal.browser("auditor")
    assert auditor.post("/reviews/assign", {"draft": draft}).status_code == 403
    assert 'name="draft"' not in auditor.get("/reviews?assigned=somebody").get_data(as_text=True)


def test_words_that_no_filter_has_ask_for_nothing(portal: Portal) -> None:
    """An address that somebody made up shows the queue as it is."""
    draft = portal.draft()
    page = portal.browser("auditor").get("/reviews?hours=x&assigned=me&doubt=y&state=z").get_data(as_text=True)
    assert f"/reviews/{draft}" in page


def test_the_count_follows_the_filter(portal: Portal) -> None:
    """The page names the address that tells how many drafts fit its filter just now."""
    reviewer = portal.browser("reviewer")
    address = "/reviews/count?doubt=none"
    assert reviewer.get(address).json == {"text": "0 drafts"}
    portal.draft()
    assert reviewer.get(address).json == {"text": "1 draft"}
    assert f'data-count="{address}"' in reviewer.get("/reviews?doubt=none").get_data(as_text=True)


def test_each_view_tells_how_much_it_holds(portal: Portal) -> None:
    """The link of a view has a place for its count; only one's own and everybody's views are counted, by one's eyes."""
    portal.draft()
    portal.draft(code=made_up.CODES[1], confidence=0.5)
    reviewer, other = portal.browser("reviewer"), portal.browser("other reviewer")
    assert "data-counts" not in reviewer.get("/reviews").get_data(as_text=True)
    for name, query in (("a", "doubt=none"), ("b", "doubt=doubtful"), ("c", "state=confirmed"), ("d", "assigned=me")):
        reviewer.post(f"/reviews/views?{query}", {"name": name})
    page = reviewer.get("/reviews").get_data(as_text=True)
    places = re.findall(r'data-view="(\w+)"', page)
    assert 'data-counts="/reviews/views/counts"' in page
    counted = reviewer.get("/reviews/views/counts").get_json()
    assert [counted[place] for place in places] == ["1", "1", "0", "0"]
    assert other.get("/reviews/views/counts").get_json() == {}
    assert portal.browser("clerk").get("/reviews/views/counts").status_code == 403


def test_administrators_assign_what_they_do_not_see(portal: Portal) -> None:
    """They tick drafts by paper, age and doubt; no name, no number, no way into a draft is on the page."""
    first = portal.draft()
    administrator = portal.browser("administrator")
    page = administrator.get("/reviews").get_data(as_text=True)
    assert f'name="draft" value="{first}"' in page
    assert [told for told in ("云岫", "林晓舟", made_up.CODES[0], f"/reviews/{first}") if told in page] == []
    assert administrator.get(f"/reviews/{first}").status_code == 403
    administrator.post("/reviews/assign", {"draft": first, "to": portal.accounts["reviewer"]})
    assert f"/reviews/{first}" in portal.browser("reviewer").get("/reviews?assigned=me").get_data(as_text=True)
    with portal.database.read() as rows:
        told = rows.scalars(select(AuditRow).where(AuditRow.action == "draft.assigned")).one()
    assert told.actor == portal.accounts["administrator"]


def test_a_view_keeps_the_filter_of_the_address_under_a_name(portal: Portal) -> None:
    """One's own is one's own; what an administrator shares everybody sees, and only he takes it away."""
    reviewer, administrator = portal.browser("reviewer"), portal.browser("administrator")
    assert (
        reviewer.post("/reviews/views?doubt=errors&x=y", {"name": " my  errors "}).location == "/reviews?doubt=errors"
    )
    administrator.post("/reviews/views?hours=24", {"name": "old ones", "shared": "yes"})
    page = reviewer.get("/reviews?doubt=errors").get_data(as_text=True)
    assert '<a href="/reviews?doubt=errors" aria-current="page">my errors <span' in page
    assert re.search(r'<a href="/reviews\?hours=24">.*old ones <span', page)
    assert "my errors" not in administrator.get("/reviews").get_data(as_text=True)
    removals = set(re.findall(r"/reviews/views/\w+/remove", page))
    assert len(removals) == 1
    everybodys = re.findall(r"/reviews/views/\w+/remove", administrator.get("/reviews").get_data(as_text=True))
    assert reviewer.post(everybodys[0]).status_code == 404
    assert reviewer.post(removals.pop()).location == "/reviews"
    assert administrator.post(everybodys[0]).status_code == 302
    assert "old ones" not in reviewer.get("/reviews").get_data(as_text=True)


def test_a_reviewers_view_is_never_everybodys_and_needs_a_name(portal: Portal) -> None:
    """Whatever the form says; and a name is 1 to 40 characters."""
    reviewer = portal.browser("reviewer")
    reviewer.post("/reviews/views?doubt=none", {"name": "mine", "shared": "yes"})
    assert "mine" not in portal.browser("other reviewer").get("/reviews").get_data(as_text=True)
    for name in ("", "   ", "x" * 41):
        assert reviewer.post("/reviews/views?doubt=none", {"name": name}).status_code == 422


def test_text_that_is_no_type_of_paper_comes_into_no_address(portal: Portal) -> None:
    """A view holds codes alone, so that no name can be kept as a filter by mistake."""
    assert portal.browser("reviewer").post("/reviews/views?type=林晓舟", {"name": "n"}).location == "/reviews"


def _heads(page: str) -> list[str]:
    return re.findall(r'<th scope="col">([^<]+)</th>', page)


def test_columns_are_chosen_and_ordered_by_plain_forms_and_kept_for_one_person(portal: Portal) -> None:
    """Ticked lines in their order, a button moves one; the usual ones come back at a press; others see theirs."""
    portal.draft()
    reviewer = portal.browser("reviewer")
    usual = ["Draft", "Papers", "Arrived", "Doubt", "Status"]
    assert _heads(reviewer.get("/reviews").get_data(as_text=True)) == usual
    form = {"line": ["papers", "arrived", "age", "made-up"], "shown": ["papers", "age", "made-up"]}
    assert reviewer.post("/reviews/columns?doubt=none", form | {"keep": ""}).location == "/reviews?doubt=none"
    assert _heads(reviewer.get("/reviews").get_data(as_text=True)) == ["Draft", "Papers", "Waiting"]
    moved = reviewer.post("/reviews/columns", {"line": ["papers", "age"], "shown": ["papers", "age"], "up": "age"})
    assert moved.location == "/reviews/columns#column-age"
    assert _heads(reviewer.get("/reviews").get_data(as_text=True)) == ["Draft", "Waiting", "Papers"]
    assert _heads(portal.browser("auditor").get("/reviews").get_data(as_text=True)) == usual
    reviewer.post("/reviews/columns", {"usual": ""})
    assert _heads(reviewer.get("/reviews").get_data(as_text=True)) == usual


@pytest.mark.parametrize(("button", "left"), [("up", ["a", "b"]), ("down", ["b", "a"])])
def test_a_column_at_the_end_stays_where_it_is(button: str, left: list[str]) -> None:
    """The first cannot go further forward, the last not further back."""
    names = {"a": "papers", "b": "age"}
    lines = ["papers", "age"]
    form = MultiDict([("line", one) for one in lines] + [("shown", one) for one in lines] + [(button, "papers")])
    assert queue_columns.told(form) == [names[one] for one in left]


def test_every_column_shows_what_it_says(portal: Portal) -> None:
    """Each column of a draft that is held and assigned has its cell, in both languages."""
    draft = portal.draft()
    reviewer = portal.browser("reviewer")
    reviewer.post("/reviews/assign", {"draft": draft, "to": portal.accounts["reviewer"]})
    reviewer.post(f"/reviews/{draft}/claim")
    every = list(queue_columns.COLUMNS)
    reviewer.post("/reviews/columns", {"line": every, "shown": every, "keep": ""})
    for language in ("en", "zh"):
        page = portal.browser("reviewer", language).get("/reviews").get_data(as_text=True)
        cells = dict(re.findall(r'<td class="cell-(\w+)">(.*?)</td>', page, re.DOTALL))
        assert list(cells) == every
        assert "reviewer-1" in cells["held"]
        assert "reviewer-1" in cells["assigned"]
        assert cells["values"].strip() == "7"
        assert "100 0017" in cells["case"]
        assert cells["age"].strip() in {"0 min", "0 分钟"}
