"""What a page is, and that paper of another kind stays without a type."""

from __future__ import annotations

import pytest

from intake.extraction.classify import classify
from tests.intake.extraction.sheets import column, page, word

PAPERS = {
    "business_license": (
        "营业执照",
        "统一社会信用代码",
        "名称 虚构公司",
        "法定代表人 王小明",
        "经营范围 茶叶",
        "登记机关",
    ),
    "id_card_front": ("姓名 王小明", "性别 女 民族 汉", "出生 1990年1月2日", "住址 虚构市", "公民身份号码"),
    "id_card_back": ("中华人民共和国", "居民身份证", "签发机关 虚构市公安局", "有效期限 2016.01.01-2036.01.01"),
    "contract": ("茶叶购销合同", "合同编号：甲一", "甲方：虚构公司", "乙方：另一公司", "第一条 标的", "违约责任"),
    "bank_account_permit": (
        "开户许可证",
        "核准号：甲",
        "经审核，某公司符合开户条件，准予开立基本存款账户。",
        "开户银行 某银行",
    ),
    "tax_registration": (
        "税务登记证",
        "纳税人名称 虚构公司",
        "登记注册类型 有限责任公司",
        "批准设立机关 某局",
        "扣缴义务 依法",
    ),
}

STRANGERS = {
    "基金会法人登记证书": (
        "名称 虚构基金会",
        "法定代表人 王小明",
        "住所 虚构市",
        "原始基金数额 贰佰万元整",
        "业务范围 助学",
    ),
    "民办非企业单位登记证书": (
        "名称 虚构中心",
        "法定代表人 王小明",
        "住所 虚构市",
        "业务范围 培训",
        "统一社会信用代码",
    ),
    "组织机构代码证": ("代码 12345678-9", "机构名称 虚构公司", "机构类型 企业法人", "地址 虚构市"),
    "食品经营许可证": ("经营者名称 虚构饭店", "统一社会信用代码", "法定代表人 王小明", "住所 虚构市", "主体业态 餐饮"),
    "增值税专用发票": ("名称：虚构公司", "纳税人识别号：110101123456789", "开户行及账号：某银行", "价税合计"),
    "事业单位法人证书": ("名称 虚构学校", "法定代表人 王小明", "经费来源 财政", "开办资金 壹万元", "举办单位 某局"),
    "机动车驾驶证": ("姓名 王小明", "性别 女", "住址 虚构市", "出生日期 1990-01-02", "准驾车型 C1"),
}


@pytest.mark.parametrize("kind", sorted(PAPERS))
def test_a_paper_is_known_by_its_phrases(kind: str) -> None:
    """With the evidence kept and a confidence that a person can rely on."""
    found = classify(page(*column(*PAPERS[kind])))
    assert found.type == kind
    assert found.confidence > 0.9
    assert found.evidence


@pytest.mark.parametrize("title", sorted(STRANGERS))
def test_paper_of_another_kind_has_no_type(title: str) -> None:
    """Its captions are those of our papers; its heading is not."""
    assert classify(page(*column(title, *STRANGERS[title]))).type is None


def test_an_empty_page_has_no_type() -> None:
    """No words, no type, no error."""
    assert classify(page()).type is None


def test_a_misread_heading_still_counts() -> None:
    """One letter of 开户许可证 wrong."""
    lines = ("开户许可让", "核准号：甲", "开户银行 某银行", "经审核，某公司符合开户条件")
    assert classify(page(*column(*lines))).type == "bank_account_permit"


def test_a_heading_inside_a_sentence_is_no_heading() -> None:
    """A letter that speaks of a license is not one."""
    letter = word("请贵单位于本月底之前将营业执照复印件一份交至我处办理有关手续", 400, 400)
    assert classify(page(letter)).type is None


def test_the_name_of_the_state_makes_no_heading_ours() -> None:
    """An organisation's code certificate bears the state's name as the emblem side of a card does, and is none."""
    form = ("代 码 12345678-9", "机构名称 虚构公司", "有效期 2016年1月1日至2020年1月1日", "颁发单位 某局", "核发机关")
    heading = word("中华人民共和国组织机构代码证", 800, 200, size=64)
    text = page(heading, *column(*form), word("签发机关", 400, 1200), word("有效期限", 400, 1300))
    assert classify(text).type is None


def test_a_misread_heading_below_the_state_s_name_is_still_ours() -> None:
    """The state's name and a misread letter of the card's stand on one line."""
    heading = word("中华人民共和国居民身价证", 800, 200, size=64)
    text = page(heading, *column("签发机关 虚构市公安局", "有效期限 2016.01.01-2036.01.01"))
    assert classify(text).type == "id_card_back"
