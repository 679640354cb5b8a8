"""The rules of PDF/A-2b (ISO 19005-2:2011) that matter for scans with text under them, each under its clause.

Written from the standard's own words and apart from the checker that the service uses, so that each watches the other.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator

import pikepdf
from pikepdf import Name

RULES: dict[str, Callable[[bytes, pikepdf.Pdf], bool]] = {}
"""A rule's clause, and whether a file (its bytes, opened) keeps it."""

Rule = Callable[[bytes, pikepdf.Pdf], bool]


def clause(number: str) -> Callable[[Rule], Rule]:
    """Enter a rule under its clause."""

    def enter(rule: Rule) -> Rule:
        RULES[number] = rule
        return rule

    return enter


def broken(data: bytes) -> list[str]:
    """The clauses that a file does not keep."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [number for number, rule in RULES.items() if not rule(data, pdf)]


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary and stream of a file, those inside others too."""
    waiting: list[pikepdf.Object] = [*pdf.objects]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Array):
            waiting += [item for item in one if not getattr(item, "is_indirect", True)]
        elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            yield one
            waiting += [one[key] for key in one.keys() if not getattr(one[key], "is_indirect", True)]  # noqa: SIM118 - a PDF's dictionary


def _fonts(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [one for one in _dictionaries(pdf) if one.get("/Type") == Name.Font]


def _images(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [one for one in _dictionaries(pdf) if one.get("/Subtype") == Name.Image]


@clause("6.1.2 header: version, then a comment of four bytes beyond ASCII")
def _header(data: bytes, _: pikepdf.Pdf) -> bool:
    return bool(re.match(rb"%PDF-1\.[0-7][\r\n]+%[\x80-\xff]{4}", data))


@clause("6.1.3 trailer: an ID, no encryption")
def _trailer(_: bytes, pdf: pikepdf.Pdf) -> bool:
    return len(pdf.trailer.get("/ID", [])) == 2 and "/Encrypt" not in pdf.trailer


@clause("6.1.3 nothing after the end")
def _end(data: bytes, _: pikepdf.Pdf) -> bool:
    return data.rstrip(b"\r\n").endswith(b"%%EOF") and data.count(b"%%EOF") == 1


@clause("6.1.7 streams: no file outside, no LZW")
def _streams(_: bytes, pdf: pikepdf.Pdf) -> bool:
    streams = [one for one in _dictionaries(pdf) if isinstance(one, pikepdf.Stream)]
    return not any("/F" in one or "LZW" in str(one.get("/Filter", "")) for one in streams)


@clause("6.1.13 pages of 3 to 14,400 units")
def _sizes(_: bytes, pdf: pikepdf.Pdf) -> bool:
    return all(3 <= float(side) <= 14_400 for page in pdf.pages for side in page.mediabox[2:])


@clause("6.2.3 one output intent with an RGB profile of version 2 to 4")
def _intent(_: bytes, pdf: pikepdf.Pdf) -> bool:
    intents = [one for one in pdf.Root.get("/OutputIntents", []) if one.S == Name.GTS_PDFA1]
    if len(intents) != 1 or "/DestOutputProfile" not in intents[0]:
        return False
    profile = intents[0].DestOutputProfile.read_bytes()
    return profile[16:20] == b"RGB " and profile[36:40] == b"acsp" and profile[8] in {2, 4}


@clause("6.2.4.3 no CMYK where the output intent is RGB")
def _colours(_: bytes, pdf: pikepdf.Pdf) -> bool:
    return not any(image.get("/ColorSpace") == Name.DeviceCMYK for image in _images(pdf))


@clause("6.2.8 pictures: no alternates, no interpolation, no OPI")
def _pictures(_: bytes, pdf: pikepdf.Pdf) -> bool:
    return not any(
        key in image and bool(image[key]) for image in _images(pdf) for key in ("/Alternates", "/Interpolate", "/OPI")
    )


@clause("6.2.10 no transparency: no soft mask, group or blend mode")
def _transparency(_: bytes, pdf: pikepdf.Pdf) -> bool:
    return not any(key in one for one in _dictionaries(pdf) for key in ("/SMask", "/BM", "/ca", "/CA", "/Group"))


@clause("6.2.11.4.1 every font embedded")
def _embedded(_: bytes, pdf: pikepdf.Pdf) -> bool:
    descriptors = [one.FontDescriptor for one in _fonts(pdf) if "/FontDescriptor" in one]
    below = [one for one in _fonts(pdf) if one.Subtype != Name.Type0]
    return len(descriptors) == len(below) and all("/FontFile2" in one for one in descriptors)


@clause("6.2.11.3.2 a CIDFontType2 says which glyph a number is")
def _glyphs(_: bytes, pdf: pikepdf.Pdf) -> bool:
    return all("/CIDToGIDMap" in one for one in _fonts(pdf) if one.Subtype == Name.CIDFontType2)


@clause("6.2.11.7.2 numbers to Unicode, never to 0, FEFF or FFFE")
def _unicode(_: bytes, pdf: pikepdf.Pdf) -> bool:
    maps = [one.ToUnicode.read_bytes() for one in _fonts(pdf) if one.Subtype == Name.Type0]
    return all(not re.search(rb"[\[>]<(0000|FEFF|FFFE)>", one) and b"beginbfrange" in one for one in maps)


@clause("6.2.11.8 no .notdef, also where nothing is drawn")
def _notdef(_: bytes, pdf: pikepdf.Pdf) -> bool:
    shown = (bytes(step.operands[0]) for page in pdf.pages for step in pikepdf.parse_content_stream(page, "Tj"))
    return not any(b"\0\0" in {code[at : at + 2] for at in range(0, len(code), 2)} for code in shown)


@clause("6.5.1 no script or other action, 6.4 no form, 6.3 no note, 6.8 no file inside")
def _actions(_: bytes, pdf: pikepdf.Pdf) -> bool:
    forbidden = ("/OpenAction", "/AA", "/AcroForm", "/JavaScript", "/JS", "/EmbeddedFiles", "/Annots", "/OCProperties")
    return not any(key in one for one in _dictionaries(pdf) for key in forbidden)


@clause("6.6.2.1 metadata as XMP, not compressed or encrypted by a filter")
def _metadata(_: bytes, pdf: pikepdf.Pdf) -> bool:
    metadata = pdf.Root.get("/Metadata")
    return metadata is not None and metadata.Subtype == Name.XML and "/Filter" not in metadata


@clause("6.6.3 the information dictionary says what XMP says")
def _alike(_: bytes, pdf: pikepdf.Pdf) -> bool:
    about, info = pdf.open_metadata(), pdf.docinfo
    pairs = (("dc:title", "/Title"), ("xmp:CreatorTool", "/Creator"), ("pdf:Producer", "/Producer"))
    times = (("xmp:CreateDate", "/CreationDate"), ("xmp:ModifyDate", "/ModDate"))
    same = all(str(about.get(one)) == str(info.get(other)) for one, other in pairs)
    return same and all(
        re.sub(r"\D", "", str(about.get(one)))[:14] == re.sub(r"\D", "", str(info.get(other)))[:14]
        for one, other in times
    )


@clause("6.6.4 part 2, level B")
def _identified(_: bytes, pdf: pikepdf.Pdf) -> bool:
    about = pdf.open_metadata()
    return (about.get("pdfaid:part"), about.get("pdfaid:conformance")) == ("2", "B")
