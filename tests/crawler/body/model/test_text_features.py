"""The compiled kernel counts characters and words of texts as Python does."""

import random
from itertools import pairwise, product

import numpy as np
import pytest

from crawler.body.model import classifier, features, text_features
from crawler.body.model.classifier import model, name_parts
from crawler.body.model.text_features import TextMarks, text_marks, words_of
from tests.stalling import no_stall

CHARACTERS = (
    *"aZé ß0٣.。!?…\"'“”»)]（,;：:-–•|>©®{}=/@#_%\n\t\r\u00a0\u2028\u3000", "中", "か", "한", "ไ", "ʰ", "²", "Ⅷ", "न्",
    "𝔘", "😀", "the", "by", "related", "subscribe", "photo:", " and ", "İ", "ſ",
)  # fmt: skip


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


def spoken(marks: TextMarks) -> list[set[str]]:
    """The words of each text."""
    if marks.spoken is None:
        return [set(words) for words in marks.short]
    words, numbers, ends = marks.spoken
    said, at = [words[n] for n in np.frombuffer(numbers, np.int32)], [0, *np.frombuffer(ends, np.int32)]
    found = [said[begin:end] for begin, end in pairwise(at)]
    assert all(len(each) == len(set(each)) for each in found)
    return [set(each) for each in found]


@pytest.mark.parametrize("seed", range(60))
def test_texts_of_every_script_are_measured_alike(monkeypatch, kernel, seed) -> None:
    draw = random.Random(seed)
    texts = [text(draw) for _ in range(draw.choice((1, 2, 40)))]
    slow, fast = both(monkeypatch, kernel, lambda: text_marks(texts))
    assert spoken(slow) == spoken(fast)
    for one, other in ((slow.size, fast.size), (slow.words, fast.words), (slow.sentences, fast.sentences)):
        assert np.array_equal(one, other)
    assert slow.columns.keys() == fast.columns.keys()
    for name, column in slow.columns.items():
        assert np.array_equal(column, fast.columns[name]), name


def test_words_are_made_small_as_python_makes_them(monkeypatch, kernel) -> None:
    alone = [f"Say{chr(code)}It {chr(code)}" for code in (*range(256), *range(0x2000, 0x2040), 0x178, 0x1E9E, 0x3A3)]
    rows = [" ".join(map(chr, range(code, code + 64))) for code in range(0x3000, 0xA000, 64)]
    slow, fast = both(monkeypatch, kernel, lambda: spoken(text_marks(alone + rows)))
    assert slow == fast


@pytest.mark.parametrize("sentence", ["ዛሬ ዘነበ።", "ဒီနေ့ မိုးရွာသည်။", "आज बारिश हुई है।", "آج بارش ہوئی۔", "ថ្ងៃនេះភ្លៀង។"])
def test_sentences_of_every_script_are_counted(monkeypatch, kernel, sentence: str) -> None:
    for marks in both(monkeypatch, kernel, lambda: text_marks([f"{sentence} {sentence}", sentence[:-1]])):
        assert marks.sentences.tolist() == [2, 0]
        assert marks.columns["ends_stop"].tolist() == [True, False]


def test_lone_surrogates_are_left_to_python(monkeypatch, kernel) -> None:
    slow, fast = both(monkeypatch, kernel, lambda: text_marks(["a b", "c\ud800 d."]))
    assert np.array_equal(slow.size, fast.size)
    assert slow.short == fast.short
    assert fast.spoken is None


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
    parts = [*map(name_parts, names), ("<section>",), ()]
    slow, fast = both(monkeypatch, kernel, lambda: model().name_scores(parts))
    assert slow == fast == [model().name_scores([each])[0] for each in parts]
    assert kernel.scores([("main", "text", "x"), ("<p>",)], {"main": 1.5, "text": 2.0, "<p>": 0.25}) == [3.5, 0.25]
    for wrong in (((("main",),), {}), (["main"], {}), ([("main",)], ()), ([("main",)], {"main": "1"}), ([([],)], {})):
        with pytest.raises(TypeError):
            kernel.scores(*wrong)


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
        kernel.words_of("a", b"")
    with pytest.raises(TypeError):
        kernel.parts(b"a")


def test_blocks_are_as_like_their_titles_either_way(monkeypatch, kernel) -> None:
    for seed in range(40):
        draw = random.Random(seed)
        texts = [text(draw) for _ in range(draw.choice((1, 2, 40)))]
        titles = [frozenset(words_of(text(draw).lower())) | {"the"} for _ in range(draw.choice((0, 1, 4)))]
        description = frozenset(words_of(text(draw).lower()))
        found = []
        for used in (None, kernel):
            for module in (text_features, features):
                monkeypatch.setattr(module, "compiled", lambda used=used: used)
            found.append([column.tolist() for column in features._alike(text_marks(texts), titles, description)])
        assert found[0] == found[1]


def test_words_made_to_share_a_hash_are_counted_as_fast_as_others(monkeypatch, kernel) -> None:
    """FNV-1a gives the two of each pair one state: all words of one of each have one hash."""
    pairs = (
        "lsexqzd/ztxtxde"
        " vqycmnm/azjafji mzzzkyq/ufrbias pxuplgf/mdaruxq fyhbaua/rknuwwl lgkwtbw/gehsjwx giviltu/auoigbc"
        " tyrwwyq/ucbsnsy tuvdcwf/epzknvg uchqnyo/sdjonlc ldyuprt/avjeley adruuow/muiomfr dyukuwx/wwhylmi"
        " odnndjx/yeonnaw vfwckpb/hvmpgpw hsoktyi/mskqcvx zklqiux/ytykuoo"
    )
    made = list(map("".join, product(*(pair.split("/") for pair in pairs.split()))))
    texts = [" ".join(made[n : n + 3]) for n in range(0, len(made), 3)]
    monkeypatch.setattr(text_features, "compiled", lambda: kernel)
    with no_stall():  # each beside all others, a hundred thousand of them take minutes
        found = spoken(text_marks(texts))
    assert len(found) == len(texts)
    assert sum(map(len, found)) == len(made)


def test_words_that_do_not_go_together_are_refused(kernel) -> None:
    table, seen = bytes(65_536), frozenset()
    for letters, lists, sample in ((b"", 1, 9), (table, -1, 9), (table, 31, 9), (table, 1, 0)):
        with pytest.raises(ValueError, match="do not go together"):
            kernel.spoken(["a"], letters, table, {}, seen, str.split, 9, sample, lists)
    letters = b"\1" * 65_536
    for known in ({"a": -1}, {"a": 1 << 40}):
        with pytest.raises(ValueError, match="bits"):
            kernel.spoken(["a"], letters, letters, known, seen, str.split, 9, 9, 1)
    for texts, others in (([1], str.split), (["😀"], str), (["😀"], lambda low: [1 / 0])):
        with pytest.raises((TypeError, ZeroDivisionError)):
            kernel.spoken(texts, letters, letters, {}, seen, others, 9, 9, 1)
    assert kernel.spoken(["😀"], letters, letters, {}, seen, lambda low: ["a\ud800"], 9, 9, 1) is None
    ids, sizes, sets = np.array([0, 1, 0], np.int32), np.array([9, 9]), (frozenset("a"), frozenset("b"))
    ends = np.array([2, 3], np.int32)
    assert np.frombuffer(kernel.alike(["a", "b"], ids, ends, sizes, sets, 8)).tolist() == [0.5, 1.0, 0.5, 0.0]
    wrong = (
        (["a"], ids, ends, sizes, sets),
        (["a", "b"], ids - 1, ends, sizes, sets),
        (["a", "b"], ids[1:], ends, sizes, sets),
        (["a", "b"], ids, ends[::-1].copy(), sizes, sets),
        (["a", "b"], ids, ends - 3, sizes, sets),
        (["a", "b"], ids, ends, sizes[1:], sets),
        (["a", "b"], ids, ends, sizes, ()),
        (["a", "b"], ids, ends, sizes, sets * 5),
    )
    for given in wrong:
        with pytest.raises(ValueError, match="do not go together"):
            kernel.alike(*given, 8)
    with pytest.raises(TypeError):
        kernel.alike(["a", "b"], ids, ends, sizes, (frozenset("a"), 3), 8)
