"""Cards of hits -> their markup."""

from corpus.texts import texts
from indexer.contract.values import Highlighted
from web.languages.choice import LANGUAGES, speaking
from web.search.hit_markup import hits_markup, when
from web.search.hits import Card

CARD = Card(
    url="/a/b1c2d3-tide?q=a&i=1",
    mark="b1c2d3",
    iso="2026-03-04",
    day="4 Mar 2026",
    headline=Highlighted("The tide turns", ((4, 8),)),
    language="en",
    authors=(("Ada Quill", "/search?author=ada-quill"), ("Ben Rook", None)),
    facts=("Gazette", "Coast"),
    snippets=(Highlighted("The sea rose", ((4, 7),)), Highlighted("and fell")),
)
HEAD = '<li class=hit><h3><a href="/a/b1c2d3-tide?q=a&amp;i=1">The <mark>tide</mark> turns</a></h3>'
DAY = "<p class=when><time datetime=2026-03-04>4 Mar 2026</time> "


def test_a_hit_has_its_headline_day_mark_authors_facts_and_snippets():
    assert hits_markup([CARD]) == (
        f"{HEAD}{DAY}<code>b1c2d3</code>"
        '<p class=by><a href="/search?author=ada-quill">Ada Quill</a>, <b>Ben Rook</b> · Gazette · Coast'
        "<p class=snip>The <mark>sea</mark> rose … and fell"
    )


def test_nothing_of_an_article_becomes_markup():
    harm = "<script>\"'&"
    card = CARD._replace(
        url=harm,
        mark=harm,
        iso=harm,
        day=harm,
        headline=Highlighted(harm, ((1, 7),)),
        language=harm,
        authors=((harm, harm), (harm, None)),
        facts=(harm,),
        snippets=(Highlighted(harm), Highlighted(harm, ((0, 2),))),
        copies=harm,
        removed=(harm, harm),
        added=harm,
    )
    shown = hits_markup([card], pick=harm)
    assert "<script>" not in shown
    assert shown.count("&lt;script&gt;&#34;&#39;&amp;") == 17  # each of its values once, its language twice


def test_characters_that_no_page_may_have_are_left_out():
    harm = "a\u202e\x00\ud800b"
    card = CARD._replace(headline=Highlighted(harm), language=harm, authors=((harm, harm),), facts=(harm,), added=harm)
    assert not {*"\u202e\x00\ud800"} & {*hits_markup([card])}


def test_without_date_or_authors_a_hit_says_so_in_the_language_of_the_page():
    card = CARD._replace(iso=None, day=None, authors=(), snippets=())
    assert hits_markup([card]) == (
        f"{HEAD}<p class=when>Undated <code>b1c2d3</code><p class=by><i>No byline</i> · Gazette · Coast"
    )
    with speaking(LANGUAGES["de"]):
        german = hits_markup([card])
    assert "<h3 lang=en>" in german
    assert "<i>Keine Autorenzeile</i>" in german


def test_what_is_said_of_copies_of_a_text_that_is_gone_and_by_readers_stands_below():
    copies = texts("and {n:,} copy in {sources}", "and {n:,} copies in {sources}", 2, sources="A & B")
    card = CARD._replace(snippets=(), copies=copies, removed=("Last seen", "/a/b1c2d3/diff/1..2"), added="tag money")
    assert hits_markup([card]).endswith(
        '<p class="stack s q">Last seen · <a href="/a/b1c2d3/diff/1..2">See diff</a>\n'
        '<p class="stack s q">and 2 copies in A &amp; B\n<p class="pen s">tag money\n'
    )


def test_a_box_keeps_a_hit_where_it_has_a_name():
    box = "<input type=checkbox name=mark value=b1c2d3 form=k>"
    assert when(CARD, pick="Keep") == f"{DAY}<label>{box}<code><i>Keep </i>b1c2d3</code></label>"
