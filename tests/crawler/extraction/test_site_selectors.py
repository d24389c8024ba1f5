"""Rules for sites give fields, facts name the rules, and a rule that finds nothing leaves the page as it is."""

from pathlib import Path

import pytest

from corpus.config import Selectors as Configured
from corpus.errors import ExtractError
from crawler.extraction.site_selectors import all_rules, faults_of, site_selectors
from crawler.markup.selectors import select_parts
from crawler.values import Extraction, Selectors
from tests.crawler.stories import FERRY, page, paragraphs
from tests.crawler.stories import read as read_page

ADDRESS = "https://www.gazette.example/ferry"
MARKUP = page(
    "<div class=t>Second ferry sails from April</div><p class=who>Words Nora Hale</p><span class=d>3 May 2024</span>"
    f"<div class=text>{paragraphs(*FERRY)}<div class=promo-x><p>{FERRY[0]} And so on, and so on.</p></div></div>",
    title="Gazette",
)
THEIRS = (
    "title: //div[@class='t']\nbody: //div[@id='none']\nbody: //div[@class='text']\nstrip_id_or_class: promo\n"
    "author: substring-after(//p[@class='who'], 'Words ')\ndate: //span[@class='d']"
)


def read(selectors: Selectors) -> Extraction:
    return read_page(MARKUP, url=ADDRESS, selectors=selectors)


def test_a_shared_rule_gives_the_fields_and_the_facts_name_its_file(tmp_path: Path) -> None:
    (tmp_path / "gazette.example.txt").write_text(THEIRS)
    article = read(site_selectors(None, tmp_path, ADDRESS)).article
    assert article.body.split("\n\n") == list(FERRY)
    assert (article.headline, [author.name for author in article.authors]) == (
        "Second ferry sails from April",
        ["Nora Hale"],
    )
    assert article.published is not None
    assert article.published.day.isoformat() == "2024-05-03"
    rules = {article.facts[field] for field in ("headline", "authors", "published")}
    assert rules == {"rule gazette.example.txt"}
    assert article.facts["body"].startswith("rule gazette.example.txt xpath:")


def test_config_wins_over_our_file_and_our_file_over_theirs(tmp_path: Path) -> None:
    (tmp_path / "gazette.example.txt").write_text(THEIRS)
    (tmp_path / "gazette.example.toml").write_text('headline = "h1"\nbyline = ".b"\nremove = ["aside"]')
    found = site_selectors(Configured(headline="h2", remove=("nav",)), tmp_path, ADDRESS)
    assert (found.headline, found.byline) == ("h2", ".b")
    assert found.published == "xpath://span[@class='d']"
    assert (found.origin("headline"), found.origin("byline")) == ("selector", "rule gazette.example.toml")
    assert found.remove[:2] == ("nav", "aside")
    assert len(found.remove) == 3


def test_a_rule_that_finds_nothing_leaves_the_page_as_it_is() -> None:
    rule = Selectors(body="xpath://div[@id='none']", headline="xpath://h6", byline="xpath:string(//h6)")
    assert read(rule).article.body == read(Selectors()).article.body


@pytest.mark.parametrize("selector", ["xpath://div[", "xpath:nonsense(1)", "div[["])
def test_what_is_no_selector_is_named(selector: str) -> None:
    with pytest.raises(ExtractError, match="selector"):
        read(Selectors(body=selector))


def test_texts_are_replaced_before_the_page_is_parsed() -> None:
    rule = Selectors(replaced=(("<div class=text>", "<div class=text><h1>One ferry more</h1>"),), headline="h1")
    assert read(rule).article.headline == "One ferry more"


def test_css_and_xpath_go_together() -> None:
    rule = Selectors(body="div.text", remove=("xpath://div[contains(@class, 'promo')]", "p.none"))
    assert read(rule).article.body.split("\n\n") == list(FERRY)
    rule = Selectors(body="xpath://div[@class='text']", remove=(".promo-x",))
    assert read(rule).article.body.split("\n\n") == list(FERRY)


def test_the_text_behind_what_is_removed_stays() -> None:
    markup, _ = select_parts("<div><b>one</b><i>two</i> three</div>", Selectors(remove=("xpath://i", "xpath://b")))
    assert "<div> three</div>" in markup


def test_faults_of_rule_files_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("body: //div[\nstrip: //p")
    (tmp_path / "b.toml").write_text('body = "p[["')
    found = [str(problem) for problem in faults_of(tuple(all_rules(tmp_path)))]
    assert [text.partition(" is no ")[0] for text in found] == ['a.txt: body: "xpath://div["', 'b.toml: body: "p[["']
