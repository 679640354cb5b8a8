"""No module imports one that imports it back, in however many steps."""

from __future__ import annotations

from graphlib import TopologicalSorter

import grimp


def test_the_project_has_no_circle_of_imports() -> None:
    """Every module can be read after those that it stands on; also imports inside functions count."""
    graph = grimp.build_graph("intake", "models", "workers", "web", cache_dir=None)
    below = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    ordered = tuple(TopologicalSorter(below).static_order())
    assert set(ordered) == graph.modules
