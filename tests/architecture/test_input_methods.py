"""Keys that belong to an input method are told apart in one place of the pages' scripts."""

from __future__ import annotations

import re
from pathlib import Path

import web

SCRIPTS = Path(web.__file__).parent / "static" / "js"


def test_only_the_module_of_the_keys_asks_the_browser_whether_it_composes() -> None:
    """All others ask that one: ``isComposing`` alone lets the key through that ends a composition in some browsers."""
    asking = {path.name for path in SCRIPTS.glob("*.js") if re.search(r"isComposing|keyCode", path.read_text("utf-8"))}
    assert asking == {"bindings.js"}
