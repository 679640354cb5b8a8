"""Contract (合同): sale, lease, service, works, loan; cover pages, bodies over several pages, signature blocks."""

from __future__ import annotations

from intake.doctypes import Cue, DocumentType, FieldSpec
from intake.types import Label
from intake.writing import currencies

_NUMBER = "[0-9〇○零元一二三四五六七八九十廿卅]"
_KNOWN = r"\d至到起止,，。;；、:：()（）\-—~～日号时生签开施执实计交为内后前有合本甲乙双期之"
_DAY_OF = rf"(?:\d\d(?!\d)|\d(?!\d)(?:[^{_KNOWN}]{{1,2}}\d?)?)"
"""A day between points, with the unknown sign behind a single digit: it may be another, so the kind must see it."""
_DATE = (
    rf"(?:{_NUMBER}{{2,4}}[.,，·]?年{_NUMBER}{{1,3}}月{_NUMBER}{{1,3}}[日号]|(?:19|20)\d\d[-./]\d{{1,2}}[-./]{_DAY_OF})"
    r"(?:[0-9零二十四]{1,3}[时点])?"
)
_TERMS = (
    "租赁|承租|出租|服务|借款|贷款|承包|合作|委托|管理|托管|许可|使用|经营|工程|施工|履行|履约|聘用|聘任|劳动|用工|代理"
    "|有效|合同|协议|固定"
)
"""What the term of a contract is a term of."""
_OTHERS = (
    "试用|见习|免租|装修|交货|交付|发货|提货|培训|调试|债务履行|债务|债权|保修|质保|质量保证|质量保修|三包|缺陷责任|宽限|付款|支付|缴费|缴纳|交租|还款|预付|结算|保险|担保"
    "|保证|保函|抵押|质押|授信|投标|招标|报价|要约|执照|许可证|资质|资格|证书|证件|身份证|整改|验收|异议|保密|竞业限制"
    "|公示|诉讼|仲裁"
)
_BREAK = "。;；,，"
_FORMER = "原(?![材料油煤木奶浆件则告因创装产])"
_ANOTHER = (
    rf"(?:(?:{_OTHERS})(?:的|之|书)?(?:有效)?期[限间]?|{_FORMER}[^{_BREAK}]{{0,8}}(?:合同|协议|租约|[租工]?期)"
    rf"[^{_BREAK}]{{0,6}})[^{_BREAK}]{{0,8}}(?:[,，][^{_BREAK}]{{0,3}})?|其中[自从由]?"
)
"""The periods of other things that contracts speak of, and the term of the contract before this one (原合同期限)."""
_SIGNED = "(?:签订|签署|订立|签定)"
_CONTRACT = "(?:合同|协议|租约)"
_OTHER_OBJECT = (
    rf"(?:[了过]|[的之](?!本)|编号|[《“\"]"
    rf"|(?!本|此|如下|以下|下列|{_CONTRACT})[^。;；,，:：本]{{1,24}}{_CONTRACT}(?!如下|条款))"
)
"""What was signed, where it is not the contract itself: 签订了《…》, 签订编号为…的借款合同."""
_ANOTHER_CONTRACT = (
    rf"(?:{_DATE}[^。;；]{{0,24}}?{_SIGNED}{_OTHER_OBJECT}|{_SIGNED}[了的]?(?:编号|《[^》]{{0,30}}{_CONTRACT})"
    rf"|编号[为是:：]?[^。;；,，]{{4,30}}的[^。;；,，]{{0,12}}{_CONTRACT}|{_FORMER}[^。;；,，]{{0,6}}{_CONTRACT}"
    rf"|主{_CONTRACT}|主债权|被担保)"
    r"(?:(?!变更|调整|修改|更改|改[为成]|续|延|第[一二三四五六七八九十]{1,3}条|[一二三四五六七八九十]、)[^。;；]){0,120}"
)
"""A clause that speaks of another contract (the one that is amended or secured), up to what it says is new."""
_UNKNOWN = rf"(?!{_TERMS}|.[的之该本此总工租])[\u4e00-\u9fff]{{2}}(?:有效)?期[限间]?[自从由为:：]"
"""The period of something that nobody listed: it may or may not be the contract's own."""
_RANGE = rf"({_DATE})[起始]?[,，]?(?:至|到|[-—~－]{{1,2}})({_DATE}|长期)"
_TERM = (
    rf"(?:合同|协议|(?:{_TERMS})期[限间]?|[租工]期|(?<![\u4e00-\u9fff])期限?)"
    rf"(?:(?!{_UNKNOWN})[^。;；]){{0,24}}?(?:自|从|由|[为:：]){_RANGE}"
)
_SOME_TERM = rf"(?:自|从|由|期间[为:：]?|期限?[为:：]){_RANGE}"
_COUNT = "[0-9一二三四五六七八九十两壹贰叁肆伍陆柒捌玖拾]{1,3}"
_AGAIN = r"[)）]?(?:[(（][^)）]{1,3}[)）])?[周整]?"
"""The number once more in brackets: 三（3）年."""
_LASTING = rf"(?:[0-9]{{1,2}}[(（])?{_COUNT}{_AGAIN}(?:年|个月)"
_LASTS = rf"(?:[0-9]{{1,2}}[(（])?(?P<count>{_COUNT}){_AGAIN}(?P<unit>年|个月)"
_FROM = rf"(?:自|从|由)({_DATE})(?:起算?|开始)?[,，]?"
_HELD = r"(?:生效|有效期限?|期限?|租期|为期|计算|至|共|共计|为|是|[,，:：])*"
_BEGINS = rf"{_FROM}(?:(?:开始)?(?:生效|计算|有效期|期限|为期)|{_HELD}{_LASTING})"
_BEGINS_AFTER = rf"(?:期限|期间|[租工效]期|期){_HELD}{_LASTING}[,，(（]即?{_FROM}"
_PERIOD = (
    r"(?:本?(?:合同|协议)的?有效期限?|(?:合同|协议|租赁|服务|借款|承包|合作|委托|许可|承租|经营|工程|履行|有效)(?:期[限间]?)"
    r"|[租工]期)"
)
_SPAN = rf"{_PERIOD}(?:共计|共|为|是|[:：]){{0,3}}{_LASTS}"
_SPAN_FROM = r"(?:签订|签署|签字|盖章|生效)[^。;；,，]{0,8}之日起[,，]?(?:有效期)?(?:为|共)?" + _LASTS + r"(?:内?有效)"
_SPAN_SIGNED = (
    rf"{_PERIOD}(?:共计|共|为|是|[:：,，]){{0,3}}(?:自|从|由)?[^。;；,，:：]{{0,8}}"
    rf"(?:签订|签署|签字|签章|盖章|生效)[^。;；,，]{{0,8}}之日起(?:计?算)?[,，]?(?:为期|期限为|共计|共|为)?{_LASTS}"
)
_TERM_UNTIL = (
    rf"(?:自|从|由)({_DATE})起?(?:开始)?(?:正式)?(?:生效|执行|施行|实施|履行)[,，;；]?"
    rf"(?:本?(?:合同|协议)的?)?(?:有效)?(?:期限?)?截?[至到]({_DATE}|长期)"
)
_RANGE_OF_TERM = (
    rf"{_RANGE}止?[,，]?[为是系]本?(?:合同|协议)?的?"
    r"(?:合同|协议|租赁|服务|承包|借款|合作|委托|履行|经营|聘用)?的?(?:有效期|期限|期间|[租工]期|期)"
)
_BEGINS_IN = rf"{_PERIOD}[为是:：]{{1,2}}({_DATE})(?:起算?|开始)[,，]?{_HELD}{_LASTING}"
_SPAN_IN = rf"{_PERIOD}[为是:：]{{1,2}}(?P<start>{_DATE})(?:起算?|开始)[,，]?{_HELD}{_LASTS}"
_BEGINNING, _ENDING = (rf"{word}(?:日期|时间|日)[为是:：]{{0,2}}({_DATE})" for word in ("开工", "(?:竣工|完工|交工)"))
_WORKS_BEGIN, _WORKS_END = rf"(?<!实际){_BEGINNING}", rf"(?<!实际){_ENDING}"
_PLANNED_BEGIN, _PLANNED_END = rf"计划{_BEGINNING}", rf"计划{_ENDING}"
_STARTING = rf"(?:自|从|由)(?P<start>{_DATE})(?:起算?|开始)?[,，]?"
_SPAN_DATED = rf"{_STARTING}{_HELD}{_LASTS}"
_DATED_SPAN = rf"(?:期限|期间|[租工效]期|期){_HELD}{_LASTS}[,，(（]即?{_STARTING}"

_NOT_THE_SUM = "".join(
    rf"(?<!{word})"
    for word in (
        "预算",
        "不含税",
        "税",
        "保证金",
        "押金",
        "定金",
        "违约金",
        "首期",
        "单项",
        "担保",
        "利息",
        "本息",
        "保险",
        "赔偿",
        "月",
        "每年",
        "年",
    )
)
_WHOLE = (
    r"(?:(?:合同|协议)(?:总金额|总价款|总价|总额|价款|金额|价)|总租金|租金(?:总额|总计|共计|合计)|租赁费总额"
    r"|(?:服务|许可|使用|咨询|设计|监理|承包|加工|开发|经费|酬)[\u4e00-\u9fff]{0,6}?(?:总额|总计|共计|合计|总价)"
    r"|(?:借款|贷款|转让|成交|中标)(?:总价|价款|价格|金额|本金|费|价)|工程(?:造价|价款|总价)"
    r"|本(?:合同|协议)[\u4e00-\u9fff]{0,6}?(?:费用?|价格|酬金|款项?|经费)(?=[共计合总为是:：(（])"
    r"|(?:经费|费用?|报酬)(?:及(?:报酬|费用))?(?=共计|总计))"
)
_PART = r"(?:总金额|总价款|总价|总额|价款|金额|租金|总计|合计|共计|报酬)"
_MARK = currencies.COMMON
_MEASURED = (
    rf"(?:[(（【](?=[^)）】]{{0,14}}(?:[万亿元圆方]|{_MARK}))(?![^)）】]{{0,12}}[大小]写)"
    r"[^()（）】\d零〇壹贰叁肆伍陆柒捌玖拾一二三四五六七八九]{1,16}[)）】])"
)
"""A bracket that tells what the number counts: 合同金额（万元）, （人民币：元）, 120（单位：万美元）."""
_BRACKET = rf"(?:(?!{_MEASURED})[(（](?!大写|小写)[^)）]{{1,10}}[)）])?"
_JOINT = r"(?:变更|调整|暂定|约定|总计|共计|合计|共|计|即|人民币金额){0,3}(?:为|是|[:：]){0,2}"
_UNIT = currencies.BEHIND
_LEAD = (
    rf"(?:[(（]?[大小]写(?:金额)?[)）]?|[(（]?(?:币[种别]|货币)(?:[)）][:：]?|[:：])|[(（]{_MARK}[)）]|{_MARK}|[:：_])*"
)
_NUMERALS = "零〇壹贰叁肆伍陆柒捌玖拾佰仟万亿一二三四五六七八九十百千两參参貳陸萬億"
_WORDS = rf"[{_NUMERALS}]{{1,24}}{_UNIT}[整正]?[{_NUMERALS}角分整正]{{0,8}}"
_BEHIND = r"(?![\d%％‰])[整正]?"
_FIGURES = rf"\d[\d,，.]{{0,18}}_*[百千]?[万亿]?{_UNIT}?{_BEHIND}"
_DIGITS = rf"(?:\d[\d,，.]{{0,18}}_*[百千]?[万亿]{_UNIT}?|\d[\d,，.]{{2,18}}_*{_UNIT}?){_BEHIND}"
_MEANT = rf"(?=[^\d]{{0,12}}(?:{_MARK}|[大小]写)|{_MEASURED}|[{_NUMERALS}]|[\d,，.]+_*[万亿]?{_UNIT}|(?<=[:：为是]))"
"""A sign of money: behind the noun alone bare digits may be the next clause's number."""


def _also(form: str) -> str:
    """The same amount in its other form, if it is there: in brackets, behind 大写, 小写 or 即, or behind its sign.

    Behind a bare comma another amount may begin (…，定金20000元), so a comma alone joins nothing.
    """
    return (
        rf"(?:[(（][即计合]?{_LEAD}{form}[)）]?|[,，、;；]?(?:[即计合]|[(（]?[大小]写[)）]?){_LEAD}{form}"
        rf"|{_MARK}[:：]?{form})?"
    )


_EITHER = (
    rf"{_BRACKET}{_JOINT}{_MEANT}("
    rf"{_MEASURED}{_JOINT}{_LEAD}(?:{_WORDS}{_also(_FIGURES)}|{_FIGURES}{_also(_WORDS)})"
    rf"|{_LEAD}(?:{_WORDS}{_also(_DIGITS)}|{_DIGITS}{_also(_WORDS)}){_MEASURED}?)"
)
"""The whole expression, so that an amount written in characters and in digits is checked against itself."""
_NO_PRICE = (
    rf"(?!{_BRACKET}{_MEASURED}?{_JOINT}{_LEAD}[\d,.]*\d[万亿]?(?:{_UNIT})?整?[/／每](?![\d￥¥{_NUMERALS}]|人民币))"
)
"""A price for a month or a piece has its measure behind it (元/月)."""
_TOTAL = rf"{_NOT_THE_SUM}{_WHOLE}{_NO_PRICE}{_EITHER}"
_BEHIND_WORDS = (
    rf"{_NOT_THE_SUM}(?>{_WHOLE}{_BRACKET}{_JOINT}{_LEAD})(?!{_WORDS})"
    rf"[\u4e00-\u9fff]{{4,24}}[(（]{_LEAD}({_DIGITS})"
)
"""The digits in brackets behind an amount in characters of which one was misread."""
_SUBTOTAL = rf"{_NOT_THE_SUM}{_PART}{_NO_PRICE}{_EITHER}"
_OVER_THE_TERM = (
    rf"(?:{_COUNT}{_AGAIN}(?:年|个月)|全年|[期年间]内)"
    rf"(?:租金|租赁费|服务费|费用|价款)?(?:总计|合计|共计|总额){_NO_PRICE}{_EITHER}"
)
"""What years of a yearly price come to: 三年合计…."""

_ROLES = (
    ("甲方", "乙方"), ("买方", "卖方"), ("买受人", "出卖人"), ("买受方", "出卖方"), ("需方", "供方"),
    ("采购方", "供货方"), ("采购方", "供应方"), ("购货方", "销货方"), ("购买方", "销售方"), ("采购人", "供应商"),
    ("采购人", "中标人"), ("出租方", "承租方"), ("出租人", "承租人"), ("委托方", "受托方"), ("委托人", "受托人"),
    ("委托方", "服务方"),
    ("委托人", "监理人"), ("发包人", "承包人"), ("发包方", "承包方"), ("发包人", "设计人"), ("借款人", "贷款人"),
    ("借款人", "出借人"), ("借款方", "贷款方"), ("借款方", "出借方"), ("转让方", "受让方"), ("转让人", "受让人"),
    ("出让方", "受让方"), ("出让人", "受让人"), ("用人单位", "劳动者"), ("许可方", "被许可方"), ("许可人", "被许可人"),
    ("授权方", "被授权方"), ("定作方", "承揽方"), ("定作人", "承揽人"), ("保证人", "债权人"), ("抵押人", "抵押权人"),
    ("出质人", "质权人"), ("托运人", "承运人"), ("托运方", "承运方"), ("存货方", "保管方"), ("存货人", "保管人"),
    ("寄存人", "保管人"), ("寄售人", "代销人"), ("赠与人", "受赠人"), ("总包方", "分包方"), ("总包人", "分包人"),
    ("建设单位", "施工单位"), ("招标人", "中标人"), ("特许人", "被特许人"), ("聘用单位", "受聘人员"),
    ("债务人", "债权人"), ("用人单位名称", "劳动者姓名"),
)  # fmt: skip
_NO_ROLES = (
    "(?:联系|负责|代表|代理|经办|经手|承办|签约|签字|签署|签订|收货|收件|提货|发货|验收|审核|审批|批准|校对|制表|填表|记录|起草)人"
    "|(?:拟稿|见证|证明|介绍|担保|监护|主管|责任|当事|第三|开票|法)人"
    "|原[甲乙]方|(?:双|各|三|四|对|我|一|丙|丁|地|见证|鉴证|监证|公证|担保|保证|第三)方"
    "|(?:见证|鉴证|监证|公证|监制|主管|印制|制定|填报|计量|货币|项目)单位|项目业主"
    "|(?:业务|销售|采购|管理|联络|联系|操作|审核|人)员|(?:登记|公证|仲裁|鉴定|代理)机构"
    "|(?:开户|收款|付款|汇入|经办|托收)银行|[账帐开]户"
    "|(?:目标|标的)公司|被保险人|受益人"
)  # fmt: skip
_OPEN_ROLE = (
    rf"(?:(?!.*(?:{_NO_ROLES})(?:名称|全称|姓名)?$)[\u4e00-\u9fff]{{1,8}}"
    r"(?:[方人商主者客户员东]|单位|企业|公司|机构|职工|员工|学校|医院|家长|银行|旅行社|委员会)(?:名称|全称|姓名)?"
    r"|员工|家长|学校|医院|旅行社)"
)
"""A role that nobody listed; persons who act for a party, witnesses and sureties are none."""
_STOPS = (
    "单位名称 企业名称 公司名称 名称或姓名 姓名或名称 名称 姓名 全称 用人单位名称 单位全称 法定代表人 法人代表 代表人 "
    "授权代表 授权代理人 委托代理人 主要负责人 单位负责人 负责人 经办人 联系人 联系电话 电话 手机 传真 电子邮箱 邮箱 "
    "邮政编码 邮编 签订地点 签约地点 签署地点 开户银行 开户行 账号 银行账号 帐号 户名 税号 地址 住所 住址 住所地 "
    "通讯地址 单位地址 注册地址 联系地址 户籍地址 送达地址 统一社会信用代码 组织机构代码 纳税人识别号 营业执照号 "
    "身份证号 身份证号码 居民身份证号码 证件号码 性别 民族 职务 资质等级 资质证书编号 项目名称 项目编号 招标编号 "
    "工程名称 工程地点 盖章 签字 丙方 原合同编号 原合同号 原协议编号 原合同名称 原合同金额 原合同总价 原合同签订日期 "
    "原合同签订时间 原协议签订日期 主合同编号 主合同名称 主合同金额 主合同签订日期 框架协议编号 框架合同编号"
)
_SIGNING = (
    "签订日期 签订时间 签署日期 签署时间 签约日期 签约时间 合同签订日期 合同签订时间 签字日期 订立日期 订立时间 "
    "签章日期 合同签署日期 合同签署时间 合同签约日期 合同签约时间 合同订立日期 "
    "合同订立时间 合同签订日 合同签署日 合同签约日 协议签订日期 协议签署日期 协议签署日 协议签订日 日期"
)
_TELLING = "甲方 乙方 出卖人 买受人 出租方 承租方 委托方 受托方 发包人 承包人 违约责任 第一条 本合同"
_INSIDE = "甲方 乙方 违约 争议 委托代理人"
_SIGNATURES = "盖章 签字 公章 签章"
_ANYWHERE = "合同 开户银行 法定代表人 授权代表 附件"
_EVERY_ROLE = tuple(dict.fromkeys(role for pair in _ROLES for role in pair))


TYPE = DocumentType(
    name="contract",
    title=Label("合同", "Contract"),
    customer="company",
    repeats=True,
    continues=True,
    roles=_ROLES,
    open_roles=_OPEN_ROLE,
    fields=(
        FieldSpec(
            name="contract_number",
            label=Label("合同编号", "Contract number"),
            kind="reference",
            fact="contract_number",
            captions=("合同编号", "合同号", "协议编号", "协议号", "协议书编号", "合同登记编号", "合同备案编号", "编号"),
            weak=("编号", "合同登记编号", "合同备案编号"),
            running=True,
            form=r"^(?!.{0,3}G[FE]).*\d",
            another=rf"》[(（]?|{_SIGNED}(?!地|时间|日)[^。;；:：]{{0,40}}[(（]",
            patterns=(
                r"(?<![A-Za-z])N[oO0][.．:：]{1,2}([A-Z0-9][A-Za-z0-9/\-—_()（）〔〕\[\]【】]{3,30}(?:[字第年]{1,2}\d+)?号?)",
            ),
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
            kind="party_name",
            fact="contract_party_a",
            captions=_EVERY_ROLE,
            side="first",
        ),
        FieldSpec(
            name="party_b",
            label=Label("乙方", "Party B"),
            kind="party_name",
            fact="contract_party_b",
            captions=_EVERY_ROLE,
            side="second",
        ),
        FieldSpec(
            name="amount",
            label=Label("合同金额", "Amount"),
            kind="money",
            fact="contract_amount",
            patterns=(_TOTAL,),
            hints=(_BEHIND_WORDS, _SUBTOTAL, _OVER_THE_TERM),
            another=_ANOTHER_CONTRACT,
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
            captions=tuple(_SIGNING.split()),
            weak=("日期",),
            running=True,
            latest=True,
            place="signatures",
            patterns=(
                rf"于({_DATE})(?:[在于][^。;；]{{2,16}}?|共同|正式)?{_SIGNED}(?!{_OTHER_OBJECT})",
                rf"(?<!》)(?:{_SIGNED}|签约)于[:：]?({_DATE})(?!的)",
            ),
        ),
        FieldSpec(
            name="effective_from",
            label=Label("期限自", "Term from"),
            kind="date",
            fact="contract_effective_from",
            patterns=(_TERM, _BEGINS, _BEGINS_AFTER, _RANGE_OF_TERM, _BEGINS_IN, _PLANNED_BEGIN),
            hints=(_SOME_TERM, _WORKS_BEGIN),
            another=rf"{_ANOTHER}|{_ANOTHER_CONTRACT}",
            part="start",
        ),
        FieldSpec(
            name="effective_to",
            label=Label("期限至", "Term to"),
            kind="term_end",
            fact="contract_effective_to",
            patterns=(_TERM, _TERM_UNTIL, _RANGE_OF_TERM, _PLANNED_END),
            hints=(_SOME_TERM, _WORKS_END),
            another=rf"{_ANOTHER}|{_ANOTHER_CONTRACT}",
            part="end",
            spans=(_SPAN_DATED, _DATED_SPAN, _SPAN_IN, _SPAN, _SPAN_FROM, _SPAN_SIGNED),
            counted_from=("effective_from", "signed_on"),
        ),
    ),
    stops=tuple(_STOPS.split()),
    cues=(
        Cue("合同", 1.8, ends=True),
        Cue("合同书", 1.8, ends=True),
        Cue("协议书", 1.6, ends=True),
        Cue("协议", 1.3, ends=True),
        Cue("合同编号", 1.2),
        *(Cue(phrase, 0.8) for phrase in _TELLING.split()),
        *(Cue(role, 0.6) for role in _EVERY_ROLE if role not in _TELLING),
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
        Cue("本合同", 1.2),
        Cue("无正文", 1.2),
        *(Cue(phrase, 0.8) for phrase in _INSIDE.split()),
        *(Cue(f"第{number}条", 0.7) for number in "二三四五六七八九十"),
        *(Cue(phrase, 0.6) for phrase in _SIGNATURES.split()),
        *(Cue(phrase, 0.4) for phrase in _ANYWHERE.split()),
        *(Cue(role, 0.5) for role in _EVERY_ROLE[2:]),
    ),
)
