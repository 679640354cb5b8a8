"""What speaks for and against a value, as numbers."""

from __future__ import annotations

import math
from dataclasses import replace

from intake.extraction.evidence import EITHER_WAY, NAMES, RAISING, values
from intake.extraction.voices import Voice, gap, voice
from tests.intake.extraction.saying import CARD, evidence, said

ADDRESS = "虚构市明月区1号"


def test_who_says_it_is_one_of_four() -> None:
    """Both readers, the second alone, the first alone before and after the second was asked."""
    first, second = said("name", "王小明", reader="tesseract"), said("name", "王小明")
    other = said("name", "王小朋")
    seen = (
        evidence("name", first, second),
        evidence("name", second, rivals=(said("name", "王小朋", reader="tesseract"),)),
        evidence("name", first),
        evidence("name", first, rivals=(other,)),
    )
    assert [(one.both, one.second_alone, one.first_unasked, one.first_refused) for one in seen] == [
        (1, 0, 0, 0),
        (0, 1, 0, 0),
        (0, 0, 1, 0),
        (0, 0, 0, 1),
    ]


def test_the_same_reader_twice_is_one_witness() -> None:
    """A second look by the same reader is no agreement of two, and is counted apart."""
    twice = evidence("name", said("name", "王小明"), said("name", "王小明", reader="rapidocr/crops"))
    assert (twice.both, twice.again) == (0, 1)


def test_second_thoughts_speak_against_a_value_that_nobody_read_at_once() -> None:
    """They count where they are all there is; a reader that reads the same at once takes the doubt away."""
    read = said("name", "王小明")
    thought = replace(read, found=replace(read.found, second=True))
    assert evidence("name", thought).rethought == 1
    assert evidence("name", thought, said("name", "王小明", reader="tesseract")).rethought == 0


def test_the_worst_letter_counts_beside_all_of_them() -> None:
    """A doubt is the logarithm of the wrong characters to expect, three for one."""
    one = evidence("name", said("name", "王小明", sure=1.0, worst=0.5))
    assert one.worst == one.doubt == math.log10(0.501) + 3
    assert evidence("name", said("name", "王小明", sure=1.0)).doubt == 0


def test_readers_that_agree_are_wrong_only_where_both_are() -> None:
    """A letter of which one of them is quite sure raises no doubt, whatever the other thinks of it."""
    sure, unsure = said("name", "王小明", sure=1.0), said("name", "王小明", reader="tesseract", worst=0.5)
    assert evidence("name", sure, unsure).doubt == 0
    assert evidence("name", unsure).doubt > 2.5
    assert 0 < evidence("name", sure, unsure).echo < 0.2


def test_letters_that_do_not_bear_the_value_raise_no_doubt() -> None:
    """Of a date the digits count: 年 may be misread."""
    date = said("birth_date", "19年0年1月1日", worst=0.1)
    spoken = voice(CARD.field("birth_date"), said("birth_date", "1990年1月1日", worst=0.1))
    assert spoken.characters == "199011"
    assert date.value is None or spoken.confidences.count(0.1) == 1


def test_where_the_readers_differ_is_told_by_letters() -> None:
    """Only the letters in which they differ are open; how sure the other is there speaks against the value."""
    one = said("address", ADDRESS, worst=0.6)
    other = said("address", "虚构币明月区1号", reader="tesseract", sure=0.4)
    seen = evidence("address", one, rivals=(other,))
    assert seen.open_size == math.log(2)
    assert seen.open_share == 1 / 8
    assert seen.denied == 0.4
    assert abs(seen.open_doubt - (math.log10(0.401) + 3)) < 1e-9
    assert seen.beyond == seen.marks == seen.unheard == 0


def test_a_value_that_another_reading_goes_beyond_may_be_cut_off() -> None:
    """…1 where the other reader has …1号."""
    one = said("address", "虚构市明月区1")
    longer, shorter = (said("address", text, reader="tesseract") for text in (ADDRESS, "虚构市明月区"))
    assert evidence("address", one, rivals=(longer,)).beyond == 1
    assert evidence("address", one, rivals=(shorter,)).beyond == 0


def test_a_difference_in_punctuation_alone_is_known() -> None:
    """；for ： is the second reader's commonest slip in long texts."""
    one = said("address", "虚构市；明月区")
    assert evidence("address", one, rivals=(said("address", "虚构市：明月区", reader="tesseract"),)).marks == 1
    assert evidence("address", one, rivals=(said("address", "虚构市一明月区", reader="tesseract"),)).marks == 1
    assert evidence("address", one, rivals=(said("address", "虚构币；明月区", reader="tesseract"),)).marks == 0


def test_a_reader_that_found_nothing_at_the_place_left_it_unheard() -> None:
    """It was asked (it read the field elsewhere), and said nothing here."""
    elsewhere = said("name", "李大山", reader="tesseract", y=400)
    seen = evidence("name", said("name", "王小明"), rivals=(elsewhere,))
    assert (seen.unheard, seen.open_size, seen.contested) == (1, 0, 0.5)


def test_another_value_at_another_place_contests_it_the_more_the_more_readers_say_it() -> None:
    """The paper itself says two things (类型 and 组成形式): no reader can settle that."""
    one = said("name", "王小明")
    rivals = [said("name", "李大山", reader=reader, y=400) for reader in ("tesseract", "rapidocr")]
    assert [evidence("name", one, rivals=rivals[:count]).contested for count in (0, 1, 2)] == [0, 0.5, 1]


def test_what_stands_beside_a_caption_near_to_it_makes_it_twofold() -> None:
    """个人经营 beside 组成形式 says of the 类型 个体工商户 something too: it is told from a value that contests it."""
    elsewhere = said("name", "李大山", y=400)
    beside = replace(elsewhere, found=replace(elsewhere.found, stand_in=True))
    seen = evidence("name", said("name", "王小明"), rivals=(beside,))
    assert (seen.twofold, seen.contested) == (1, 0)


def test_what_the_kind_says_is_evidence() -> None:
    """A check character that holds, one that fails, a caption inside the value, a speck at its end."""
    good = evidence("id_number", said("id_number", "110101199001010015"))
    bad = evidence("id_number", said("id_number", "110101199001010010"))
    assert (good.check_holds, good.problem, bad.check_holds, bad.problem) == (1, 0, 0, 1)
    assert evidence("address", said("address", "虚构市明月区公民身份号码")).swallowed == 1
    assert [evidence("address", said("address", text)).ragged for text in (f"{ADDRESS}.", ADDRESS)] == [1, 0]


def test_a_reading_that_the_check_character_would_amend_to_the_other_one_is_known() -> None:
    """The other reader read what a rule would offer: the rule ranks the two, and invents nothing."""
    wrong, right = said("id_number", "110101199001010016"), said("id_number", "110101199001010015", reader="tesseract")
    assert evidence("id_number", wrong, rivals=(right,)).amended == 1
    assert evidence("id_number", wrong).amended == evidence("id_number", right, rivals=(wrong,)).amended == 0


def test_small_print_is_measured_on_the_scan() -> None:
    """Flat pages are enlarged; what counts is how many pixels the scan had."""
    assert evidence("name", said("name", "王小明")).small_print == 0


def test_every_number_has_a_name_and_a_sense() -> None:
    """The model file names them; a number that lowers is neither raising nor undecided."""
    assert len(values(evidence("name", said("name", "王小明")))) == len(NAMES)
    assert set(NAMES) >= RAISING
    assert set(NAMES) - RAISING >= EITHER_WAY


def test_a_gap_is_the_shortest_way_from_one_reading_to_the_other() -> None:
    """Added inside, gone beyond at both ends, replaced and left out."""
    spoken = [Voice(text, (0.5,) * len(text)) for text in ("明月路", "A明月一路B", "明路")]
    assert [gap(spoken[0], other).size for other in spoken] == [0, 3, 1]
    assert (gap(*spoken[:2]).added, gap(*spoken[:2]).beyond) == (1, 2)
    assert gap(spoken[0], spoken[2]).unconfirmed == (1,)
