"""Policies: what the office has set about reviewing. Administrators set it; who checks reads it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from apiflask import APIBlueprint
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from intake import doctypes, fields
from intake.errors import InvalidPolicyError
from intake.options import DraftingOptions
from models import policies
from models.policies import BLIND, SAMPLING, SECOND_PERSON, THRESHOLDS
from models.views import names_of
from web import access, context, kind_words, words
from web.access import requires, user

blueprint = APIBlueprint("policies", __name__, enable_openapi=False)
_SEED_BYTES = 8
_LONGEST_SEED = 64
_LONGEST_NUMBER = 8


@blueprint.get("/policies")
@requires("administrator", "auditor", "security")
def index() -> str:
    """All policies of verification with who set them last; to change for administrators, to read for the others."""
    return _page()


@blueprint.post("/policies")
@requires("administrator")
def change() -> Response | tuple[str, int]:
    """Set what the form says; each policy that differs from what stood is kept and audited."""
    try:
        wanted = _wanted(request.form)
    except InvalidPolicyError as error:
        return _page(error=error, form=request.form), int(HTTPStatus.UNPROCESSABLE_ENTITY)
    with context.current().database.unit() as unit:
        changed = [name for name, value in wanted.items() if policies.change(unit, name, value, user_id=user().id)]
    flash(_("Kept. It counts from now on.") if changed else _("Nothing was changed."), "done")
    return redirect(url_for("policies.index"))


def _wanted(form: MultiDict[str, str]) -> dict[str, dict[str, Any]]:
    """The policies as the form has them; raises InvalidPolicyError with the names of its fields that are wrong."""
    facts, types = _facts(), [kind.name for kind in doctypes.laid_out()]
    second = [name for name in form.getlist("second") if name in facts]
    wrong: list[str] = []
    kinds = dict(_thresholds(form, "kind", fields.kinds(), wrong))
    single = dict(_thresholds(form, "fact", tuple(facts), wrong))
    share = _percent(form.get("share", ""))
    seed = form.get("seed", "").strip()
    if share is None or len(seed) > _LONGEST_SEED:
        wrong.append("share" if share is None else "seed")
    if wrong:
        raise InvalidPolicyError(fields=wrong)
    return {
        SECOND_PERSON: {"types": [name for name in types if name in form.getlist("type")], "facts": second},
        BLIND: {"facts": [name for name in form.getlist("blind") if name in facts]},
        SAMPLING: {"share": share, "seed": seed or (secrets.token_hex(_SEED_BYTES) if share else "")},
        THRESHOLDS: {"kinds": kinds, "facts": single},
    }


def _thresholds(
    form: MultiDict[str, str], group: str, names: tuple[str, ...], wrong: list[str]
) -> Iterator[tuple[str, float]]:
    for name in names:
        text = form.get(f"{group}.{name}", "").strip()
        if text:
            number = _percent(text)
            if number is None:
                wrong.append(f"{group}.{name}")
            else:
                yield name, round(number / 100, 6)


def _percent(text: str) -> float | None:
    """A number from 0 to 100, or ``None`` where the text is none."""
    text = text.strip().removesuffix("%").strip() or "0"
    whole, _dot, rest = text.partition(".")
    if len(text) > _LONGEST_NUMBER or not text.isascii() or not whole.isdecimal() or not (rest or "0").isdecimal():
        return None
    number = float(text)
    return number if number <= 100 else None  # noqa: PLR2004  # percent


def _facts() -> dict[str, None]:
    return dict.fromkeys(fact for _title, listed in words.fact_choices() for fact, _label, _kind in listed)


def _page(*, error: InvalidPolicyError | None = None, form: MultiDict[str, str] | None = None) -> str:
    with context.current().database.read() as session:
        set_now, kept = policies.read(session), policies.rows(session)
        names = names_of(session, (row.changed_by for row in kept.values()))
    return render_template(
        "policies.html",
        policies=set_now,
        kept=kept,
        names=names,
        usual=DraftingOptions().doubtful_below,
        kinds=fields.kinds(),
        kind_labels=kind_words.kinds(),
        error=error,
        form=form,
        may_change=access.may_change_policies(user()),
    )
