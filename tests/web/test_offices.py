"""The smaller rooms: customer files, accounts, jobs, the audit, the health of the service."""

from __future__ import annotations

from sqlalchemy import select

from models import accounts, jobs, operations, stages
from models.cases import Page
from models.jobs import Job
from tests import made_up
from tests.conftest import RedisServer
from tests.web.conftest import PICTURE, Portal
from web.app import create_app


def _customer(portal: Portal, code: str = made_up.CODES[0]) -> str:
    return made_up.confirmed(portal.database, portal.draft(code=code), portal.accounts["reviewer"])


def _person(portal: Portal) -> str:
    draft = made_up.enter_draft(portal.database, portal.accounts["clerk"], [made_up.card_reading()])
    return made_up.confirmed(portal.database, draft, portal.accounts["reviewer"])


def test_every_view_of_a_customer_file_is_audited(portal: Portal) -> None:
    """Opening the page writes who looked at which file; the auditor finds the row."""
    number = _customer(portal)
    portal.browser("archivist").get(f"/customers/{number}")
    with portal.database.read() as rows:
        row = operations.audit_rows(rows, action="customer.viewed").items[0]
    assert (row.actor, row.subject_id) == ("archivist-2", number)
    page = portal.browser("auditor").get("/audit?action=customer.viewed").get_data(as_text=True)
    assert "Customer file viewed" in page
    assert number in page


def test_customers_are_found_by_what_stands_in_the_body(portal: Portal) -> None:
    """Name and number find the file by POST; the address never carries what was searched for."""
    number = _customer(portal)
    _customer(portal, made_up.CODES[1])
    reviewer = portal.browser("reviewer")
    reviewer.get("/customers")
    for q in (number, made_up.CODES[0]):
        page = reviewer.post("/customers", {"q": q}).get_data(as_text=True)
        assert page.count('class="line"') == 1, q
    assert reviewer.post("/customers", {"q": "nobody"}).get_data(as_text=True).count('class="line"') == 0
    assert reviewer.get("/customers?q=nobody").get_data(as_text=True).count('class="line"') == 2


def test_a_search_by_script_gets_the_list_alone(portal: Portal) -> None:
    """The part of the page that changes, without the page around it."""
    _customer(portal)
    reviewer = portal.browser("reviewer")
    part = reviewer.post("/customers", {"q": ""}, **{"HX-Request": "true"}).get_data(as_text=True)
    assert 'class="line"' in part
    assert "<html" not in part


def test_a_page_picture_is_given_to_those_who_may_see_the_case_and_kept_by_no_cache(portal: Portal) -> None:
    """The picture's bytes, private; a page that the document has not is 404."""
    draft = portal.draft()
    with portal.database.read() as rows:
        found = made_up.drafts.load(rows, draft)
    assert found is not None
    reviewer, path = portal.browser("reviewer"), f"/documents/{found.documents[0].id}/pages"
    answer = reviewer.get(f"{path}/1/picture")
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert reviewer.get(f"{path}/2/picture").status_code == 404


def test_the_facts_of_a_customer_file_stand_under_their_papers(portal: Portal) -> None:
    """The company's name and the person's are told apart by the paper that each belongs to, the license first."""
    readings = [made_up.card_reading(), made_up.license_reading()]
    draft = made_up.enter_draft(portal.database, portal.accounts["clerk"], readings)
    number = made_up.confirmed(portal.database, draft, portal.accounts["reviewer"])
    page = portal.browser("reviewer").get(f"/customers/{number}").get_data(as_text=True)
    marks = ("Business license</h3>", 'id="fact-company_name"', "ID card (portrait side)</h3>", 'id="fact-person_name"')
    places = [page.find(mark) for mark in marks]
    assert -1 not in places
    assert places == sorted(places)


def test_lists_of_papers_show_small_pictures(portal: Portal) -> None:
    """Case and customer page ask for the small picture; a page read before there were any gives the large one."""
    draft, reviewer = portal.draft(), portal.browser("reviewer")
    number = made_up.confirmed(portal.database, draft, portal.accounts["reviewer"])
    with portal.database.read() as rows:
        found = made_up.drafts.load(rows, draft)
    assert found is not None
    path = f"/documents/{found.documents[0].id}/pages/1/thumbnail"
    for address in (f"/cases/{found.case_id}", f"/customers/{number}"):
        assert f'src="{path}"' in reviewer.get(address).get_data(as_text=True)
    assert reviewer.get(path).data == PICTURE
    with portal.database.unit() as unit:
        page = unit.session.get_one(Page, found.documents[0].pages[0].id)
        page.thumbnail = portal.context.store.put_picture("pages/small.jpg", b"small")
    answer = reviewer.get(path)
    assert (answer.data, answer.mimetype, answer.headers["Cache-Control"]) == (
        b"small",
        "image/jpeg",
        "private, no-store",
    )


def test_a_new_account_gets_a_link_that_signs_it_in(portal: Portal) -> None:
    """The administrator adds a colleague and hands over the link that is shown once."""
    administrator = portal.browser("administrator")
    administrator.get("/accounts")
    page = administrator.post("/accounts", {"name": "zhou", "display_name": "周岚", "roles": ["reviewer", "clerk"]})
    text = page.get_data(as_text=True)
    path = "/sign-in/link/" + text.split("/sign-in/link/")[1].split('"')[0]
    assert "周岚" in text
    assert portal.stranger().post(path).status_code == 302
    assert path not in administrator.get("/accounts").get_data(as_text=True)


def test_an_account_needs_a_free_name_and_a_role(portal: Portal) -> None:
    """A taken name is 409, no role is 422; nothing is added."""
    administrator = portal.browser("administrator")
    administrator.get("/accounts")
    assert administrator.post("/accounts", {"name": "clerk-0", "roles": "clerk"}).status_code == 409
    assert administrator.post("/accounts", {"name": "new"}).status_code == 422
    with portal.database.read() as rows:
        assert accounts.find_by_name(rows, "new") is None


def test_nobody_closes_his_own_account(portal: Portal) -> None:
    """So that one who can open accounts remains."""
    administrator = portal.browser("administrator")
    administrator.get("/accounts")
    administrator.post(f"/accounts/{portal.accounts['administrator']}/close")
    assert "You cannot close your own account." in administrator.get("/accounts").get_data(as_text=True)


def _quarantined(portal: Portal) -> str:
    with portal.database.unit() as unit:
        job = jobs.enqueue(unit.session, jobs.DRAFT_CASE, made_up.enter_case(unit, portal.accounts["clerk"], []))
        job.state, job.error_code, job.lost = "quarantined", jobs.LOST, 3
    return job.id


def test_a_quarantined_job_shows_its_reason_and_is_tried_again(portal: Portal) -> None:
    """The list says why; the button queues it once; a second press says that it is no longer there."""
    job, archivist = _quarantined(portal), portal.browser("archivist")
    page = archivist.get("/jobs").get_data(as_text=True)
    assert "The process that worked on it ended unexpectedly" in page
    archivist.post(f"/jobs/{job}/retry")
    assert "The job is queued again." in archivist.get("/jobs").get_data(as_text=True)
    with portal.database.read() as rows:
        assert rows.scalars(select(Job.state).where(Job.id == job)).one() == "queued"
    archivist.post(f"/jobs/{job}/retry")
    assert "no longer in quarantine" in archivist.get("/jobs?state=queued").get_data(as_text=True)


def test_the_audit_is_filtered_and_goes_on_behind_its_cursor(portal: Portal) -> None:
    """By actor, action and thing; a page at a time, the latest first."""
    with portal.database.unit() as unit:
        for _ in range(51):
            accounts.make_sign_in_link(unit, portal.accounts["clerk"])
    auditor = portal.browser("auditor")
    page = auditor.get(f"/audit?action=account.link_made&subject={portal.accounts['clerk']}").get_data(as_text=True)
    assert page.count("<tr>") == 51
    link = page.split('class="more"')[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
    assert auditor.get(link).get_data(as_text=True).count("<tr>") == 2
    assert "No row fits" in auditor.get("/audit?subject=nothing&cursor=x").get_data(as_text=True)


def test_the_service_is_not_ready_without_its_doorbell_and_says_which_part_is_away(portal: Portal) -> None:
    """Alive, but not ready: Redis is named, database and store answer."""
    stranger = portal.stranger()
    assert stranger.get("/healthz").get_json() == {"status": "ok"}
    answer = stranger.get("/readyz")
    assert answer.status_code == 503
    assert answer.get_json() == {"status": "unavailable", "database": "ok", "redis": "unavailable", "store": "ok"}


def test_the_service_is_ready_when_all_answer(portal: Portal, redis_server: RedisServer) -> None:
    """200 when database, Redis and store answer."""
    app = create_app(portal.context.settings.model_copy(update={"redis_url": redis_server.url}))
    assert app.test_client().get("/readyz").status_code == 200
    app.extensions["intake"].database.close()


def test_the_figures_count_jobs_and_drafts_and_name_nobody(portal: Portal) -> None:
    """Depth of the queue by state, open drafts and ages, in Prometheus's form."""
    portal.draft()
    _quarantined(portal)
    text = portal.stranger().get("/metrics").get_data(as_text=True)
    assert 'intake_jobs{state="quarantined"} 1.0' in text
    assert "intake_drafts_open 1.0" in text
    assert "intake_oldest_open_draft_seconds" in text
    assert "云岫" not in text


def test_the_figures_tell_how_long_each_stage_of_reading_takes(portal: Portal, redis_server: RedisServer) -> None:
    """A histogram by stage over all workers' files."""
    app = create_app(portal.context.settings.model_copy(update={"redis_url": redis_server.url}))
    stages.count(app.extensions["intake"].settings.redis, {"decode": 0.2, "crops": 4.0})
    text = app.test_client().get("/metrics").get_data(as_text=True)
    app.extensions["intake"].database.close()
    assert 'intake_stage_seconds_bucket{le="0.3",stage="decode"} 1.0' in text
    assert 'intake_stage_seconds_sum{stage="crops"} 4.0' in text
    assert 'intake_stage_seconds_count{stage="crops"} 1.0' in text


def test_the_audit_tells_its_details_in_words(portal: Portal) -> None:
    """Codes are shown as what they mean, in the auditor's language; a long list is folded."""
    _customer(portal)
    portal.browser("clerk")
    english = portal.browser("auditor").get("/audit").get_data(as_text=True)
    chinese = portal.browser("auditor", "zh").get("/audit").get_data(as_text=True)
    assert "sign-in link" in english
    assert "登录链接" in chinese
    assert "credit_code" not in chinese
    assert '<details class="pairing"><summary>字段 ' in chinese


def test_an_archivist_is_led_to_what_he_then_sees(portal: Portal) -> None:
    """The button of who looks after all uploads does not call them his."""
    assert "All uploads" in portal.browser("archivist").get("/").get_data(as_text=True)
    assert "My uploads" in portal.browser("clerk").get("/").get_data(as_text=True)


def test_lists_of_customers_show_no_whole_identifier_of_a_person(portal: Portal) -> None:
    """Numbers of ID cards are starred in the list and found by what the list shows; credit codes are public."""
    number = _person(portal)
    reviewer = portal.browser("reviewer")
    page = reviewer.get("/customers").get_data(as_text=True)
    assert made_up.ID_NUMBER not in page
    masked = made_up.ID_NUMBER[:3] + "*" * 11 + made_up.ID_NUMBER[-4:]
    assert masked in page
    assert number in reviewer.post("/customers", {"q": masked}).get_data(as_text=True)


def test_an_account_that_cannot_be_added_keeps_what_was_typed(portal: Portal) -> None:
    """A name that is taken or a role that is missing is told above the form, which stands as it was sent."""
    administrator = portal.browser("administrator")
    form = {"name": "lin", "display_name": "林小雨", "roles": "clerk"}
    assert administrator.post("/accounts", form).status_code == 200
    taken = administrator.post("/accounts", form)
    page = taken.get_data(as_text=True)
    assert (taken.status_code, page.count('value="林小雨"')) == (409, 1)
    assert 'value="clerk" checked' in page
    assert "An account of this name exists already." in page
    assert administrator.post("/accounts", {"name": "nobody"}).status_code == 422
