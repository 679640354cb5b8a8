"""Papers of a labelled corpus reviewed at the desk in Chromium by keyboard alone, and what that takes.

``python -m tests.bench.desk CORPUS [--papers 40]`` hands each file in as a case of its own over HTTP, has the
service's own workers read them, and then plays a reviewer who knows the truth (:mod:`tests.bench.reviewer`), while
further papers keep the workers busy. Told are the keys struck beside the target, pointer moves, and the time between
Ctrl+Enter and the next paper being ready: its picture drawn and its first field focused, as the page itself sees it.
Before that each draft is opened once by its address: how long until the first picture stands.

Reading takes minutes. ``--kept FOLDER`` keeps the service's data folder as it is once all are read, and begins there
the next time.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from playwright.sync_api import Page

from intake.evaluation.truth import FileTruth, parse_truth
from tests.bench.office import Busy, office, read_in
from tests.bench.reviewer import Shown, Task, Truth, Typed, cost, mending, task, truths
from tests.browser.conftest import Site

NEXT_MS = 20_000
MOST_STEPS = 400
"""Of one paper: more, and the reviewer is lost."""
READY_MS, LATEST_MS, PICTURE_MS, GLIDE_MS = 300, 700, 300, 100
"""Targets: the next paper ready (median, 95 of 100), the first picture, the glide to a field."""

WATCH = """
(() => {
  const now = () => performance.timeOrigin + performance.now();
  const keep = (name, value) => sessionStorage.setItem("bench." + name, JSON.stringify(value));
  const kept = (name) => JSON.parse(sessionStorage.getItem("bench." + name));
  addEventListener("keydown", (event) => {
    const desk = document.querySelector("[data-review]");
    if (event.key === "Enter" && event.ctrlKey && desk) keep("asked", { at: now(), draft: desk.dataset.draft });
  }, true);
  for (const kind of ["pointermove", "pointerdown", "wheel", "touchstart"])
    addEventListener(kind, (event) => event.isTrusted && keep("pointer", (kept("pointer") ?? 0) + 1), true);
  const look = () => {
    const asked = kept("asked");
    const desk = document.querySelector("[data-review]");
    if (asked && !asked.ready && desk && desk.dataset.draft !== asked.draft) {
      const first = (name, so) => so && !asked[name] && (asked[name] = now() - asked.at);
      first("swapped", true);
      first("keys", desk.dataset.ready && desk.contains(document.activeElement));
      first("picture", desk.dataset.scanReady);
      first("ready", asked.keys && asked.picture);
      keep("asked", asked);
    }
    requestAnimationFrame(look);
  };
  look();
  new PerformanceObserver((seen) => seen.getEntries().forEach((one) => keep("first", one.renderTime || one.loadTime)))
    .observe({ type: "element", buffered: true });
})();
"""
DESK = """() => [...document.querySelectorAll("[data-fact]")].map((fact) => ({
  fact: fact.dataset.fact, kind: fact.dataset.kind, state: fact.dataset.state, decided: fact.dataset.action !== "",
  typed: fact.dataset.value, jump: fact.dataset.jump ?? "",
  others: [...fact.querySelectorAll("[data-apply-value]")].map((one) => one.dataset.applyValue) }))"""
HELD = """() => { const held = document.activeElement; return {
  fact: held.closest("[data-fact]")?.dataset.fact ?? "", tick: held.name === "acknowledged",
  confirm: held.matches("[data-confirm]") }; }"""
KEPT = "name => JSON.parse(sessionStorage.getItem('bench.' + name))"
GONE_ON = (
    "draft => document.querySelector('[data-error]') || !document.querySelector(`[data-review][data-draft='${draft}']`)"
)
STANDS = "() => !document.querySelector('[data-review]') || JSON.parse(sessionStorage.getItem('bench.asked'))?.ready"


@dataclass(slots=True)
class Reviewed:
    """One paper as it was reviewed: keys beside the target, and the page's own times (ms) until the next one stood."""

    file: str
    types: str
    task: Task
    keys: int = 0
    ticks: int = 0
    pointer: int = 0
    waited: Mapping[str, float] = field(default_factory=dict)
    glide: float = 0.0

    @property
    def target(self) -> int:
        """Keys that the paper may take: its task's, and Enter for each box that an error wants ticked."""
        return self.task.target + self.ticks


@dataclass(slots=True)
class Hands:
    """A reviewer's hands on the keyboard of one page."""

    page: Page
    struck: int = 0

    def press(self, *keys: str | Typed) -> None:
        """Strike keys, each counted."""
        for key in keys:
            if isinstance(key, Typed):
                self.page.keyboard.type(key.text)
            else:
                self.page.keyboard.press(key)
        self.struck += cost(keys)


def decide(hands: Hands, shown: Sequence[Shown], right: Mapping[str, Truth]) -> int:
    """Decide every value, the ones that ask first, then the surely wrong ones; gives the boxes that were ticked."""
    by_name, ticks = {one.fact: one for one in shown}, 0
    asking = {one.fact for one in shown if not one.decided}
    left = [fact for fact in task(shown, right).wrong if fact not in asking]
    for _ in range(MOST_STEPS):
        held = hands.page.evaluate(HELD)
        if held["tick"]:
            ticks += 1
            hands.press("Enter")
        elif held["fact"] in asking:
            asking.remove(held["fact"])
            hands.press(*_answer(by_name[held["fact"]], right))
        elif left:
            one = by_name[left.pop(0)]
            hands.press(f"Alt+{one.jump.replace('⇧', 'Shift+')}", *mending(one, right.get(one.fact, Truth())))
        elif held["confirm"]:
            return ticks
        else:
            break
    raise RuntimeError(f"the reviewer is lost at {held}")


def _answer(one: Shown, right: Mapping[str, Truth]) -> Sequence[str | Typed]:
    """The keys for a value that asks for a person and is in hand."""
    truth = right.get(one.fact, Truth())
    return ("Enter",) if one.typed and truth.holds(one.typed) else mending(one, truth)


def review(page: Page, truth: Mapping[str, FileTruth], look: float) -> Reviewed:
    """Review the paper that stands on the desk and confirm it; the next one stands there then, if there is one."""
    page.wait_for_timeout(look * 1000)
    draft_id = str(page.locator("[data-review]").get_attribute("data-draft"))
    of = truth[draft_id]
    shown = [Shown(**{**one, "others": tuple(one["others"])}) for one in page.evaluate(DESK)]
    right = truths(of.documents)
    hands = Hands(page)
    done = Reviewed(of.file, "+".join(sorted({one.type for one in of.documents})), task(shown, right))
    before = page.evaluate(KEPT, "pointer") or 0
    done.ticks = decide(hands, shown, right)
    done.glide = float(page.locator("[data-review]").get_attribute("data-glide") or 0)
    for _ in range(3):  # what was typed may come back with a box to tick
        hands.press("Control+Enter")
        page.wait_for_function(GONE_ON, arg=draft_id, timeout=NEXT_MS)
        if page.locator(f"[data-review][data-draft='{draft_id}']").count() == 0:
            break
        hands.press("Control+Enter")
        done.ticks += decide(hands, (), {})
    page.wait_for_function(STANDS, timeout=NEXT_MS)
    done.keys, done.pointer = hands.struck, (page.evaluate(KEPT, "pointer") or 0) - before
    done.waited = {name: ms for name, ms in (page.evaluate(KEPT, "asked") or {}).items() if name not in ("at", "draft")}
    return done


@dataclass(frozen=True, slots=True)
class Figures:
    """All papers of a run, and under what it ran."""

    papers: Sequence[Reviewed]
    opened: Sequence[float]
    """Until the first picture of each draft stood that was opened by its address, ms."""
    load: float
    beside: int
    """Papers that were handed in meanwhile."""


def report(figures: Figures) -> str:
    """The figures as Markdown, each beside its target."""
    done = figures.papers
    sure = [one for one in done if not one.task.wrong and not one.task.looked_at and not one.ticks]
    others = [one for one in done if one not in sure]
    over = [one for one in done if one.keys > one.target]
    asked = [sum(len(one.task.looked_at) for one in done), sum(len(one.task.wrong) for one in done)]
    parts = "; ".join(f"{statistics.median(_part(done, name) or [0]):.0f}" for name in ("swapped", "keys", "picture"))
    rows = [
        ("papers; values on them", f"{len(done)}; {sum(one.task.facts for one in done)}", ""),
        ("papers without doubtful values: keys each", f"{len(sure)}: {_spread([one.keys for one in sure])}", "1"),
        ("values in doubt and right; wrong values", f"{asked[0]}; {asked[1]}", ""),
        ("boxes to tick at errors", str(sum(one.ticks for one in done)), ""),
        (
            "keys on all other papers",
            f"{len(others)}: {sum(one.keys for one in others)}",
            f"at most {sum(one.target for one in others)}",
        ),
        ("papers that took more keys than their target", str(len(over)), "0"),
        ("pointer moves", str(sum(one.pointer for one in done)), "0"),
        (
            "next paper ready after Ctrl+Enter, ms: median; 95 of 100; longest",
            _times(_part(done, "ready")),
            f"{READY_MS}; {LATEST_MS}",
        ),
        ("of that until its desk is in the page; takes keys; has its picture (medians)", parts, ""),
        (
            "the view's glide to a value, ms: median; 95 of 100; longest",
            _times([one.glide for one in done if one.glide]),
            f"{GLIDE_MS}",
        ),
        (
            "first picture of a draft opened by its address, ms: median; 95 of 100; longest",
            _times(figures.opened),
            f"{PICTURE_MS}",
        ),
        ("load at the end; papers handed in meanwhile", f"{figures.load:.1f}; {figures.beside}", ""),
    ]
    lines = ["| what | figure | target |", "| --- | --- | --- |", *(f"| {' | '.join(row)} |" for row in rows)]
    told = ", ".join(f"{one.file} ({one.keys} for {one.target})" for one in over)
    return "\n".join([*lines, *(["", f"Over their target: {told}"] if over else [])])


def _part(done: Iterable[Reviewed], name: str) -> list[float]:
    return [one.waited[name] for one in done if name in one.waited]


def _spread(numbers: Sequence[int]) -> str:
    return "none" if not numbers else f"{statistics.median(numbers):.0f} ({min(numbers)} to {max(numbers)})"


def _times(ms: Sequence[float]) -> str:
    """Median; 95 of 100; longest."""
    if not ms:
        return "none"
    ordered = sorted(ms)
    late = ordered[min(len(ordered) * 95 // 100, len(ordered) - 1)]
    return f"{statistics.median(ordered):.0f}; {late:.0f}; {ordered[-1]:.0f}"


def openings(page: Page, drafts: Iterable[str]) -> list[float]:
    """Open each draft by its address, as from a link; gives the ms until its first picture stood."""
    found = []
    for draft_id in drafts:
        page.evaluate("sessionStorage.removeItem('bench.first')")
        page.goto(f"/reviews/{draft_id}")
        page.wait_for_selector("[data-review][data-scan-ready]", timeout=NEXT_MS)
        found.append(float(page.evaluate(KEPT, "first")))
    return found


def work(site: Site, page: Page, truth: Mapping[str, FileTruth], busy: Busy | None, look: float) -> Figures:
    """Review every paper in the queue's order; gives the figures."""
    page.context.add_init_script(WATCH)
    opened = openings(page, truth)
    page.goto("/reviews")
    page.locator("[data-next]").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('[data-review]')?.dataset.scanReady", timeout=NEXT_MS)
    done: list[Reviewed] = []
    while len(done) < len(truth):
        if busy is not None:
            busy.keep()
        done.append(review(page, truth, look))
        sys.stderr.write(f"{len(done)}/{len(truth)} {done[-1].file}: {done[-1].keys} keys, {done[-1].waited}\n")
    assert site.complaints == [], site.complaints
    return Figures(done, opened, os.getloadavg()[0], busy.sent if busy else 0)


def read_once(order: argparse.Namespace, folder: Path) -> dict[str, FileTruth]:
    """Have the papers read in ``folder``, or copied there out of the kept one; gives the truth of each draft."""
    lines = parse_truth((order.corpus / "truth.jsonl").read_text("utf-8").splitlines())
    chosen = random.Random(0).sample(lines, min(order.papers, len(lines)))  # noqa: S311 - repeatable on purpose
    by_name = {one.file: one for one in lines}
    index = None if order.kept is None else order.kept / "drafts.json"
    if index is not None and index.is_file():
        shutil.copytree(order.kept, folder, dirs_exist_ok=True)
        return {draft_id: by_name[name] for draft_id, name in json.loads(index.read_text()).items()}
    truth = read_in(folder, order.corpus, chosen, order.workers)
    if index is not None:
        shutil.copytree(folder, order.kept, dirs_exist_ok=True)
        index.write_text(json.dumps({draft_id: one.file for draft_id, one in truth.items()}))
    return truth


def main() -> None:
    """Have the papers read, review them, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, help="a folder with truth.jsonl")
    parser.add_argument("--papers", type=int, default=40)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--look", type=float, default=1.0, help="seconds that the reviewer looks before the first key")
    parser.add_argument("--idle", action="store_true", help="hand nothing in meanwhile")
    parser.add_argument("--kept", type=Path, help="a folder that keeps what was read between runs")
    parser.add_argument("--json", action="store_true", help="every paper's figures instead of the table")
    order = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        truth = read_once(order, Path(folder))
        with office(Path(folder), order.workers) as (site, counter, page):
            more = [path for path in sorted(order.corpus.iterdir()) if path.suffix in {".jpg", ".png", ".pdf"}]
            busy = None if order.idle else Busy(counter, site.database, more)
            figures = work(site, page, truth, busy, order.look)
    print(json.dumps(asdict(figures), ensure_ascii=False, indent=1) if order.json else report(figures))  # noqa: T201 - a command's output


if __name__ == "__main__":
    main()
