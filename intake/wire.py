"""Nouns to JSON and back: the one place where frozen dataclasses meet pydantic.

>>> from intake.types import PixelBox
>>> load(PixelBox, dump(PixelBox(1, 2, 3, 4)))
PixelBox(x=1, y=2, width=3, height=4)
"""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import TypeAdapter

Noun = TypeVar("Noun")


_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def dump(noun: object) -> dict[str, Any]:
    """A noun without pixels as plain JSON data (dicts, lists, strings, numbers, booleans, ``None``)."""
    data: dict[str, Any] = _adapter(type(noun)).dump_python(noun, mode="json")
    return data


def load(kind: type[Noun], data: object) -> Noun:
    """The noun of ``kind`` out of plain JSON data; raises ``pydantic.ValidationError`` where it does not fit."""
    noun: Noun = _adapter(kind).validate_python(data)
    return noun
