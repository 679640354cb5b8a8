"""Rules across the fields of a paper and across the papers of a case; one module per rule.

A module has ``document(reading, today)`` (what the fields of one paper say of each other; findings name *fields*),
``case(papers, today)`` (what the papers of a case say of each other; findings name *facts*), or both. Modules are found
by walking this folder. Bad data is a finding, never an exception; messages hold no values.

Severity: ``error`` where a person has to decide explicitly (a contradiction, a check digit, an expired ID card),
``warning`` for doubt, ``info`` for a note.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from datetime import date
from functools import cache
from types import ModuleType

from intake.papers import Paper, papers
from intake.types import CaseDocument, DocumentReading, Finding


def document(reading: DocumentReading, today: date) -> tuple[Finding, ...]:
    """What all rules find within one document and the reading does not hold yet.

    Nothing is found in a document of no known type.
    """
    if reading.type is None:
        return ()
    held = {finding.key for finding in reading.findings}
    rules = (module.document for module in _modules() if hasattr(module, "document"))
    return tuple(finding for rule in rules for finding in rule(reading, today) if finding.key not in held)


def case(documents: Sequence[CaseDocument], today: date) -> tuple[Finding, ...]:
    """What all rules find across the documents of a case."""
    return across(papers(documents), today)


def across(known: Sequence[Paper], today: date) -> tuple[Finding, ...]:
    """What all rules find across papers that are numbered already."""
    rules = (module.case for module in _modules() if hasattr(module, "case"))
    return tuple(finding for rule in rules for finding in rule(known, today))


@cache
def _modules() -> tuple[ModuleType, ...]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(importlib.import_module(f"{__name__}.{name}") for name in names)
