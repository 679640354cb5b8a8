"""Names in Latin letters: their spaces are kept, and neither part them nor keep the readers from agreeing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake import doctypes
from intake.extraction.extract import extract
from intake.extraction.glyphs import rows, spelled
from intake.extraction.sheet import Sheet
from intake.types import FieldReading, PageText
from tests.intake.extraction.sheets import page, word
from tests.intake.extraction.typed import pages

LICENSE, CARD, CONTRACT = (doctypes.get(name) for name in ("business_license", "id_card_front", "contract"))


def read(kind: doctypes.DocumentType, *readings: PageText) -> dict[str, FieldReading]:
    """The fields of one sheet."""
    return {one.field: one for one in extract((Sheet(readings),), kind)}


def license_of(name: str, person: str, reader: str = "rapidocr") -> PageText:
    """A license of two lines."""
    return pages(f"#营业执照\n名    称  {name}\n法定代表人  {person}\n", reader)[0]


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("ABC Technology Co., Ltd.", "JOHN SMITH"),
        ("Smith & Sons (China) Co., Ltd.", "John A. Smith"),
        ("上海ABC Trading有限公司", "JEAN-PIERRE DUPONT"),
        ("Star Services LLC", "O'Brien Patrick"),
    ],
)
def test_a_latin_name_keeps_its_spaces(name: str, person: str) -> None:
    """As printed, with one reader or two."""
    for readings in ((license_of(name, person),), (license_of(name, person, "tesseract"), license_of(name, person))):
        found = read(LICENSE, *readings)
        assert (found["name"].value, found["legal_representative"].value) == (name, person)
        assert found["legal_representative"].text == person


def test_readers_that_differ_in_spaces_alone_agree() -> None:
    """The second reader tells gaps best; words kept from before it kept them are read as they were."""
    first, second = (license_of("某某公司", "JOHN SMITH", reader) for reader in ("tesseract", "rapidocr"))
    close = license_of("某某公司", "JOHNSMITH")
    torn = license_of("某某公司", "JOHN SMI TH", "tesseract")
    both = read(LICENSE, first, second)["legal_representative"]
    for readings, value in (((first, close), "JOHNSMITH"), ((torn, second), "JOHN SMITH")):
        found = read(LICENSE, *readings)["legal_representative"]
        assert (found.value, found.reader) == (value, both.reader) == (value, "tesseract+rapidocr")
        assert not found.alternatives


def test_a_gap_between_latin_words_does_not_end_a_name() -> None:
    """What stands off from a Chinese name is no part of it; a Latin name's next word is."""
    words = [word("姓名", 200, 200), word("KIM", 400, 200), word("YOUNG", 500, 200), word("HO", 660, 200)]
    assert read(CARD, page(*words))["name"].value == "KIM YOUNG HO"
    seal = [word("姓名", 200, 200), word("王小明", 400, 200), word("印", 600, 200)]
    assert read(CARD, page(*seal))["name"].value == "王小明"


def test_a_form_abroad_behind_its_comma_is_part_of_the_name() -> None:
    """Co., Ltd. in a list of parties and in a preamble."""
    body = "#某某合同\n甲方：ABC Technology Co., Ltd.，地址：某某路1号\n乙方：Global Trading, Inc.\n第一条 总则\n"
    found = read(CONTRACT, pages(body)[0])
    assert [found[side].value for side in ("party_a", "party_b")] == [
        "ABC Technology Co., Ltd.",
        "Global Trading, Inc.",
    ]
    body = "#某某合同\nABC Technology Co., Ltd.（以下简称“甲方”）\nJohn Smith LLC（以下简称“乙方”）\n第一条 总则\n"
    found = read(CONTRACT, pages(body)[0])
    assert [found[side].value for side in ("party_a", "party_b")] == ["ABC Technology Co., Ltd.", "John Smith LLC"]


def test_a_code_says_a_latin_name_whole() -> None:
    """A piece of it would be a third witness for a wrong name."""
    said = license_of("Siemens Energy Co., Ltd.", "王小明")
    coded = replace(said, codes=("名称:Siemens Energy Co., Ltd.;注册号:1",))
    assert read(LICENSE, coded)["name"].value == "Siemens Energy Co., Ltd."
    assert not read(LICENSE, coded)["name"].alternatives


def test_other_values_have_no_spaces_between_latin_letters() -> None:
    """Only names have: an address or a number is written together."""
    body = "#营业执照\n名    称  某某公司\n住    所  甲市乙区某某路5号C座D室\n统一社会信用代码  91330106 MA2AB12C3N\n"
    found = read(LICENSE, pages(body.replace("C座D", "C D"))[0])
    assert (found["address"].value, found["uscc"].value) == ("甲市乙区某某路5号CD室", "91330106MA2AB12C3N")


def test_the_end_of_a_line_parts_latin_words() -> None:
    """ABC Technology on one line and Co., Ltd. on the next."""
    lines = rows(page(word("ABC Technology", 200, 200), word("Co., Ltd.", 200, 270), word("有限", 200, 340)))
    glyphs = [row.glyphs for row in lines]
    letters = (glyph.character for row in glyphs for glyph in row)
    assert spelled(glyphs, letters) == "ABC Technology Co., Ltd.有限"
