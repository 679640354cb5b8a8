"""What the invented businesses do: the word in the name and the lines of the scope, in the forms of three decades."""

from __future__ import annotations

from dataclasses import dataclass

from sample_docs.generator.varied.chance import Chance, listed


@dataclass(frozen=True, slots=True)
class Trade:
    """A line of business: words that names use, activities for the scope, forms of small shops."""

    words: tuple[str, ...]
    items: tuple[str, ...]
    shops: tuple[str, ...]


TRADES = (
    Trade(
        ("贸易", "商贸", "经贸", "进出口"),
        listed(
            "日用百货销售|针纺织品批发|五金交电零售|建筑材料销售|办公用品销售|包装材料的销售|货物进出口|技术进出口|劳保用品批发、零售|化工产品（不含危险化学品）销售|自营和代理各类商品及技术的进出口业务（国家限定企业经营或禁止进出口的商品和技术除外）"
        ),
        listed("百货店|商行|经营部|批发部|便利店|超市"),
    ),
    Trade(
        listed("机械|机械设备|机电设备|机械制造|重工"),
        listed(
            "通用机械设备制造|普通机械及配件的销售|机械零部件加工|矿山机械、工程机械维修|金属切削机床制造|模具设计、制造|液压系统设计|起重机械（不含特种设备）安装|机电产品批发|轴承、阀门、管件销售|专用设备修理"
        ),
        listed("机械加工厂|机械配件厂|农机配件经营部|机修店"),
    ),
    Trade(
        listed("科技|信息技术|网络科技|电子科技|软件"),
        listed(
            "计算机软硬件的技术开发|信息系统集成服务|软件开发|技术咨询、技术服务、技术转让|电子产品销售|物联网技术服务|数据处理和存储支持服务|网络技术推广服务|互联网信息服务|安防监控设备安装|通讯器材零售"
        ),
        listed("电脑店|通讯器材店|电子经营部|数码店"),
    ),
    Trade(
        ("餐饮管理", "餐饮", "食品", "食品科技"),
        listed(
            "餐饮服务|小餐饮|热食类食品制售|冷食类食品制售|预包装食品兼散装食品批发|食品经营（仅销售预包装食品）|初级农产品销售|餐饮管理|膳食管理服务|糕点加工|酒类经营"
        ),
        listed("小吃店|餐馆|面馆|火锅店|酒楼|饭庄|食品店|早餐店|奶茶店"),
    ),
    Trade(
        listed("建筑工程|建设工程|建筑劳务|装饰工程|市政工程"),
        listed(
            "房屋建筑工程施工|室内外装饰装修工程设计、施工|市政公用工程施工总承包|园林绿化工程施工|土石方工程|钢结构工程专业承包|建筑劳务分包|水电安装|消防设施工程设计与施工|建筑机械设备租赁|防水工程"
        ),
        listed("装饰材料经营部|建材店|门窗加工店|水暖器材店|五金店"),
    ),
    Trade(
        ("服饰", "纺织", "服装", "针织", "皮革制品"),
        listed(
            "服装、服饰及面料的设计、制造|针纺织品及原料销售|鞋帽、箱包批发兼零售|皮革制品加工|服装辅料销售|绣花加工|印染助剂销售|羊毛衫加工"
        ),
        listed("服装店|制衣厂|鞋店|布艺店|手袋加工厂|裁缝店"),
    ),
    Trade(
        listed("农业科技|农业发展|生态农业|畜牧|水产养殖"),
        listed(
            "蔬菜、水果、花卉的种植及销售|家禽、家畜养殖、销售|农业技术推广服务|苗木种植|化肥、农用薄膜销售|农副产品收购|水产品养殖|农业机械租赁|中药材种植|粮食收购|饲料批发"
        ),
        listed("种植园|养殖场|农资经营部|花卉园|家庭农场|水果店"),
    ),
    Trade(
        listed("物流|供应链管理|运输|国际货运代理"),
        listed(
            "普通货运|道路货物运输|货物专用运输（集装箱）|仓储服务（不含危险品）|装卸搬运|货运代理|国内快递（邮政企业专营业务除外）|停车服务|供应链管理服务|汽车租赁"
        ),
        listed("货运部|托运部|配货站|汽车修理厂|洗车行"),
    ),
    Trade(
        listed("文化传媒|广告|文化传播|影视传媒|会展服务"),
        listed(
            "设计、制作、代理、发布国内各类广告|组织文化艺术交流活动|会议及展览服务|企业形象策划|摄影扩印服务|电脑图文设计制作|动漫设计|图书、音像制品零售|礼仪庆典服务"
        ),
        listed("图文店|广告部|照相馆|书店|文具店|打印社"),
    ),
    Trade(
        listed("医药|生物科技|医疗器械|健康管理"),
        listed(
            "第一类医疗器械销售|第二类医疗器械批发|保健食品销售|中药饮片、中成药零售|生物制品的研发|健康信息咨询（不含诊疗）|化妆品销售|消毒用品销售|养生保健服务（非医疗）|药品零售"
        ),
        listed("大药房|药店|诊所|美容院|理发店|养生馆"),
    ),
    Trade(
        listed("投资管理|企业管理咨询|商务信息咨询|资产管理|股权投资"),
        listed(
            "企业管理咨询|商务信息咨询（不含投资类咨询）|实业投资|投资管理（不得从事吸收存款、集资收款、受托贷款、发放贷款等国家金融、证券、期货及财政信用业务）|财务咨询|市场营销策划|股权投资|从事非证券类股权投资活动及相关咨询服务|人力资源服务|代理记账"
        ),
        listed("咨询服务部|信息服务部|事务所|中介服务部"),
    ),
    Trade(
        listed("新能源|环保科技|新材料|节能技术|环境工程"),
        listed(
            "太阳能光伏设备安装|环境保护专用设备销售|新材料技术研发|污水处理及其再生利用|再生资源回收（除生产性废旧金属）|塑料制品制造|涂料（不含危险化学品）销售|节能技术推广服务|高性能复合材料销售|塑料颗粒加工"
        ),
        listed("塑料制品厂|废品回收站|包装厂|印刷厂|玻璃经营部"),
    ),
    Trade(
        listed("物业服务|物业管理|房地产经纪|酒店管理|家政服务"),
        listed("物业管理|清洁服务|房地产经纪服务|住宿服务|家政服务|停车场管理|房屋租赁|楼宇设备维修|绿化养护|洗涤服务"),
        listed("宾馆|旅馆|招待所|房产中介|家政服务部|洗衣店"),
    ),
)

_CONSENT = (
    "依法须经批准的项目，经相关部门批准后方可开展经营活动",
    "依法须经批准的项目，经相关部门批准后方可开展经营活动。",
    "依法须经批准的项目,经相关部门批准后方可开展经营活动",
)
_OLD_TAILS = (
    "",
    "",
    "（法律、法规禁止和限制的经营项目除外）",
    "（以上经营范围国家法律法规规定限制的除外，需许可证的凭许可证在有效期内经营）",
    "（国家有专项规定的，按规定办理）",
    "（涉及行政许可的凭许可证经营）",
    "（以上范围需经许可经营的，须凭许可证经营）",
)
_LIMITS = (
    "（仅限分支机构经营）",
    "（凭许可证经营）",
    "（有效期至2019年08月11日）",
    "（不含特种设备）",
    "（凭资质证经营）",
    "（不含危险化学品、监控化学品及烟花爆竹）",
)
_NEW_YEAR, _CONSENT_YEAR, _REFORM_YEAR, _MAIN_YEAR = 2020, 2014, 2009, 2001


def trade(chance: Chance) -> Trade:
    """A line of business."""
    return chance.pick(TRADES)


def scope(chance: Chance, business: Trade, year: int, *, small: bool) -> str:
    """A scope as printed on a license issued in ``year``: from ten to some four hundred characters."""
    count = chance.weighed(
        {1: 3, 2: 3, 3: 2, 5: 1} if small else {2: 1, 3: 3, 5: 4, 8: 3, 12: 2, 18: 1, 26: 0.5, 34: 0.3}
    )
    items = _items(chance, business, count)
    if year >= _NEW_YEAR and chance.maybe(0.75):
        return _catalogue(chance, items)
    if year < _CONSENT_YEAR and chance.maybe(0.5 if year >= _REFORM_YEAR else 0.1):
        allowed = chance.pick(("无", "无。", chance.pick(business.items)))
        mark = chance.pick(("；", "。", "。"))
        return (
            f"许可经营项目：{allowed}{mark}一般经营项目：{_joined(chance, items)}{chance.pick(_OLD_TAILS)}"
            + chance.pick(("", "。"))
        )
    body = _joined(chance, items)
    if year < _MAIN_YEAR and len(items) > 2 and chance.maybe(0.4):  # noqa: PLR2004 - one of them is left for 兼营
        body = f"主营：{_joined(chance, items[:-1])}。兼营：{items[-1]}"
    if year < _CONSENT_YEAR:
        return body + chance.pick(_OLD_TAILS) + chance.pick(("", "。", "***", "*", "。"))
    opening, closing = chance.pick(("（）", "（）", "（）", "()", "【】"))
    return (
        body
        + chance.pick(("", "。", ""))
        + opening
        + chance.pick(_CONSENT)
        + closing
        + chance.weighed({"": 6, "。": 2, "**": 0.6, "***": 0.6, "*": 0.3})
    )


def _items(chance: Chance, business: Trade, count: int) -> list[str]:
    """Activities, the longest scopes reaching into other lines; some with a restriction in brackets."""
    items = chance.some(business.items, count)
    while len(items) < count:
        items += [item for item in chance.some(trade(chance).items, min(count - len(items), 5)) if item not in items]
    return [item + chance.pick(_LIMITS) if chance.maybe(0.06) and "（" not in item else item for item in items]


def _joined(chance: Chance, items: list[str]) -> str:
    """One sentence of activities."""
    lead = "销售：" if chance.maybe(0.08) else ""
    return lead + chance.weighed({"；": 5, "、": 2, "，": 3, ";": 0.5, "。": 0.6}).join(items)


def _catalogue(chance: Chance, items: list[str]) -> str:
    """The form since the standard catalogue of 2020: 一般项目 and 许可项目."""
    text = f"一般项目：{'；'.join(items)}（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）"
    if chance.maybe(0.4):
        allowed = "；".join(_items(chance, trade(chance), chance.whole(1, 3)))
        tail = "（依法须经批准的项目，经相关部门批准后方可开展经营活动，具体经营项目以审批结果为准）"
        text = f"许可项目：{allowed}{tail}{text}" if chance.maybe(0.6) else f"{text}许可项目：{allowed}{tail}"
    return text + ("。" if chance.maybe(0.3) else "")
