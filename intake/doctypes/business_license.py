"""Business license (营业执照): all forms since the 1990s.

Forms: 企业法人营业执照 (注册号, portrait), 营业执照 of branches and sole traders (个体工商户营业执照, 负责人 / 经营者 /
经营场所 / 组成形式), 三证合一 since October 2015 (统一社会信用代码, portrait), and the landscape form since March 2019
(two columns, QR code of the national publicity system).
"""

from __future__ import annotations

from intake.doctypes import Cue, DocumentType, FieldSpec
from intake.types import Label

_TERM_CAPTIONS = ("营业期限", "经营期限", "合伙期限", "合作期限", "有效期限", "经营期限自", "营业期限自", "有效期")
_CODE_LETTERS = "A-HJ-NP-RTUWXY"  # GB 32100, clause 4: without I, O, S, V and Z; authorities are 1 to 9, A, N and Y
_NAME_LOOK = (
    r"(?!有限|股份|其他|个体|个人)[\u4e00-\u9fff()A-Za-z0-9·]{2,36}"
    r"(?:公司|厂|店|社|部|行|馆|院|所|园|场|坊|站|中心|合伙企业[()一-龥]{0,8})"
)
_TYPE_LOOK = (
    r"个体工商户|个人独资企业.{0,6}|(?:其他)?(?:股份)?有限(?:责任)?公司(?:\(.{2,30}\))?|.{0,6}合伙企业|农民专业合作社.{0,6}"
    r"|(?:全民|集体)所有制.{0,8}"
)

TYPE = DocumentType(
    name="business_license",
    title=Label("营业执照", "Business license"),
    customer="company",
    rank=(1, 1),
    fields=(
        FieldSpec(
            name="name",
            label=Label("名称", "Name"),
            expected=True,
            kind="company_name",
            fact="company_name",
            look=_NAME_LOOK,
            captions=("名称", "企业名称", "公司名称", "字号名称", "字号", "个体工商户名称", "名称字号"),
        ),
        FieldSpec(
            name="uscc",
            label=Label("统一社会信用代码", "Unified social credit code"),
            kind="uscc",
            fact="credit_code",
            captions=("统一社会信用代码", "社会信用代码"),
            shape=rf"(?<![0-9A-Z])[1-9ANY][1-9{_CODE_LETTERS}]\d{{6}}[0-9{_CODE_LETTERS}]{{10}}(?![0-9A-Z])",
            below=True,
        ),
        FieldSpec(
            name="registration_number",
            label=Label("注册号", "Registration number"),
            kind="registration_number",
            fact="registration_number",
            captions=("注册号", "营业执照注册号", "工商注册号"),
            shape=r"(?<![0-9A-Z])(?:\d{15}|\d{13})(?![0-9A-Z])",
        ),
        FieldSpec(
            name="company_type",
            label=Label("类型", "Type"),
            expected=True,
            kind="company_type",
            fact="company_type",
            look=_TYPE_LOOK,
            captions=("类型", "公司类型", "企业类型", "主体类型", "经济性质", "组成形式", "企业性质"),
            weak=("经济性质",),
            stand_ins=("组成形式",),
        ),
        FieldSpec(
            name="legal_representative",
            label=Label("法定代表人", "Legal representative"),
            expected=True,
            kind="person_name",
            fact="legal_representative",
            captions=(
                "法定代表人",
                "法定代表人姓名",
                "负责人",
                "负责人姓名",
                "经营者",
                "经营者姓名",
                "投资人",
                "投资人姓名",
                "执行事务合伙人",
                "首席代表",
                "业主姓名",
            ),
        ),
        FieldSpec(
            name="registered_capital",
            label=Label("注册资本", "Registered capital"),
            kind="money",
            fact="registered_capital",
            captions=("注册资本", "注册资金", "出资额", "成员出资总额", "出资总额", "资金数额", "注册资本金"),
        ),
        FieldSpec(
            name="established_on",
            label=Label("成立日期", "Established on"),
            kind="date",
            fact="established_on",
            captions=("成立日期", "注册日期", "开业日期", "设立日期", "成立时间"),
        ),
        FieldSpec(
            name="valid_from",
            label=Label("营业期限自", "Term from"),
            kind="date",
            fact="license_valid_from",
            captions=_TERM_CAPTIONS,
            part="start",
        ),
        FieldSpec(
            name="valid_to",
            label=Label("营业期限至", "Term to"),
            kind="term_end",
            fact="license_valid_to",
            captions=_TERM_CAPTIONS,
            part="end",
        ),
        FieldSpec(
            name="address",
            label=Label("住所", "Address"),
            expected=True,
            kind="address",
            fact="registered_address",
            captions=(
                "住所",
                "营业场所",
                "经营场所",
                "主要经营场所",
                "企业住所",
                "公司住所",
                "主要经营场地",
                "地址",
                "住址",
                "营业地址",
                "驻在场所",
            ),
        ),
        FieldSpec(
            name="business_scope",
            label=Label("经营范围", "Business scope"),
            expected=True,
            kind="long_text",
            fact="business_scope",
            captions=("经营范围", "业务范围", "经营范围及方式", "经营范围及经营方式"),
            long=True,
        ),
        FieldSpec(
            name="issuing_authority",
            label=Label("登记机关", "Registration authority"),
            kind="authority",
            fact="registration_authority",
            captions=("登记机关", "发照机关", "发证机关"),
        ),
        FieldSpec(
            name="issued_on",
            label=Label("核准日期", "Issued on"),
            kind="date",
            fact="license_issued_on",
            captions=("发照日期", "核准日期", "发证日期", "核准登记日期"),
            place="foot_date",
        ),
    ),
    stops=(
        "实收资本",
        "组成形式",
        "经营方式",
        "兼营",
        "主营",
        "编号",
        "证照编号",
        "登记编号",
        "副本",
        "正本",
        "副本编号",
        "说明",
        "提示",
        "年度报告",
        "隶属企业名称",
        "境外企业名称",
        "扫描二维码",
        "国家企业信用信息公示系统",
        "企业信用信息公示系统网址",
        "国家市场监督管理总局监制",
        "国家工商行政管理总局监制",
        "中华人民共和国国家工商行政管理总局监制",
        "市场主体应当于每年",
        "企业应当于每年",
        "提示每年",
    ),
    cues=(
        Cue("营业执照", 3.5, title=True),
        Cue("企业法人营业执照", 3.5, title=True),
        Cue("个体工商户营业执照", 3.5, title=True),
        Cue("个人独资企业营业执照", 3.5, title=True),
        Cue("农民专业合作社法人营业执照", 3.5, title=True),
        Cue("营业执照", 0.5),
        Cue("统一社会信用代码", 0.7),
        Cue("注册号", 0.6),
        Cue("法定代表人", 0.4),
        Cue("经营范围", 0.8),
        Cue("注册资本", 0.7),
        Cue("成立日期", 0.7),
        Cue("营业期限", 0.8),
        Cue("登记机关", 0.7),
        Cue("组成形式", 0.6),
        Cue("经营场所", 0.6),
        Cue("住所", 0.3),
        Cue("类型", 0.2),
        Cue("国家企业信用信息公示系统", 0.8),
        Cue("税务登记证", -4.0, title=True),
        Cue("开户许可证", -4.0, title=True),
        Cue("纳税人识别号", -1.5),
        Cue("业务主管单位", -2.0),
        Cue("举办单位", -2.0),
        Cue("开办资金", -1.5),
        Cue("许可证编号", -1.5),
        Cue("主体业态", -2.0),
    ),
)
