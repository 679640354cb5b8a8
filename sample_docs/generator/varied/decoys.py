"""Paper of no known type: other certificates, blank licenses, invoices, letters, reports. They hold no document."""

from __future__ import annotations

from sample_docs.generator import numbers
from sample_docs.generator.fonts import Face
from sample_docs.generator.papers import Paper
from sample_docs.generator.varied import firms, frames, marks, names, places
from sample_docs.generator.varied.canvas import Canvas, Ink, inks, measure
from sample_docs.generator.varied.chance import Chance, listed
from sample_docs.generator.varied.firms import Firm
from sample_docs.generator.varied.writing import day_forms

_CERTIFICATES = {
    "基本存款账户信息": ("账户名称", "账户号码", "开户银行", "法定代表人", "基本存款账户编号"),
    "基金会法人登记证书": listed("名称|业务范围|住所|法定代表人|类型|原始基金数额|业务主管单位|有效期限"),
    "民办非企业单位登记证书": ("名称", "住所", "法定代表人", "开办资金", "业务范围", "业务主管单位", "有效期限"),
    "事业单位法人证书": ("名称", "宗旨和业务范围", "住所", "法定代表人", "经费来源", "开办资金", "举办单位", "有效期"),
    "食品经营许可证": listed(
        "经营者名称|社会信用代码|法定代表人（负责人）|住所|经营场所|主体业态|经营项目|许可证编号|有效期至"
    ),
    "餐饮服务许可证": ("单位名称", "法定代表人", "地址", "类别", "备注", "有效期限"),
    "食品生产许可证": listed("生产者名称|社会信用代码|法定代表人|住所|生产地址|食品类别|许可证编号|有效期至"),
    "中华人民共和国组织机构代码证": listed("代码|机构名称|机构类型|法定代表人|地址|有效期|颁发单位|登记号"),
    "房屋所有权证": ("房屋所有权人", "共有情况", "房屋坐落", "登记时间", "房屋性质", "规划用途", "房屋状况"),
    "不动产权证书": ("权利人", "共有情况", "坐落", "不动产单元号", "权利类型", "权利性质", "用途", "面积", "使用期限"),
    "安全生产许可证": ("单位名称", "主要负责人", "单位地址", "经济类型", "许可范围", "有效期"),
    "道路运输经营许可证": ("业户名称", "地址", "经营范围", "证件有效期"),
    "卫生许可证": ("单位名称", "法定代表人", "地址", "许可项目", "有效期限"),
    "医疗机构执业许可证": ("机构名称", "法定代表人", "主要负责人", "地址", "诊疗科目", "登记号", "有效期限"),
    "建筑业企业资质证书": listed("企业名称|详细地址|法定代表人|注册资本|经济性质|证书编号|有效期|资质类别及等级"),
    "质量管理体系认证证书": ("组织名称", "统一社会信用代码", "注册地址", "认证范围", "证书编号", "有效期至"),
    "商标注册证": ("商标注册人", "注册人地址", "核定使用商品", "注册日期", "有效期至"),
    "高新技术企业证书": ("企业名称", "证书编号", "发证时间", "有效期"),
    "一般纳税人资格证明": ("纳税人名称", "纳税人识别号", "法定代表人", "地址", "生效日期"),
}  # fmt: skip


def decoy(chance: Chance, px: float) -> Paper:
    """One paper that is none of the known types."""
    kind = chance.weighed({_certificate: 6, _invoice: 2, _letter: 2.5, _blank: 1.5, _statement: 1.5})
    return Paper((kind(chance, px).finished(),), ())


def _value(chance: Chance, caption: str, firm: Firm) -> str:
    """What stands behind a caption."""
    day = day_forms(chance, firm.issued, machine=True)
    for words, value in (
        (("名称", "所有权人", "权利人", "注册人"), firm.name), (("代表人", "负责人"), firm.head), (("社会信用代码",
        "识别号"), firm.code or firm.organisation),
        (("住所", "地址", "坐落", "场所"), firm.address), (("资金", "资本"), firm.capital_text or "叁万元整"),
        (("有效期", "期限"), f"{day}至{firm.issued.year + 5}年12月31日"),
        (("时间", "日期"), day), (("编号", "登记号", "单元号"), chance.digits(14)), (("代码",),
        firm.organisation[:8] + "-" + firm.organisation[8:]),
        (("范围", "项目", "科目", "类别", "商品"), firm.scope[:90]), (("面积",),
        f"共有宗地面积{chance.whole(200, 9000)}㎡/房屋建筑面积{chance.whole(60, 400)}.{chance.digits(2)}㎡"),
    ):  # fmt: skip
        if any(word in caption for word in words):
            return value
    return chance.pick(
        (
            "单独所有",
            "企业法人",
            "财政补助、上级补助",
            "餐饮服务经营者",
            "有限责任公司",
            "出让/市场化商品房",
            "成套住宅",
            "全国",
        )
    )


def _certificate(chance: Chance, px: float) -> Canvas:
    """Another office's certificate, made up much like a license."""
    firm = firms.firm(chance.child("firm"))
    title = chance.pick(list(_CERTIFICATES))
    width, height = chance.pick(((297.0, 210.0), (297.0, 210.0), (210.0, 297.0)))
    canvas = _page(chance, width, height, px)
    if chance.maybe(0.6):
        marks.arms(canvas, chance, width / 2, 14, 26)
    size = min(13.0, (width - 70) / len(title))
    if chance.maybe(0.5):
        marks.foil(canvas, chance, width / 2, 45, title, size, stretch=1.2, gap=1.0)
    else:
        face = chance.pick((Face.SONG_BLACK, Face.HEI_BLACK))
        canvas.text(width / 2, 46, title, face, size, align="center", spacing=1.0)
    canvas.text(width / 2, 64, chance.pick(("（正 本）", "（副本）", "")), Face.SONG_BOLD, 4.6, align="center")
    _certified(chance, canvas, firm, _CERTIFICATES[title])
    bureau = chance.pick(("食品药品监督", "民政", "工商行政"))
    office = places.registry_office(chance, firm.place, firm.issued.year).replace("工商行政", bureau)
    caption = chance.pick(("发证机关", "登记管理机关", "颁发单位（章）", "核发机关"))
    canvas.text(width - 120, height - 44, caption, Face.SONG_BOLD, 4.6)
    day = day_forms(chance, firm.issued, machine=False)
    canvas.text(width - 92, height - 30, day, Face.SONG_MEDIUM, 4.4, layer="fill")
    canvas.flush()
    marks.seal(canvas, chance, width - 62, height - 38, office, diameter=38)
    return canvas


def _certified(chance: Chance, canvas: Canvas, firm: Firm, captions: tuple[str, ...]) -> None:
    """A certificate's rows."""
    y, left = chance.between(78, 86), 32.0
    step = min(13.0, (canvas.height - 70 - y) / len(captions))
    for caption in captions:
        canvas.spread(left, y, caption, max(34.0, measure(caption, Face.SONG_BOLD, 4.4)), Face.SONG_BOLD, 4.4)
        face = chance.pick((Face.SONG_MEDIUM, Face.KAI))
        value = _value(chance, caption, firm)
        end = canvas.paragraph(left + 48, y, value, canvas.width - left - 80, face, 4.2, leading=1.25)
        y = max(y + step, end + 1.5)


def _page(chance: Chance, width: float, height: float, px: float) -> Canvas:
    """Paper with a border."""
    canvas = Canvas(width, height, px, chance.pick(((251, 249, 242), (250, 248, 246), (246, 250, 248))))
    canvas.inks["form"], canvas.inks["fill"] = inks(chance)
    colour = chance.pick(((196, 166, 112), (110, 140, 110), (178, 100, 100), (98, 104, 108)))
    frames.ground(canvas, chance.pick(frames.GROUNDS), 19, colour, chance.between(0.05, 0.25))
    frames.border(canvas, chance.pick(frames.BORDERS), 8, 9, colour, chance.between(0.6, 1))
    return canvas


def _blank(chance: Chance, px: float) -> Canvas:
    """A form that nobody filled in."""
    width, height = chance.pick(((297.0, 210.0), (210.0, 297.0)))
    canvas = _page(chance, width, height, px)
    marks.arms(canvas, chance, width / 2, 12, 30)
    title = chance.pick(("营业执照", "税务登记证", "开户许可证", "企业法人营业执照"))
    marks.foil(canvas, chance, width / 2, 48, title, 15, stretch=1.2, gap=3)
    y = 84.0
    for caption in chance.pick(
        (
            ("名称", "类型", "住所", "法定代表人", "注册资本", "成立日期", "营业期限", "经营范围"),
            ("名称", "类型", "经营者", "组成形式", "注册日期", "经营场所", "经营范围"),
        )
    ):
        canvas.spread(34, y, caption, 30, Face.SONG_BOLD, 4.6)
        y += 11.0 if height > width else 9.5
    canvas.spread(width - 120, height - 46, "登记机关", 30, Face.SONG_BOLD, 4.6)
    canvas.text(width - 70, height - 32, "年    月    日", Face.SONG_BOLD, 4.6)
    return canvas


def _invoice(chance: Chance, px: float) -> Canvas:
    """增值税发票 with buyer and seller."""
    buyer, seller = (firms.firm(chance.child(word), form="company") for word in ("buyer", "seller"))
    canvas = Canvas(240, 140, px, (252, 252, 250))
    canvas.inks["form"] = Ink(chance.pick(((150, 90, 60), (60, 110, 80), (70, 80, 150))))
    title = chance.pick(("增值税专用发票", "增值税普通发票", "电子发票（普通发票）"))
    canvas.text(120, 8, title, Face.SONG_BOLD, 7, align="center", spacing=1.5)
    canvas.text(226, 9, f"№ {chance.digits(8)}", Face.ROMAN, 5, align="right", layer="fill")
    when = "开票日期：" + day_forms(chance, buyer.issued, machine=True)
    canvas.text(226, 16, when, Face.SONG_MEDIUM, 3.2, align="right", layer="fill")
    canvas.box(12, 24, 216, 96, 0.3)
    for y in (46, 54, 84, 92):
        canvas.line(12, y, 228, y, 0.25)
    _trader(chance, canvas, buyer, 26, "购买方")
    _trader(chance, canvas, seller, 94, "销售方")
    _goods(chance, canvas)
    canvas.flush()
    marks.seal(canvas, chance, 205, 112, seller.name, foot="发票专用章", diameter=34, star_inside=False)
    return canvas


def _trader(chance: Chance, canvas: Canvas, side: Firm, top: float, head: str) -> None:
    """Buyer or seller on an invoice."""
    lines = (
        f"名    称：{side.name}",
        f"纳税人识别号：{side.code or side.organisation}",
        f"地址、电话：{side.address} 0{chance.digits(9)}",
        f"开户行及账号：{chance.digits(16)}",
    )
    for row, words in enumerate(lines):
        canvas.text(20, top + row * 4.9, words, Face.SONG_MEDIUM, 3.2, layer="fill")
    canvas.paragraph(14, top, head, 3.6, Face.SONG_MEDIUM, 3.4, layer="form")


def _goods(chance: Chance, canvas: Canvas) -> None:
    """What an invoice is for."""
    face, yuan = Face.SONG_MEDIUM, chance.whole(300, 90_000)
    canvas.text(16, 48, "货物或应税劳务、服务名称   规格型号   单位   数量   单价   金额   税率   税额", face, 3.2)
    work = chance.pick(("技术服务费", "运输费", "咨询费"))
    line = f"*服务*{work}    批   1   {yuan}.00   6%   {yuan * 0.06:.2f}"
    canvas.text(16, 57, line, face, 3.4, layer="fill")
    total = f"价税合计（大写）  {numbers.capital_amount(yuan)}      （小写）¥{yuan}.00"
    canvas.text(16, 86, total, face, 3.6, layer="fill")
    clerks = [names.name(chance) for _ in range(3)]
    hands = f"收款人：{clerks[0]}    复核：{clerks[1]}    开票人：{clerks[2]}    销售方：（章）"
    canvas.text(20, 123, hands, face, 3.2)


_LETTERS = (
    (
        "授权委托书",
        "兹委托我单位{name}同志前往贵处办理相关手续，其在办理上述事项过程中所签署的有关文件，我单位均予以承认。",
    ),
    ("证明", "兹证明{name}系我单位职工，自{day}起在我单位工作至今，任职期间表现良好。特此证明。"),
    ("通知", "根据工作安排，定于{day}召开年度工作会议，请各部门负责人准时参加，并于会前三日提交书面材料。"),
    ("情况说明", "我单位因办公地址搬迁，原印章在搬运过程中遗失，现已登报声明作废，由此产生的一切后果由我单位承担。"),
    ("介绍信", "兹介绍我单位{name}等二人前往你处联系业务，请予接洽为盼。"),
    ("股东会决议", "经全体股东一致同意，选举{name}为执行董事兼法定代表人，任期三年。原章程相应条款作相应修改。"),
    ("收据", "今收到{name}交来货款人民币壹万贰仟元整（¥12,000.00）。"),
    ("离职证明", "{name}于{day}与我单位解除劳动关系，双方已办理完毕离职交接手续，无任何劳动争议。"),
)


def _letter(chance: Chance, px: float) -> Canvas:
    """A plain letter, certificate of work, resolution or receipt."""
    firm = firms.firm(chance.child("firm"), form="company")
    title, words = chance.pick(_LETTERS)
    canvas = Canvas(210, 297, px, (252, 252, 250))
    canvas.inks["fill"] = inks(chance)[1]
    canvas.text(105, 34, title, chance.pick((Face.HEI_BOLD, Face.SONG_BOLD)), 8, align="center", spacing=2)
    text = "　　" + words.format(name=names.name(chance), day=day_forms(chance, firm.issued, machine=True))
    face, size = chance.pick((Face.SONG, Face.KAI, Face.SONG_BOOK)), chance.between(4.6, 5.6)
    end = canvas.paragraph(30, 58, text * chance.whole(1, 2), 150, face, size, leading=2.0)
    canvas.text(178, end + 24, firm.name, face, size, layer="fill", align="right")
    canvas.text(178, end + 36, day_forms(chance, firm.issued, machine=True), face, size, layer="fill", align="right")
    canvas.flush()
    marks.seal(canvas, chance, 150, end + 32, firm.name)
    return canvas


def _statement(chance: Chance, px: float) -> Canvas:
    """A bank's or an office's table of figures."""
    canvas = Canvas(210, 297, px, (253, 253, 253))
    title = chance.pick(("资产负债表", "银行对账单", "工资表", "送货单", "报价单", "社会保险缴费证明"))
    canvas.text(105, 24, title, Face.HEI_BOLD, 7, align="center")
    rows, columns = chance.whole(12, 28), chance.whole(4, 6)
    step, wide = 8.2, 170 / columns
    heads = chance.some(
        ("项目", "期末数", "年初数", "日期", "摘要", "借方金额", "贷方金额", "余额", "姓名", "数量", "单价", "备注"),
        columns,
    )
    for row in range(rows + 1):
        canvas.line(20, 40 + row * step, 190, 40 + row * step, 0.2)
        for column in range(columns if row < rows else 0):
            cell = (
                heads[column]
                if row == 0
                else f"{chance.whole(10, 99_999):,}.{chance.digits(2)}"
                if column
                else chance.pick(("货币资金", "应收账款", "存货", "转账", "消费", "利息", names.name(chance)))
            )
            canvas.text(20 + (column + 0.5) * wide, 42 + row * step, cell, Face.SONG_MEDIUM, 3.4, align="center")
    for column in range(columns + 1):
        canvas.line(20 + column * wide, 40, 20 + column * wide, 40 + rows * step, 0.2)
    return canvas
