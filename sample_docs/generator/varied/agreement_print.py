"""Contracts on paper: text that flows over pages in one of many settings, signatures, seals, days."""

from __future__ import annotations

from sample_docs.generator.fonts import Face
from sample_docs.generator.papers import Paper
from sample_docs.generator.varied import marks
from sample_docs.generator.varied.agreement_flow import Flow, Setting
from sample_docs.generator.varied.agreement_words import FILLERS
from sample_docs.generator.varied.agreements import Agreement, Side, agreement, day
from sample_docs.generator.varied.chance import Chance, listed
from sample_docs.generator.varied.labelled import LabelledDocument
from sample_docs.generator.varied.signatures import signatures

_BODIES = {
    Face.SONG: 5.0,
    Face.SONG_BOOK: 4.0,
    Face.SONG_MEDIUM: 2.0,
    Face.KAI: 1.0,
    Face.HEI: 1.0,
    Face.MICROHEI: 0.6,
    Face.SONG_LIGHT: 0.6,
}


def contract(chance: Chance, px: float) -> Paper:
    """A contract's pages with their truth."""
    says = agreement(chance.child("words"))
    flow = Flow(chance, _setting(chance), px)
    signed_above, cover = chance.maybe(0.18), chance.maybe(0.12)
    if cover:
        _cover(chance, flow, says)
    _head(chance, flow, says, cover=cover, signed_above=signed_above)
    for place, (text, heading) in enumerate(says.paragraphs):
        if heading:
            flow.room(2.5 * flow.look.leading)
        flow.paragraph(text, bold=heading, indent=0.0 if heading else None)
        if place == 1 and says.table:
            _table(flow, says.table)
    signed = signatures(chance, flow, says, dated=not signed_above)
    if signed_above or signed:
        says.truth["signed_on"] = says.signed.isoformat()
    if chance.maybe(0.22):
        _annex(chance, flow)
    _page_numbers(flow)
    if len(flow.sheets) > 1 and says.second.sealed and chance.maybe(0.15):
        _seam(chance, flow, says.second.name)
    images = tuple(sheet.finished() for sheet in flow.sheets)
    pages = tuple(range(1, len(images) + 1))
    others = tuple((name, tuple(values)) for name, values in says.alternatives.items())
    labelled = LabelledDocument(
        "contract", pages, says.truth, (), others, tuple(says.optional), unordered=says.unordered
    )
    return Paper(images, (labelled,))


def _setting(chance: Chance) -> Setting:
    """How this contract is typed."""
    em, left, body = chance.between(3.6, 4.6), chance.between(22, 32), chance.weighed(_BODIES)
    sans = body in {Face.HEI, Face.MICROHEI}
    bold = Face.HEI_BOLD if sans else chance.pick((Face.SONG_BOLD, Face.HEI_MEDIUM))
    leading, justified = em * chance.between(1.5, 2.1), chance.maybe(0.6)
    numbered = chance.pick(("", "1", "- 1 -", "第1页 共{}页", "1/{}"))
    return Setting(body, bold, em, leading, left, 210 - 2 * left, justified, numbered)


def _cover(chance: Chance, flow: Flow, says: Agreement) -> None:
    """A first page with the title, the number and the parties."""
    sheet, look = flow.room(200), flow.look
    if says.number:
        sheet.text(190 - look.left / 2, 36, f"合同编号：{says.number}", look.body, look.em, align="right")
    sheet.text(
        105,
        84,
        says.title,
        chance.pick((Face.HEI_BOLD, Face.SONG_BLACK)),
        min(10.5, 150 / len(says.title)),
        align="center",
    )
    for place, side in enumerate((says.first, says.second)):
        y = 160 + place * 14
        end = sheet.text(44, y, f"{side.role}：", look.body, 5.2)
        sheet.text(end, y, side.name, look.body, min(5.0, (186 - end) / max(len(side.name), 1)))
    flow.y = flow.bottom


def _head(chance: Chance, flow: Flow, says: Agreement, *, cover: bool, signed_above: bool) -> None:
    """Title, number, parties with their addresses, the day where it stands above."""
    look, sheet = flow.look, flow.room(70)
    if chance.maybe(0.08):
        model = f"（GF—{chance.whole(1999, 2020)}—0{chance.whole(101, 999)}）"
        sheet.text(look.left, flow.top - 8, model, look.body, look.em)
    above, place = chance.maybe(0.35), chance.pick(("right", "right", "left"))
    number = "" if cover or not says.number else _number_caption(chance, says.number) + says.number
    if number and above:
        flow.aligned(number, place)
    size = min(chance.between(5.8, 8.2), look.width / len(says.title))
    face = chance.pick((Face.HEI_BOLD, Face.SONG_BOLD, Face.SONG_BLACK, Face.HEI_MEDIUM))
    sheet.text(105, flow.y + 2, says.title, face, size, align="center", spacing=chance.pick((0.0, 0.0, 1.5)))
    flow.y += size + 9
    if number and not above:
        flow.aligned(number, place)
    if signed_above:
        flow.aligned(chance.pick(("签订时间：", "签订日期：", "签约日期：")) + day(chance, says.signed), "left")
    details = chance.weighed({"address": 4, "none": 4, "full": 2})
    for side in (says.first, says.second):
        for line in _lines(chance, side, details):
            flow.paragraph(line, indent=0.0, bold=line.startswith(side.role) and chance.maybe(0.3))
    flow.y += look.leading * 0.3


def _number_caption(chance: Chance, number: str) -> str:
    """What stands before a contract's number."""
    return chance.pick(("合同编号：", "编号：", "合同编号: ", "合同号：", "No. " if number.isascii() else "编号："))


def _lines(chance: Chance, side: Side, details: str) -> list[str]:
    """What is said of a party before the clauses."""
    lines = [f"{side.role}{chance.pick(('：', '：', ':'))}{side.name}"]
    if details != "none":
        lines.append(f"{chance.pick(('地址', '住所地', '住所')) if side.sealed else '住址'}：{side.address}")
    if details == "full":
        lines.append(f"{'法定代表人' if side.sealed else '联系人'}：{side.signer}")
        lines.append(f"联系电话：{chance.pick(('1380', '1591', '0571-', '1377'))}{chance.digits(7)}")
    return lines


def _seam(chance: Chance, flow: Flow, owner: str) -> None:
    """A seal across the pages' edges (骑缝章): a part of it on each."""
    y, width = chance.between(90, 200), 40 / len(flow.sheets)
    for place, sheet in enumerate(flow.sheets):
        sheet.flush()
        marks.seal(sheet, chance, 210 + 20 - width * (place + 1), y, owner, strength=chance.between(0.4, 0.8))


def _annex(chance: Chance, flow: Flow) -> None:
    """Pages after the signatures: a list of what is to be delivered or done."""
    flow.y = flow.bottom
    look = flow.look
    flow.room(40).text(
        look.left,
        flow.top,
        chance.pick(listed("附件一：技术要求|附件1：服务内容和标准|附件：验收规程")),
        look.bold,
        5.0,
    )
    flow.y += 12
    for place in range(chance.whole(12, 90)):
        first, second = chance.some(FILLERS, 2)
        text = chance.pick((first, second.partition("，")[2] or second, first.partition("，")[0] + "。"))
        flow.paragraph(f"{place // 6 + 1}.{place % 6 + 1} {text}", indent=0.0)


def _table(flow: Flow, rows: list[tuple[str, ...]]) -> None:
    """A ruled table; the first column takes the room that the others leave."""
    look, height, others = flow.look, 7.4, 24.0
    sheet = flow.room(height * len(rows) + 5)
    edges = [look.left, *(look.left + look.width - others * left for left in range(len(rows[0]) - 1, -1, -1))]
    top = flow.y + 1
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            sheet.text(
                (edges[place] + edges[place + 1]) / 2,
                top + number * height + 1.8,
                cell,
                look.bold if number == 0 else look.body,
                3.5,
                align="center",
            )
    for number in range(len(rows) + 1):
        sheet.line(edges[0], top + number * height, edges[-1], top + number * height, 0.2)
    for edge in edges:
        sheet.line(edge, top, edge, top + height * len(rows), 0.2)
    flow.y = top + height * len(rows) + 4


def _page_numbers(flow: Flow) -> None:
    """Numbers along the foot in the setting's form."""
    form = flow.look.numbered
    for place, sheet in enumerate(flow.sheets):
        if form:
            sheet.text(
                105,
                283,
                form.replace("1", str(place + 1), 1).format(len(flow.sheets)),
                flow.look.body,
                3.2,
                align="center",
            )
