"""What ``make bench`` quotes: ratios within a round, and no more pages than asked for."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from tests.bench.__main__ import DEFAULT, RAPID, laps, report, times
from tests.bench.contestants import Done, Lap, side_by_side
from tests.bench.corpus import chosen


def lap(wall: float, processor: float) -> Lap:
    """A lap over ten pages."""
    return Lap(Done(10, {"decode": wall / 4, "read": wall * 3 / 4}, processor), wall)


def test_ratios_are_taken_within_a_round() -> None:
    """A round on a busy machine slows both down, and must not weigh on either."""
    ours, peer = [lap(10, 10), lap(100, 10), lap(10, 10)], [lap(20, 30), lap(200, 30), lap(20, 30)]
    assert times(ours, peer) == "2.00 × wall clock, 3.00 × CPU"


def test_the_report_sets_each_of_ours_beside_its_peer_and_names_the_stages() -> None:
    """Speed, its spread, processor seconds per page, ratio; and where the time goes."""
    lines = report({DEFAULT: [lap(10, 10), lap(20, 20)], RAPID: [lap(20, 20), lap(40, 40)]}).splitlines()
    assert lines[2] == f"| {DEFAULT} | 10 | 45.0 (30.0 to 60.0) | 1.50 | 2.00 × wall clock, 2.00 × CPU |"
    assert lines[-1] == f"Share of time, {DEFAULT}: decode 25%, read 75%"


def test_every_other_round_runs_in_the_opposite_order() -> None:
    """Whoever runs first would else always find the machine as the one before left it."""
    order: list[str] = []

    def run(name: str) -> Lap:
        order.append(name)
        return lap(1, 1)

    laps({"a": lambda: run("a"), "b": lambda: run("b")}, 2)
    assert order == ["a", "b", "b", "a"]


def test_no_more_pages_are_drawn_than_asked_for_and_other_files_are_left_out(tmp_path: Path) -> None:
    """What is no picture is no page; the longest file comes first."""
    page = Image.new("RGB", (40, 30), "white")
    page.save(tmp_path / "one.png")
    page.save(tmp_path / "two.tif", save_all=True, append_images=[page])
    (tmp_path / "truth.jsonl").write_text("{}")
    assert [path.name for path in chosen(tmp_path.iterdir(), 3)] == ["two.tif", "one.png"]
    assert len(chosen(tmp_path.iterdir(), 1)) == 1


def test_processes_are_warm_before_the_clock_starts_and_their_processor_time_is_added_up(tmp_path: Path) -> None:
    """Each process reads the last file once beforehand, unmeasured; every file is read once by the clock."""
    files = [tmp_path / name for name in ("a", "b", "c")]
    for path in files:
        path.write_text("")
    run = side_by_side(note, files)
    assert [len(path.read_text()) for path in files] == [1, 1, 3]
    assert (run.done.pages, run.done.stages) == (3, {"note": 3.0})
    assert run.done.processor >= 0
    assert run.wall > 0


def note(path: Path) -> Done:
    """A reader that leaves a mark in the file."""
    with path.open("a") as file:
        file.write("x")
    return Done(1, {"note": 1.0})
