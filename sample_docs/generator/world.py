"""The companies and shops, all invented; the check digits of their numbers hold, but for one that is misprinted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sample_docs.generator import people
from sample_docs.generator.numbers import (
    capital_amount,
    credit_code,
    misprinted,
    money,
    organisation_code,
    registration_number,
)
from sample_docs.generator.papers import BRANCH, COMPANY, PARTNERSHIP, SOLE_TRADER, Company, Person, Wording


def company(
    name: str,
    kind: str,
    district: str,
    organisation: str,
    head: Person,
    established: date,
    address: str,
    scope: str,
    authority: str,
    *,
    capital: int = 0,
    category: str = "91",
    wording: Wording = COMPANY,
    term_to: date | None = None,
) -> Company:
    """A business with a credit code for the district and the first eight characters of its organisation code."""
    code = organisation_code(organisation)
    text, amount = (f"{capital_amount(capital)}", money(capital)) if capital else ("", "")
    number = credit_code(category, district, code)
    return Company(
        name, kind, number, code, head.name, established, address, scope, authority, text, amount, term_to, wording
    )


_CONSENT = "（依法须经批准的项目，经相关部门批准后方可开展经营活动）"

TRADING = company(
    "杭州禾栖岚贸易有限公司",
    "有限责任公司(自然人投资或控股)",
    "330113",
    "MA8K3Q7T",
    people.SHEN,
    date(2021, 5, 18),
    "浙江省杭州市临平区东湖街道新丰路588号2幢1203室",
    "一般项目：日用百货销售；针纺织品销售；家用电器销售；办公用品销售；五金产品零售；建筑材料销售；包装材料及制品销售；货物进出口；信息咨询服务（不含许可类信息咨询服务）(除依法须经批准的项目外，凭营业执照依法自主开展经营活动)。许可项目：食品销售"
    + _CONSENT
    + "。",
    "杭州市临平区市场监督管理局",
    capital=5_000_000,
)
EATERY = company(
    "新津区味满檐小吃店",
    "个体工商户",
    "510118",
    "MA7R2X5D",
    people.LUO,
    date(2020, 9, 3),
    "成都市新津区五津街道武阳西路79号附3号",
    "许可项目：小餐饮服务。" + _CONSENT,
    "成都市新津区行政审批局",
    category="92",
    wording=SOLE_TRADER,
)
MACHINERY_OLD = replace(
    company(
        "济南砺石峪机械制造有限公司",
        "有限责任公司（自然人投资或控股）",
        "370102",
        "68322975",
        people.XING,
        date(2009, 3, 26),
        "济南市历下区化纤厂路12号",
        "前置许可经营项目：无。一般经营项目：普通机械设备、工矿机械配件的制造、销售；机械设备安装、维修；钢材、五金交电、建筑材料的销售。（未取得专项许可的项目除外）",
        "济南市工商行政管理局历下分局",
        capital=2_000_000,
        term_to=date(2029, 3, 25),
    ),
    code=registration_number("37010220003418"),
)
MACHINERY_NEW = replace(
    MACHINERY_OLD,
    code=credit_code("91", "370102", MACHINERY_OLD.organisation),
    kind="有限责任公司(自然人投资或控股)",
    address="山东省济南市历下区经十东路7999号1号楼905室",
    capital_text=capital_amount(10_000_000),
    capital=money(10_000_000),
    term_to=None,
    scope="一般项目：通用设备制造（不含特种设备制造）；专用设备修理；机械零件、零部件加工；机械零件、零部件销售；金属材料销售；五金产品批发；技术服务、技术开发、技术咨询、技术交流、技术转让、技术推广（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）。",
    authority="济南市历下区行政审批服务局",
)
PARTNERS = company(
    "南京砚池坞投资管理合伙企业（有限合伙）",
    "有限合伙企业",
    "320117",
    "07136842",
    people.GU,
    date(2013, 6, 18),
    "南京市溧水区永阳镇珍珠南路118号",
    "股权投资管理；投资咨询；企业管理咨询；商务信息咨询。" + _CONSENT,
    "南京市溧水区市场监督管理局",
    wording=PARTNERSHIP,
    term_to=date(2033, 6, 17),
)
BRANCH_OFFICE = company(
    "重庆潮汐野物流有限公司梁平分公司",
    "有限责任公司分公司",
    "500155",
    "MA9W4H1P",
    people.RAN,
    date(2018, 11, 12),
    "重庆市梁平区双桂街道石马路36号",
    "普通货运；货物专用运输（集装箱）；货运代理；仓储服务（不含危险化学品）；装卸服务；包装服务。【依法须经批准的项目，经相关部门批准后方可开展经营活动】",
    "重庆市梁平区工商行政管理局",
    wording=BRANCH,
)
FARMING = company(
    "西安渭浪田农业科技有限公司",
    "有限责任公司(自然人独资)",
    "610118",
    "MA6T8B2N",
    people.LEI,
    date(2017, 11, 9),
    "陕西省西安市鄠邑区玉蝉街道沣京大道东段21号",
    "农业技术推广服务；蔬菜、水果、花卉的种植及销售；农副产品的收购、初加工及销售；农业机械的租赁；农业观光服务。"
    + _CONSENT,
    "西安市工商行政管理局鄠邑分局",
    capital=3_000_000,
    term_to=date(2047, 11, 8),
)
ELECTRONICS = replace(
    company(
        "广州巽禾图电子科技有限公司",
        "有限责任公司(自然人投资或控股)",
        "440106",
        "30472961",
        people.MAI,
        date(2014, 10, 22),
        "广州市天河区车陂路113号4楼408房",
        "研究和试验发展（具体经营项目请登录广州市商事主体信息公示平台查询。依法须经批准的项目，经相关部门批准后方可开展经营活动。）",
        "广州市工商行政管理局天河分局",
        capital=1_000_000,
    ),
    code=registration_number("44010600117052"),
)
CLOTHING = company(
    "宁波澜屿渡服饰有限公司",
    "有限责任公司(自然人投资或控股)",
    "330213",
    "MA2K9D6L",
    people.WANG_REP,
    date(2019, 4, 11),
    "浙江省宁波市奉化区江口街道聚潮路66号2号楼",
    "服装、服饰及面料的研发、设计、制造、加工、批发、零售；鞋帽、箱包的批发、零售；自营或代理货物和技术的进出口，但国家限制经营或禁止进出口的货物和技术除外。"
    + _CONSENT,
    "宁波市奉化区市场监督管理局",
    capital=800_000,
    term_to=date(2039, 4, 10),
)
SUPPLY = company(
    "天津朔方集供应链管理有限公司",
    "有限责任公司",
    "120119",
    "MA5U1F8Y",
    people.JI,
    date(2018, 7, 24),
    "天津市蓟州区京津州河科技产业园区盘龙山路9号",
    "供应链管理服务；仓储服务；道路货物运输；货运代理服务；机械设备租赁；计算机软硬件技术开发、咨询、服务；日用百货、办公用品批发兼零售。"
    + _CONSENT,
    "天津市蓟州区市场和质量监督管理局",
    capital=6_000_000,
    term_to=date(2068, 7, 23),
)
_CULTURE = company(
    "长沙松烟里文化传媒有限公司",
    "有限责任公司(自然人投资或控股)",
    "430105",
    "39586174",
    people.YI,
    date(2015, 3, 16),
    "湖南省长沙市开福区通泰街街道湘春路118号401房",
    "文化艺术交流活动的组织；广告设计、制作、代理及发布；会议及展览服务；摄影扩印服务；企业形象策划。" + _CONSENT,
    "长沙市开福区市场监督管理局",
    capital=1_080_000,
)
# The printer set a wrong check character: the truth is what stands on the paper.
CULTURE = replace(_CULTURE, code=misprinted(_CULTURE.code))
