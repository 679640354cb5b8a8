"""Certificate of registration of a social organisation 社会团体法人登记证书: associations, societies, chambers.

Issued by the offices of civil affairs under 社会团体登记管理条例 (State Council order 250 of 25 October 1998, revised
on 6 February 2016); article 16 of 1998 names what is entered: 名称, 住所, 宗旨, 业务范围 and 活动地域, 法定代表人,
活动资金, 业务主管单位. Older certificates carry 登记证号 社证字第…号; since 1 January 2016 the credit code (GB 32100:
5 civil affairs, 1 social organisation) stands in its place. Some offices add 成立日期 (Guangzhou: 穗民〔2011〕278号).
The certificate is valid for some years: 有效期限 自 … 至 ….

Those of foundations and private non-enterprise bodies share most captions and are other papers.
"""

from __future__ import annotations

from intake.doctypes import Cue, DocumentType, FieldSpec
from intake.types import Label

_TERM_CAPTIONS = ("有效期限", "有效期", "证书有效期", "证书有效期限")
_CODE_LETTERS = "A-HJ-NP-RTUWXY"  # GB 32100, clause 4
_NUMBER_PLACE = r"(?:\([\u4e00-\u9fff]{1,4}\)|(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{1,4})?"
_NAME_LOOK = r"[\u4e00-\u9fff()]{2,36}(?:协会|学会|商会|研究会|联合会|促进会|联谊会|校友会|同业公会|总会|会)"

TYPE = DocumentType(
    name="social_organization",
    title=Label("社会团体法人登记证书", "Certificate of a social organisation"),
    customer="company",
    fields=(
        FieldSpec(
            name="name",
            label=Label("名称", "Name"),
            expected=True,
            kind="company_name",
            fact="company_name",
            look=_NAME_LOOK,
            captions=("名称", "社会团体名称", "社团名称"),
        ),
        FieldSpec(
            name="uscc",
            label=Label("统一社会信用代码", "Unified social credit code"),
            kind="uscc",
            fact="credit_code",
            captions=("统一社会信用代码", "社会信用代码"),
            shape=rf"(?<![0-9A-Z])5[1-9]\d{{6}}[0-9{_CODE_LETTERS}]{{10}}(?![0-9A-Z])",
            below=True,
        ),
        FieldSpec(
            name="registration_number",
            label=Label("登记证号", "Certificate number"),
            kind="society_number",
            fact="society_number",
            captions=("登记证号", "登记证书号", "证书号", "社证号", "证号"),
            shape=rf"{_NUMBER_PLACE}社[证登][字宇]第?\d{{1,9}}(?:-\d{{1,4}})?号?",
        ),
        FieldSpec(
            name="business_scope",
            label=Label("业务范围", "Scope of activities"),
            expected=True,
            kind="long_text",
            fact="business_scope",
            captions=("业务范围", "宗旨和业务范围", "宗旨业务范围", "宗旨"),
            weak=("宗旨",),
            long=True,
        ),
        FieldSpec(
            name="address",
            label=Label("住所", "Address"),
            expected=True,
            kind="address",
            fact="registered_address",
            captions=("住所", "住址", "地址", "办公地址"),
        ),
        FieldSpec(
            name="legal_representative",
            label=Label("法定代表人", "Legal representative"),
            expected=True,
            kind="person_name",
            fact="legal_representative",
            captions=("法定代表人", "法定代表人姓名"),
        ),
        FieldSpec(
            name="activity_area",
            label=Label("活动地域", "Area of activity"),
            expected=True,
            kind="text",
            fact="activity_area",
            captions=("活动地域", "活动区域"),
        ),
        FieldSpec(
            name="registered_capital",
            label=Label("注册资金", "Registered funds"),
            kind="money",
            fact="registered_capital",
            captions=("注册资金", "活动资金", "开办资金", "注册资本"),
        ),
        FieldSpec(
            name="supervising_unit",
            label=Label("业务主管单位", "Supervising unit"),
            kind="authority",
            fact="supervising_unit",
            captions=("业务主管单位", "主管单位", "业务主管部门"),
        ),
        FieldSpec(
            name="established_on",
            label=Label("成立日期", "Established on"),
            kind="date",
            fact="established_on",
            captions=("成立日期", "成立时间", "成立登记日期"),
        ),
        FieldSpec(
            name="valid_from",
            label=Label("有效期自", "Term from"),
            kind="date",
            fact="society_certificate_valid_from",
            captions=_TERM_CAPTIONS,
            part="start",
        ),
        FieldSpec(
            name="valid_to",
            label=Label("有效期至", "Term to"),
            kind="term_end",
            fact="society_certificate_valid_to",
            captions=(*_TERM_CAPTIONS, "有效期至", "有效期限至"),
            part="end",
        ),
        FieldSpec(
            name="issuing_authority",
            label=Label("发证机关", "Registration authority"),
            kind="authority",
            fact="registration_authority",
            captions=("发证机关", "登记管理机关", "登记机关"),
        ),
        FieldSpec(
            name="issued_on",
            label=Label("发证日期", "Issued on"),
            kind="date",
            fact="society_certificate_issued_on",
            captions=("发证日期",),
            place="foot_date",
        ),
    ),
    stops=(
        "正本",
        "副本",
        "组织机构代码",
        "中华人民共和国民政部监制",
        "中华人民共和国民政部制",
        "民政部监制",
        "年检记录",
        "变更登记事项",
    ),
    cues=(
        Cue("社会团体法人登记证书", 3.5, title=True),
        Cue("社会团体法人登记证", 3.5, title=True),
        Cue("社会团体登记证书", 3.5, title=True),
        Cue("活动地域", 1.5),
        Cue("业务主管单位", 1.0),
        Cue("业务范围", 0.6),
        Cue("注册资金", 0.5),
        Cue("社证字", 1.2),
        Cue("统一社会信用代码", 0.3),
        Cue("登记管理机关", 0.4),
        Cue("发证机关", 0.3),
        Cue("有效期限", 0.3),
        Cue("法定代表人", 0.2),
        Cue("住所", 0.2),
        Cue("民政部监制", 0.5),
        Cue("基金会法人登记证书", -4.0, title=True),
        Cue("民办非企业单位登记证书", -4.0, title=True),
        Cue("社会服务机构登记证书", -4.0, title=True),
        Cue("社会服务机构法人登记证书", -4.0, title=True),
        Cue("社会团体分支机构登记证书", -4.0, title=True),
        Cue("社会团体代表机构登记证书", -4.0, title=True),
        Cue("分支机构", -1.5),
        Cue("原始基金数额", -3.0),
        Cue("开办资金", -1.5),
        Cue("举办单位", -2.0),
        Cue("营业执照", -4.0, title=True),
        Cue("会员证书", -4.0, title=True),
    ),
)
