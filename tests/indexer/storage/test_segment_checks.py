"""The words of a segment from elsewhere are read in pieces, and each rule of a word list is seen to hold."""

from pathlib import Path

import numpy as np
import pytest

from indexer.columnar.engine import ColumnarEngine
from indexer.contract.protocol import Batch, Document
from indexer.storage import segment_checks
from indexer.storage.arrays import ArrayFile, ArrayWriter
from indexer.storage.segment_file import OpenSegment
from indexer.storage.terms.term_dictionary import STEP

SAID = "the words of forms are not words"


@pytest.fixture(params=[8, 1 << 18])
def whole(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A segment, whose words are read in pieces shorter than a word, or all together."""
    monkeypatch.setattr(segment_checks, "PIECE", request.param)
    engine = ColumnarEngine(tmp_path / "made")
    engine.apply([Batch([Document(id=id, body=f"étage{id} 東京{id} the floodwalls") for id in range(1, 40)], (), 1)])
    engine.close()
    return next((tmp_path / "made").glob("*.columns"))


def broken(whole: Path, words: bytes, *, wrong: int | None = None) -> list[str]:
    """The rules that the segment breaks with other words in the place of its own, and a wrong place of one of them."""
    file, made = ArrayFile(whole), whole.with_name("changed")
    text = np.frombuffer(words, np.uint8)
    begins = np.append(0, np.flatnonzero(text == ord("\n")) + 1)
    at = np.append(begins[:-1:STEP], [len(text), len(begins) - 1]).astype(np.uint32)
    if wrong is not None:
        at[wrong] += 1
    copy = ArrayWriter(made)
    for name in file.names():
        copy.add(name, text if name == "forms.text" else at if name == "forms.at" else file[name])
    copy.close(**file.facts)
    return segment_checks.broken_rules(OpenSegment(made))


def own(whole: Path) -> list[bytes]:
    """The words of the segment, each with its line feed."""
    return OpenSegment(whole).forms.encoded(range(len(OpenSegment(whole).forms))).splitlines(keepends=True)


def test_the_words_as_written_break_no_rule(whole: Path) -> None:
    assert len(own(whole)) > 80
    assert broken(whole, b"".join(own(whole))) == []


@pytest.mark.parametrize("at", [0, 15, 16, 40])
def test_words_out_of_order_or_twice_are_found(whole: Path, at: int) -> None:
    words = own(whole)
    swapped = [*words[:at], words[at + 1], words[at], *words[at + 2 :]]
    twice = [*words[:at], words[at + 1], *words[at + 1 :]]
    assert broken(whole, b"".join(swapped)) == broken(whole, b"".join(twice)) == [SAID]


@pytest.mark.parametrize("place", [0, 1, 3])
def test_a_wrong_place_of_a_word_is_found(whole: Path, place: int) -> None:
    assert broken(whole, b"".join(own(whole)), wrong=place) == [SAID]


def test_words_that_are_no_text_are_found(whole: Path) -> None:
    words = own(whole)
    assert broken(whole, b"".join([*words[:-1], words[-1][:-1] + b"\xff\n"])) == [SAID]
