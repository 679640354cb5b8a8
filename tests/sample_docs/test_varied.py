"""The source of varied papers."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from stdnum.cn import ric, uscc
from stdnum.iso7064 import mod_11_10

from intake import doctypes
from sample_docs import generate
from sample_docs.generator.papers import Document
from sample_docs.generator.varied import agreements, decoys, firms, licenses, marks, names, places, stream, writing
from sample_docs.generator.varied.canvas import Canvas
from sample_docs.generator.varied.chance import Chance
from sample_docs.generator.varied.conditions import Condition, condition

_DATES = re.compile(r"(_on|_from|_to|_date)$")
_COARSE = Condition("clean300", 2.0, photo=False)


def _documents(kind: str, count: int) -> list[Document]:
    """The documents of the first papers of a kind, drawn coarsely."""
    return [
        document
        for index in range(count)
        for document in stream.draw(Chance(5, index).child("paper"), kind, _COARSE).documents
    ]


@pytest.mark.parametrize("kind", list(stream.TYPES))
def test_every_value_is_canonical(kind: str) -> None:
    """Only fields of its type; dates ISO or long-term, money with two places, no blanks around, no line breaks."""
    for document in _documents(kind, 4):
        assert document.fields.keys() <= {spec.name for spec in doctypes.get(document.type).fields}
        for name, value in document.fields.items():
            assert value
            assert value == value.strip()
            assert "\n" not in value
            if _DATES.search(name):
                assert value == "long-term" or date.fromisoformat(value)
            if name in {"amount", "registered_capital"}:
                assert re.fullmatch(r"([A-Z]{3} )?[1-9]\d*\.\d\d", value)


def test_decoys_hold_no_document() -> None:
    """Paper of no known type has no documents in its truth."""
    assert _documents("decoy", 12) == []


def test_no_decoy_is_called_as_a_known_type_is() -> None:
    """A certificate whose type came to be known has to leave the decoys: its pages would be told to hold nothing."""
    assert not {kind.title.zh for kind in doctypes.types()} & decoys._CERTIFICATES.keys()


def test_codes_and_numbers_hold_their_check_digits() -> None:
    """GB 32100 for credit codes, ISO 7064 for registration numbers of 15 digits; the older ones have 8 or 13."""
    made = [firms.firm(Chance(1, index)) for index in range(300)]
    assert all(uscc.is_valid(firm.code) for firm in made if firm.code)
    assert all(mod_11_10.is_valid(firm.number) for firm in made if len(firm.number) == 15)
    assert {len(firm.number) for firm in made} == {0, 8, 13, 15}
    assert all(firm.code or firm.number for firm in made)


def test_identity_numbers_hold_and_were_given_to_nobody() -> None:
    """GB 11643, agreeing with birth date and sex; the district's code is younger than the holder."""
    founded = {place.code: place.since for place in places.places()}
    for index in range(200):
        person = names.person(Chance(2, index))
        assert ric.calc_check_digit(person.id_number) == person.id_number[17]
        assert ric.get_birth_date(person.id_number) == person.birth
        assert person.sex == ("男" if int(person.id_number[16]) % 2 else "女")
        assert founded[person.id_number[:6]] > person.birth.year


def test_licenses_come_in_all_forms() -> None:
    """Every legal form, every printed form, every way to write the end of a term."""
    said = [licenses.content(Chance(3, index), firms.firm(Chance(3, index, 1))) for index in range(400)]
    assert {one.firm.form for one in said} == {"company", "sole", "branch", "single", "partners", "farmers"}
    assert {one.form for one in said} == {"portrait", "landscape", "old_portrait", "old_landscape"}
    terms = " ".join(value for one in said for caption, value in one.rows if "期限" in caption or "有效期" in caption)
    for words in ("长期", "永久", "****", "年   月   日", "不约定期限", "至", "二〇"):
        assert words in terms
    captions = {caption for one in said for caption, _ in one.rows}
    assert captions >= {
        "实收资本",
        "组成形式",
        "经营者",
        "投资人",
        "负责人",
        "执行事务合伙人",
        "成员出资总额",
        "字号名称",
    }
    lengths = [len(one.firm.scope) for one in said]
    assert min(lengths) < 15
    assert max(lengths) > 300


def test_the_truth_stands_on_the_license() -> None:
    """Texts of the truth are printed in some row; what is said of the seal alone is not printed."""
    for index in range(100):
        said = licenses.content(Chance(4, index), firms.firm(Chance(4, index, 1)))
        printed = {value for _, value in said.rows}
        for name in ("name", "company_type", "address", "business_scope"):
            assert said.truth.get(name, said.firm.name) in printed
        assert ("issuing_authority" in said.document().seal_only) != said.authority_printed


def test_what_a_paper_leaves_open_is_not_scored() -> None:
    """Stars or blanks for a term's end make it optional; a delegate in brackets may be given or not."""
    said = [licenses.content(Chance(3, index), firms.firm(Chance(3, index, 1))) for index in range(400)]
    open_ended = [one for one in said if any("***" in value and "至" in value[-12:] for _, value in one.rows[-3:])]
    assert all("valid_to" in one.document().optional for one in open_ended if "valid_to" not in one.truth)
    delegates = [one for one in said if one.document().alternatives]
    assert delegates
    for one in delegates:
        ((name, values),) = one.document().alternatives
        assert name == "legal_representative"
        assert one.truth[name].startswith(values[0])
        assert one.firm.agent in one.truth[name]


def test_contracts_agree_with_themselves() -> None:
    """The term begins no earlier than the signing and ends later; a table's lines add up to the sum."""
    made = [agreements.agreement(Chance(6, index)) for index in range(150)]
    for one in made:
        if "effective_to" in one.truth:
            assert one.signed.isoformat() <= one.truth["effective_from"] < one.truth["effective_to"]
        if one.table:
            parts = [int(row[-1].replace(",", "")) for row in one.table[1:]]
            assert sum(parts[:-1]) == parts[-1] == int(one.truth["amount"].partition(".")[0])
    assert any("amount" not in one.truth for one in made)
    assert any(one.unordered for one in made)
    assert Counter(one.title for one in made).most_common(1)[0][1] < 30


def test_paper_i_hangs_on_the_seed_and_i_alone(tmp_path: Path) -> None:
    """Two papers of four are, byte for byte, the two of two; another seed gives others."""
    order = stream.Order(9, ("card",))
    stream.generate(order, 2, tmp_path / "two")
    stream.generate(order, 3, tmp_path / "three")
    stream.generate(stream.Order(10, ("card",)), 2, tmp_path / "other")
    two, three, other = (_lines(tmp_path / name) for name in ("two", "three", "other"))
    assert three[:2] == two
    assert other != two
    for line in two:
        assert (tmp_path / "two" / line["file"]).read_bytes() == (tmp_path / "three" / line["file"]).read_bytes()


def test_processes_share_the_work_without_a_trace(tmp_path: Path) -> None:
    """Two processes make the same truth and the same bytes as one."""
    order = stream.Order(9, ("card",))
    stream.generate(order, 3, tmp_path / "one")
    stream.generate(order, 3, tmp_path / "two", jobs=2)
    assert _lines(tmp_path / "one") == _lines(tmp_path / "two")
    for line in _lines(tmp_path / "one"):
        assert (tmp_path / "one" / line["file"]).read_bytes() == (tmp_path / "two" / line["file"]).read_bytes()


def test_the_command_writes_a_corpus(tmp_path: Path) -> None:
    """A line for every file, a profile on each, every picture can be opened."""
    out = tmp_path / "papers"
    assert generate.main(["--papers", "4", "--seed", "3", "--types", "permit,card", "--out", str(out)]) == 0
    lines = _lines(out)
    assert len(lines) == 4
    assert {line["file"] for line in lines} == {path.name for path in out.iterdir()} - {"truth.jsonl"}
    for line in lines:
        assert line["profile"]
        if not line["file"].endswith(".pdf"):
            with Image.open(out / line["file"]) as image:
                image.load()


def test_the_command_refuses_what_it_does_not_know(capsys: pytest.CaptureFixture[str]) -> None:
    """Unknown kinds of papers and a missing folder are told before anything is written."""
    for arguments, words in (
        (["--papers", "1", "--types", "poem", "--out", "x"], "poem"),
        (["--papers", "1"], "--out"),
    ):
        with pytest.raises(SystemExit):
            generate.main(arguments)
        assert words in capsys.readouterr().err


def test_every_condition_comes_up() -> None:
    """Scans, copies, faxes, photos of all sorts; small pictures are small and lying EXIF tags lie."""
    made = [condition(Chance(8, index), "license") for index in range(400)]
    assert {one.profile for one in made} >= {
        "clean300", "gray200", "photocopy", "fax", "lowjpeg", "rot", "seal", "watermark", "phone", "folded", "exif",
        "small", "screen", "framed", "several",
    }  # fmt: skip
    assert all(one.side < 1200 for one in made if one.profile == "small")
    assert all(one.orientation != 1 and one.note for one in made if one.profile == "exif")


@pytest.mark.parametrize("payload", ["http://www.gsxt.gov.cn/index?uniscid=1", "名称：澜嵘店；".encode("gbk")])
def test_codes_on_licenses_can_be_read(payload: str | bytes) -> None:
    """A QR code keeps its bytes, be they GBK."""
    zxingcpp = pytest.importorskip("zxingcpp")
    canvas = Canvas(60, 60, 8, (255, 255, 255))
    marks.code(canvas, payload, 15, 15, 30)
    read = zxingcpp.read_barcodes(canvas.base)
    assert read[0].bytes == (payload.encode() if isinstance(payload, str) else payload)


@pytest.mark.parametrize(("number", "words"), [(3, "三"), (10, "十"), (12, "十二"), (20, "二十"), (31, "三十一")])
def test_small_numbers_are_written_in_characters(number: int, words: str) -> None:
    """Days of a month, tens without 一 before."""
    assert writing.small(number) == words


def _lines(folder: Path) -> list[dict[str, Any]]:
    """The truth of a folder."""
    return [json.loads(line) for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()]
