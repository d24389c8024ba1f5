"""kill -9 of a crawl and of an index update over the demo's sites: the end is that of a run left alone.

The check kills at one of the sites; the soak at all three.
"""

import random
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.config import load
from corpus.store import ArticleStore
from indexer.open import open_engine
from tests.demo import answers, held
from tests.killing import run, run_and_kill, start
from web.cli.demo import write_config
from web.demo import stories
from web.demo.server import DemoWeb
from web.demo.sites import SITES
from web.demo.truth import truth

ONE, ALL = (SITES[0].name,), tuple(site.name for site in SITES)
LONGEST_CRAWL = 2.0  # seconds for a site; a kill after the end is no kill
LONGEST_UPDATE = 1.6


@pytest.fixture(scope="module")
def web() -> Iterator[DemoWeb]:
    with DemoWeb() as sites:
        yield sites


def undisturbed(web: DemoWeb, folder: Path, sites: tuple[str, ...]) -> Path:
    write_config(folder, web)
    run(folder, "crawl", *sites)
    return folder


@pytest.fixture(scope="module")
def calm(web: DemoWeb, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of one site that nobody disturbed."""
    return undisturbed(web, tmp_path_factory.mktemp("calm"), ONE)


@pytest.fixture(scope="module")
def calm_three(web: DemoWeb, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of all three."""
    return undisturbed(web, tmp_path_factory.mktemp("calm"), ALL)


def check_crawl(web: DemoWeb, calm: Path, folder: Path, moments: list[float], sites: tuple[str, ...]) -> None:
    write_config(folder, web)
    for moment in moments:
        run_and_kill(folder, "crawl", *sites, after=moment)
    run(folder, "crawl", *sites)
    assert len(held_in(folder)) == sum(story.source in sites for story in truth(web).values())
    assert held_in(folder) == held_in(calm)
    assert answers_of(folder) == answers_of(calm)


def check_index(calm: Path, folder: Path, moments: list[float]) -> None:
    shutil.copytree(calm, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("index"))
    for moment in moments:
        run_and_kill(folder, "index", after=moment)
    run(folder, "index")
    assert answers_of(folder) == answers_of(calm)


def held_in(folder: Path) -> dict[str, tuple]:
    with ArticleStore.open(load(cwd=folder).store) as store:
        return held(store)


def answers_of(folder: Path) -> list:
    config = load(cwd=folder)
    engine = open_engine(config.index, config.indexer.engine)
    try:
        with ArticleStore.open(config.store) as store:
            assert engine.position == store.sequence
            return answers(store, engine)
    finally:
        engine.close()


def moments(seed: int, *, longest: float) -> list[float]:
    chance = random.Random(seed)
    return [chance.uniform(0.2, longest) for _ in range(2)]


def test_a_crawl_killed_twice_ends_as_one_left_alone(web: DemoWeb, calm: Path, tmp_path: Path) -> None:
    check_crawl(web, calm, tmp_path, moments(1, longest=LONGEST_CRAWL), ONE)


def test_an_update_killed_twice_ends_as_one_left_alone(calm: Path, tmp_path: Path) -> None:
    check_index(calm, tmp_path, moments(2, longest=LONGEST_UPDATE))


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10, 20))
def test_a_crawl_killed_at_random_moments_ends_as_one_left_alone(
    web: DemoWeb, calm_three: Path, tmp_path: Path, seed: int
) -> None:
    check_crawl(web, calm_three, tmp_path, moments(seed, longest=3 * LONGEST_CRAWL), ALL)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(20, 30))
def test_an_update_killed_at_random_moments_ends_as_one_left_alone(calm_three: Path, tmp_path: Path, seed: int) -> None:
    check_index(calm_three, tmp_path, moments(seed, longest=LONGEST_UPDATE))


def test_ctrl_c_finishes_the_pages_in_flight_and_indexes_them(tmp_path: Path) -> None:
    with DemoWeb() as web:
        write_config(tmp_path, web)
        process = start(tmp_path, "crawl")
        while (len(web.requests) < 40 or not held_in(tmp_path)) and process.poll() is None:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=120)[1]
    assert process.returncode == 130, said
    assert "Traceback" not in said
    assert 0 < len(held_in(tmp_path)) < len(stories.catalogue())
    assert answers_of(tmp_path)[0] == len(held_in(tmp_path))
