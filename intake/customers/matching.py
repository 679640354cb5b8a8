"""By which numbers a customer file is recognised as the one that a case speaks of.

Only numbers without an error count: a misread number must not draw another customer's file. A company is recognised by
its credit code (also where it stands as a taxpayer number) and its old registration number; a person, where no company
paper lies in the case, by the ID number, in its old and its new form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from stdnum.cn import ric

from intake import fields
from intake.papers import papers, speak_of_company
from intake.types import CaseDocument, CustomerKind

IDENTITY: Mapping[str, CustomerKind] = MappingProxyType(
    {
        "credit_code": "company",
        "registration_number": "company",
        "id_number": "person",
    }
)
"""Facts of which no two customers of that kind have the same; a company's file may hold its head's ID number too."""

_COMPANY_FACTS = (("credit_code", "uscc"), ("registration_number", "registration_number"))
_OLD_LENGTH = 15


def keys(documents: Sequence[CaseDocument]) -> tuple[tuple[str, str], ...]:
    """Pairs of fact and value, the surest first, without repetition."""
    known = papers(documents)
    found = [
        (fact, value) for fact, kind in _COMPANY_FACTS for paper in known if (value := _sure(paper.value(fact), kind))
    ]
    tax = [value for paper in known if (value := _sure(paper.value("taxpayer_number"), "uscc"))]
    found += [("credit_code", value) for value in tax]
    if not speak_of_company(known):
        people = [paper for paper in known if paper.number == 1]
        numbers = [value for paper in people if (value := _sure(paper.value("id_number"), "id_number"))]
        found += [("id_number", form) for value in numbers for form in both_forms(value)]
    return tuple(dict.fromkeys(found))


def both_forms(id_number: str) -> tuple[str, ...]:
    """An ID number and, where there can be one, its other form (15 digits before 1999, 18 since; GB 11643-1999).

    >>> both_forms("330106900307821")
    ('330106900307821', '330106199003078219')
    >>> both_forms("330106199003078219")
    ('330106199003078219', '330106900307821')
    """
    if len(id_number) == _OLD_LENGTH:
        body = f"{id_number[:6]}19{id_number[6:]}"
        return id_number, body + ric.calc_check_digit(f"{body}0")
    if id_number[6:8] == "19":
        return id_number, id_number[:6] + id_number[8:17]
    return (id_number,)


def _sure(value: str | None, kind: str) -> str | None:
    if value is None:
        return None
    verdict = fields.check(kind, value)
    return None if any(problem.severity == "error" for problem in verdict.problems) else verdict.value
