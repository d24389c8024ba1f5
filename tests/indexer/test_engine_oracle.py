"""Random corpora, random queries: every engine finds, counts and orders as plain Python does."""

import random
import re
import tempfile
from collections import defaultdict
from datetime import UTC
from pathlib import Path

import pytest

from indexer.contract.facets import INDEXED, NONE, FacetName, Filter, no_values
from indexer.contract.linked_sites import UNREAD
from indexer.contract.protocol import Batch, Document
from indexer.contract.values import (
    And,
    DateRange,
    Dating,
    Fuzzy,
    Interval,
    Match,
    MultiPhrase,
    Not,
    Or,
    Pattern,
    Period,
    Phrase,
    Query,
    Sort,
    TextField,
    Word,
)
from indexer.query.query import parse
from indexer.query.terms import plain
from tests.indexer.conftest import NOW, open_engine
from tests.indexer.known import known
from tests.indexer.oracle import Oracle, values_of

WORDS = (
    "flood floods flooded wall walls sea the to be or not covid 19 pérez perez c++ u.s. 東京都 东京 東 i a storm "
    "covid-19 covid19 sea-wall seawalls 2,500 2500 o’connor oconnor inondée inondations 9月 2024年3月 A股市"
    " 12km 12 km 1.5kg J. R. jr"
).split()
COMPOUNDS = (
    "covid-19 covid19 sea-walls seawall 2,500 2.500 2500 O'Connor oconnor 9月 A股 2024年 l'inondee 19-sea 12km 1.5kg jr"
).split()
VALUES: defaultdict[FacetName, tuple[str | None, ...]] = defaultdict(
    lambda: ("a", "b-a", "b", None),
    {
        FacetName.AUTHOR: ("maria-okafor", "li-wei", "wei", "jan-van-der-berg", "okafor-jan"),
        FacetName.SITE: ("a.example", "b.example", "news.a.example", None),
        FacetName.LANGUAGE: ("en", "en", "en", "fr", "de", None),
        FacetName.LINKS: ("c.example", "d.example", "eu.d.example", "a.example", "[::1]", UNREAD, None),
        FacetName.SECTION: ("climate", "world-news", None, None),
    },
)
UNKNOWN: defaultdict[FacetName, tuple[str, ...]] = defaultdict(
    lambda: ("nothing",), {FacetName.AUTHOR: ("okafor", "jan-berg", "nobody")}
)
CORPORA, QUERIES = 12, 60
SAMPLE = 3  # of the corpora; the check has no more


def a_text(chance, most):
    return " ".join(chance.choices(WORDS, k=chance.randrange(most)))


def some(chance, values):
    """One value mostly; none, or several, which every facet may have."""
    chosen = chance.sample(values, chance.choice((0, 1, 1, 1, 1, 2, len(values))))
    return tuple(dict.fromkeys(filter(None, chosen)))


def a_document(chance, id):
    return Document(
        id=id,
        headline=a_text(chance, 5),
        standfirst=a_text(chance, 4) if chance.random() < 0.3 else "",
        body=a_text(chance, 14),
        byline=a_text(chance, 3),
        facets={name: keys for name in INDEXED if (keys := some(chance, VALUES[name]))},
        published=chance.choice((None, *[chance.randrange(0, 300_000) for _ in range(5)])),
        span=chance.choice((0, 0, 0, 40_000, 90_000)),
        added=chance.randrange(0, 5) * 40_000,
    )


def a_leaf(chance):
    field = chance.choice((None, None, None, *TextField))
    word = chance.choice(
        (
            "flood",
            "floods",
            "wall",
            "sea",
            "the",
            "perez",
            "pérez",
            "c++",
            "us",
            "東",
            "東京",
            "storm",
            "zebra",
            "inondee",
        )
    )
    kind = chance.randrange(7)
    if kind < 3:
        return Word(word, field)
    if kind == 3:
        words = tuple(
            chance.choices(
                ("the", "to", "be", "sea", "wall", "flood", "東京", "京都", "东京"), k=chance.randrange(1, 4)
            )
        )
        return Phrase(words, chance.choice((0, 0, 1, 3)) if len(words) > 1 else 0, field)
    if kind == 4:
        return Pattern(chance.choice("flo* wal? *oo* se* f*d s?a per* *ez pé* inonde*".split()), field)
    if kind == 5:
        found = plain(chance.choice(COMPOUNDS), field)
        assert found is not None
        return found
    if kind == 6 and chance.random() < 0.5:
        words = chance.choices(("sea", "wall", "flood", "perez"), k=chance.choice((2, 2, 3)))
        parts = tuple(map(Word, words))
        return MultiPhrase(parts, "near", chance.choice((0, 1, 3)), field=field)
    return Fuzzy(chance.choice(("flood", "walls", "stomr", "wlal", "perz")), chance.choice((1, 2)), field)


def a_clause(chance, depth=0):
    kind = chance.random()
    if depth == 3 or kind < 0.4:
        return a_leaf(chance)
    if kind < 0.44:
        return a_filter(chance, chance.choice(INDEXED))
    if kind < 0.47:
        return DateRange(since=a_period(chance), until=a_period(chance), dating=chance.choice(tuple(Dating)))
    if kind < 0.6:
        return Not(a_clause(chance, depth + 1))
    parts = tuple(a_clause(chance, depth + 1) for _ in range(chance.choice((2, 2, 3))))
    return And(parts) if kind < 0.8 else Or(parts)


def a_filter(chance, facet):
    values = (*filter(None, VALUES[facet]), *UNKNOWN[facet], NONE)
    chosen = tuple(chance.sample(values, chance.choice((1, 1, 2))))
    return Filter(facet, chosen, ()) if chance.random() < 0.7 else Filter(facet, (), chosen)


def a_period(chance):
    start = chance.randrange(0, 200) * 1440
    return Period("typed", start, start + chance.choice((1, 1440, 14400)))


def a_query(chance):
    return Query(
        clause=a_clause(chance) if chance.random() < 0.85 else None,
        filters=tuple(a_filter(chance, facet) for facet in FacetName if chance.random() < 0.25),
        since=a_period(chance) if chance.random() < 0.25 else None,
        until=a_period(chance) if chance.random() < 0.25 else None,
        dating=chance.choice((Dating.ANY, Dating.ANY, Dating.ANY, *Dating)),
        sort=chance.choice(tuple(Sort)),
        match=chance.choice(tuple(Match)),
        per_page=100,
        facet_size=100,
        interval=chance.choice(tuple(Interval)),
    )


def check(engine, oracle, query):
    found = engine.search(query)
    scores = {hit.id: hit.score for hit in found.hits if not hit.some}
    assert [hit.id for hit in found.hits if not hit.some] == oracle.in_order(query, scores)
    assert found.total == len(scores)
    some = [hit for hit in found.hits[found.total :] if hit.some]
    assert {hit.id for hit in some} == oracle.some(query)
    assert found.more == len(some) == len(found.hits) - found.total
    assert [hit.score for hit in some] == sorted((hit.score for hit in some), reverse=True)
    for facet in found.facets:
        counts = oracle.counts(query, facet.name)
        known = {value for one in oracle.documents.values() for value in values_of(one, facet.name)}
        assert {one.value: one.count for one in facet.counts if one.count and one.value in known} == dict(counts)
        assert facet.distinct == len(counts.keys() - no_values(facet.name))
        order = [(-one.count, one.value) for one in facet.counts]
        assert order == sorted(order)
    documents = [oracle.documents[id] for id in scores]
    at = [one.added if query.dating is Dating.FETCHED else one.published for one in documents]
    dated = [minute for minute in at if minute is not None]
    assert found.histogram.undated == len(at) - len(dated)
    assert sum(bar.count for bar in found.histogram.bars) == len(dated)
    if query.since:  # no bar lies before the range
        assert all(bar.start > query.since.start for bar in found.histogram.bars[1:])
    assert not found.partial


@pytest.mark.parametrize(
    "seed", [*range(SAMPLE), *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(SAMPLE, CORPORA))]
)
def test_random_queries_on_random_corpora(kind, seed):
    chance = random.Random(seed)
    documents = [a_document(chance, id) for id in range(1, chance.choice((2, 8, 25, 60)))]
    batches, position = [], 0
    for start in range(0, len(documents), 9):
        position += 1
        batches.append(Batch(documents[start : start + 9], (), position))
    changed = [a_document(chance, one.id) for one in documents if chance.random() < 0.2]
    gone = [one.id for one in documents if chance.random() < 0.1]
    final = {one.id: one for one in (*documents, *changed) if one.id not in gone}
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(Path(folder) / "index", kind)
        engine.apply(batches)
        engine.apply([Batch(changed, (), position + 1), Batch((), gone, position + 2)])
        oracle = Oracle(final.values())
        assert len(engine) == len(final)
        for _ in range(QUERIES):
            check(engine, oracle, a_query(chance))
        engine.close()


MEASURES = {  # each in the ways it is written
    "12km": "12km|12 km|12-km",
    "3500": "3500|3,500|3 500|3.500|3\u202f500|३५००",
    "1.5kg": "1.5kg|1.5 kg|1,5 kg",
    "covid19": "covid19|covid-19|Covid 19",
    "jrr": "J.R.R.|J. R. R.|JRR",
    "150000": "150000|1,50,000|150,000|150 000",
}


def test_a_measure_is_found_in_all_of_its_writings_and_no_other_is(kind, tmp_path):
    chance = random.Random(7)
    written = {name: ways.split("|") for name, ways in MEASURES.items()}
    texts = [chance.sample(sorted(MEASURES), chance.randrange(4)) for _ in range(60)]
    documents = [
        Document(id=id, body=" ".join(f"so {chance.choice(written[name])} was" for name in names))
        for id, names in enumerate(texts, 1)
    ]
    engine = open_engine(tmp_path / "index", kind)
    engine.apply([Batch(documents, (), 1)])
    for name, ways in written.items():
        expected = {id for id, names in enumerate(texts, 1) if name in names}
        for way in ways:
            query = parse(way, {"n": ["100"]}, now=NOW, zone=UTC)
            assert (way, {hit.id for hit in engine.search(query).hits}) == (way, expected)
    engine.close()


MIXED = "股市年月日第届東东京都中国國AB9127ag -"
ONE_WRITING = str.maketrans("东國", "東国")
RUN = re.compile(r"[a-z0-9]+|[^\Wa-z0-9_]+", re.IGNORECASE)


def stands_in(typed, text):
    """Do the runs of what was typed follow one another in a text, the outer ones as the ends of longer runs?"""
    wanted, runs = (RUN.findall(one.lower().translate(ONE_WRITING)) for one in (typed, text))
    return any(fits(wanted, runs[at : at + len(wanted)]) for at in range(len(runs) - len(wanted) + 1))


def fits(wanted, runs):
    if len(wanted) == 1:
        return wanted[0] in runs[0]
    first = runs[0] == wanted[0] if wanted[0].isascii() else runs[0].endswith(wanted[0])
    last = runs[-1] == wanted[-1] if wanted[-1].isascii() else runs[-1].startswith(wanted[-1])
    return first and last and wanted[1:-1] == runs[1:-1]


def check_mixed_runs(kind, most):
    """Look for what stands in mixed texts, so often."""
    chance = random.Random(43)
    bodies = ["".join(chance.choices(MIXED, k=chance.randrange(2, 30))) for _ in range(80)]
    documents = [Document(id=id, body=body, facets=known(lang="zh")) for id, body in enumerate(bodies, 1)]
    asked = [
        body[at : at + size]
        for body in bodies
        for at, size in [(chance.randrange(len(body)), chance.randrange(1, 6)) for _ in range(30)]
        if re.fullmatch(r"[^\s-]+", body[at : at + size]) and not body[at : at + size].isascii()
    ]
    assert len(asked) > most
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(Path(folder) / "index", kind)
        engine.apply([Batch(documents, (), 1)])
        for typed in asked[:most]:
            expected = sum(stands_in(typed, body) for body in bodies)
            for text in (typed, f'"{typed}"'):
                query = parse(text, now=NOW, zone=UTC)._replace(facets=(), interval=None, per_page=1)
                assert engine.search(query).total == expected, text
        engine.close()


def test_mixed_runs_of_scripts_are_found_exactly(kind):
    check_mixed_runs(kind, 500 if kind == "columnar" else 20)  # the stock engine takes a hundred times as long


@pytest.mark.soak
def test_many_mixed_runs_of_scripts_are_found_exactly(kind):
    check_mixed_runs(kind, 500)
