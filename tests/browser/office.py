"""An office in full swing, so that no page is empty, and the list of all its pages, taken from the portal's routes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import select

from intake.pictures import Glance
from models import (
    acceptance,
    acceptance_checks,
    accounts,
    drafts,
    glances,
    links,
    packages,
    policies,
    queue_views,
    samples,
    uploads,
)
from models.base import now
from models.batch_rows import Batch, BatchFile
from models.cases import Page as PageRow
from models.draft_rows import Draft
from models.job_rows import Job
from models.sample_rows import Sample
from models.store import Store
from models.tokens import make_token
from models.upload_rows import Upload, UploadFile
from models.uploads import IncomingFile
from tests import made_up
from tests.browser.conftest import Site, picture
from tests.confirmed_papers import Archive
from tests.models import archive_office, batch_office
from web import access

NOT_PAGES = {
    "api_customers.list_customers": "for programs",
    "api_customers.get_customer": "for programs",
    "api_documents.get_document": "for programs",
    "api_documents.page_image": "a picture",
    "api_drafts.list_drafts": "for programs",
    "api_drafts.get_draft": "for programs",
    "api_drafts.list_matches": "for programs",
    "api_uploads.get_upload": "for programs",
    "api_uploads.upload_events": "a stream for programs",
    "openapi.spec": "for programs",
    "archive.counts": "a part of the batch's page",
    "archive.picture": "a picture",
    "packages.progress": "a part of the batch's page",
    "packages.fetch": "a package",
    "acceptances.picture": "a picture",
    "acceptances.report_pdf": "a document",
    "structure.thumbnail": "a picture",
    "crops.crop": "a picture",
    "documents.full": "a picture",
    "documents.picture": "a picture",
    "documents.thumbnail": "a picture",
    "documents.words": "for the desk's script",
    "looks.show": "a part of the camera's page",
    "health.healthz": "for the supervisor",
    "health.metrics": "for the supervisor",
    "health.readyz": "for the supervisor",
    "regions.show": "for the desk's script",
    "answers.kept": "leads back to the draft",
    "groups.answered": "leads back to the column",
    "reviews.acted": "leads back to the draft",
    "reviews.count": "for the queue's script",
    "queue_views.counts": "for the queue's script",
    "reviews.upcoming": "for the desk's script",
    "static": "files",
    "uploads.progress": "a part of the upload's page",
}
"""What a browser can fetch that is no page, and why; every other route is one."""

STRANGER = "stranger"


@dataclass(frozen=True)
class Stop:
    """A page: the route's endpoint, one of its addresses, and who may open it."""

    endpoint: str
    address: str
    roles: tuple[str, ...]


@dataclass
class Office:
    """What lies where: values for the parameters of routes; other and further ones for pages that need them."""

    values: dict[str, str]
    instead: dict[str, dict[str, str]]
    further: dict[str, list[dict[str, str]]]


def fill(site: Site) -> Office:
    """Fill the site's database with one of everything that a page can show."""
    people, store = site.people, site.app.extensions["intake"].store
    key = store.put_picture("pages/office.jpg", picture())
    accepted, lot = _accepted(site)
    batch, handed_over = _batch(site), _handed_over(site)  # first: they work through every job that waits
    with site.database.unit() as unit:
        policies.change(unit, "sampling", {"share": 100, "seed": "s"}, user_id=people["administrator"])
        policies.change(unit, "second_person", {"types": ["contract"], "facts": []}, user_id=people["administrator"])
        policies.change(unit, "checklists", {"company": {"business_license": "required"}}, user_id=people["security"])
        queue_views.save(unit, people["administrator"], "较旧的合同", {"type": "contract", "hours": "24"}, shared=True)
        queue_views.save(unit, people["reviewer"], "mine", {"assigned": "me"})
    returned, case_id = _returned(site, key)
    reopened, waiting = _samples(site, key)
    _renewed(site, key)
    values = {
        "draft_id": _contradicting(site, key),
        "case_id": _stack(site, store),
        "upload_id": _upload(site),
        "number": "C00000001",
        "kind": "amounts",
        "sample_id": waiting,
        "token": _link(site, case_id),
        **batch,
        **accepted,
    }
    _jobs_and_accounts(site, values["upload_id"])
    return Office(
        values,
        {
            "slips.show": {"case_id": case_id},
            "acceptances.index": {"batch_id": lot["batch_id"]},
            "batch_lots.index": {"batch_id": lot["batch_id"]},
            "batch_lots.sample": {"lot_id": accepted["lot_id"], "draft_id": lot["draft_id"]},
        },
        {
            "reviews.show": [{"draft_id": _claimed(site)}, {"draft_id": returned}, {"draft_id": _second(site, key)}],
            "reviews.index": [{"state": "confirmed"}, {"doubt": "errors", "type": "contract"}],
            "groups.show": [{"kind": "ji"}],
            "samples.show": [{"sample_id": reopened}],
            "cases.show": [{"case_id": case_id}],
            "archive.show": [{"batch_id": handed_over}],
            "jobs.index": [{"state": "quarantined"}, {"state": "failed"}],
            "audit.index": [{"subject": "nothing"}],
        },
    )


def _renewed(site: Site, key: str) -> None:
    """The first customer's license in a second version, with another name."""
    renewed = made_up.license_reading(made_up.CODES[1], "苏州听松测试科技有限公司")
    draft_id = made_up.enter_draft(site.database, site.people["clerk"], [renewed], key)
    made_up.confirmed(site.database, draft_id, site.people["other reviewer"])


def _contradicting(site: Site, key: str) -> str:
    """A change of a customer whose papers contradict each other; gives the open draft."""
    permit = made_up.reading("bank_account_permit", {"account_name": "苏州听松测试机械厂", "account_number": "1"}, 0.5)
    readings = [made_up.license_reading(made_up.CODES[1]), made_up.card_reading("330106199003078210"), permit]
    return made_up.enter_draft(site.database, site.people["clerk"], readings, key)


def _returned(site: Site, key: str) -> tuple[str, str]:
    """A draft that came back to its clerk, and its case."""
    clerk, reviewer = site.people["clerk"], site.people["reviewer"]
    draft_id = made_up.enter_draft(site.database, clerk, [made_up.license_reading(made_up.CODES[3])], key)
    with site.database.unit() as unit:
        drafts.claim(unit, draft_id, reviewer, 15)
        drafts.return_to_clerk(unit, draft_id, reviewer, 1, "wrong_side", note="正面")
        return draft_id, unit.session.get_one(Draft, draft_id).case_id


def _claimed(site: Site) -> str:
    """The oldest open draft, in the reviewer's hands."""
    with site.database.unit() as unit:
        draft_id = unit.session.scalars(select(Draft.id).where(Draft.state == "open").order_by(Draft.id)).first()
        assert draft_id
        drafts.claim(unit, draft_id, site.people["reviewer"], 60)
        return draft_id


def _second(site: Site, key: str) -> str:
    """A draft that another reviewer decided on, and that waits for the second."""
    contract = made_up.reading("contract", {"title": "测试合同", "party_a": "甲方测试有限公司"})
    draft_id = made_up.enter_draft(site.database, site.people["clerk"], [contract], key)
    other = site.people["other reviewer"]
    with site.database.unit() as unit:
        drafts.claim(unit, draft_id, other, 15)
    with site.database.read() as session:
        view = drafts.load(session, draft_id)
    assert view
    with site.database.unit() as unit:
        known = frozenset(finding.key for finding in view.findings)
        drafts.confirm(unit, draft_id, other, view.version, made_up.accept_all(view), acknowledged=known)
    return draft_id


def _samples(site: Site, key: str) -> tuple[str, str]:
    """A quality check that found an error, and one that waits for the reviewer."""
    found = []
    for number in ("330106199003078235", "330106199003078251"):
        draft_id = made_up.enter_draft(site.database, site.people["clerk"], [made_up.card_reading(number)], key)
        made_up.confirmed(site.database, draft_id, site.people["other reviewer"])
        with site.database.read() as session:
            found.append((draft_id, session.scalars(select(Sample.id).where(Sample.draft_id == draft_id)).one()))
    draft_id, sample_id = found[0]
    with site.database.read() as session:
        view = drafts.load(session, draft_id)
    assert view
    typed = {fact.fact: (fact.decision and fact.decision.value) or "" for fact in view.facts}
    with site.database.unit() as unit:
        samples.check(unit, sample_id, site.people["reviewer"], typed | {"person_name": "林小舟"})
    return sample_id, found[1][1]


def _stack(site: Site, store: Store) -> str:
    """A stack of five pages with pictures; gives its case."""
    draft_id = Archive(site.database, store, site.people).draft("08-farm-stack.everything")
    with site.database.unit() as unit:
        for page in unit.session.scalars(select(PageRow).where(PageRow.picture.is_(None))):
            page.picture = store.put_picture(f"p/{page.id}.jpg", picture())
        return unit.session.get_one(Draft, draft_id).case_id


def _upload(site: Site) -> str:
    """An upload with a file on its way, looked at, and files that could not be taken."""
    named = enumerate(("营业执照.png", "scan-2.png"), start=1)
    files = [IncomingFile(name, 9, str(number) * 64, "image/png") for number, name in named]
    with site.database.unit() as unit:
        upload = uploads.receive(unit, user_id=site.people["clerk"], files=files, via="portal").upload
    with site.database.unit() as unit:
        first, second = unit.session.scalars(select(UploadFile).where(UploadFile.upload_id == upload.id))
        glances.keep(unit, first.id, Glance(0, 0, ("glare",), "business_license", 0.97, upright=True, hidden=("uscc",)))
        glances.keep(unit, first.id, Glance(1, 0, (), None, 0.0, upright=None))
        second.state, second.error_code, second.settled_at = "failed", "file.damaged", now()
    return upload.id


def _link(site: Site, case_id: str) -> str:
    """The token of an open link for a case; something came by it that nobody has accepted."""
    with site.database.unit() as unit:
        token = links.make(unit, case_id, site.people["clerk"], 24)
        found = links.find(unit.session, token)
        upload = unit.session.scalars(select(Upload).where(Upload.case_id == case_id)).one()
        assert found
        links.note(unit, found, upload)
    return token


def _accepted(site: Site) -> tuple[dict[str, str], dict[str, str]]:
    """A batch whose acceptance is begun and whose lot is drawn; gives both, and the batch and a draft of the sample."""
    made = batch_office.opened(site.database, site.people)
    made.set(batch_office.ON)
    for number in range(2):
        look = f"{number * 0x0F1E2D3C4B5A6978:016x}"
        made.item(made_up.license_reading(batch_office.code(number)), replace(batch_office.MEASURES, look=look))
    made.close()
    with site.database.unit() as unit:
        for file in unit.session.scalars(select(BatchFile)):
            file.sha256 = file.id.ljust(64, "0")
        row, jobs = acceptance.begin(unit, made.batch, site.people["archivist"], aql="6.5", share=5.0, seed="s")
        begun = row.id
        for job_id in jobs:
            unit.session.get_one(Job, job_id).state = "done"
    with site.database.unit() as unit:
        acceptance_checks.check(unit, begun)
    return {"acceptance_id": begun, "lot_id": made.lot().id}, {"batch_id": made.batch, "draft_id": made.draw()[0]}


def _batch(site: Site) -> dict[str, str]:
    """A batch that was read: a folder asks for its boundaries, a separator is missing, a file is broken."""
    made = archive_office.Archive(site.database, person=site.people["archivist"])
    tree = {"盒1/甲/1.pdf": ["某某通知", "_", "第一条", "某某报告"], "盒1/乙/1.pdf": ["#1", "p", "#3", "q"]}
    archive_office.through(made, {**tree, "盒2/丙/1.pdf": archive_office.DAMAGED})
    return {"batch_id": made.batch_id, "folder_id": made.folder("盒1/甲")}


def _handed_over(site: Site) -> str:
    """A closed batch that nobody accepted: one package is ready, one failed, one is being made."""
    made = archive_office.Archive(site.database, person=site.people["archivist"])
    archive_office.through(made, {"盒1/甲/1.pdf": ["某某通知"]}, "files")
    with site.database.unit() as unit:
        batch = unit.session.get_one(Batch, made.batch_id)
        batch.state, batch.closed_at = "closed", now()
    for ending in ("ready", "failed", None):
        with site.database.unit() as unit:
            row, jobs = packages.begin(unit, made.batch_id, site.people["archivist"], unaccepted=True)
            for job_id in jobs:
                unit.session.get_one(Job, job_id).state = "done"
            if ending == "ready":
                packages.settle(unit, row.id, ending, size=4_200_000)
            elif ending == "failed":
                failures = [("J001-2020-D30/originals/1.pdf", "store.damaged")]
                packages.settle(unit, row.id, ending, code="archive.package_incomplete", failures=failures)
    return made.batch_id


def _jobs_and_accounts(site: Site, upload_id: str) -> None:
    with site.database.unit() as unit:
        file = unit.session.scalars(select(UploadFile).where(UploadFile.upload_id == upload_id)).first()
        assert file
        for state, code in (("quarantined", "job.lost"), ("running", None), ("done", None)):
            unit.session.add(
                Job(kind="read_file", subject_id=file.id, state=state, error_code=code, attempts=3, lost=3)
            )
        closed = accounts.add_user(unit, "former-colleague", ["clerk"], display_name="前同事")
        accounts.set_active(unit, closed.id, active=False, actor=site.people["administrator"])
        service = accounts.add_user(unit, "scanner-1", ["clerk"], service=True)
        make_token(unit, service.id)


def stops(site: Site, office: Office) -> Iterator[Stop]:
    """Every page with an address to open it by; raises KeyError for a route whose parameter the office lacks."""
    app = site.app
    with app.test_request_context():
        for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
            if "GET" not in (rule.methods or ()) or rule.endpoint in NOT_PAGES:
                continue
            roles = access.declared(app, rule.endpoint)
            usual = {name: office.values[name] for name in rule.arguments}
            for values in [office.instead.get(rule.endpoint, usual), *office.further.get(rule.endpoint, [])]:
                yield Stop(rule.endpoint, app.url_for(rule.endpoint, **values), tuple(sorted(roles or {STRANGER})))
