"""The first-visit tour: five short steps per role, each on the page that it speaks of and pointing to a thing there.

A step is shown where the address says so (``?tour=clerk.2``), so that the way works as plain links and can be gone back
by the browser. Who ended or skipped the tour of a role is not offered it again, in any browser; it can be begun again
from the account's page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from apiflask import APIBlueprint
from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models import accounts
from models.accounts import ROLES
from web import context
from web.access import anyone, requires, user

blueprint = APIBlueprint("tours", __name__, enable_openapi=False)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the page's endpoint, the ``data-tour`` of the thing that it points to, a heading and what to know."""

    endpoint: str
    target: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody stands on a tour: the role, the step and its number from 1, the addresses before and behind."""

    role: str
    number: int
    of: int
    step: Step
    back: str
    ahead: str


def place() -> Place | None:
    """The step that the present request's address asks for; ``None`` where that is none of this account and page."""
    role, _dot, number = request.args.get("tour", "").partition(".")
    account = anyone()
    if account is None or role not in account.roles or not number.isdecimal():
        return None
    steps, at = of_role(role), int(number)
    if not 1 <= at <= len(steps) or steps[at - 1].endpoint != request.endpoint:
        return None
    back = address(role, at - 1) if at > 1 else ""
    return Place(role, at, len(steps), steps[at - 1], back, address(role, at + 1) if at < len(steps) else "")


def offered() -> str | None:
    """The role whose tour this account has neither gone nor skipped yet; ``None`` where there is none left."""
    account = anyone()
    fresh = [] if account is None else [role for role in ROLES if role in account.roles - account.toured]
    return fresh[0] if fresh else None


def address(role: str, number: int) -> str:
    """Where a step of a role's tour is shown."""
    return url_for(of_role(role)[number - 1].endpoint, tour=f"{role}.{number}")


@blueprint.post("/me/tour")
@requires()
def end() -> Response:
    """Keep that the tour of a role was gone or skipped, and go on where the person stood."""
    role, number = request.form.get("role", ""), request.form.get("number", default=0, type=int)
    if role not in user().roles or not 0 <= number <= len(of_role(role)):
        abort(HTTPStatus.UNPROCESSABLE_ENTITY)
    with context.current().database.unit() as unit:
        accounts.note_tour(unit, user().id, role)
    flash(_("The tour can be started again from your account's page."), "done")
    return redirect(url_for(of_role(role)[number - 1].endpoint if number else "home.home"))


def of_role(role: str) -> list[Step]:
    """The steps of a role's tour, in the request's language."""
    return [*_STEPS[role](), _again()]


def _again() -> Step:
    return Step(
        "auth.me",
        "again",
        _("Help when you need it"),
        _("Here the tour starts again. At the desk the key ? shows all keys; every error says what to do next."),
    )


def _ask_the_audit() -> Step:
    return Step(
        "audit.index",
        "filter",
        _("Ask the audit"),
        _("By person, by kind of action, or by the identifier of one thing."),
    )


def _clerk() -> list[Step]:
    return [
        Step(
            "uploads.new",
            "drop",
            _("Hand in all papers of one customer at once"),
            _("They become one case. On any page you can also drop files or paste them."),
        ),
        Step(
            "uploads.new",
            "ways",
            _("A whole folder, or the camera"),
            _("On a phone, the camera page says before the shutter whether a photo is sharp and well lit."),
        ),
        Step(
            "uploads.new",
            "returned",
            _("More papers for a case"),
            _("Type the case's number here, or scan the printed slip of one that came back on top of them."),
        ),
        Step(
            "uploads.index",
            "uploads",
            _("See where every paper stands"),
            _("Open an upload: within seconds it says which page to scan again, and why."),
        ),
    ]


def _reviewer() -> list[Step]:
    return [
        Step(
            "reviews.index",
            "next",
            _("Begin with the oldest"),
            _("This button, or the key N, opens the draft that waits longest and holds it for you alone."),
        ),
        Step(
            "reviews.index",
            "filter",
            _("Choose what you work on"),
            _("By paper, doubt, age or assignment. The address keeps the choice, so a bookmark does as well."),
        ),
        Step(
            "reviews.index",
            "groups",
            _("Many of a kind in a row"),
            _("All doubtful dates, amounts or names of many papers in one column; Enter takes and goes on."),
        ),
        Step(
            "customers.index",
            "search",
            _("What was confirmed"),
            _("Every value of a customer file shows its place on the scan, and who decided on it."),
        ),
    ]


def _archivist() -> list[Step]:
    return [
        Step(
            "uploads.new",
            "ways",
            _("Bring in whole folders"),
            _("Each upload becomes one case. A connection that breaks goes on where it stopped."),
        ),
        Step(
            "archive.index",
            "batches",
            _("Whole archives in batches"),
            _("A batch asks where papers part and what it cannot read; it closes when every page is accounted for."),
        ),
        Step(
            "jobs.index",
            "states",
            _("What got stuck"),
            _("Jobs in quarantine say their cause; when it is gone, one button tries them again."),
        ),
        Step(
            "customers.index",
            "search",
            _("Find a customer file"),
            _("By part of a name, its number or an identifier; nothing of what you type stands in the address."),
        ),
    ]


def _administrator() -> list[Step]:
    return [
        Step(
            "accounts.index",
            "add",
            _("Let colleagues in"),
            _("Add an account with its roles and hand over the sign-in link, which works once."),
        ),
        Step(
            "policies.index",
            "policies",
            _("How many eyes a paper needs"),
            _("A second person, blind keying, the share that is checked again: all set here."),
        ),
        Step(
            "checklists.index",
            "checklists",
            _("Which papers a customer brings"),
            _("Clerks then see in each case what is there, missing, expired or not legible."),
        ),
        Step(
            "jobs.index",
            "states",
            _("Keep an eye on the work"),
            _("Quarantine is empty on good days. A job there says what is wrong and can be tried again."),
        ),
    ]


def _security() -> list[Step]:
    return [
        Step(
            "accounts.index",
            "people",
            _("Who may sign in"),
            _("Close an account or revoke its tokens here; its sessions end at once."),
        ),
        _ask_the_audit(),
        Step(
            "audit.index",
            "rows",
            _("Every change, every look at a customer file"),
            _("Each row is chained to the one before: a command on the server proves that none was altered."),
        ),
        Step(
            "policies.index",
            "policies",
            _("What is set about reviewing"),
            _("You read it here; administrators change it, and each change is in the audit."),
        ),
    ]


def _auditor() -> list[Step]:
    return [
        _ask_the_audit(),
        Step(
            "customers.index",
            "search",
            _("Look behind a value"),
            _("A customer file shows for each value the place on the scan, what was read and who decided."),
        ),
        Step(
            "reviews.index",
            "filter",
            _("Drafts as they were decided"),
            _("Choose Confirmed or Returned to read what reviewers did, and with which reason."),
        ),
        Step(
            "samples.index",
            "tally",
            _("How often reviewers are right"),
            _("A share of what was confirmed is checked by somebody else; the agreement stands here."),
        ),
    ]


_STEPS: dict[str, Callable[[], list[Step]]] = {
    "clerk": _clerk,
    "reviewer": _reviewer,
    "archivist": _archivist,
    "administrator": _administrator,
    "security": _security,
    "auditor": _auditor,
}
