"""``intake extract``: the lines and statuses that scripts rely on."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from typer.testing import CliRunner, Result

from intake.errors import MissingExecutableError
from intake.recognition import probe
from intake.types import (
    Alternative,
    Classification,
    DocumentReading,
    FieldReading,
    FileReading,
    Finding,
    Label,
    PageSize,
    Region,
)
from tests.intake.casebook import reading as carded
from web.cli import build
from web.commands import extract, reading
from web.commands.reading import Failure, Order, read_all

REGION = Region(((0.1, 0.2), (0.5, 0.2), (0.5, 0.25), (0.1, 0.25)))
FIELD = FieldReading(
    "title",
    "买 卖合同",
    "买卖合同",
    0.971234,
    1,
    REGION,
    "tesseract",
    (Alternative("卖合同", "卖合同", 0.2, "rapidocr", "read"),),
    "place",
)
FINDING = Finding("contract.undated", "warning", ("signed_on",), Label("没有日期", "no date"))
CONTRACT = DocumentReading(Classification("contract", 0.98765), (0, 1), (FIELD,), (FINDING,))
STRANGE = DocumentReading(Classification(None, 0.5), (2,), (), ())
READING = FileReading((PageSize(1000, 2000),) * 3, (), (CONTRACT, STRANGE))
FAILURE = Failure("file.damaged", Label("坏了", "damaged"))

CARD = {"name": "沈亦安", "id_number": "330106199003078219"}
BACK = {"issuing_authority": "杭州市公安局西湖分局", "valid_from": "2015-05-20", "valid_to": "2025-05-20"}

MAIN = "from web.cli import main\nif __name__ == '__main__':\n    main()"


def read(source: Path, _order: Order) -> reading.Result:
    """Files whose names hold ``bad`` fail, the others hold two documents."""
    bad = "bad" in source.name
    return reading.Result(source, None if bad else READING, FAILURE if bad else None)


@pytest.fixture
def papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inline: type[Executor]) -> Path:
    """A folder of three files, and readings for them without an engine."""
    for name in ("a.pdf", "bad.pdf", "c.pdf"):
        (tmp_path / name).write_bytes(b"%PDF-1.7")
    monkeypatch.setattr(reading, "read_one", read)
    monkeypatch.setattr(extract, "read_all", partial(read_all, pool=inline))
    monkeypatch.setattr(probe, "check", lambda: None)
    return tmp_path


def run(*words: str) -> Result:
    """The command in this process."""
    return CliRunner().invoke(build(["extract"]), ["extract", *words])


def test_the_sides_of_an_id_card_say_whose_they_are() -> None:
    """Both have the person's number; a paper that is no card has none."""
    documents = (carded("id_card_front", CARD), CONTRACT, carded("id_card_back", BACK))
    found = replace(READING, documents=documents)
    lines = [*extract.json_lines(reading.Result(Path("a.pdf"), found, None), "en")]
    assert [line.get("person") for line in lines] == [one := {"number": 1, "unsure": False}, None, one]


def test_there_is_one_line_per_document_in_the_order_of_files_and_pages(papers: Path) -> None:
    """A failed file is one line with its error, the others go on, and the status is 1."""
    result = run("--format", "jsonl", "--language", "en", str(papers))
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    first = {
        "source": str(papers / "a.pdf"),
        "pages": [1, 2],
        "type": "contract",
        "type_confidence": 0.9877,
        "fields": {
            "title": {
                "value": "买卖合同",
                "text": "买 卖合同",
                "confidence": 0.9712,
                "page": 2,
                "box": [100, 400, 400, 100],
                "reader": "tesseract",
                "how": "place",
                "alternatives": [
                    {"value": "卖合同", "text": "卖合同", "confidence": 0.2, "reader": "rapidocr", "reason": "read"}
                ],
            }
        },
        "findings": [
            {"code": "contract.undated", "severity": "warning", "fields": ["signed_on"], "message": "no date"}
        ],
    }
    second = {
        "source": first["source"],
        "pages": [3],
        "type": None,
        "type_confidence": 0.5,
        "fields": {},
        "findings": [],
    }
    assert lines[:2] == [first, second]
    assert lines[2] == {"source": str(papers / "bad.pdf"), "error": {"code": "file.damaged", "message": "damaged"}}
    assert [Path(line["source"]).name for line in lines] == ["a.pdf", "a.pdf", "bad.pdf", "c.pdf", "c.pdf"]
    assert result.exit_code == 1


def test_the_status_is_0_where_every_file_was_read(papers: Path) -> None:
    """And Chinese stands in the lines as itself."""
    result = run("--format", "jsonl", str(papers / "a.pdf"))
    assert result.exit_code == 0
    assert "没有日期" in result.stdout


def test_people_get_tables_with_labels(papers: Path) -> None:
    """The default: the type's title, the fields' labels, values, findings and errors."""
    result = run(str(papers))
    assert all(text in result.stdout for text in ("买卖合同", "0.97", "没有日期", "未知类型", "file.damaged"))
    assert result.exit_code == 1


def test_nothing_is_written_to_standard_error_without_a_terminal(papers: Path) -> None:
    """Progress is for people."""
    assert run("--format", "jsonl", str(papers)).stderr == ""


@pytest.mark.parametrize("words", [[], ["--format", "xml", "a"], ["--reader", "sometimes", "a"], ["--jobs", "0", "a"]])
def test_wrong_usage_has_status_2(words: list[str]) -> None:
    """Scripts can tell it from failed files."""
    assert run(*words).exit_code == 2


def test_a_folder_without_papers_is_wrong_usage(tmp_path: Path) -> None:
    """Silence would look like success."""
    assert run(str(tmp_path)).exit_code == 2


def test_an_unfit_installation_is_told_before_any_file_is_read(papers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line turns this error into status 3."""

    def unfit() -> None:
        raise MissingExecutableError(name="tesseract", package="tesseract-ocr")

    monkeypatch.setattr(probe, "check", unfit)
    assert isinstance(run(str(papers)).exception, MissingExecutableError)


@pytest.mark.ocr
def test_real_files_are_read_by_real_processes(tmp_path: Path) -> None:
    """Two processes, a damaged file in between, and a reader that closes the pipe after the first line."""
    picture = Image.new("RGB", (1600, 700), "white")
    font = ImageFont.truetype("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 48)
    for index, line in enumerate(
        ("中华人民共和国", "居民身份证", "签发机关 某某市公安局", "有效期限 2016.03.08-2036.03.08")
    ):
        ImageDraw.Draw(picture).text((300, 80 + 140 * index), line, "black", font)
    picture.save(tmp_path / "a.png")
    (tmp_path / "b.png").write_bytes((tmp_path / "a.png").read_bytes()[:2000])
    picture.save(tmp_path / "c.jpg")
    command = [
        sys.executable,
        "-c",
        MAIN,
        "extract",
        "--format",
        "jsonl",
        "--reader",
        "never",
        "--jobs",
        "2",
        str(tmp_path),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [Path(line["source"]).name for line in lines] == ["a.png", "b.png", "c.jpg"]
    assert lines[1]["error"]["code"] == "file.damaged"
    assert lines[0]["fields"]["valid_to"]["value"] == "2036-03-08"
    assert (done.returncode, done.stderr) == (1, "")

    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert "Traceback" not in process.stderr.read()
