"""The letters of captions and headings in their traditional form, which engines give for a blurred or unusual letter.

What a value is written in stays as it was read: 業 and 业 are two characters of a name.
"""

from __future__ import annotations

_SIMPLIFIED = str.maketrans(
    "營業執證書開戶許稅務記納冊資號碼類範圍經場機關發簽國統會團體單質認編稱額萬責區縣鎮廳長動產項應當與實驗",
    "营业执证书开户许税务记纳册资号码类范围经场机关发签国统会团体单质认编称额万责区县镇厅长动产项应当与实验",
)


def simplified(text: str) -> str:
    """The text with the letters that forms print in their captions and headings in the simplified form.

    >>> simplified("營業執照")
    '营业执照'
    """
    return text.translate(_SIMPLIFIED)
