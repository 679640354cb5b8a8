"""Bank account permit (开户许可证), by the People's Bank of China until 2019; the name is in running text."""

from __future__ import annotations

from intake.doctypes import Cue, DocumentType, FieldSpec
from intake.types import Label

TYPE = DocumentType(
    name="bank_account_permit",
    title=Label("开户许可证", "Bank account permit"),
    customer="company",
    orders=(
        "account_name legal_representative bank_name account_number",
        "account_name account_number bank_name legal_representative",
    ),
    fields=(
        FieldSpec(
            name="account_name",
            label=Label("存款人名称", "Account name"),
            expected=True,
            kind="company_name",
            fact="company_name",
            captions=("存款人名称", "账户名称", "户名", "存款人", "单位名称"),
            patterns=(
                r"经[审申]?[核该][,，.。、:：]?(.{3,60}?)[,，、]?符合",
                r"[审申]核[,，.。、:：]?(.{3,60}?)[,，、]?符合",
                r"[审申]核[,，.。、:：]?(.{3,60}?)[,，、]?.{0,2}[开升]户条件",
            ),
        ),
        FieldSpec(
            name="account_number",
            label=Label("账号", "Account number"),
            expected=True,
            kind="account_number",
            fact="account_number",
            captions=("账号", "帐号", "银行账号", "银行帐号"),
        ),
        FieldSpec(
            name="bank_name",
            label=Label("开户银行", "Bank"),
            expected=True,
            kind="bank_name",
            fact="bank_name",
            captions=("开户银行", "开户银行名称", "开户行"),
        ),
        FieldSpec(
            name="legal_representative",
            label=Label("法定代表人（单位负责人）", "Legal representative"),
            expected=True,
            kind="person_name",
            fact="legal_representative",
            captions=("法定代表人", "法定代表人(单位负责人)", "法定代表人或单位负责人", "单位负责人", "负责人"),
        ),
        FieldSpec(
            name="permit_number",
            label=Label("核准号", "Permit number"),
            expected=True,
            kind="permit_number",
            fact="permit_number",
            captions=("核准号",),
            shape=r"(?<![0-9A-Z])[JLZTF]\d{13}(?![0-9A-Z])",
        ),
        FieldSpec(
            name="issued_on",
            label=Label("发证日期", "Issued on"),
            expected=True,
            kind="date",
            fact="account_permit_issued_on",
            captions=("发证日期",),
            place="foot_date",
        ),
    ),
    stops=("编号", "换证日期", "发证机关", "发证机关(盖章)", "发证机关盖章", "账户性质", "符合开户条件", "准予开立"),
    cues=(
        Cue("开户许可证", 3.5, title=True),
        Cue("核准号", 1.5),
        Cue("符合开户条件", 1.5),
        Cue("准予开立", 1.2),
        Cue("基本存款账户", 1.0),
        Cue("专用存款账户", 1.0),
        Cue("临时存款账户", 1.0),
        Cue("开户银行", 0.7),
        Cue("账号", 0.4),
        Cue("经审核", 0.5),
        Cue("发证机关", 0.3),
        Cue("营业执照", -3.0, title=True),
        Cue("税务登记证", -3.0, title=True),
        Cue("发票", -3.0, title=True),
        Cue("甲方", -1.5),
        Cue("乙方", -1.5),
        Cue("基本存款账户信息", -3.0, title=True),
    ),
)
