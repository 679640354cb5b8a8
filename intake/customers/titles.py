"""By which name a customer file is called: the company's or the person's, or a contract's title."""

from __future__ import annotations

from collections.abc import Mapping

from intake.types import CustomerKind

UNNAMED = "未命名客户"

_FACTS: dict[CustomerKind, tuple[str, ...]] = {
    "company": ("company_name", "person_name", "contract_title"),
    "person": ("person_name", "company_name", "contract_title"),
}


def name_fact(kind: CustomerKind) -> str:
    """The fact that names a customer of this kind.

    >>> name_fact("company"), name_fact("person")
    ('company_name', 'person_name')
    """
    return _FACTS[kind][0]


def title(kind: CustomerKind, values: Mapping[str, str | None]) -> str:
    """The first naming fact that has a value, else ``未命名客户``.

    >>> title("company", {"company_name": None, "person_name": "张三"}), title("person", {})
    ('张三', '未命名客户')
    """
    return next((value for fact in _FACTS[kind] if (value := values.get(fact)) is not None), UNNAMED)
