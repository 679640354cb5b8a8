"""The README's tables are held against the code, so that neither can drift."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from intake.settings import Settings
from web.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[2]


def shown(default: object) -> str:
    """Write a default as the README shows it."""
    return "" if default == "" else f"`{default}`"


def settings_rows() -> list[tuple[str, str, str]]:
    """Every setting as (name, default, meaning)."""
    return [
        (f"`INTAKE_{name.upper()}`", shown(field.default), str(field.description))
        for name, field in Settings.model_fields.items()
    ]


def table_after(text: str, head: str) -> list[list[str]]:
    """Rows of the table whose head line begins with ``head``."""
    lines = text[text.index(head) :].splitlines()[2:]
    rows = []
    for line in lines:
        if line.startswith("<!--"):
            continue
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def test_the_english_readme_lists_every_setting_with_its_default_and_meaning() -> None:
    """A setting that is added, renamed or given another default must be told in the README."""
    rows = table_after((ROOT / "README.md").read_text(), "| setting |")
    assert rows == [list(row) for row in settings_rows()]


def test_the_chinese_readme_lists_every_setting_with_its_default() -> None:
    """The Chinese table names the same settings and the same defaults."""
    rows = table_after((ROOT / "README.zh-CN.md").read_text(), "| 设置 |")
    assert rows == [[name, default] for name, default, _ in settings_rows()]


@pytest.mark.parametrize(("name", "head"), [("README.md", "| command |"), ("README.zh-CN.md", "| 命令 |")])
def test_both_readmes_list_every_command(name: str, head: str) -> None:
    """The list of commands is the list that the command line knows, in its order."""
    rows = table_after((ROOT / name).read_text(), head)
    assert [row[0] for row in rows] == [f"`intake {command}`" for command in COMMANDS]


def test_the_english_readme_says_of_each_command_what_its_help_says() -> None:
    """One line per command, the same in the README and in the overview of the command line."""
    rows = table_after((ROOT / "README.md").read_text(), "| command |")
    assert [row[1] for row in rows] == [text for _, text in COMMANDS.values()]


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_every_file_that_a_readme_points_to_exists(name: str) -> None:
    """Links and pictures of the READMEs lead somewhere."""
    text = (ROOT / name).read_text()
    targets = [target for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text) if "://" not in target]
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []
