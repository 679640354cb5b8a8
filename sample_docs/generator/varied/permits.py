"""Account permits (开户许可证) and tax registrations (税务登记证) in their several forms."""

from __future__ import annotations

from datetime import date

from sample_docs.generator.fonts import Face
from sample_docs.generator.papers import Document, Paper
from sample_docs.generator.varied import frames, marks, places
from sample_docs.generator.varied.canvas import Canvas, Colour, fitting, inks, measure
from sample_docs.generator.varied.chance import Chance
from sample_docs.generator.varied.firms import Firm
from sample_docs.generator.varied.writing import day_forms

_GREENS: tuple[Colour, ...] = ((118, 146, 108), (92, 124, 162), (178, 112, 118), (150, 140, 110))
_BANKS = (
    "中国工商银行",
    "中国农业银行",
    "中国银行",
    "中国建设银行",
    "交通银行",
    "招商银行",
    "兴业银行",
    "中信银行",
    "浦发银行",
    "中国邮政储蓄银行",
    "平安银行",
    "中国民生银行",
)
_ACCOUNTS = {
    "基本存款账户": ("J", 8.0),
    "专用存款账户": ("Z", 1.0),
    "临时存款账户": ("L", 0.6),
    "预算单位专用存款账户": ("Z", 0.3),
}
VALUE_FACES = (Face.KAI, Face.SONG_MEDIUM, Face.SONG, Face.SONG_BOOK, Face.HEI)


def bank(chance: Chance, place: places.Place) -> str:
    """A branch of a bank."""
    city = (place.city or place.province).removesuffix("市")
    head = chance.pick(_BANKS) + chance.weighed({"股份有限公司": 6, "": 2})
    if chance.maybe(0.15):
        head = f"{place.county}农村信用合作联社" if chance.maybe(0.5) else f"{city}农村商业银行股份有限公司"
        return head + chance.pick(("营业部", f"{places.road(chance)[:2]}支行", f"{places.road(chance)[:2]}分理处"))
    return (
        head
        + city
        + chance.weighed(
            {
                f"{places.road(chance)}支行": 4,
                "分行营业部": 1,
                "支行": 1,
                f"{place.county.rstrip('市区县')}支行": 4,
                "开发区支行": 1,
                f"{places.road(chance)[:2]}分理处": 0.5,
            }
        )
    )


def account_permit(chance: Chance, firm: Firm, px: float) -> Paper:
    """开户许可证: the name in a sentence, or one row per field."""
    canvas = certificate(chance, 260, 184, px, _GREENS)
    kind = chance.weighed({kind: weight for kind, (_, weight) in _ACCOUNTS.items()})
    permit = _ACCOUNTS[kind][0] + chance.digits(13)
    issued = chance.day(max(firm.established, date(2004, 1, 1)), max(date(2019, 7, 1), firm.established))
    number = chance.pick(("", "6", "1", "2")) + chance.digits(chance.whole(9, 19))
    values = (firm.name, firm.head, bank(chance, firm.place), number)
    _permit_head(chance, canvas, permit)
    draw = _listed if chance.maybe(0.5) else _in_a_sentence
    bottom = draw(chance, canvas, values, kind)
    _permit_foot(chance, canvas, firm, issued, bottom)
    fields = {
        "account_name": firm.name, "account_number": number, "bank_name": values[2], "legal_representative": firm.head,
        "permit_number": permit, "issued_on": issued.isoformat(),
    }  # fmt: skip
    return Paper((canvas.finished(),), (Document("bank_account_permit", (1,), fields),))


def _permit_head(chance: Chance, canvas: Canvas, permit: str) -> None:
    """Title, approval number and form number."""
    face = chance.pick((Face.SONG_BLACK, Face.SONG_BOLD, Face.HEI_BLACK, Face.HEI_BOLD))
    y, size, spacing = chance.between(26, 32), chance.between(9.5, 12), chance.between(2, 5)
    canvas.text(130, y, "开户许可证", face, size, align="center", spacing=spacing)
    serial, colon = f"{chance.digits(4)}-{chance.digits(8)}", chance.pick(("：", "", ":"))
    canvas.text(32, 54, f"核准号{colon}", Face.SONG_BOLD, 4.6)
    x, y = 52 + chance.near(0, 1), 54 + chance.near(0, 0.6)
    canvas.text(x, y, permit, chance.pick((Face.SONG_MEDIUM, Face.SONG, Face.ROMAN)), 4.6, layer="fill")
    canvas.text(228, 54, f"编号{colon}{serial}", Face.SONG_BOLD, 4.6, align="right")


def _permit_foot(chance: Chance, canvas: Canvas, firm: Firm, issued: date, bottom: float) -> None:
    """The central bank's branch: caption, day, seal."""
    x = chance.between(130, 150)
    caption = chance.pick(("发证机关（盖章）", "发证机关（盖章）", "发证机关(盖章)："))
    canvas.text(x, bottom + 5, caption, Face.SONG_BOLD, 5.0)
    words = day_forms(chance, issued, machine=False, chinese=chance.maybe(0.25))
    canvas.text(x + 4, bottom + 23.5, words, chance.pick((Face.SONG_MEDIUM, Face.SONG, Face.KAI)), 5.0, layer="fill")
    canvas.flush()
    town = (firm.place.city or firm.place.province).removesuffix("市")
    owner = f"中国人民银行{town}{chance.pick(('中心支行', '分行', '支行'))}"
    at = (x + chance.between(28, 52), bottom + chance.between(8, 14))
    marks.seal(canvas, chance, *at, owner, diameter=38, foot="账户管理专用章")


def _in_a_sentence(chance: Chance, canvas: Canvas, values: tuple[str, str, str, str], kind: str) -> float:
    """The older text: the name inside a sentence, two lines long. Gives the lowest line's end."""
    face = chance.pick(VALUE_FACES)
    size = fitting(values[0], 104, face, 5.4)
    canvas.text(42, 70, chance.pick(("经审核，", "经审核, ", "经审核，")), Face.SONG_BOLD, 5.2)
    wide = measure(values[0], face, size)
    canvas.text(
        63 + (104 - wide) * chance.pick((0.0, 0.5)), 70 + chance.near(0, 0.5), values[0], face, size, layer="fill"
    )
    if chance.maybe(0.6):
        canvas.line(62, 76.5, 168, 76.5, 0.2)
    canvas.text(169, 70, "符合开户条件，准予", Face.SONG_BOLD, 5.2)
    canvas.text(32, 82, f"开立{kind}。", Face.SONG_BOLD, 5.2)
    rows = (
        ("法定代表人（单位负责人）", values[1]),
        ("开户银行", values[2]),
        (chance.pick(("账号", "账号", "帐号")), values[3]),
    )
    for place, (caption, value) in enumerate(rows):
        y = 96 + place * 11
        if place == 0:
            canvas.text(42, y, caption, Face.SONG_BOLD, 4.8)
        else:
            canvas.spread(42, y, caption, 24, Face.SONG_BOLD, 4.8)
        left = 104 if place == 0 else 74
        canvas.text(left, y + chance.near(0, 0.5), value, face, fitting(value, 236 - left, face, 5.2), layer="fill")
    return 127.0


def _listed(chance: Chance, canvas: Canvas, values: tuple[str, str, str, str], kind: str) -> float:
    """The newer text: one row per field. Gives the lowest line's end."""
    canvas.text(42, 67, f"经审核，下列存款人符合开户条件，准予开立{kind}。", Face.SONG_BOLD, 4.8)
    head = "法定代表人（单位负责人）" if chance.maybe(0.4) else "法定代表人"
    rows = [
        ("存款人名称", values[0]),
        (head, values[1]),
        ("开户银行", values[2]),
        ("账号", values[3]),
        ("账户性质", kind),
    ]
    face = chance.pick(VALUE_FACES)
    width = measure(head, Face.SONG_BOLD, 4.8) if "（" in head else 28
    for place, (caption, value) in enumerate(rows):
        y = 79 + place * 9.6
        canvas.spread(42, y, caption, width, Face.SONG_BOLD, 4.8)
        canvas.text(
            48 + width, y + chance.near(0, 0.4), value, face, fitting(value, 186 - width, face, 4.8), layer="fill"
        )
    return 128.0


def certificate(chance: Chance, width: float, height: float, px: float, colours: tuple[Colour, ...]) -> Canvas:
    """Paper of a certificate with ground and border."""
    canvas = Canvas(
        width, height, px, chance.pick(((250, 250, 246), (252, 246, 244), (248, 250, 246), (246, 248, 251)))
    )
    canvas.inks["form"], canvas.inks["fill"] = inks(chance)
    colour = chance.pick(colours)
    frames.ground(canvas, chance.pick(frames.GROUNDS), 19, colour, chance.between(0.06, 0.28))
    frames.border(canvas, chance.pick(frames.BORDERS), chance.between(7, 9), 9, colour, chance.between(0.6, 1.0))
    return canvas
