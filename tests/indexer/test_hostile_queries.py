"""Queries that are made to cost as much as they can are answered within the limits of time and memory."""

import random
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.contract.protocol import Batch
from indexer.contract.values import Results
from indexer.open import open_engine
from indexer.query.query import parse
from indexer.query.serialise import serialise
from indexer.searching import snapshot
from tests.indexer.conftest import NOW, bodies, read
from tests.kernel_built import built
from tests.stalling import no_stall

SECONDS = 2.5  # of CPU, in the soak: the limit by the clock on the wall, and a little for the step that reaches it
MEMORY = 300 << 20
PIECES = (
    "the", "of", '"of the"', "a*", "*a", "*tion", "?a?e*", "w1*", "the~2", "w12~", "flood", "flood*d", '"flood w*"',
    "NEAR/99", "w/3", "OR", "AND", "NOT", "-", "(", ")", '"', "~9", "by:a", "site:", "after:2020", "2020..2021",
    "[a TO b]", "title:", "東京", "東", "*東*", "f-35", "o'neill", "e-mail", "U.S.", "2,500", "é", "\u200b", "🎉", "\\",
    "*", "?", "+x", "'a b'", "-*tion", "-the~2", "*ati*", "?a?i*n", '"*tion *tion"', "*tion NEAR/9 the", "by:aaab",
    "12km", "12 km", "3500", "1,50,000kr", "J.", "R", "삼성전자서울", "ヴァイオリンサーバー", "&#x27;", "k.,jdm",
)  # fmt: skip


def hostile(chance: random.Random) -> str:
    """Return a query of up to a thousand characters; one in three repeats one piece over and over."""
    if chance.random() < 0.33:
        few = chance.choices(PIECES, k=chance.choice((1, 2, 3)))
        text = chance.choice((" ", "", " OR ", " NEAR/50 ")).join(few * 300)
    else:
        text = chance.choice((" ", "")).join(chance.choices(PIECES, k=chance.choice((3, 20, 300))))
    return f'"{text}"' if chance.random() < 0.2 else text


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index with many forms, long texts, and words that stand everywhere."""
    chance = random.Random(1)
    folder = tmp_path_factory.mktemp("hostile") / "index"
    engine = open_engine(folder)
    common = "the of a in flood e-mail f-35 東京都 ination nation w1 w12 12 km 12km 3 500 j r 삼성 전자".split()

    def word() -> str:
        return chance.choice(common) if chance.random() < 0.6 else f"w{int(chance.paretovariate(0.4)) % 99999}tion"

    texts = [" ".join(word() for _ in range(400)) for _ in range(2500)]
    engine.apply([Batch(bodies(*texts), (), 1)])
    engine.close()
    return folder


@pytest.fixture(params=["with NumPy", "with the kernel"])
def crowded(
    request: pytest.FixtureRequest,
    index: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[object]:
    """The engine over it."""
    kernel = built(tmp_path_factory) if request.param == "with the kernel" else None
    monkeypatch.setattr(snapshot, "kernel", lambda: kernel)
    engine = open_engine(index)
    yield engine
    engine.close()


def ask(engine: object, text: str) -> Results:
    """Answer a query, and hold it to the limits."""
    query = read(text)
    parse(serialise(query), now=NOW, zone=NOW.tzinfo)  # type: ignore[arg-type]  # as links of a page do
    with no_stall():  # the limit is 2 s by the clock on the wall, and the step during which it is reached
        found: Results = engine.search(query)  # type: ignore[attr-defined]
    return found


def asked(engine: object, count: int, seed: int, *, seconds: float = 20.0) -> None:
    chance = random.Random(seed)
    ask(engine, "the")
    tracemalloc.start()
    try:
        for _ in range(count):
            text = hostile(chance)
            tracemalloc.reset_peak()
            before, _ = tracemalloc.get_traced_memory()
            began = time.thread_time()
            ask(engine, text)
            took = time.thread_time() - began
            taken = tracemalloc.get_traced_memory()[1] - before
            assert taken < MEMORY, (text, taken)
            assert took < seconds, (text, took)
    finally:
        tracemalloc.stop()


def test_generated_queries_keep_to_the_limits(crowded: object) -> None:
    asked(crowded, 25, 1)


@pytest.mark.soak
def test_two_thousand_generated_queries_keep_to_the_limits(crowded: object) -> None:
    asked(crowded, 2_000, 3, seconds=SECONDS)


@pytest.mark.soak
def test_ten_thousand_generated_queries_keep_to_the_limits(crowded: object) -> None:
    asked(crowded, 10_000, 2, seconds=SECONDS)
