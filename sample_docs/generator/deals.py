"""The accounts and contracts of the sample customers."""

from __future__ import annotations

from datetime import date

from sample_docs.generator import clauses, people, world
from sample_docs.generator.contracts import Contract, Party
from sample_docs.generator.papers import Company
from sample_docs.generator.permits import Account


def _party(role: str, company: Company) -> Party:
    """A customer as a party: signed by its head."""
    return Party(role, company.name, company.head, company.address)


TRADING_ACCOUNT = Account(
    "19082101040017753", "中国农业银行股份有限公司杭州临平支行", "J3310087265401", "3310-04518826",
    "中国人民银行杭州中心支行", date(2021, 6, 2), listed=True,
)  # fmt: skip
MACHINERY_ACCOUNT = Account(
    "1602024109200086315", "中国工商银行股份有限公司济南历下支行", "J4510009837601", "4510-01276390",
    "中国人民银行济南分行", date(2009, 4, 17),
)  # fmt: skip
BRANCH_ACCOUNT = Account(
    "31050177360000002846", "中国建设银行股份有限公司重庆梁平支行", "J6530113905201", "6510-02749315",
    "中国人民银行梁平县支行", date(2018, 12, 5), listed=True,
)  # fmt: skip
FARMING_ACCOUNT = Account(
    "456870100100218379", "兴业银行股份有限公司西安鄠邑支行", "J7910064187301", "7910-03386142",
    "中国人民银行西安分行", date(2017, 11, 28),
)  # fmt: skip
CULTURE_ACCOUNT = Account(
    "800174908802010", "长沙银行股份有限公司开福支行", "J5510041796801", "5510-02930471",
    "中国人民银行长沙中心支行", date(2015, 4, 22),
)  # fmt: skip

PURCHASE = Contract(
    "买卖合同", "HQL-2023-0417",
    Party("甲方（买方）", "绍兴芦汀夏纺织品有限公司", "赵闻笛", "浙江省绍兴市柯桥区湖西路320号"),
    _party("乙方（卖方）", world.TRADING),
    486_500, date(2023, 4, 17), date(2023, 5, 1), date(2024, 4, 30), clauses.PURCHASE,
    (
        ("货物名称", "规格型号", "单位", "数量", "单价（元）", "金额（元）"),
        ("全棉四件套", "HQ-200A", "套", "850", "310", "263,500"),
        ("竹纤维浴巾", "HQ-70B", "条", "3,000", "41", "123,000"),
        ("亚麻窗帘", "HQ-L28", "米", "2,000", "50", "100,000"),
        ("合计", "", "", "", "", "486,500"),
    ),
)  # fmt: skip
SERVICE = Contract(
    "信息技术服务合同", "YCW服字〔2022〕06号",
    _party("甲方（委托方）", world.PARTNERS),
    Party("乙方（服务方）", "南京陌桑舟信息技术有限公司", "苗叙白", "江苏省南京市江宁区胜太路58号4幢"),
    172_800, date(2022, 3, 25), date(2022, 4, 1), date(2023, 3, 31), clauses.SERVICE,
)  # fmt: skip
FARM_SERVICE = Contract(
    "系统运维服务合同", "WLT-FW-2021-012",
    _party("甲方（委托方）", world.FARMING),
    Party("乙方（服务方）", "西安枕流石软件科技有限公司", "仇知微", "陕西省西安市雁塔区丈八东路158号"),
    96_000, date(2021, 2, 8), date(2021, 3, 1), date(2022, 2, 28), clauses.SERVICE,
)  # fmt: skip
LEASE = Contract(
    "房屋租赁合同", "ZL20200615-03",
    Party("甲方（出租方）", "宁波鹤渚湾置业有限公司", "孔令闻", "浙江省宁波市奉化区大成路199号"),
    _party("乙方（承租方）", world.CLOTHING),
    230_400, date(2020, 6, 15), date(2020, 7, 1), date(2022, 6, 30), clauses.LEASE,
)  # fmt: skip
FAX_ADVERTISING = Contract(
    "户外广告发布合同", "XHT-2015-009",
    _party("甲方", world.ELECTRONICS),
    Party("乙方", "广州榕荫渡广告有限公司", "区慕遥", "广州市越秀区东风中路318号"),
    58_000, date(2015, 1, 12), date(2015, 2, 1), date(2016, 1, 31), clauses.ADVERTISING,
)  # fmt: skip
HOME_LEASE = Contract(
    "房屋租赁合同", "NN-2024-1107",
    Party("甲方（出租方）", "蒙采薇", "蒙采薇", "南宁市青秀区东葛路118号5栋2单元602号", sealed=False),
    Party("乙方（承租方）", people.WEI.name, people.WEI.name, people.WEI.address, sealed=False),
    43_200, date(2024, 11, 7), date(2024, 11, 15), date(2026, 11, 14), clauses.LEASE,
)  # fmt: skip
ADVERTISING = Contract(
    "广告制作合同", "SYL-GG-1908",
    Party("甲方", "长沙橘洲岸餐饮管理有限公司", "欧阳牧", "湖南省长沙市岳麓区金星中路319号"),
    _party("乙方", world.CULTURE),
    35_600, date(2019, 8, 20), date(2019, 9, 1), date(2020, 8, 31), clauses.ADVERTISING,
)  # fmt: skip
