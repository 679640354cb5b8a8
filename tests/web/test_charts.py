"""Where the parts of a chart lie: percent across, pixels down, nothing outside."""

from __future__ import annotations

from web import charts


def test_columns_stand_on_the_floor_and_their_parts_on_each_other() -> None:
    """The highest column reaches the scale's last line at most; the parts of a column do not overlap."""
    chart = charts.columns([("a", (("main", 30.0), ("quiet", 10.0)), "a: 40"), ("b", (("main", 0.0),), "b: 0")])
    first, second = chart.columns
    below, above = first.parts
    assert below.y + below.height == chart.floor
    assert above.y + above.height == below.y
    assert above.y == chart.ticks[-1].place
    assert (second.parts, second.figure, first.figure) == ((), "0", "40")
    assert [tick.text for tick in chart.ticks] == ["10", "20", "30", "40"]


def test_labels_of_many_columns_keep_their_distance_and_the_last_one() -> None:
    """Of 52 weeks at most ten are named, every second of them not on a phone, and figures have no room."""
    chart = charts.columns([(str(number), (("main", 1.0),), "") for number in range(52)])
    named = [column for column in chart.columns if column.label]
    assert len(named) <= 10
    assert (named[-1].label, named[-1].rare) == ("51", False)
    assert [column.rare for column in named[-3:]] == [False, True, False]
    assert all(column.figure == "" for column in chart.columns)


def test_intervals_share_a_scale_that_holds_the_smallest() -> None:
    """The scale begins at a round share below every interval, and the whole lies at its end."""
    chart = charts.intervals([("a", 1.0, 0.97, 1.0, ""), ("b", 0.9, 0.86, 0.95, "")])
    assert [tick.text for tick in chart.ticks] == ["80%", "85%", "90%", "95%", "100%"]
    assert [(row.low, row.x, row.high) for row in chart.rows] == [(85.0, 100.0, 100.0), (30.0, 50.0, 75.0)]


def test_a_perfect_curve_lies_on_the_diagonal() -> None:
    """A point whose confidence holds lies as far across as upwards."""
    chart = charts.curve([(0.5, 0.5, 0.5, 0.5, 1.0, ""), (1.0, 1.0, 1.0, 1.0, 0.25, "")])
    first, last = chart.dots
    assert (first.x, first.y, last.x, last.y) == (0.0, chart.floor, 100.0, chart.top)
    assert (first.size, last.size) == (9.0, 6.0)


def test_lines_over_time_leave_out_what_is_not_known() -> None:
    """A day without a decision has no point."""
    chart = charts.over_time([("main", [0.5, None, 1.0])], ["a", "b", "c"])
    assert [dot.x for dot in chart.lines[0].dots] == [16.667, 83.333]
    assert [tick.text for tick in chart.below] == ["a", "b", "c"]


def test_bars_are_as_long_as_their_share_of_the_longest() -> None:
    """Nothing at all is no bar."""
    assert [row.high for row in charts.bars([("a", 8, "8"), ("b", 2, "2")]).rows] == [100.0, 25.0]
    assert [row.high for row in charts.bars([("a", 0, "0")]).rows] == [0.0]


def test_scales_are_round_and_only_the_whole_is_called_so() -> None:
    """At most six lines, none below one; 99.96 % is not 100 %."""
    assert (charts.scale(37), charts.scale(0.4)) == ((0.0, 10.0, 20.0, 30.0, 40.0), (0.0, 1.0))
    assert [charts.percents(share) for share in (0.9996, 1, 0.5)] == ["99.9%", "100%", "50.0%"]
