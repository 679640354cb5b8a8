"""The reviewer's desk: one draft beside its scans as the page shows it, and the decisions that its form carries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from flask import render_template, request, url_for
from markupsafe import Markup, escape
from werkzeug.datastructures import MultiDict

from intake import fields, review
from intake.errors import ReviewError, StaleVersionError
from intake.standing import differing, standing, weak_places
from intake.types import Decision, DraftFact, Finding, Label
from models import draft_views, drafts, round_views, structure
from models.base import now
from models.draft_views import DraftView, FactView
from models.views import SourceView
from web import access, bounds, context, matches, words
from web.access import user
from web.languages import shown

_LETTERS = "abghijmnostuvy"
_JUMPS = dict(enumerate([*_LETTERS, *(f"⇧{letter}" for letter in _LETTERS)]))
"""The letter that leads to a value with Alt, by its place: those that no other key of the desk has, then with Shift."""

_CUSTOMERS = ("company_name", "person_name")
"""Who a customer is, the company before the person, as the rule on a contract's parties looks."""

_AHEAD = 2
"""Pages of the next draft that are fetched before it is opened: 0.5 MB and 16 MB of pixels each."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a contradiction: what it is, and where it stands."""

    label: Label
    kind: str
    source: SourceView


def page(draft: DraftView, *, error: ReviewError | None = None, form: MultiDict[str, str] | None = None) -> str:
    """The page of a draft: to decide on for who holds it, to read for all others.

    ``form`` holds decisions that were taken already: of a form that was refused, or of a confirmation taken back.
    """
    form = _still_said(draft, error, form or MultiDict())
    drafts.note_view(context.current().database, draft, user().id)
    held = draft.claimed_by == user().id and draft.claimed_until is not None and draft.claimed_until >= now()
    mine = held and draft.state == "open" and access.may_review(user())
    free = draft.state == "open" and not held and (draft.claimed_until is None or draft.claimed_until < now())
    with context.current().database.read() as rows:
        turns = round_views.of_draft(rows, draft, user().id, decides=access.may_review(user()))
    decided = any(turn.user_id == user().id for turn in turns)
    opposed = _contradictions(draft)
    return render_template(
        "review.html",
        turns=turns,
        reading=mine and _is_read_again(draft),
        matches=matches.of_draft(draft, form),
        compared=matches.compared(),
        match_reason=matches.reason,
        shown_other=_other,
        first=next(iter(first_pages(draft, asking=mine)), None),
        draft=draft,
        mine=mine,
        free=free and access.may_review(user()) and not decided,
        groups=_groups(draft),
        general=_general(draft),
        standings={fact.fact: standing(fact, draft.findings) for fact in draft.file.facts},
        unsures={fact.fact: _unsure(fact) for fact in draft.file.facts},
        contradictions=opposed,
        contradictions_by_key={finding.key: sides for finding, sides in opposed},
        jumps=_JUMPS,
        names=lambda kind: fields.traits(kind).names,
        typed=_typed(draft, form),
        error=error,
        named=_named(draft, error),
        form=form,
        return_reasons=review.RETURN_REASONS,
        discard_reasons=review.DISCARD_REASONS,
    )


def address_of(case_id: str) -> str | None:
    """The desk that the present form stood on (``draft``, one of the case's); ``None`` for another page's form."""
    draft_id = request.form.get("draft", "")
    with context.current().database.read() as rows:
        stands = bool(draft_id) and structure.has_draft(rows, case_id, draft_id)
    return url_for("reviews.show", draft_id=draft_id) if stands else None


def _still_said(draft: DraftView, error: ReviewError | None, form: MultiDict[str, str]) -> MultiDict[str, str]:
    """What a form says still where it was filled in before the draft changed: nothing on the facts that are others now.

    They are to be looked at and decided on anew, but for what is the same value and certain. What was typed stays in
    its field; ticks for findings about these facts go.
    """
    if not form or not isinstance(error, StaleVersionError):
        return form
    listed = error.details["changed"]
    others = set(listed) if isinstance(listed, list) else set[str]()
    if "version" in others:  # what changed is not known
        others |= {"findings", *(one.fact for one in draft.facts)}
    kept = MultiDict[str, str](form)
    for fact in draft.file.facts:
        action, value = form.get(f"action.{fact.fact}"), form.get(f"value.{fact.fact}", "").strip()
        same = action == "accept" and value == words.typed(fact.kind, fact.value)
        if fact.fact in others and not (same and standing(fact, draft.findings) == "certain"):
            kept.poplist(f"action.{fact.fact}")
            if action != "correct":
                kept.poplist(f"value.{fact.fact}")
    gone = {one.key for one in draft.findings if others & ({*one.fields} or {"findings"})}
    kept.setlist("acknowledged", [key for key in form.getlist("acknowledged") if key not in gone])
    return kept


def _is_read_again(draft: DraftView) -> bool:
    """Whether a worker reads a page of the case again, so that its values are about to change."""
    with context.current().database.read() as rows:
        return draft_views.pulse(rows, draft.id).reading


def _groups(draft: DraftView) -> list[tuple[str | None, list[FactView]]]:
    """The facts under the document that each was read from first, in the draft's order."""

    def first(fact: FactView) -> str | None:
        return fact.sources[0].document_id if fact.sources else None

    order = {document.id: position for position, document in enumerate(draft.documents)}
    ordered = sorted(draft.facts, key=lambda fact: order.get(first(fact) or "", len(order)))
    return [(document, list(group)) for document, group in groupby(ordered, key=first)]


def first_pages(draft: DraftView, *, asking: bool = True) -> list[tuple[str, int]]:
    """The pages (document, number) that the desk shows first: those of the first values that still ask for a person.

    Where none does, or nobody is asked (``asking``), those of the first values of all.
    """
    kept = {(document.id, page.number): page for document in draft.documents for page in document.pages if page.picture}
    shown = [fact for _, facts in _groups(draft) for fact in facts if fact.sources]
    left = [one for one in shown if one.decision is None and standing(one, draft.findings) != "certain"]
    first = [(fact.sources[0].document_id, fact.sources[0].page) for fact in (asking and left) or shown]
    return [page for page in dict.fromkeys([*first, *kept]) if page in kept][:_AHEAD]


def _unsure(fact: DraftFact) -> tuple[int, ...]:
    """The places of the characters of its value to look at first; none where people type the value otherwise."""
    if fact.value is None or not fact.sources or words.typed(fact.kind, fact.value) != fact.value:
        return ()
    return weak_places(fact.kind, fact.value, fact.sources[0].reading)


def _other(fact: FactView, value: str) -> Markup:
    """An alternative as a person reads it, the characters marked in which it is another than the proposed value."""
    told = words.displayed(fact.kind, value)
    if fact.value is None or told != value or words.displayed(fact.kind, fact.value) != fact.value:
        return escape(told)
    return words.marked(told, differing(value, fact.value))


def _contradictions(draft: DraftView) -> list[tuple[Finding, list[Side]]]:
    """What contradicts what: each finding between at least two places on the papers, with those places."""
    facts = {fact.fact: fact for fact in draft.facts}
    found = [(one, _sides(one, facts)) for one in draft.findings if one.severity != "info"]
    return [(finding, sides) for finding, sides in found if len(sides) > 1]


def _sides(finding: Finding, facts: Mapping[str, FactView]) -> list[Side]:
    """The places that a finding speaks of: of one fact alone, each paper's that says another thing.

    Parties of which none is the customer stand beside the customer's name, which the finding itself does not name.
    """
    customer = [name for name in _CUSTOMERS if name in facts and facts[name].value is not None][:1]
    beside = customer if finding.code == "contract.party_other" else []
    named = [facts[name] for name in (*beside, *finding.fields) if name in facts]
    if len(named) == 1 and finding.code.startswith("case."):
        said = {source.value: source for source in reversed(named[0].sources) if source.value is not None}
        return [Side(named[0].label, named[0].kind, source) for source in reversed(said.values())]
    return [Side(fact.label, fact.kind, fact.sources[0]) for fact in named if fact.sources]


def _general(draft: DraftView) -> list[Finding]:
    """Findings that concern no single fact of the draft."""
    known = {fact.fact for fact in draft.facts}
    return [finding for finding in draft.findings if known.isdisjoint(finding.fields)]


def _typed(draft: DraftView, form: MultiDict[str, str]) -> dict[str, list[Finding]]:
    """The errors that stand as the form decides, under the first corrected fact of each: they stop the confirmation."""
    decided = decisions(draft, form)
    corrected = {word.fact for word in decided if word.action == "correct"}
    told: dict[str, list[Finding]] = {}
    for finding in review.open_errors(draft.file, decided, today=now().date()) if decided else ():
        place = next((name for name in finding.fields if name in corrected), next(iter(finding.fields), ""))
        told.setdefault(place, []).append(finding)
    return told


def _named(draft: DraftView, error: ReviewError | None) -> list[tuple[str, str]]:
    """The facts that an error names, as (fact, label), so that the page can lead to each."""
    if error is None:
        return []
    listed = error.details.get("facts") or error.details.get("changed") or []
    labels = {fact.fact: shown(fact.label) for fact in draft.facts}
    return [(name, labels[name]) for name in listed if name in labels] if isinstance(listed, list) else []


def decisions(draft: DraftView, form: MultiDict[str, str]) -> list[Decision]:
    """The decisions that a form carries, in the draft's order; none for facts that it says nothing of."""
    return [decided for fact in draft.facts if (decided := _word(form, fact)) is not None]


def form_of(draft: DraftView, decided: Iterable[Decision]) -> MultiDict[str, str]:
    """The form that carries these decisions: what :func:`decisions` takes apart, put together."""
    kinds = {fact.fact: fact.kind for fact in draft.facts}
    form = MultiDict[str, str]()
    for one in decided:
        form.add(f"action.{one.fact}", one.action)
        if one.action == "correct":
            form.add(f"value.{one.fact}", words.typed(kinds[one.fact], one.value))
    return form


def _word(form: MultiDict[str, str], fact: FactView) -> Decision | None:
    """The decision on one fact as the form gives it; none was taken where the form has no action for it."""
    match form.get(f"action.{fact.fact}"):
        case "accept":
            return Decision(fact.fact, "accept")
        case "correct":
            return Decision(fact.fact, "correct", bounds.value(form, f"value.{fact.fact}").strip())
        case "omit":
            return Decision(fact.fact, "omit")
        case _:
            return None
