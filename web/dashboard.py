"""The dashboard: how much is reviewed, how long the queue is, how good the reading is and how far people agree.

No personal data of customers stands on it and none in its address. Administrators and auditors see who did how much by
name; reviewers see their own line beside that of all colleagues together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from apiflask import APIBlueprint
from flask import render_template, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from intake.evaluation.figures import calibration_error
from intake.statistics import Share, kappa, quantile
from models import dashboard
from models.base import now
from models.dashboard import Agreement, Judged, Work
from models.efforts import Effort
from models.views import names_of
from web import access, charts, context, filtering, words
from web.access import requires, user

blueprint = APIBlueprint("dashboard", __name__, enable_openapi=False)

PERIODS = {7: 1, 28: 1, 91: 7, 364: 7}
"""Days that the page tells of, and how many of them one column holds."""

_USUAL = 28
_HOURS = 24
_WORST = 10
"""Values in the chart of accuracy: the least accurate; its table has all."""
_SECONDS = (5, 10, 20, 40, 80, 160)
_KEYS = (1, 2, 5, 10, 20, 40)


@dataclass(frozen=True, slots=True)
class Sums:
    """Work summed up over some rows; shares are of what was confirmed."""

    drafts: int
    papers: int
    aside: int
    facts: Share
    whole_papers: Share
    whole_drafts: Share
    pace: float | None


@blueprint.get("/dashboard")
@requires("administrator", "auditor", "reviewer")
def index() -> str:
    """All charts of a period; the period stands in the address."""
    days = next((days for days in PERIODS if request.args.get("days") == str(days)), _USUAL)
    edges, labels = _spans(days)
    with context.current().database.read() as rows:
        done = dashboard.work(rows, edges)
        judged = dashboard.judged(rows, edges[0])
        agreed = dashboard.agreement(rows, edges[0])
        data = {
            "people": _people(rows, done),
            "ages": _ages(rows),
            "seconds": _costs(dashboard.costs(rows, Effort.seconds, edges[0]), _SECONDS),
            "keys": _costs(dashboard.costs(rows, Effort.keystrokes, edges[0]), _KEYS),
            "moves": _costs(dashboard.costs(rows, Effort.pointer_moves, edges[0]), _KEYS),
        }
    return render_template(
        "dashboard.html",
        days=days,
        periods=PERIODS,
        total=_sums(done),
        through=_through(done, labels),
        untouched=_untouched(done, labels),
        fields=_fields(judged),
        curve=_curve(judged),
        agreement=_agreement(agreed),
        **data,
    )


def _spans(days: int) -> tuple[list[datetime], list[str]]:
    """The edges of the columns, at the office's midnights, the last one tonight; and the day that begins each."""
    zone = ZoneInfo(context.current().settings.timezone)
    tomorrow = now().astimezone(zone).date() + timedelta(days=1)
    step = PERIODS[days]
    dates = [tomorrow - timedelta(days=days - step * number) for number in range(days // step + 1)]
    return [_midnight(one, zone) for one in dates], [f"{one:%m-%d}" for one in dates[:-1]]


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _sums(done: Iterable[Work]) -> Sums:
    rows = list(done)
    settled = [row for row in rows if row.outcome != "keyed"]
    kept = [row for row in rows if row.outcome == "confirmed"]
    timed = sum(row.timed_papers for row in rows)
    return Sums(
        drafts=sum(row.drafts for row in settled),
        papers=sum(row.papers for row in settled),
        aside=sum(row.drafts for row in settled if row.outcome != "confirmed"),
        facts=Share(sum(row.facts_untouched for row in kept), sum(row.facts for row in kept)),
        whole_papers=Share(sum(row.papers_untouched for row in kept), sum(row.papers for row in kept)),
        whole_drafts=Share(sum(row.drafts_untouched for row in kept), sum(row.drafts for row in kept)),
        pace=sum(row.seconds for row in rows) / timed if timed else None,
    )


def _by_span(done: Iterable[Work], count: int) -> list[Sums]:
    found: dict[int, list[Work]] = defaultdict(list)
    for row in done:
        found[row.span].append(row)
    return [_sums(found[number]) for number in range(count)]


def _through(done: Sequence[Work], labels: Sequence[str]) -> dict[str, object]:
    """Drafts decided in each span, confirmed ones below those put aside."""
    spans = _by_span(done, len(labels))
    bars = [
        (label, (("main", one.drafts - one.aside), ("quiet", one.aside)), f"{label}: {one.drafts}")
        for label, one in zip(labels, spans, strict=True)
    ]
    return {"chart": charts.columns(bars), "rows": list(zip(labels, spans, strict=True))}


def _untouched(done: Sequence[Work], labels: Sequence[str]) -> dict[str, object]:
    """The shares of values and of papers that people accepted as they were read, in each span."""
    spans = _by_span(done, len(labels))
    series = [
        ("main", [one.facts.value if one.facts.whole else None for one in spans]),
        ("busy", [one.whole_papers.value if one.whole_papers.whole else None for one in spans]),
    ]
    return {"chart": charts.over_time(series, labels), "rows": list(zip(labels, spans, strict=True))}


def _people(rows: Session, done: Sequence[Work]) -> dict[str, object]:
    """Who decided how much; to reviewers their own line and all others in one."""
    named = access.may_see_work_by_name(user())
    names = names_of(rows, {row.user_id for row in done}) if named else {}
    found: dict[str, list[Work]] = defaultdict(list)
    for row in done:
        own = _("You") if row.user_id == user().id else _("Colleagues")
        found[names.get(row.user_id, row.user_id) if named else own].append(row)
    listed = sorted(((name, _sums(of)) for name, of in found.items()), key=lambda one: -one[1].drafts)
    bars = charts.bars([(name, sums.drafts, f"{sums.drafts:,}") for name, sums in listed])
    return {"chart": bars, "rows": listed, "named": named}


def _ages(rows: Session) -> dict[str, object]:
    """Open drafts by how long they have waited; each but the youngest leads to its part of the queue."""
    at = now()
    found = dashboard.ages(rows, filtering.AGES, at)
    since = [(0, found.waiting), *found.since.items(), (None, 0)]
    bins = [(begin, end, count - older) for (begin, count), (end, older) in pairwise(since) if begin is not None]
    told = [(_age(begin, end), begin, count) for begin, end, count in bins]
    tones = ("main", "main", "main", "wait", "warn", "bad")
    bars = [
        (label, ((tone, count),), f"{label}: {count}") for (label, _begin, count), tone in zip(told, tones, strict=True)
    ]
    hours = (at - found.oldest) / timedelta(hours=1) if found.oldest else None
    return {"chart": charts.columns(bars), "rows": told, "waiting": found.waiting, "oldest": hours}


def _age(begin: int, end: int | None) -> str:
    if end is None:
        return f"≥ {_span(begin)}"
    if begin == 0:
        return f"< {_span(end)}"
    same = (begin < _HOURS) == (end < _HOURS)
    number = begin if begin < _HOURS else begin // _HOURS
    return f"{number}–{_span(end)}" if same else f"{_span(begin)}–{_span(end)}"


def _span(hours: int) -> str:
    return _("%(num)s h", num=hours) if hours < _HOURS else _("%(num)s d", num=hours // _HOURS)


def _costs(counts: Counter[float], edges: Sequence[int]) -> dict[str, object]:
    """How often a paper took how much: the middle one, the one that nine in ten do not exceed, and the columns."""
    labels = [f"< {edges[0]}", *(f"{low}–{high}" for low, high in pairwise(edges)), f"≥ {edges[-1]}"]
    found = [0] * len(labels)
    for value, papers in counts.items():
        found[sum(value >= edge for edge in edges)] += papers
    rows = list(zip(labels, found, strict=True))
    return {
        "chart": charts.columns([(label, (("main", count),), f"{label}: {count}") for label, count in rows]),
        "rows": rows,
        "papers": sum(found),
        "median": f"{quantile(counts, 0.5) or 0:.3g}",
        "most": f"{quantile(counts, 0.9) or 0:.3g}",
    }


def _fields(judged: Judged) -> dict[str, object]:
    """How often each value was right as it was read, the least often right first."""
    order = sorted(judged.facts.items(), key=lambda one: (one[1].value, -one[1].whole))
    labels = _labels(fact for fact, _share in order)
    listed = [(labels[fact], share) for fact, share in order]
    rows = [(label, one.value, one.low, one.high, _figure(one)) for label, one in listed[:_WORST]]
    whole = Share(sum(one.part for _l, one in listed), sum(one.whole for _l, one in listed))
    return {"chart": charts.intervals(rows), "rows": listed, "whole": whole, "shown": len(rows)}


def _labels(facts: Iterable[str]) -> dict[str, str]:
    """What each value is called; where several papers call theirs alike, the paper is named as well."""
    listed = [(fact, label, title) for title, rows in words.fact_choices() for fact, label, _kind in rows]
    first = {fact: label for fact, label, _title in listed}
    papers = {fact: title for fact, _label, title in listed}
    plain = {fact: first.get(fact) or words.fact_label(fact) for fact in facts}
    alike = Counter(plain.values())
    return {
        fact: f"{label} · {papers[fact]}" if alike[label] > 1 and fact in papers else label
        for fact, label in plain.items()
    }


def _figure(share: Share) -> str:
    return _("%(share)s of %(num)s", share=charts.percents(share.value), num=f"{share.whole:,}")


def _curve(judged: Judged) -> dict[str, object]:
    """Confidence beside how often people accepted: on the diagonal where it keeps its word."""
    most = max((one.values for one in judged.bins), default=1)
    pairs = list(zip(judged.bins, judged.shares, strict=True))
    points = [
        (one.confidence, share.value, share.low, share.high, one.values / most, _point(one.confidence, share))
        for one, share in pairs
    ]
    return {"chart": charts.curve(points), "rows": pairs, "error": calibration_error(judged.bins)}


def _point(confidence: float, share: Share) -> str:
    return f"{charts.percents(confidence)} → {charts.percents(share.value)} ({share.whole:,})"


def _agreement(agreed: Agreement) -> dict[str, object]:
    """Each way in which two people looked at the same value, where there was any."""
    ways = (
        (_("Two who key blind"), agreed.blind),
        (_("Second person after the first"), agreed.second),
        (_("Quality check after confirmation"), agreed.sampled),
    )
    listed = [(label, share) for label, share in ways if share.whole]
    rows = [(label, one.value, one.low, one.high, _figure(one)) for label, one in listed]
    return {"chart": charts.intervals(rows), "rows": listed, "kappa": kappa(agreed.said), "pairs": dashboard.PAIRS}
