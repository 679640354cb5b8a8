"""A searchable PDF keeps the rules of PDF/A-2b."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pikepdf
import pytest
from ocrmypdf.pdfa import file_claims_pdfa, find_nonembedded_fonts
from pikepdf import Array, Dictionary, Name

from intake.archive.conformance import faults
from intake.archive.searchable import PdfPage, pdfa
from intake.imaging.scans import drawn
from tests.intake.archive import pdfa_rules
from tests.intake.archive.papers import INFO, made, paper, plain, recorded, sheet, text

LEASE = "03-tenant.lease-contract"


def _mixed() -> bytes:
    """A page in colour with words, one in black and white, one in grey that is shown turned."""
    red, grey = paper(), paper()
    red[100:200, 100:300] = (200, 30, 40)
    grey[100:200, 100:300] = 128
    words = text((("甲方：", 40, 40, 90, 30), ("𠮷野商贸", 140, 40, 120, 30)))
    return made(PdfPage(drawn(red), (words,)), PdfPage(drawn(paper())), PdfPage(drawn(grey), (words,), 1))


@pytest.mark.parametrize("make", [_mixed, lambda: plain(drawn(paper())), lambda: made(sheet(recorded(LEASE)))])
def test_a_file_keeps_every_rule(make: Callable[[], bytes]) -> None:
    """Neither the checker that the service asks nor the one written for these tests finds a fault."""
    data = make()
    assert faults(data) == ()
    assert pdfa_rules.broken(data) == []


def test_ocrmypdf_takes_it_for_what_it_says(tmp_path: Path) -> None:
    """OCRmyPDF, which makes such files too, reads the same part and level in it and finds every font inside."""
    path = tmp_path / "a.pdf"
    path.write_bytes(_mixed())
    assert file_claims_pdfa(path) == {"pass": True, "output": "pdfa", "conformance": "PDF/A-2b"}
    with pikepdf.open(path) as pdf:
        assert find_nonembedded_fonts(pdf) == set()


def _harmed(harm: Callable[[pikepdf.Pdf], None]) -> bytes:
    body = io.BytesIO()
    with pikepdf.open(io.BytesIO(_mixed())) as pdf:
        harm(pdf)
        pdf.save(body, preserve_pdfa=True)
    return body.getvalue()


def _without_intent(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def _with_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def _without_font(pdf: pikepdf.Pdf) -> None:
    for one in pdf.objects:
        if isinstance(one, Dictionary) and "/FontFile2" in one:
            del one.FontFile2


def _with_another_title(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = "another"


def _transparent(pdf: pikepdf.Pdf) -> None:
    mask = pdf.make_stream(b"\xff", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8)
    mask.ColorSpace = Name.DeviceGray
    pdf.pages[0].Resources.XObject.Im.SMask = mask
    pdf.pages[0].Group = Dictionary(S=Name.Transparency)


def _in_cmyk(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Resources.XObject.Im.ColorSpace = Name.DeviceCMYK


def _with_a_note(pdf: pikepdf.Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]), Contents="x")
    pdf.pages[0].Annots = Array([pdf.make_indirect(note)])


def _of_level_u(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False) as about:
        about["pdfaid:part"] = "9"


@pytest.mark.parametrize(
    ("harm", "number"),
    [
        (_without_intent, "6.2.3"),
        (_with_script, "6.5.1"),
        (_without_font, "6.2.11.4.1"),
        (_in_cmyk, "6.2.4.3"),
        (_with_a_note, "6.5.1"),
        (_of_level_u, "6.6.4"),
    ],
)
def test_a_file_that_breaks_a_rule_is_found_by_both_checkers(harm: Callable[[pikepdf.Pdf], None], number: str) -> None:
    """A checker that approves of everything would prove nothing."""
    data = _harmed(harm)
    assert any(found.startswith(number) for found in pdfa_rules.broken(data))
    assert faults(data)


@pytest.mark.parametrize(("harm", "number"), [(_transparent, "6.2.10"), (_with_another_title, "6.6.3")])
def test_what_the_standard_bears_and_an_archive_does_not_is_found(
    harm: Callable[[pikepdf.Pdf], None], number: str
) -> None:
    """PDF/A-2b allows soft masks and a title in one place only; these tests are stricter than the checker."""
    assert [found.split()[0] for found in pdfa_rules.broken(_harmed(harm))] == [number]


def test_the_same_pages_give_the_same_bytes() -> None:
    """Nothing of the clock, the machine or chance goes in: an export that is done again can be compared."""
    assert _mixed() == _mixed()


def test_another_time_or_title_gives_another_identity() -> None:
    """The trailer's ID and the document's tell files apart."""
    page = PdfPage(drawn(paper()))
    identities = set()
    for info in (INFO, replace(INFO, title="J001-2020-D30-0018")):
        with pikepdf.open(io.BytesIO(pdfa([page], info))) as pdf:
            identities.add((bytes(pdf.trailer.ID[0]), str(pdf.open_metadata().get("xmpMM:DocumentID"))))
    assert len({one for one, _ in identities}) == len({one for _, one in identities}) == 2


def test_a_file_says_nothing_of_itself_but_its_number_its_program_and_its_time() -> None:
    """No author, no keywords, no path, no name of a machine: what lies in an archive for ever gives nobody away."""
    with pikepdf.open(io.BytesIO(_mixed())) as pdf:
        told = {str(key): str(value) for key, value in pdf.docinfo.items()}
    time = "D:20261122093000+00'00"
    assert told == {
        "/Title": INFO.title,
        "/Producer": "Intake",
        "/CreationDate": time,
    }


def test_no_page_and_a_time_without_its_zone_are_refused() -> None:
    """Both are mistakes of the caller."""
    with pytest.raises(ValueError, match="has a page"):
        pdfa([], INFO)
    with pytest.raises(ValueError, match="zone"):
        pdfa([PdfPage(drawn(paper()))], replace(INFO, created=datetime(2026, 11, 22)))  # noqa: DTZ001 - that is the test
