"""The forms of organization with which the names of companies end, and names whose form misses by one letter."""

from __future__ import annotations

_FORMS = ("有限责任公司", "有限公司")  # one misread letter still tells them


def mended(name: str) -> tuple[str, ...]:
    """The name with the form that its end misses by one letter; none where it has one, or ends otherwise.

    >>> mended("杭州某某有很公司"), mended("杭州某某有限公司"), mended("杭州某某商店")
    (('杭州某某有限公司',), (), ())
    """
    if name.endswith(_FORMS):
        return ()
    return tuple(name[: -len(form)] + form for form in _FORMS if _misses(name[-len(form) :], form))


def _misses(text: str, form: str) -> bool:
    return len(text) == len(form) and sum(one != other for one, other in zip(text, form, strict=True)) == 1
