"""Chinese surnames: those of the Hundred Family Surnames, and those that became common after it.

Sources: 百家姓 (Song dynasty, public domain, in its customary text of 504 surnames, simplified); the frequent ones of
the name reports of the Ministry of Public Security (公安部户政管理研究中心, 全国姓名报告 2018 to 2021) that it lacks,
simplified variants (肖, 付, 闫) among them. Some four thousand rarer ones are in use: an unknown surname is a reason
to look, never a mistake by itself.

>>> surname("王小明"), surname("欧阳修"), surname("司徒"), surname("壬小明")
('王', '欧阳', '司徒', '')
"""

from __future__ import annotations

_SINGLE = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎"
    "鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄"
    "和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭"
    "梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚"
    "程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫"
    "宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双"
    "闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍郤璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容"
    "向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空"
    "曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公仉督晋楚闫法汝鄢涂钦归海岳帅缑亢况有琴商牟佘佴伯"
    "赏墨哈谯笪年爱阳佟言福"
)
_SINCE = (
    "肖付代覃兰芦丛位隋植辜丘苟苑畅来邸揭迟练冼原官衣栗谌麦邝区仝亓尧么门由展矫綦战初敬卿信图宝扎靖豆占但"
    "尉楼睢虎郇郄户种励求忻鹿修慈英敦补禤招侬闭零"
    "开达青撒银保才木库帖拜黑母刀鲜盘粟眭智贠衷裔税蹇漆瓮藏冶折呼呙斯岩玉阿拉旦尼线"
)
_COMPOUND = (
    "万俟 司马 上官 欧阳 夏侯 诸葛 闻人 东方 赫连 皇甫 尉迟 公羊 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 "
    "公孙 仲孙 轩辕 令狐 钟离 宇文 长孙 慕容 鲜于 闾丘 司徒 司空 亓官 司寇 子车 颛孙 端木 巫马 公西 漆雕 "
    "乐正 壤驷 公良 拓跋 夹谷 宰父 谷梁 段干 百里 东郭 南门 呼延 羊舌 微生 梁丘 左丘 东门 西门 伯赏 南宫 "
    "第五 独孤 纳兰 完颜 叶赫 耶律 达奚 哥舒 那拉 "
)
_ALL = frozenset((*_SINGLE, *_SINCE, *_COMPOUND.split()))
_LONGEST = 2


def surname(name: str) -> str:
    """The surname that a name begins with, a compound one before its first character; empty where it is not known."""
    heads = (name[:size] for size in range(_LONGEST, 0, -1))
    return next((head for head in heads if head in _ALL), "")
