"""The customer files that a draft may be about, as the desk lists them, and what a pick leaves of what was decided."""

from __future__ import annotations

from flask_babel import gettext as _
from markupsafe import Markup, escape
from werkzeug.datastructures import MultiDict

from intake import fields
from intake.customers import resembling
from intake.customers.resembling import Reason
from intake.customers.titles import name_fact
from intake.standing import opposed_since, standing
from models import choosing, round_views
from models.choosing import Matches
from models.draft_views import DraftView, FactView
from web import access, bounds, context, words
from web.access import user

_ADDRESSES = ("registered_address", "person_address")
_NAMES = (name_fact("company"), name_fact("person"))


def of_draft(draft: DraftView, form: MultiDict[str, str]) -> Matches | None:
    """The list for an open draft; none for who keys something of the case blind, whom names and numbers would tell.

    A name that was corrected, kept or in ``form``, is looked for as it was corrected.
    """
    if draft.state != "open":
        return None
    given = {fact.fact: _standing(fact, form) for fact in draft.facts}
    with context.current().database.read() as rows:
        if round_views.keys_blind(rows, draft.case_id, user().id, decides=access.may_review(user())):
            return None
        return choosing.matches(rows, draft.case_id, draft.file, given)


def _standing(fact: FactView, form: MultiDict[str, str]) -> str | None:
    """The value as it stands: a person's correction goes before what was read, where it has the form of its kind."""
    if form.get(f"action.{fact.fact}") == "correct":
        return fields.check(fact.kind, form.get(f"value.{fact.fact}", "")[: bounds.LONGEST_VALUE]).value
    return fact.value if fact.decision is None or fact.decision.action == "accept" else fact.decision.value


def compared() -> str:
    """The facts by which the list is made, for the desk's script: after another word on one it is asked for anew."""
    return " ".join(dict.fromkeys((*resembling.facts("company"), *resembling.facts("person"))))


def still_decided(form: MultiDict[str, str], before: DraftView, after: DraftView) -> MultiDict[str, str]:
    """What a form holds that was filled in before a pick, without ``accept`` where the pick brought a doubt.

    The picked file says otherwise there: these are to be looked at anew. What was typed stays; what is certain now
    and was not decided yet counts as accepted, as on a fresh page.
    """
    was = {fact.fact: fact.value for fact in before.facts}
    opposed = opposed_since(before.file, after.file)
    kept = MultiDict[str, str](form)
    kept.pop("choice", None)
    for fact in after.facts:
        name = f"action.{fact.fact}"
        if kept.get(name) == "accept" and (fact.fact in opposed or was.get(fact.fact) != fact.value):
            kept.pop(name)
    for proposed in after.file.facts:
        name = f"action.{proposed.fact}"
        if name not in kept and standing(proposed, after.findings) == "certain":
            kept[name] = "accept"
    return kept


def reason(one: Reason) -> Markup:
    """A reason in words: ``same credit code``, ``similar name 92 %``."""
    same = one.likeness == 1.0
    percent = int(one.likeness * 100)
    if one.fact == choosing.UPLOAD:
        text = _("named at the upload")
    elif one.fact in _NAMES:
        text = _("same name") if same else _("similar name %(percent)s%%", percent=percent)
    elif one.fact in _ADDRESSES:
        text = _("same address") if same else _("similar address %(percent)s%%", percent=percent)
    else:
        text = _same(one.fact)
    return escape(text)


def _same(fact: str) -> str:
    """What is said of a number, a head or a day that is the same."""
    told = {
        "credit_code": _("same credit code"),
        "registration_number": _("same registration number"),
        "taxpayer_number": _("same taxpayer number"),
        "account_number": _("same account number"),
        "id_number": _("same ID number"),
        "legal_representative": _("same legal representative"),
        "birth_date": _("same day of birth"),
    }
    return told.get(fact, words.fact_label(fact))
