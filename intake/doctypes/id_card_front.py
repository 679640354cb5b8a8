"""Resident identity card (居民身份证), the side with the portrait (人像面): GA 461-2004."""

from __future__ import annotations

from intake.doctypes import Cue, DocumentType, FieldSpec
from intake.types import Label

_MONTH_AND_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_ID_SHAPE = (
    rf"(?<![0-9A-Z])(?:[1-9]\d{{5}}(?:19|20)\d\d{_MONTH_AND_DAY}\d{{3}}[0-9X]"
    rf"|[1-8]\d{{5}}\d\d{_MONTH_AND_DAY}\d{{3}})(?![0-9A-Z])"
)
"""GB 11643: 18 characters (a leading 9 is a foreign resident's), or the 15 digits of cards before 1999."""
_WITH_ITS_DAY = (
    r"\A[\s\S]{0,300}?^[^\d\n]{0,6}(?P<year>(?:19|20)\d\d)年?(?P<month>\d{1,2})月(?P<day>\d{1,2})日?$[\s\S]{0,200}?"
    r"^[^\d\n]{0,8}(?P<value>[1-9]\d{5}(?P=year)0?(?P=month)0?(?P=day)\d{3}[\dXx])$[\s\S]{0,40}\Z"
)
"""A paper of few words with a day on one line and, below it, a number that holds the same day and ends the paper."""

_OF_FORMS = (
    "政治面貌 婚姻状况 文化程度 联系电话 手机号码 紧急联系人 毕业院校 入职日期 入职时间 现住址 户口所在地 户籍地址"
    " 服务处所 残疾类别 残疾等级 监护人 执业机构 执业证号 资格证号 证书编号 准考证号 报告编号 查询时间 居住地址"
    " 初次领证日期 国籍"
)
"""Captions of forms and certificates that bear a card's captions too; no card has one of them."""

TYPE = DocumentType(
    name="id_card_front",
    title=Label("居民身份证（人像面）", "ID card (portrait side)"),
    customer="person",
    repeats=True,
    rank=(2, 1),
    orders=("name sex ethnicity birth_date address id_number",),
    fields=(
        FieldSpec(
            name="name",
            label=Label("姓名", "Name"),
            expected=True,
            kind="person_name",
            fact="person_name",
            captions=("姓名",),
        ),
        FieldSpec(name="sex", label=Label("性别", "Sex"), expected=True, kind="sex", fact="sex", captions=("性别",)),
        FieldSpec(
            name="ethnicity",
            label=Label("民族", "Ethnicity"),
            expected=True,
            kind="ethnicity",
            fact="ethnicity",
            captions=("民族",),
            inline=True,
        ),
        FieldSpec(
            name="birth_date",
            label=Label("出生", "Date of birth"),
            expected=True,
            kind="date",
            fact="birth_date",
            captions=("出生", "出生日期"),
            shape=r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日",
        ),
        FieldSpec(
            name="address",
            label=Label("住址", "Address"),
            expected=True,
            kind="address",
            fact="person_address",
            captions=("住址",),
        ),
        FieldSpec(
            name="id_number",
            label=Label("公民身份号码", "ID number"),
            expected=True,
            kind="id_number",
            fact="id_number",
            captions=("公民身份号码", "公民身份证号码", "身份证号码", "身份证编号", "编号"),
            shape=_ID_SHAPE,
        ),
    ),
    cues=(
        Cue("公民身份号码", 3.0),
        Cue("出生日期与号码相符", 3.0, shape=_WITH_ITS_DAY, kind="id_number"),
        Cue("姓名", 0.8),
        Cue("性别", 0.8),
        Cue("民族", 0.8),
        Cue("出生", 0.8),
        Cue("住址", 0.8),
        Cue("签发机关", -0.5),
        Cue("甲方", -1.5),
        Cue("乙方", -1.5),
        Cue("结婚证", -4.0, title=True),
        Cue("驾驶证", -4.0, title=True),
        Cue("准驾车型", -4.0),
        Cue("护照", -3.0, title=True),
        Cue("户口簿", -4.0, title=True),
        Cue("常住人口登记卡", -4.0, title=True),
        Cue("户主", -2.0),
        Cue("籍贯", -2.0),
        Cue("工作单位", -1.5),
        Cue("毕业证书", -4.0, title=True),
        Cue("社会保障卡", -4.0, title=True),
        Cue("社会保障号码", -3.0),
        *(Cue(phrase, -2.5) for phrase in _OF_FORMS.split()),
    ),
)
