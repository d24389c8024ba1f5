"""The compiled kernel counts characters and words of texts as Python does."""

import random

import numpy as np
import pytest

from crawler.body.model import classifier, text_features
from crawler.body.model.classifier import model, name_parts
from crawler.body.model.text_features import text_marks, words_of
from tests.kernel_built import built_in

CHARACTERS = (
    *"aZé ß0٣.。!?…\"'“”»)]（,;：:-–•|>©®{}=/@#_%\n\t\r\u00a0\u2028\u3000", "中", "か", "한", "ไ", "ʰ", "²", "Ⅷ", "न्",
    "𝔘", "😀", "the", "by", "related", "subscribe", "photo:", " and ", "İ", "ſ",
)  # fmt: skip


@pytest.fixture(scope="module")
def kernel(tmp_path_factory):
    return built_in(tmp_path_factory.mktemp("kernel"))


def text(draw: random.Random) -> str:
    return "".join(draw.choices(CHARACTERS, k=draw.choice((1, 2, 3, 30, 200, 700))))


def both(monkeypatch, kernel, read):
    """What a function says with Python, and with the kernel."""
    answers = []
    for found in (None, kernel):
        for module in (text_features, classifier):
            monkeypatch.setattr(module, "compiled", lambda found=found: found)
        text_features._short_marks.cache_clear()
        name_parts.cache_clear()
        answers.append(read())
    text_features._short_marks.cache_clear()
    name_parts.cache_clear()
    return answers


@pytest.mark.parametrize("seed", range(60))
def test_texts_of_every_script_are_measured_alike(monkeypatch, kernel, seed) -> None:
    draw = random.Random(seed)
    texts = [text(draw) for _ in range(draw.choice((1, 2, 40)))]
    slow, fast = both(monkeypatch, kernel, lambda: text_marks(texts))
    assert slow.short == fast.short
    for one, other in ((slow.size, fast.size), (slow.words, fast.words), (slow.sentences, fast.sentences)):
        assert np.array_equal(one, other)
    assert slow.columns.keys() == fast.columns.keys()
    for name, column in slow.columns.items():
        assert np.array_equal(column, fast.columns[name]), name


def test_lone_surrogates_are_left_to_python(monkeypatch, kernel) -> None:
    slow, fast = both(monkeypatch, kernel, lambda: text_marks(["a b", "c\ud800 d."]))
    assert np.array_equal(slow.size, fast.size)
    assert slow.short == fast.short


def test_names_are_cut_alike(monkeypatch, kernel) -> None:
    draw = random.Random(1)
    names = [
        "",
        "<p>",
        "ArticleBody main-text",
        "HTMLBody",
        "aB",
        "ABc",
        "x" * 500,
        "ABC" * 200,
        "ÄbcDÉ",
        "p p pp pp PP",
    ]
    names += ["".join(draw.choices("abABZ-_ 1éİ", k=draw.choice((3, 9, 60, 400)))) for _ in range(500)]
    slow, fast = both(monkeypatch, kernel, lambda: [name_parts(name) for name in names])
    assert slow == fast
    names += draw.choices(list(model().names), k=200)
    names += [" ".join(draw.choices(list(model().names), k=9)) for _ in range(200)]
    slow, fast = both(monkeypatch, kernel, lambda: [model().name_score(name) for name in names])
    assert slow == fast


def test_words_are_found_alike(monkeypatch, kernel) -> None:
    texts = [text(random.Random(seed)) for seed in range(200)]
    slow, fast = both(monkeypatch, kernel, lambda: [[*words_of(each)] for each in texts])
    assert slow == fast


def test_tables_that_do_not_go_together_are_refused(kernel) -> None:
    kinds, extras, roles = text_features._TABLES
    for given in (
        (kinds[1:], extras, roles),
        (kinds, extras[1:], roles),
        (kinds, extras, roles[:-1]),
        (kinds, extras, b""),
    ):
        with pytest.raises(ValueError, match="do not go together"):
            kernel.counts(["a"], *given)
    with pytest.raises(ValueError, match="do not go together"):
        kernel.counts(["a"], b"\x7f" * 0x10000, extras, roles)
    with pytest.raises(ValueError, match="table"):
        kernel.words_of("a", b"", {}, frozenset())
    with pytest.raises(TypeError):
        kernel.parts(b"a")
