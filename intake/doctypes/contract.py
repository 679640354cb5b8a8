"""Contract (合同): sale, lease, service, works, loan; cover pages, bodies over several pages, signature blocks."""

from __future__ import annotations

from intake.doctypes import Cue, DocumentType, FieldSpec
from intake.types import Label

_DATE = (
    r"(?:[0-9〇○零一二三四五六七八九十]{2,4}年[0-9〇零一二三四五六七八九十]{1,3}月[0-9〇零一二三四五六七八九十]{1,3}日"
    r"|(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}(?!\d))"
)
_TERM = rf"(?:自|从|期限?[为:：]|期间[为:：]?)({_DATE})[起始]?[,，]?(?:至|到|[-—~－]{{1,2}})({_DATE}|长期)"
_BEGINS = rf"(?:自|从)({_DATE})起?[,，]?(?:开始)?(?:生效|计算|有效期|期限|为期)"
_LASTS = r"(?P<count>[0-9一二三四五六七八九十两]{1,3})(?P<unit>年|个月)"
_SPAN = (
    r"(?:本?(?:合同|协议)的?有效期限?|(?:合同|协议|租赁|服务|借款|承包|合作|委托)期限?)(?:共计|共|为|是|[:：]){0,3}"
    + _LASTS
)
_SPAN_FROM = r"(?:签订|签署|签字|盖章|生效)[^。;；,，]{0,8}之日起[,，]?(?:有效期)?(?:为|共)?" + _LASTS + r"(?:内?有效)"

_SUM = (
    r"(?:(?:合同|协议)?(?:总金额|总价款|总价|总额|价款|金额|租金总额|费用总额|费总额|总计|合计|报酬|总租金|借款金额|工程造价)"
    r"|本(?:合同|协议)[\u4e00-\u9fff]{0,6}?(?:费用?|价格|酬金|款项?)(?=[共计合总为是:：(（]))"
    r"(?:[(（][^)）]{1,10}[)）])?(?:共计|合计|总计|共|计)?(?:为|是|[:：]){0,2}"
)
_MARK = r"(?:人民币|RMB|CNY|美元|USD|US\$|欧元|EUR|港[币元]|HKD|[￥¥$€])"
_UNIT = r"(?:[美欧日]元|港[币元]|[元圆])"
_LEAD = rf"(?:[(（]?[大小]写(?:金额)?[)）]?|{_MARK}|[:：])*"
_NUMERALS = "零〇壹贰叁肆伍陆柒捌玖拾佰仟万亿一二三四五六七八九十百千两"
_WORDS = rf"[{_NUMERALS}]{{1,20}}{_UNIT}[整正]?[{_NUMERALS}角分整正]{{0,8}}"
_DIGITS = rf"(?:\d[\d,，.]{{0,18}}[万亿]{_UNIT}?|\d[\d,，.]{{2,18}}{_UNIT}?)(?![\d%％‰])整?"


def _also(form: str) -> str:
    """The same amount in its other form, if it is there: in brackets, behind 大写, 小写 or 即, or behind its sign.

    Behind a bare comma another amount may begin (…，定金20000元), so a comma alone joins nothing.
    """
    return (
        rf"(?:[(（][即计合]?{_LEAD}{form}[)）]?|[,，、;；]?(?:[即计合]|[(（]?[大小]写[)）]?){_LEAD}{form}"
        rf"|{_MARK}[:：]?{form})?"
    )


_TOTAL = _SUM + rf"({_LEAD}(?:{_WORDS}{_also(_DIGITS)}|{_DIGITS}{_also(_WORDS)}))"
"""The whole expression, so that an amount written in characters and in digits is checked against itself."""

_FIRST_ROLES = (
    "甲方", "出卖人", "卖方", "供方", "销售方", "供货方", "出租方", "出租人", "委托方", "委托人", "发包方", "发包人",
    "定作人", "定作方", "出借人", "贷款人", "转让方", "用人单位", "托运人", "许可方", "寄售人", "保管人",
)  # fmt: skip
_SECOND_ROLES = (
    "乙方", "买受人", "买方", "需方", "采购方", "购货方", "承租方", "承租人", "受托方", "受托人", "承包方", "承包人",
    "承揽人", "承揽方", "借款人", "受让方", "劳动者", "承运人", "被许可方",
)  # fmt: skip
_ROLES = (*_FIRST_ROLES[1:], *_SECOND_ROLES[1:])


def _captions(letter: str, roles: tuple[str, ...]) -> tuple[str, ...]:
    """The roles alone, and any role that the paper itself calls 甲方 or 乙方: 需方（甲方）."""
    return (*roles, *(f"{role}({letter})" for role in _ROLES))


TYPE = DocumentType(
    name="contract",
    title=Label("合同", "Contract"),
    customer="company",
    repeats=True,
    continues=True,
    fields=(
        FieldSpec(
            name="contract_number",
            label=Label("合同编号", "Contract number"),
            kind="reference",
            fact="contract_number",
            captions=("合同编号", "合同号", "协议编号", "协议号", "合同登记编号", "编号"),
            weak=("编号",),
            running=True,
            patterns=(r"N[oO0][.．:：]?([A-Z0-9][A-Za-z0-9/\-()（）〔〕\[\]]{4,30})",),
        ),
        FieldSpec(
            name="title",
            label=Label("合同名称", "Title"),
            kind="text",
            fact="contract_title",
            place="title",
        ),
        FieldSpec(
            name="party_a",
            label=Label("甲方", "Party A"),
            kind="company_name",
            fact="contract_party_a",
            captions=_captions("甲方", _FIRST_ROLES),
            running=True,
        ),
        FieldSpec(
            name="party_b",
            label=Label("乙方", "Party B"),
            kind="company_name",
            fact="contract_party_b",
            captions=_captions("乙方", _SECOND_ROLES),
            running=True,
        ),
        FieldSpec(
            name="amount",
            label=Label("合同金额", "Amount"),
            kind="money",
            fact="contract_amount",
            patterns=(_TOTAL,),
            captions=(
                "合同总金额",
                "合同总价款",
                "合同总价",
                "合同金额",
                "合同价款",
                "总金额",
                "总价款",
                "服务费总额",
                "合计金额",
            ),
            running=True,
        ),
        FieldSpec(
            name="signed_on",
            label=Label("签订日期", "Signed on"),
            kind="date",
            fact="contract_signed_on",
            captions=(
                "签订日期",
                "签订时间",
                "签署日期",
                "签约日期",
                "签约时间",
                "合同签订日期",
                "签字日期",
                "订立日期",
                "日期",
            ),
            weak=("日期",),
            running=True,
            place="signatures",
            patterns=(rf"于({_DATE})(?:在.{{2,16}}?|共同|正式)?(?:签订|签署|订立)",),
        ),
        FieldSpec(
            name="effective_from",
            label=Label("期限自", "Term from"),
            kind="date",
            fact="contract_effective_from",
            patterns=(_TERM, _BEGINS),
            part="start",
        ),
        FieldSpec(
            name="effective_to",
            label=Label("期限至", "Term to"),
            kind="term_end",
            fact="contract_effective_to",
            patterns=(_TERM,),
            part="end",
            spans=(_SPAN, _SPAN_FROM),
            counted_from=("effective_from", "signed_on"),
        ),
    ),
    stops=(
        "法定代表人",
        "委托代理人",
        "签订地点",
        "开户银行",
        "账号",
        "地址",
        "电话",
        "联系电话",
        "联系人",
        "统一社会信用代码",
        "身份证号",
        "住所",
        "邮政编码",
        "盖章",
        "签字",
    ),
    cues=(
        Cue("合同", 1.8, ends=True),
        Cue("合同书", 1.8, ends=True),
        Cue("协议书", 1.6, ends=True),
        Cue("协议", 1.3, ends=True),
        Cue("合同编号", 1.2),
        Cue("甲方", 0.8),
        Cue("乙方", 0.8),
        Cue("出卖人", 0.8),
        Cue("买受人", 0.8),
        Cue("出租方", 0.8),
        Cue("承租方", 0.8),
        Cue("委托方", 0.8),
        Cue("受托方", 0.8),
        Cue("发包人", 0.8),
        Cue("承包人", 0.8),
        Cue("违约责任", 0.8),
        Cue("第一条", 0.8),
        Cue("本合同", 0.8),
        Cue("签订地点", 0.5),
        Cue("营业执照", -2.5, title=True),
        Cue("开户许可证", -3.0, title=True),
        Cue("税务登记证", -3.0, title=True),
        Cue("发票", -4.0, title=True),
        Cue("报价单", -2.5, title=True),
        Cue("送货单", -3.0, title=True),
        Cue("章程", -3.0, title=True),
        Cue("授权委托书", -3.0, title=True),
    ),
    page_cues=(
        Cue("甲方", 0.8),
        Cue("乙方", 0.8),
        Cue("本合同", 1.2),
        Cue("合同", 0.4),
        Cue("违约", 0.8),
        Cue("争议", 0.8),
        Cue("盖章", 0.6),
        Cue("签字", 0.6),
        Cue("第二条", 0.7),
        Cue("第三条", 0.7),
        Cue("第四条", 0.7),
        Cue("第五条", 0.7),
        Cue("第六条", 0.7),
        Cue("第七条", 0.7),
        Cue("第八条", 0.7),
        Cue("第九条", 0.7),
        Cue("第十条", 0.7),
        Cue("委托代理人", 0.8),
        Cue("开户银行", 0.4),
        Cue("附件", 0.5),
    ),
)
