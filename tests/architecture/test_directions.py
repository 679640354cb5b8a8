"""The walls of the house, checked by tools and by what a process has loaded."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("intake", "models", "workers", "web")


def modules_after(statement: str) -> set[str]:
    """Names of the modules that a fresh process has loaded after ``statement``."""
    code = f"import sys\n{statement}\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.split())


def test_imports_run_in_the_directions_of_the_design() -> None:
    """Every contract of import-linter holds."""
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stdout + done.stderr


COMMANDS = ("web.cli", "web.commands")
"""The one part of the portal's folder that sees every folder: it imports what a command needs when it is called."""


def portal_modules() -> list[str]:
    """Every module of ``web`` but the commands; pages are loaded by their names, not by import statements."""
    paths = (path.relative_to(ROOT).with_suffix("") for path in sorted((ROOT / "web").rglob("*.py")))
    names = (".".join(path.parts).removesuffix(".__init__") for path in paths)
    return [name for name in names if not name.startswith(COMMANDS)]


def test_the_portal_loads_neither_opencv_nor_the_pipeline_nor_the_tasks() -> None:
    """The quick shell stays quick, whichever of its modules is loaded: of the workers it sees the doorbell alone.

    Of the reading it has what makes documents out of kept words, which takes milliseconds, and nothing with pixels.
    """
    portal = portal_modules()
    assert {"web.app", "web.reviews", "web.api.drafts"} < set(portal)
    loaded = modules_after(f"import {', '.join(portal)}")
    assert {name for name in loaded if name.startswith("workers.")} == {"workers.queue"}
    heavy = ("cv2", "onnxruntime", "rapidocr", "pytesseract", "PIL.Image")
    heavy += ("intake.pipeline", "intake.imaging", "intake.recognition", "intake.extraction.reread")
    words = {"intake.recognition", "intake.recognition.engine", "intake.recognition.layout"}
    assert {name for name in loaded if name.startswith(heavy)} <= words


def test_the_core_loads_no_database_no_web_and_no_queue() -> None:
    """Bytes to confirmed customer file needs none of the shells."""
    loaded = modules_after("import intake.pipeline, intake.drafting, intake.review, intake.evaluation")
    assert loaded & {"sqlalchemy", "flask", "celery", "redis", "models", "workers", "web"} == set()


def test_reading_the_settings_does_not_load_opencv() -> None:
    """Tuned numbers lie apart from the image code."""
    assert "cv2" not in modules_after("import intake.settings, intake.options")


@pytest.mark.parametrize("folder", FOLDERS)
def test_only_the_settings_read_the_environment(folder: str) -> None:
    """Elsewhere the environment is passed on to child processes at most, never asked for a setting."""
    asking = re.compile(r"os\.getenv|environ(?:\.get\(|\[)[\"']INTAKE_[A-Z_]+[\"'][\])](?!\s*=)")
    files = [path for path in (ROOT / folder).rglob("*.py") if path.name != "settings.py"]
    assert [str(path.relative_to(ROOT)) for path in files if asking.search(path.read_text())] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_modules_stay_small_enough_to_read_at_one_sitting(folder: str) -> None:
    """A module has at most 400 lines; the aim is 300."""
    files = [path for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts]
    assert {str(path.relative_to(ROOT)): n for path in files if (n := len(path.read_text().splitlines())) > 400} == {}
