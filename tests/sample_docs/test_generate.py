"""The generator of the samples."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from PIL import Image

from sample_docs import generate
from sample_docs.generator import numbers, specimens, types
from sample_docs.generator.folders import specimens as planned

Truth = list[dict[str, Any]]

# Small papers of every kind of drawing: the whole run takes a minute.
_QUICK = ("03-tenant/id", "12-misprint/id", "01-trading-company/account", "06-branch-office/license", "09-fax/adv")


def test_the_same_seed_gives_the_committed_truth(truth: Truth) -> None:
    """Drawing again says the same as the committed lines, twice."""
    committed = {line["file"]: line for line in truth}
    chosen = [specimen for specimen in planned() if any(words in specimen.path for words in _QUICK)]
    assert len(chosen) >= len(_QUICK)
    for specimen in chosen:
        first = specimens.truth(specimen, specimens.drawn(specimen))
        second = specimens.truth(specimen, specimens.drawn(specimen))
        assert json.loads(json.dumps(first)) == committed[specimen.path]
        assert first == second


def test_the_same_seed_gives_the_same_picture() -> None:
    """Random numbers hang on the seed and the specimen alone."""
    specimen = next(specimen for specimen in planned() if specimen.path.endswith("03-tenant/id-front.webp"))
    first, second = (specimens.drawn(specimen).images[0] for _ in range(2))
    assert first.tobytes() == second.tobytes()


def test_a_type_brings_its_specimens_and_keeps_its_own_truth(
    truth: Truth, samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A module in the folder of types is found; its truth lies in its type's folder, the customers' as it was."""
    card = next(specimen for specimen in planned() if specimen.path.endswith("03-tenant/id-front.webp"))
    (tmp_path / "modules").mkdir()
    (tmp_path / "types/card").mkdir(parents=True)
    (tmp_path / "modules" / "made_up_for_this_test.py").write_text("SPECIMENS = ()\n")
    module = ModuleType("made_up_for_this_test")
    module.SPECIMENS = (replace(card, path="types/card/front.webp"),)  # type: ignore[attr-defined]
    monkeypatch.setattr(types, "__path__", [str(tmp_path / "modules")])
    monkeypatch.setitem(sys.modules, f"{types.__name__}.made_up_for_this_test", module)
    lines = [specimens.truth(one, specimens.drawn(one)) for one in types.specimens()]
    specimens.write_truths([*truth, *lines], tmp_path)
    written = json.loads((tmp_path / "types/card/truth.jsonl").read_text(encoding="utf-8"))
    assert (written["file"], written["documents"][0]["type"]) == ("front.webp", "id_card_front")
    assert (tmp_path / "truth.jsonl").read_text("utf-8") == (samples / "truth.jsonl").read_text("utf-8")


def test_what_types_bring_is_what_lies_there(samples: Path) -> None:
    """Every specimen of a type is written and labelled under the type's name, and drawing it again says the same."""
    for specimen in types.specimens():
        folder = (samples / specimen.path).parent
        committed = [json.loads(line) for line in (folder / "truth.jsonl").read_text("utf-8").splitlines()]
        assert {path.name for path in folder.iterdir()} == {line["file"] for line in committed} | {"truth.jsonl"}
        drawn = json.loads(json.dumps(specimens.truth(specimen, specimens.drawn(specimen))))
        assert {**drawn, "file": Path(specimen.path).name} in committed
        assert {one["type"] for one in drawn["documents"]} == {folder.name}
        assert folder.parent == samples / "types"


def test_the_plan_is_the_truth(truth: Truth) -> None:
    """Every planned file is labelled, with its condition, and no other."""
    assert {s.path: s.profile for s in planned()} == {line["file"]: line["profile"] for line in truth}


def test_only_writes_the_chosen_files(tmp_path: Path) -> None:
    """``--only`` makes part of the samples and leaves no truth that would be incomplete."""
    assert generate.main(["--out", str(tmp_path), "--only", "11-expired-card/id-front"]) == 0
    written = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()]
    assert written == ["cases/11-expired-card/id-front.bmp"]
    with Image.open(tmp_path / written[0]) as image:
        assert image.mode == "L"


def test_differences_names_what_is_not_as_generated(tmp_path: Path) -> None:
    """``--check`` tells of missing files, of strangers and of another truth."""
    for folder, name, truth in (("kept", "a.jpg", "1\n"), ("fresh", "b.jpg", "2\n")):
        (tmp_path / folder / "cases").mkdir(parents=True)
        (tmp_path / folder / "cases" / name).touch()
        (tmp_path / folder / "truth.jsonl").write_text(truth)
    found = generate.differences(tmp_path / "kept", tmp_path / "fresh")
    assert found == ["missing: cases/b.jpg", "not made by the generator: cases/a.jpg", "truth.jsonl differs"]


@pytest.mark.parametrize(
    ("yuan", "words"),
    [
        (58_000, "伍万捌仟元整"),
        (1_080_000, "壹佰零捌万元整"),
        (186_050, "壹拾捌万陆仟零伍拾元整"),
        (230_400, "贰拾叁万零肆佰元整"),
    ],
)
def test_amounts_are_written_as_on_cheques(yuan: int, words: str) -> None:
    """Gaps are closed by one 零, whole amounts end with 元整."""
    assert numbers.capital_amount(yuan) == words


def test_dates_are_written_in_characters() -> None:
    """Tens without 一 before, the year digit by digit."""
    assert numbers.chinese_date(date(2016, 10, 23)) == "二〇一六年十月二十三日"
