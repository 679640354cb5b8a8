"""Papers put together otherwise by people are understood from their kept words as the machine would have."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake import restructuring
from intake.restructuring import UNKNOWN, Bundle, Part, runs, understood
from tests.confirmed_papers import PERMIT, reading, words
from tests.made_up import TODAY

STACK = "08-farm-stack.everything"
PAGES = dict(enumerate("abcde"))
KEPT = {page: [text for text in words(STACK) if text.geometry.page_index == index] for index, page in PAGES.items()}
MADE = reading(STACK).documents
"""A license, both sides of a card on one page, a permit, a contract of two pages, as the machine made them."""


@pytest.fixture(scope="module")
def parts() -> tuple[tuple[Part, ...], ...]:
    """What each of them is made of."""
    return restructuring.traced(PAGES, KEPT, MADE)


def test_a_file_is_traced_back_to_the_parts_of_its_documents(parts: tuple[tuple[Part, ...], ...]) -> None:
    """Each page belongs to the document that was read on it; the two sides of a card share a page, in two pieces."""
    assert [[part.page for part in one] for one in parts] == [["a"], ["b"], ["b"], ["c"], ["d", "e"]]
    assert parts[1] != parts[2]


def test_the_same_parts_give_the_same_reading_under_their_own_page_numbers(parts: tuple[tuple[Part, ...], ...]) -> None:
    """Type, values, regions and findings are the machine's; only the pages count along the document."""
    for bundle, made in zip(parts, MADE, strict=True):
        numbers = {index: number for number, index in enumerate(made.page_indexes)}
        assert understood(Bundle(bundle), KEPT, today=TODAY) == restructuring.renumbered(made, numbers)


def test_another_type_is_read_from_the_same_words(parts: tuple[tuple[Part, ...], ...]) -> None:
    """A license called a tax registration gives that type's fields where its captions stand; said types are certain."""
    found = understood(Bundle(parts[0], "tax_registration"), KEPT, today=TODAY)
    assert (found.type, found.classification.confidence) == ("tax_registration", 1.0)
    assert found.value("legal_representative") == MADE[0].value("legal_representative")
    assert restructuring.said_type(found) == "tax_registration"
    assert all(restructuring.said_type(made) is None for made in MADE)


def test_paper_of_no_known_type_keeps_its_pages_and_gives_no_value(parts: tuple[tuple[Part, ...], ...]) -> None:
    """A person may say that a paper is none of ours; that word is told from the machine's."""
    found = understood(Bundle(parts[4], UNKNOWN), KEPT, today=TODAY)
    assert (found.type, found.fields, found.page_indexes) == (None, (), (0, 1))
    assert restructuring.said_type(found) == UNKNOWN


def test_pages_of_two_files_are_one_document(parts: tuple[tuple[Part, ...], ...]) -> None:
    """A contract photographed page by page: two files, both with page index 0, are read as one."""
    flat = {
        page: [replace(text, geometry=replace(text.geometry, page_index=0)) for text in KEPT[page]] for page in "de"
    }
    found = understood(Bundle(parts[4], "contract"), flat, today=TODAY)
    assert {one.field: (one.value, one.page_index) for one in found.fields} == {
        one.field: (one.value, one.page_index - 3) for one in MADE[4].fields
    }


def test_a_document_is_parted_before_chosen_pages() -> None:
    """The first part keeps the place and the said type; where nothing parts, the document comes back as it was."""
    whole = Bundle((Part("a"), Part("b"), Part("b", 1), Part("c")), "contract", "document")
    first, second, third = restructuring.parted(whole, {1, 2})
    assert first == Bundle((Part("a"),), "contract", "document")
    assert (second, third) == (Bundle((Part("b"), Part("b", 1))), Bundle((Part("c"),)))
    assert restructuring.parted(whole, {0, 9}) == (whole,)


def test_a_lone_page_with_several_papers_is_parted_into_them() -> None:
    """Two sheets on one scan that were taken for one document."""
    assert restructuring.parted(Bundle((Part("a"), Part("a", 1))), {0}) == (
        Bundle((Part("a"),)),
        Bundle((Part("a", 1),)),
    )


def test_documents_are_joined_in_the_first_ones_place() -> None:
    """All parts in order; the first type that a person said counts."""
    one, other = Bundle((Part("a"),), None, "first"), Bundle((Part("b"),), "contract", "second")
    assert restructuring.joined([one, other]) == Bundle((Part("a"), Part("b")), "contract", "first")


def test_pages_are_taken_out_and_put_in() -> None:
    """Reordering is taking out and putting in; nothing is left where the last page goes."""
    bundle = Bundle((Part("a"), Part("b"), Part("c")))
    left = restructuring.without(bundle, {0})
    assert left is not None
    assert [run[0].page for run in runs(restructuring.inserted(left, [Part("a")], 1).parts)] == ["b", "a", "c"]
    assert restructuring.without(bundle, {0, 1, 2}) is None


def test_a_page_by_itself_is_understood_as_when_it_was_read_first() -> None:
    """A page that was put aside and is used again gives both sides of its card."""
    found = restructuring.found_on("b", KEPT)
    assert [understood(one, KEPT, today=TODAY).type for one in found] == ["id_card_front", "id_card_back"]


def test_a_page_without_words_is_a_document_without_values() -> None:
    """A picture that no reader found a word on keeps its page, its said type and its place."""
    found = understood(Bundle((Part("x"),), "contract"), {}, today=TODAY)
    assert (found.type, found.page_indexes, found.fields) == ("contract", (0,), ())


def test_a_piece_that_is_no_longer_cut_is_the_whole_sheet() -> None:
    """After a page was read again its sheet may hold one paper where it held two."""
    kept = {"x": words(PERMIT)}
    assert understood(Bundle((Part("x", 3, 1),)), kept, today=TODAY).type == "bank_account_permit"
