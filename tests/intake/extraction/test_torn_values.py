"""Values of which a line may be missing, and names that go on in the next."""

from __future__ import annotations

import pytest

from intake import doctypes
from intake.extraction.extract import extract
from intake.extraction.sheet import Sheet
from intake.types import FieldReading
from tests.intake.extraction.typed import pages

LICENSE, CARD = doctypes.get("business_license"), doctypes.get("id_card_front")


def read(body: str, kind: doctypes.DocumentType) -> dict[str, FieldReading]:
    """The fields read off a typed page by both readers."""
    both = (*pages(body), *pages(body, "tesseract"))
    return {one.field: one for one in extract((Sheet(both),), kind)}


def scope(*lines: str) -> FieldReading:
    """The scope of such lines, as it is printed beside its caption."""
    first, *more = lines
    head = "名称            甲县东风机械厂\n法定代表人      王小明\n住所            甲县人民路1号\n"
    body = f"{head}经营范围        {first}\n" + "".join(f"                {line}\n" for line in more)
    return read(body, LICENSE)["business_scope"]


def test_a_scope_that_stops_at_the_edge_without_a_mark_is_doubted() -> None:
    """A line below it may be lost; with a mark, or short of the edge, it has ended."""
    cut = scope("一般项目：软件开发；信息技术咨询；", "市场营销策划；会议及展览服务；数据")
    ended = scope("一般项目：软件开发；信息技术咨询；", "市场营销策划；会议及展览服务数据。")
    short = scope("一般项目：软件开发；信息技术咨询；", "市场营销策划；会议及展览服务")
    assert cut.confidence < 0.95 < min(ended.confidence, short.confidence)


@pytest.mark.parametrize(
    "lines",
    [("阿卜杜热西提·", "阿卜杜克热木江"), ("阿卜杜热西提", "·阿卜杜克热木江"), ("阿卜杜热西提·阿卜杜", "克热木江")],
)
def test_a_long_name_goes_on_in_the_line_below(lines: tuple[str, str]) -> None:
    """Cards print fifteen letters on two lines."""
    body = f"姓名  {lines[0]}\n      {lines[1]}\n性别  男    民族  维吾尔\n出生  1985 年 3 月 12 日\n"
    found = read(body, CARD)
    assert (found["name"].value, found["sex"].value) == ("阿卜杜热西提·阿卜杜克热木江", "男")


def test_what_stands_under_a_name_whose_next_caption_was_lost_is_no_part_of_it() -> None:
    """性别 under a stamp leaves 男 alone."""
    body = "姓名  阿不都拉·买买提\n      男\n出生  1985 年 3 月 12 日\n住址  喀什市某某路12号\n"
    assert read(body, CARD)["name"].value == "阿不都拉·买买提"
