"""Samples of one document type apart from any customer: one module per type, found by walking this folder.

A module holds ``SPECIMENS``, whose paths lie below ``types/<type>/``. That folder gets a ``truth.jsonl`` of its own, so
a further type is a module here and its folder, and nothing else is touched.
"""

from __future__ import annotations

import importlib
import pkgutil

from sample_docs.generator.cases import Specimen


def specimens() -> tuple[Specimen, ...]:
    """Every specimen of every module, by the modules' names."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(one for name in names for one in importlib.import_module(f"{__name__}.{name}").SPECIMENS)
