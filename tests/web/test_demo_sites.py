"""The demo's sites: always the same, plausible, and polite servers."""

import gzip
import shutil
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.counting import calls
from web.cli.context import Context
from web.cli.demo import demo_folder
from web.demo import stories
from web.demo.server import DemoWeb
from web.demo.sites import COAST, HERALD, SITES
from web.demo.truth import truth


@pytest.fixture(scope="module", params=[True, False], ids=["addresses", "ports"])
def web(request: pytest.FixtureRequest) -> Iterator[DemoWeb]:
    with DemoWeb(apart=request.param) as sites:
        yield sites


def ask(url: str, **headers: str) -> tuple[int, bytes, dict[str, str]]:
    request = urllib.request.Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read(), dict(answer.headers)
    except urllib.error.HTTPError as error:
        return error.code, error.read(), dict(error.headers)


def test_about_400_stories_in_six_languages() -> None:
    told = Counter(story.language for story in stories.catalogue())
    assert 380 <= sum(told.values()) <= 440
    assert set(told) == {"en", "ar", "zh", "de", "es", "fr"}
    assert min(told.values()) >= 30


def test_no_two_stories_share_an_address_and_only_copies_a_headline() -> None:
    for site in SITES:
        own = stories.of_site(site.key)
        assert len({story.path for story in own}) == len({story.headline for story in own}) == len(own)
    copies = Counter(story.seed for story in stories.catalogue())
    assert sum(count == 2 for count in copies.values()) == stories.SYNDICATED


def test_no_paragraph_stands_in_two_stories() -> None:
    seen = Counter(paragraph for story in stories.catalogue() for paragraph in set(story.body()))
    originals = {story.seed: story for story in stories.catalogue()}
    twice = sum(count > 2 for count in seen.values())
    assert twice <= len(originals) * 0.02


def test_some_stories_lack_a_byline_and_some_a_date() -> None:
    told = stories.catalogue()
    assert 10 <= sum(story.published is None for story in told) <= 40
    assert 15 <= sum(not story.authors and not story.label for story in told) <= 50
    assert sum(len(story.authors) == 2 for story in told) >= 30
    counts = Counter(author for story in told for author in story.authors).most_common()
    assert counts[0][1] > 5 * counts[-1][1]


def test_a_second_edition_changes_the_revised_stories_alone() -> None:
    changed = [story for story in stories.catalogue() if story.body(1) != story.body(2)]
    assert changed == [story for story in stories.catalogue() if story.revised]
    assert 5 <= len(changed) <= 12


def test_every_article_is_served_and_lengths_are_those_of_news(web: DemoWeb) -> None:
    for each in list(truth(web).values())[::40]:
        status, content, _ = ask(each.url)
        assert status == 200
        assert each.headline.replace("'", "&#x27;") in content.decode()
    words = [len(each.body.split()) for each in truth(web).values() if each.language != "zh"]
    assert min(words) >= 100
    assert max(words) <= 500


def test_what_a_reader_has_is_not_sent_again(web: DemoWeb) -> None:
    url = next(iter(truth(web)))
    _, _, headers = ask(url)
    assert ask(url, If_None_Match=headers["ETag"])[0] == 304
    assert ask(url, If_Modified_Since=headers["Last-Modified"])[0] == 304
    assert ask(url, If_None_Match='"another"')[0] == 200


def test_a_page_is_zipped_when_asked_for(web: DemoWeb) -> None:
    url = next(iter(truth(web)))
    _, content, headers = ask(url, Accept_Encoding="gzip")
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(content) == ask(url)[1]


def test_an_unknown_path_is_a_404(web: DemoWeb) -> None:
    for site in SITES:
        assert ask(f"{web.origin(site)}/none")[0] == 404


def test_section_pages_lead_to_every_story(web: DemoWeb) -> None:
    for site in (HERALD, COAST):
        edition = web.edition(site)
        page = ask(web.origin(site) + {"herald": "/news/page/2", "coast": "/en/page/2"}[site.key])[1].decode()
        english = [story for story in edition.stories if story.language == "en"]
        assert all(story.path in page for story in english[20:40])


def test_starting_takes_no_time() -> None:
    with ExitStack() as opened:
        assert calls(lambda: opened.enter_context(DemoWeb())) < 2_000


def test_sites_on_one_address_have_a_port_each() -> None:
    with DemoWeb(apart=False) as first, DemoWeb(first.ports[0], apart=False) as second:
        assert len({*first.ports, *second.ports}) == 6
        assert ask(f"{second.origin(HERALD)}/")[0] == 200


@pytest.mark.parametrize("keep", [True, False])
def test_a_temporary_demo_is_removed_at_its_end_unless_it_is_kept(
    keep: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    with demo_folder(Context(), None, keep=keep) as place:
        (place / "config.toml").touch()
    assert place.exists() is keep
    assert str(place) in capsys.readouterr().err
    shutil.rmtree(place, ignore_errors=True)


def test_a_folder_that_was_named_stays(tmp_path: Path) -> None:
    with demo_folder(Context(folder=tmp_path), Path("mine"), keep=False) as place:
        place.mkdir()
    assert (tmp_path / "mine").is_dir()
