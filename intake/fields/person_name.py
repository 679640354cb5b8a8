"""A person's name as printed: two to six Chinese characters, longer with the dot ``·`` (GB 18030: A1A4), or Latin.

One of two to four characters whose surname is not known is noted: it may be a rare one, or misread.

>>> validate(compact("张 三")).value, validate(compact("买买提•艾力")).value
('张三', '买买提·艾力')
>>> validate("壬小明").problems[0].code
'person_name.surname'
>>> compact("张三·")
'张三'
>>> validate(compact("张小明 李小红")).problems[0].code
'person_name.several'
>>> validate(compact("某某投资有限公司(委派代表:张三)"))
Verdict(value='某某投资有限公司（委派代表：张三）', problems=())
>>> validate(compact("某某投资有限公司(委派张三为代表)")).problems, validate("姓名").value
((), None)
>>> validate(compact("张3")).problems[0].code, validate(compact("")).value
('person_name.characters', None)
"""

from __future__ import annotations

import re

from intake.fields import Problem, Traits, Verdict
from intake.types import Label
from intake.writing.fillers import is_hidden
from intake.writing.surnames import surname
from intake.writing.width import dotted, is_han, trimmed

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安"
    "齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳"
    "管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟"
    "邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺"
    "楼盘满闻厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜"
    "羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢公呼展郦沃糜居衣步候阎傅佘"
)
_TWO_LETTERS = "欧阳|司徒|上官|司马|诸葛|皇甫|尉迟|公孙|慕容|令狐|东方|端木|夏侯|宇文|长孙|南宫|独孤|百里"
"""Surnames after the census lists of the Ministry of Public Security: those of nearly all people."""
_LETTER = r"[\u3400-\u9fff\U00020000-\U000323af]"
_NO_NAME = "经营|许可|成立|全国|家庭|公司|国有|集体|登记|机关|单位"
_LOOK = (
    rf"(?!{_NO_NAME})(?:(?:{_TWO_LETTERS}){_LETTER}{{1,2}}|[{_SURNAMES}]{_LETTER}{{1,2}})"
    rf"(?<![村路街号室楼店厂组层区县市])|{_LETTER}{{2,6}}·{_LETTER}{{2,8}}"
    rf"|[\u4e00-\u9fff()]{{4,30}}(?:公司|合伙\))\(委派代表:{_LETTER}{{2,4}}\)"
)
TRAITS = Traits(together=True, names=True, look=_LOOK)

_LATIN = re.compile(r"[A-Za-z][A-Za-z .,'-]+")
_DELEGATE = re.compile(
    r"(?P<company>[\u4e00-\u9fff（）A-Za-z]{4,40})（委派(?:代表：?(?P<person>[^（）：]{2,24})|(?P<other>[^（）：]{2,24})为代表)）"
)
"""An executive partner 执行事务合伙人 that is a company, with the person who acts for it."""
_CAPTIONS = ("姓名", "名称", "职务", "性别")
"""What forms print where a name is to stand."""
_PERSONS = re.compile(r"[、，]")
_LONGEST = 6
_LONGEST_DOTTED = 24

_MISSING_PROBLEM = Problem("person_name.missing", "error", Label("没有姓名。", "There is no name."))
_CHARACTER_PROBLEM = Problem(
    "person_name.characters", "warning", Label("姓名中有不寻常的字符。", "The name holds unusual characters.")
)
_LENGTH_PROBLEM = Problem(
    "person_name.length", "warning", Label("姓名的字数不寻常。", "The name has an unusual length.")
)
_SURNAME_NOTE = Problem(
    "person_name.surname",
    "info",
    Label("姓氏不常见，请对照原件。", "The surname is unusual: compare it with the paper."),
)
_MORE_PROBLEM = Problem(
    "person_name.more",
    "warning",
    Label("姓名后面似乎还有别的文字。", "There seem to be other words behind the name."),
)
_MORE = re.compile(r"..(?:先生|女士|小姐|等|等.人|性别.?|身份证号?码?|职务|注册号|电话|签字|盖章|签章)$")
_SEVERAL_PROBLEM = Problem(
    "person_name.several",
    "warning",
    Label("这里可能是两个人的姓名。", "These may be the names of two persons."),
)
_SHORT = 3  # letters of a Chinese name with a surname of one
_USUAL = 4  # characters of a Chinese name with a compound surname; longer ones are written out from other languages


def compact(text: str) -> str:
    """The name without spaces between Chinese characters, every separation dot as ``·``, none at its ends."""
    plain = trimmed(text)
    return dotted(plain) if dotted(plain)[:1] and is_han(dotted(plain)[0]) else plain


def validate(text: str) -> Verdict:
    """The verdict on a compact name; an odd name is still a name."""
    if not text or text in _CAPTIONS:
        return Verdict(None, (_MISSING_PROBLEM,))
    delegate = _DELEGATE.fullmatch(text)
    persons = _PERSONS.split(delegate["person"] or delegate["other"]) if delegate else (text,)
    return Verdict(text, tuple(problem for person in persons for problem in _problems(person)))


def _problems(text: str) -> tuple[Problem, ...]:
    """What is odd about the name of one person."""
    if _LATIN.fullmatch(text):
        return ()
    if _MORE.search(text):
        return (_MORE_PROBLEM,)
    if is_hidden(text) or not all(is_han(character) or character == "·" for character in text):
        return (_CHARACTER_PROBLEM,)
    longest = _LONGEST_DOTTED if "·" in text else _LONGEST
    if not 1 < len(text) <= longest:
        return (_LENGTH_PROBLEM,)
    if len(text) > _USUAL and "·" not in text:
        return (_SEVERAL_PROBLEM,) if _are_two(text) else ()
    return () if "·" in text or surname(text) else (_SURNAME_NOTE,)


def _are_two(text: str) -> bool:
    """Whether a text falls into two names of two or three letters, each with a surname that is known."""
    return any(
        surname(text[:cut]) and surname(text[cut:]) and cut <= _SHORT >= len(text) - cut
        for cut in range(_SHORT - 1, len(text) - 1)
    )
