"""Two papers of one type on one flat page are two documents, or nothing read off them looks certain."""

from __future__ import annotations

from datetime import date

from intake.types import DocumentReading, PageText
from intake.understanding import understand
from tests.intake.extraction.sheets import column, page, word

FIRST = (
    "营业执照",
    "统一社会信用代码 91330106MA2AB12C3N",
    "名称 虚构甲茶叶有限公司",
    "类型 有限责任公司",
    "法定代表人 王小明",
    "注册资本 壹佰万元整",
    "成立日期 2016年3月8日",
    "经营范围 茶叶批发、零售。",
    "登记机关 虚构市市场监督管理局",
    "2016年3月8日",
)
SECOND = (
    "营业执照",
    "统一社会信用代码 91110108551385082Q",
    "名称 虚构乙机械有限公司",
    "类型 股份有限公司",
    "法定代表人 李大山",
    "注册资本 贰仟万元整",
    "成立日期 2010年5月20日",
    "经营范围 机械制造。",
    "登记机关 虚构县市场监督管理局",
    "2019年6月1日",
)
OF_OLD = (
    "企业法人营业执照",
    "注册号 3301062001234",
    "名称 虚构丙纸业公司",
    "住所 虚构市明月路1号",
    "法定代表人姓名 赵一平",
    "注册资金 叁拾万元",
    "企业类型 集体所有制",
    "经营范围 纸张。",
    "成立日期 1998年2月3日",
)


def read(text: PageText) -> tuple[DocumentReading, ...]:
    """What is understood of a page."""
    return understand([text], today=date(2026, 11, 23))


def values(document: DocumentReading) -> dict[str, str | None]:
    """The values of a document by field, but for the day at the foot, which is one at the foot of its page alone."""
    return {one.field: one.value for one in document.fields if one.field != "issued_on"}


def together(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[PageText, ...]:
    """Two papers on one page: one above the other, and side by side."""
    return page(*column(*one), *column(*other, y=1800)), page(*column(*one, x=150), *column(*other, x=1400))


def alone(*lines: str) -> dict[str, str | None]:
    """The values of a paper that lies on its page alone."""
    (document,) = read(page(*column(*lines)))
    return values(document)


def test_two_licenses_on_one_page_are_two_whichever_way_they_lie() -> None:
    """Each has its own values and none of the other's, days at the foot and scopes too."""
    for text in together(FIRST, SECOND):
        assert [values(one) for one in read(text)] == [alone(*FIRST), alone(*SECOND)]


def test_two_forms_of_a_license_on_one_page_are_two() -> None:
    """Of a form before 2007, without a check digit and with other captions, the heading and fields tell."""
    for text in together(FIRST, OF_OLD):
        assert [values(one) for one in read(text)] == [alone(*FIRST), alone(*OF_OLD)]


def test_two_copies_of_one_license_are_no_two_licenses() -> None:
    """正本 and 副本 bear one number: whatever is read is of the same paper."""
    (document,) = read(together(FIRST, FIRST)[0])
    assert values(document) == alone(*FIRST)
    assert "document.two_papers" not in [one.code for one in document.findings]


def test_one_license_is_one_however_wide_its_strips() -> None:
    """A sheet with much white between its lines is not torn."""
    (document,) = read(page(*column(*FIRST, pitch=260)))
    assert values(document) == alone(*FIRST)


def test_a_license_that_names_another_companys_number_is_not_torn() -> None:
    """A branch's tells its company's: the parts share no captions, so they are one paper, but nothing is certain."""
    branch = (*FIRST[:-2], "隶属企业 虚构乙机械有限公司", "统一社会信用代码 91110108551385082Q")
    (document,) = read(page(*column(*branch)))
    found = values(document)
    assert (found["name"], found["legal_representative"]) == ("虚构甲茶叶有限公司", "王小明")
    assert all(one.confidence <= 0.5 for one in document.fields)


def test_what_cannot_be_parted_is_not_certain_and_a_person_is_told() -> None:
    """Where two licenses overlap so that no strip parts them, each value may be of either."""
    one, other = column(*FIRST), column(*SECOND, x=1300, y=430)
    bridge = word("已核对原件无误" * 6, 300, 1150, size=36)
    upright = [word("核", 1240, 380 + 36 * step, size=36) for step in range(22)]
    documents = read(page(*one, *other, bridge, *upright))
    mixed = [one for one in documents if one.type == "business_license"]
    assert len(mixed) == 1
    assert max(field.confidence for field in mixed[0].fields) <= 0.5
    (told,) = [finding for finding in mixed[0].findings if finding.code == "document.two_papers"]
    assert (told.severity, set(told.fields)) == ("error", {field.field for field in mixed[0].fields})
