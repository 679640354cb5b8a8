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


def test_the_portal_loads_neither_opencv_nor_the_pipeline_nor_the_tasks() -> None:
    """The quick shell stays quick: pixels and reading are the workers' work."""
    loaded = modules_after("import web.app")
    heavy = {"cv2", "onnxruntime", "rapidocr", "pytesseract", "PIL.Image", "intake.pipeline", "workers.tasks"}
    assert loaded & heavy == set()


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
