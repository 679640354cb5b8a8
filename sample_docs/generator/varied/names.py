"""Invented people: names of the majority and of minorities, and identity numbers that were given to nobody."""

from __future__ import annotations

from datetime import date, timedelta

from sample_docs.generator.numbers import id_number
from sample_docs.generator.papers import Person
from sample_docs.generator.varied import places
from sample_docs.generator.varied.chance import Chance

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤柴蒙卞燕冉麦鞠尉"
    "佘亓"
)
_DOUBLE = ("欧阳", "上官", "司马", "诸葛", "司徒", "东方", "皇甫", "尉迟", "慕容", "令狐")
_MALE = (
    "伟强磊军勇杰涛明超刚平辉鹏华飞波斌宇浩凯健俊帆帅旭宁龙林栋建国志文海洋金荣春生成康星光天达安岩中茂进有坚和彪"
    "博诚先敬震振壮会思群豪心邦承乐绍功松善厚庆民友裕河哲江亮政谦亨奇固之轮翰朗伯宏言若鸣朋梁维启克伦翔泽晨辰士以"
    "骁煜珩琰鑫焱垚"
)
_FEMALE = (
    "芳娜敏静丽艳娟霞秀英慧巧美淑惠珠翠雅芝玉萍红娥玲芬彩春菊兰凤洁梅琳素云莲真环雪荣爱妹香月莺媛瑞凡佳嘉琼勤珍贞"
    "莉桂娣叶璧璐娅琦晶妍茜秋珊莎锦黛青倩婷姣婉娴瑾颖露瑶怡婵雁蓓纨仪荷丹蓉眉君琴蕊薇菁梦岚苑婕馨瑗琰韵融园艺咏卿"
    "聪澜纯毓悦昭冰爽琬茗羽希欣飘育滢馥筠柔竹霭凝晓欢霄枫芸菲寒伊亚宜可姬舒影荔枝思"
)
_UYGHUR = (
    "阿卜杜拉",
    "买买提",
    "吐尔逊",
    "艾力",
    "阿依古丽",
    "古丽娜尔",
    "热合曼",
    "玉素甫",
    "依明江",
    "帕提古丽",
    "库尔班",
    "努尔麦麦提",
    "阿不都热西提",
    "麦合木提",
)
_KAZAKH = ("叶尔兰", "努尔兰", "阿依达娜", "别克", "哈那提", "赛力克", "古丽巴哈尔", "加依娜")
_TIBETAN = (
    "扎西",
    "次仁",
    "卓玛",
    "旺堆",
    "尼玛",
    "达瓦",
    "格桑",
    "平措",
    "央金",
    "德吉",
    "多吉",
    "罗布",
    "白玛",
    "拉姆",
)
_MONGOL = ("巴特尔", "乌云其木格", "苏日娜", "阿拉坦仓", "哈斯巴根", "萨仁高娃", "那日苏", "娜仁花", "宝音德力格尔")
_YI = ("阿牛", "吉克", "沙马", "马海", "阿尔", "曲比", "木呷", "尔古", "伍加", "日史", "阿依", "拉铁")
_PEOPLES = {
    "汉": 80.0, "壮": 2.0, "回": 2.0, "满": 2.0, "苗": 1.2, "维吾尔": 1.6, "土家": 1.2, "彝": 1.2, "蒙古": 1.2,
    "藏": 1.2, "布依": 0.6, "侗": 0.6,
    "瑶": 0.6, "白": 0.5, "哈尼": 0.4, "哈萨克": 0.6, "黎": 0.4, "傣": 0.4, "畲": 0.4, "傈僳": 0.3, "东乡": 0.3,
    "仡佬": 0.3, "拉祜": 0.2, "佤": 0.2,
    "水": 0.2, "纳西": 0.3, "羌": 0.3, "土": 0.2, "仫佬": 0.2, "锡伯": 0.2, "柯尔克孜": 0.3, "景颇": 0.2,
    "达斡尔": 0.3, "撒拉": 0.2, "布朗": 0.2,
    "毛南": 0.2, "塔吉克": 0.2, "普米": 0.1, "阿昌": 0.1, "怒": 0.1, "鄂温克": 0.2, "京": 0.1, "基诺": 0.1,
    "德昂": 0.1, "保安": 0.1, "裕固": 0.1,
    "俄罗斯": 0.2, "朝鲜": 0.8, "高山": 0.2, "赫哲": 0.1, "鄂伦春": 0.1, "门巴": 0.1, "珞巴": 0.1, "独龙": 0.1,
    "塔塔尔": 0.1, "乌孜别克": 0.2,
}  # fmt: skip
_TODAY = date(2026, 11, 22)
_YOUTH, _MIDDLE, _ADULT = 25, 45, 16


def name(chance: Chance, sex: str = "", people: str = "汉") -> str:
    """A name as the people have them."""
    if people in {"维吾尔", "乌孜别克", "塔塔尔"}:
        return "·".join(chance.some(_UYGHUR, 2))
    if people in {"哈萨克", "柯尔克孜", "塔吉克"}:
        return "·".join(chance.some(_KAZAKH, 2))
    if people in {"藏", "门巴", "珞巴"}:
        return "".join(chance.some(_TIBETAN, 1 if chance.maybe(0.25) else 2))
    if people == "蒙古" and chance.maybe(0.7):
        return chance.pick(_MONGOL)
    if people == "彝" and chance.maybe(0.5):
        return "".join(chance.some(_YI, 2))
    letters = _FEMALE if (sex or chance.pick("男女")) == "女" else _MALE
    surname = chance.pick(_DOUBLE) if chance.maybe(0.02) else chance.pick(_SURNAMES)
    return surname + "".join(chance.pick(letters) for _ in range(1 if chance.maybe(0.22) else 2))


def person(chance: Chance) -> Person:
    """A holder of an identity card whose district's code is younger than the holder's birth.

    Validity follows the rule of the cards: ten years for holders up to 25, twenty up to 45, then for ever; five for
    children.
    """
    sex, people = chance.pick("男女"), chance.weighed(_PEOPLES)
    birth = chance.day(date(1948, 1, 1), date(2009, 12, 31))
    place = chance.pick(places.young(birth.year + 1))
    sequence = chance.whole(1, 499) * 2 - (1 if sex == "男" else 0)
    given = chance.day(max(date(2005, 1, 1), date(birth.year + 5, 1, 1)), _TODAY)
    age = given.year - birth.year
    years = 5 if age < _ADULT else 10 if age <= _YOUTH else 20 if age <= _MIDDLE else 0
    return Person(
        name(chance, sex, people), sex, people, birth, places.address(chance, place, home=True),
        id_number(place.code, birth, sequence), places.police(chance, place), given,
        later(given, years) if years else None,
    )  # fmt: skip


def later(day: date, years: int) -> date:
    """The same day some years later; the 29th of February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return (day - timedelta(days=1)).replace(year=day.year + years)
