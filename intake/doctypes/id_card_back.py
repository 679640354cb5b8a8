"""Resident identity card (居民身份证), the side with the national emblem (国徽面): authority and term."""

from __future__ import annotations

from intake.doctypes import Cue, DocumentType, FieldSpec
from intake.types import Label

_TERM_CAPTIONS = ("有效期限", "有效期")
_TERM_SHAPE = r"\d{4}[.·]\d{2}[.·]\d{2}[-—一至~]+(?:\d{4}[.·]\d{2}[.·]\d{2}|长期)"

TYPE = DocumentType(
    name="id_card_back",
    title=Label("居民身份证（国徽面）", "ID card (emblem side)"),
    customer="person",
    repeats=True,
    rank=(2, 2),
    fields=(
        FieldSpec(
            name="issuing_authority",
            label=Label("签发机关", "Issuing authority"),
            expected=True,
            kind="authority",
            fact="id_authority",
            captions=("签发机关",),
            shape=r"[\u4e00-\u9fff]{2,16}公安(?:局|分局)(?:[\u4e00-\u9fff]{1,8}分局)?",
        ),
        FieldSpec(
            name="valid_from",
            label=Label("有效期限自", "Valid from"),
            expected=True,
            kind="date",
            fact="id_valid_from",
            captions=_TERM_CAPTIONS,
            part="start",
            shape=_TERM_SHAPE,
        ),
        FieldSpec(
            name="valid_to",
            label=Label("有效期限至", "Valid to"),
            expected=True,
            kind="term_end",
            fact="id_valid_to",
            captions=_TERM_CAPTIONS,
            part="end",
            shape=_TERM_SHAPE,
        ),
    ),
    cues=(
        Cue("居民身份证", 3.0, title=True),
        Cue("中华人民共和国居民身份证", 3.5, title=True),
        Cue("身份证", 0.3, ends=True),
        Cue("签发机关", 2.0),
        Cue("有效期限", 1.2),
        Cue("中华人民共和国", 0.4, title=True),
        Cue("公民身份号码", -1.0),
        Cue("发证机关", -2.0),
        Cue("核发机关", -2.0),
        Cue("发照机关", -2.0),
        Cue("证书编号", -2.0),
        Cue("统一社会信用代码", -2.0),
        Cue("注册地址", -2.0),
        Cue("业务主管单位", -2.0),
        Cue("甲方", -1.5),
        Cue("护照", -4.0, title=True),
        Cue("驾驶证", -4.0, title=True),
        Cue("通行证", -4.0, title=True),
        Cue("临时居民身份证", 0.5, title=True),
        Cue("居住证", -4.0, title=True),
        Cue("永久居留身份证", -4.0, title=True),
        Cue("社会保障卡", -4.0, title=True),
    ),
)
