# ruff: noqa: E501 - a page stands on one line
"""Boxes that say plainly what they are stay out of the story, when their look agrees; a name alone takes nothing away."""

from collections.abc import Callable, Sequence

import pytest

from crawler.body.rules import commented, vetoes
from crawler.body.rules.story import Cues, Story
from tests.crawler.body.rules import dropped, of
from tests.crawler.stories import FERRY, MILL, body, page, paragraphs

PITCH = "Reach forty thousand readers on the islands every single day of the week, from one crown a line."

BOXES = {
    "labelled": f"<div class=ad-slot><span>Advertisement</span><div class=ad><p>{PITCH}</p></div></div>",
    "labelled, de": "<div class=werbung><p>Anzeige</p><p>Erreichen Sie jeden Tag vierzigtausend Leserinnen und Leser auf den Inseln, ab einer Krone.</p></div>",
    "labelled, fr": "<aside class='publicite'><span>Publicité</span><p>Touchez chaque jour quarante mille lecteurs des îles, à partir d’une couronne la ligne.</p></aside>",
    "labelled, ja": "<div class=ad-box><p>広告</p><p>島の四万人の読者に毎日お届けします。一行一クローネから、お気軽にお問い合わせください。</p></div>",
    "named twice": f"<div class=sponsored-box><div class=ad-inner><p>{PITCH}</p></div></div>",
    "linked": f"<div id=ad-7><p><a href=https://shop.example/>{PITCH}</a></p></div>",
    "label of its own": f"<div class=sponsor-content aria-label=Advertisement><p>{PITCH}</p></div>",
    "line begins with its label": f"<div class=sponsored><p>Sponsored: {PITCH}</p></div>",
    "line begins with its label, es": "<div class=publicidad-nota><p>Contenido patrocinado – Lámparas para cada barca y cada muelle, detrás de la lonja.</p></div>",
    "line begins with its label, ru": "<div class=reklama-blok><p>Реклама: лампы для любой лодки и любого причала ждут вас за рыбным рынком.</p></div>",
    "pull quote of few words": "<blockquote class=pullquote>debate that lasted until midnight</blockquote>",
    "caption": "<div class=wp-caption><img src=a><p class=wp-caption-text>The quay at low tide last winter, seen from the church tower.</p></div>",
    "caption, camel": "<div class=photoCaption>Der Kai bei Ebbe im letzten Winter, vom Kirchturm aus gesehen.</div>",
    "caption, de": "<div class=bildunterschrift><p>Der Kai bei Ebbe im letzten Winter, vom Kirchturm aus gesehen.</p></div>",
    "caption, fr": "<p class='legende'>Le quai à marée basse l’hiver dernier, vu du clocher de l’église.</p>",
    "pull quote": "<aside class=pullquote><p>two of its engines were lost</p></aside>",
    "pull quote, div": "<div class='pull-quote'><p>a debate that lasted until midnight</p></div>",
    "pull quote, blockquote": "<blockquote><p>We have waited six winters for this</p></blockquote>",
    "related": f"<aside><h4>Related stories</h4><p>{MILL[0][:90]}</p></aside>",
    "related, linked": f"<aside class=recirc><h4><a href=/mill>A mill opens as a museum on the northern island</a></h4><p>{MILL[1][:60]}</p></aside>",
    "related, de": "<div class='related-teaser'><h4><a href=/m>Mehr zum Thema</a></h4><p><a href=/m>Eine Mühle wird nach dreihundert Jahren zum Museum</a></p></div>",
    "plainly named": f"<div class=advertisement><p>{PITCH}</p></div>",
    "plainly named by its id": f"<div id=div-gpt-ad-7><p>{PITCH}</p></div>",
    "plainly named, es": "<div class=banner-publicitario><p>Descubre las lámparas para cada barca y cada muelle, detrás de la lonja.</p></div>",
    "label alone": f"<div class=x7><span>Sponsored</span><p>{PITCH}</p></div>",
    "label alone, de": "<section><p>Anzeige</p><p>Lampen für jedes Boot und jeden Steg gibt es hinter der Fischhalle, heute und morgen.</p></section>",
    "label before it": f"<p>Advertisement</p><div class=ad><p>{PITCH}</p></div>",
    "aside": f"<aside class=ad><p>{PITCH}</p></aside>",
    "picture, named": "<div class=article-image><img src=a><div class=text>The quay at low tide last winter, seen from the church tower.</div></div>",
    "picture, in italics": "<p><img src=a><br><em>The quay at low tide last winter, seen from the church tower.</em></p>",
    "picture, small": "<div class=media><img src=a><small>Der Kai bei Ebbe im letzten Winter, vom Kirchturm aus gesehen.</small></div>",
    "caption in a span": "<p class=photo><img src=a><span class=cap>Le quai à marée basse l’hiver dernier, vu du clocher.</span></p>",
    "pull quote with its speaker": "<aside class=pull-quote><p>“We have waited six winters for this” Inga Dahl, shopkeeper</p></aside>",
    "related, teaser without a link": f"<aside><h4><a href=/m>Mill opens as a museum</a></h4><p>{MILL[0]}</p></aside>",
    "related, label, de": "<aside class=artikel><span>Lesen Sie auch</span><h4><a href=/m>Mühle wird Museum</a></h4><p>Nach dreihundert Jahren drehen sich die Steine der alten Mühle wieder, für Schulklassen und Gäste.</p></aside>",
    "letter": "<div class=newsletter-box><h3>The island letter</h3><p>Every Friday morning the best of the islands in your inbox, for free.</p></div>",
    "app": "<div class=app-banner><p>Download our app and never miss a story from the islands again.</p></div>",
    "app, de": "<div class=app-hinweis><p>Laden Sie unsere App und verpassen Sie keine Geschichte der Inseln mehr.</p></div>",
    "embed": "<div class=embed-placeholder><p>This content comes from a third party. To see it, please accept marketing cookies.</p></div>",
    "embed, de": "<div class=embed><p>An dieser Stelle steht ein externer Inhalt, der mit Ihrer Zustimmung geladen wird.</p></div>",
    "offer": "<div class=subscribe-box><p>Subscribe to the Courier for 9 crowns a month and read every story of the islands.</p></div>",
    "offer, de": "<div class=abo-box><p>Jetzt abonnieren und jede Geschichte der Inseln lesen, für neun Kronen im Monat.</p></div>",
}


def with_box(box: str) -> str:
    half = f"{paragraphs(*FERRY[:4])}{box}{paragraphs(*FERRY[4:])}"
    return page(f"<main><article><h1>Second ferry sails from April</h1>{half}</article></main>")


@pytest.mark.parametrize("name", BOXES)
def test_a_box_among_the_paragraphs_is_no_body(name: str) -> None:
    assert body(with_box(BOXES[name])) == list(FERRY)


BANNERS = {
    "en": (
        "cookie-banner",
        "We and our partners would like to keep data on your device, and show you personalised ads.",
    ),
    "de": (
        "consent-layer",
        "Wir und unsere Partner verarbeiten Ihre Daten, um Ihnen Anzeigen zu zeigen. Ihre Zustimmung gilt ein Jahr.",
    ),
    "fr": (
        "didomi-popup",
        "Avec votre consentement, nos partenaires et nous utilisons vos données pour mesurer l’audience du site.",
    ),
    "es": (
        "gdpr",
        "Nosotros y nuestros socios usamos cookies y tratamos tus datos. Puedes retirar tu consentimiento cuando quieras.",
    ),
    "ja": ("cookie-notice", "当社とパートナーはクッキーを使って広告を表示します。設定はいつでも変更できます。"),
    "zh": ("privacy-bar", "我们和合作伙伴需要您的同意，才能处理您的个人数据并展示广告。您可以随时更改设置。"),
}


@pytest.mark.parametrize("language", BANNERS)
@pytest.mark.parametrize("count", [1, 7])
def test_a_banner_before_the_story_is_no_body(language: str, count: int) -> None:
    name, text = BANNERS[language]
    banner = f"<div class={name}><p>{text}</p><p>{text[::1]} {text}</p><button>OK</button></div>"
    markup = page(
        f"{banner}<main><article><h1>Second ferry sails from April</h1>{paragraphs(*FERRY[:count])}</article></main>"
    )
    assert body(markup) == list(FERRY[:count])


def test_comments_behind_the_story_are_no_body() -> None:
    said = "".join(
        f"<div class=comment><p>{text} I have said so for years, and nobody listened to me.</p></div>" for text in MILL
    )
    for name in ("comments", "comment-list commentlist", "kommentare", "comentarios", "disqus_thread"):
        markup = page(
            f"<main><article><h1>Second ferry sails from April</h1>{paragraphs(*FERRY)}</article><section id='{name}'>{said}</section></main>"
        )
        assert body(markup) == list(FERRY)


@pytest.mark.parametrize(
    "box",
    [
        "<aside><p>Two ships share the route: the older was built in 1961, the newer in 2004, both on the mainland.</p></aside>",
        "<blockquote><p>“Nobody asked us islanders about the timetable,” said the keeper of the lighthouse.</p></blockquote>",
        "<div class=ad-free-zone><p>The northern bay stays free of boats, as the council decided eleven years ago.</p></div>",
        "<div class=premium><p>The northern bay stays free of boats, as the council decided eleven years ago.</p></div>",
    ],
)  # fmt: skip
def test_a_name_or_a_tag_alone_takes_nothing_away(box: str) -> None:
    found = body(with_box(box))
    assert len(found) == len(FERRY) + 1
    assert [text for text in found if text in FERRY] == list(FERRY)


@pytest.mark.parametrize("name", ["comments", "paywall", "related", "ad", "caption", "privacy"])
def test_a_story_in_an_element_with_such_a_name_is_the_story(name: str) -> None:
    assert body(page(f"<div class={name}><h1>Second ferry sails from April</h1>{paragraphs(*FERRY)}</div>")) == list(
        FERRY
    )


# ---------------------------------------------------------------- the limits, each from both sides


def count(rule: Callable[[Story], Sequence[int]], markup: str) -> int:
    return len(dropped(rule, markup))


def test_an_advertisement_has_a_size() -> None:
    box = "<div class=ad><p>Anzeige</p><p>{}</p></div><p>{}</p>"
    label = len("Anzeige")
    assert count(vetoes.adverts, box.format(of(600 - label), of(4_000))) == 2
    assert count(vetoes.adverts, box.format(of(600 - label + 1), of(4_000))) == 0


def test_boxes_of_one_kind_take_away_few() -> None:
    box = "<div class=ad><p>Anzeige</p><p>{}</p></div><p>{}</p>"
    label = len("Anzeige")
    assert count(vetoes.adverts, box.format(of(300 - label), of(700))) == 2  # 300 of 1,000 letters are FEW
    assert count(vetoes.adverts, box.format(of(301 - label), of(699))) == 0


def test_an_advertisement_is_labelled_or_linked_or_named_twice() -> None:
    rest = f"<p>{of(2_000)}</p>"
    text = of(100)
    assert count(vetoes.adverts, f"<div class=ad><p>{text}</p></div>{rest}") == 0
    assert count(vetoes.adverts, f"<div class=ad><div class=sponsor><p>{text}</p></div></div>{rest}") == 1
    assert count(vetoes.adverts, f"<div class=ad><p><a href=/x>{text[:30]}</a>{text[30:]}</p></div>{rest}") == 1
    assert count(vetoes.adverts, f"<div class=ad><p><a href=/x>{text[:29]}</a>{text[29:]}</p></div>{rest}") == 0


def test_a_label_is_a_short_line() -> None:
    rest = f"<p>{of(2_000)}</p>"
    for blanks, is_label in ((66, True), (67, False)):
        label = "Advertisement" + "." * blanks
        assert (count(vetoes.adverts, f"<div class=ad><p>{label}</p><p>{of(100)}</p></div>{rest}") == 2) is is_label


def test_a_caption_has_a_size() -> None:
    rest = f"<p>{of(3_000)}</p>"
    assert count(vetoes.captions, f"<p class=caption>{of(400)}</p>{rest}") == 1
    assert count(vetoes.captions, f"<p class=caption>{of(401)}</p>{rest}") == 0


def test_an_offer_has_a_size_and_speaks_of_one_for_the_most_part() -> None:
    rest, speaks = f"<p>{of(4_000)}</p>", "Subscribe now. "
    fits = speaks + of(600 - len(speaks))
    assert count(vetoes.offers, f"<div class=paywall><p>{fits}</p></div>{rest}") == 1
    assert count(vetoes.offers, f"<div class=paywall><p>{fits[:-1]}x.</p></div>{rest}") == 0
    half = f"<p>{speaks}{of(100 - len(speaks))}</p>"
    assert count(vetoes.offers, f"<div class=paywall>{half}<p>{of(100)}</p></div>{rest}") == 2
    assert count(vetoes.offers, f"<div class=paywall>{half}<p>{of(101)}</p></div>{rest}") == 0
    assert count(vetoes.offers, f"<h2 id=premium-tea>Premium tea, and how to subscribe to it</h2>{rest}") == 0


def test_a_teaser_has_a_size_and_its_box_is_linked() -> None:
    rest = f"<p>{of(3_000)}</p>"
    linked = "<aside><p><a href=/x>{}</a></p></aside>"
    assert count(vetoes.related, linked.format(of(300)) + rest) == 1
    assert count(vetoes.related, linked.format(of(301)) + rest) == 0
    for letters, leads in ((30, True), (29, False)):
        box = f"<aside><p><a href=/x>{'x' * letters}</a> {'y' * (69 - letters)}</p><p>{'z' * 30}</p></aside>"
        assert (count(vetoes.related, box + rest) == 2) is leads


def test_a_paragraph_without_a_link_is_a_teaser_only_under_a_label() -> None:
    rest, linked = f"<p>{of(3_000)}</p>", "<p><a href=/x>A story of the mill that opens again</a></p>"
    short, long = "x" * 78 + ".", "x" * 79 + "."
    assert count(vetoes.related, f"<aside>{linked}<p>{short}</p></aside>{rest}") == 2
    assert count(vetoes.related, f"<aside>{linked}<p>{long}</p></aside>{rest}") == 1
    assert count(vetoes.related, f"<aside><p>Related stories</p>{linked}<p>{long}</p></aside>{rest}") == 3


def test_comments_stand_behind_part_of_the_story_and_are_less_than_it() -> None:
    said = "<div class=comments><p>{}</p></div>"
    assert count(commented.comments, f"<p>{of(510)}</p>" + said.format(of(490))) == 1
    assert count(commented.comments, f"<p>{of(500)}</p>" + said.format(of(500))) == 0
    assert count(commented.comments, f"<p>{of(400)}</p>{said.format(of(100))}<p>{of(500)}</p>") == 1
    assert count(commented.comments, f"<p>{of(399)}</p>{said.format(of(100))}<p>{of(501)}</p>") == 0


def test_comments_that_outweigh_their_story_are_left_out_where_each_may_be_answered() -> None:
    answered = f"<div class=note><p>{of(300)}</p><a class=comment-reply-link href='?replytocom=7'>Reply</a></div>"
    plain = f"<div class=note><p>{of(300)}</p><a href=/a>Profile</a></div>"
    assert count(commented.comments, f"<p>{of(310)}</p><div id=comments>{answered * 4}</div>") == 8
    assert count(commented.comments, f"<p>{of(310)}</p><div id=comments>{answered * 3}</div>") == 6
    assert count(commented.comments, f"<p>{of(310)}</p><div id=comments>{answered * 2}</div>") == 0
    assert count(commented.comments, f"<p>{of(310)}</p><div id=comments>{plain * 4}</div>") == 0
    assert count(commented.comments, f"<p>{of(290)}</p><div id=comments>{answered * 4}</div>") == 0
    many = f"<p>{of(60)}</p>" * 20  # far more than the comment that may be answered
    assert count(commented.comments, f"<p>{of(310)}</p><div id=comments>{many}{answered}</div>") == 0


def test_consent_is_taken_away_when_a_line_of_a_story_is_left() -> None:
    asking = "<div class=consent><p>We and our partners keep data on your device.</p><p>{}</p></div>"
    assert count(vetoes.consent, asking.format("x") + f"<p>{of(60)}</p>") == 2
    assert count(vetoes.consent, asking.format("x") + f"<p>{of(59)}</p>") == 0
    assert count(vetoes.consent, asking.format("x") + f"<p>{of(60)[:-1]}x</p>") == 0
    assert count(vetoes.consent, f"<div class=consent><p>Plain words.</p></div><p>{of(300)}</p>") == 0


def test_a_box_named_for_consent_that_is_most_of_the_text_must_ask_for_it_mostly() -> None:
    ask = "We and our partners keep data on your device, as we said."
    box = f"<div class=privacy><p>{ask}</p><p>{{}}</p></div><p>{of(60)}</p>"
    assert count(vetoes.consent, box.format("x" * len(ask))) == 2
    assert count(vetoes.consent, box.format("x" * (len(ask) + 1))) == 0


def test_a_small_box_has_few_lines() -> None:
    rest = f"<p>{of(3_000)}</p>"
    for more, is_small in ((0, True), (1, False)):
        lines = "<p>Plain words.</p>" * (4 + more)
        assert (count(vetoes.adverts, f"<div class=advertisement>{lines}</div>{rest}") == 4) is is_small
    for more, is_small in ((0, True), (1, False)):
        box = f"<div class=advertisement><p>{of(600 + more)}</p></div>"
        assert (count(vetoes.adverts, box + rest) == 1) is is_small


def test_a_label_marks_the_element_that_begins_with_it() -> None:
    rest = f"<p>{of(3_000)}</p>"
    assert count(vetoes.adverts, f"<section><p>Sponsored</p><p>{of(90)}</p></section>{rest}") == 2
    assert count(vetoes.adverts, f"<section><p>{of(90)}</p><p>Sponsored</p></section>{rest}") == 0
    assert count(vetoes.adverts, f"<p>Sponsored</p><p>{of(90)}</p>{rest}") == 0
    for blanks, is_label in ((70, True), (71, False)):
        label = "Sponsored" + "." * blanks
        assert (count(vetoes.adverts, f"<section><p>{label}</p><p>{of(90)}</p></section>{rest}") == 2) is is_label


def test_a_line_beside_a_picture_has_a_size_and_stands_alone_with_it() -> None:
    rest = f"<p>{of(3_000)}</p>"
    box = "<div class=photo><img src=a><p>{}</p></div>"
    assert count(vetoes.captions, box.format(of(250)) + rest) == 1
    assert count(vetoes.captions, box.format(of(251)) + rest) == 0
    assert count(vetoes.captions, f"<div class=photo><img src=a><p>{of(60)}</p><p>{of(60)}</p></div>{rest}") == 0
    assert count(vetoes.captions, f"<div class=x><img src=a><p>{of(60)}</p></div>{rest}") == 0
    assert count(vetoes.captions, f"<div class=photo><img src=a><h2>{of(60)}</h2></div>{rest}") == 0
    for slanted, is_caption in ((80, True), (79, False)):
        line = f"<p><img src=a><em>{'x' * slanted}</em>{'y' * (100 - slanted)}</p>"
        assert (count(vetoes.captions, line + rest) == 1) is is_caption


def test_a_heading_that_is_nearly_all_a_link_makes_its_aside_a_teaser() -> None:
    rest, text = f"<p>{of(3_000)}</p>", "y" * 200
    for linked, leads in ((16, True), (15, False)):
        heading = f"<h3><a href=/x>{'x' * linked}</a>{'z' * (20 - linked)}</h3>"
        assert (count(vetoes.related, f"<aside>{heading}<p>{text}</p></aside>{rest}") == 2) is leads


def test_a_life_of_the_author_names_an_author_and_stands_behind_the_story() -> None:
    life = "<div class=author-bio><p>Mara Lind has written about ships since 2009.</p></div>"
    cues = Cues(authors=("Mara Lind", ""))
    assert dropped(vetoes.bios, f"<p>{of(900)}</p>{life}", cues) == [1]
    assert dropped(vetoes.bios, f"<p>{of(900)}</p>{life}", Cues(authors=("Ana Ruiz",))) == []
    assert dropped(vetoes.bios, f"<p>{of(900)}</p>{life}") == []
    assert dropped(vetoes.bios, f"{life}<p>{of(900)}</p>", cues) == []
    size = len("Mara Lind has written about ships since 2009.")
    for before, is_behind in ((400, True), (399, False)):
        markup = f"<p>{of(before)}</p>{life}<p>{of(1_000 - size - before)}</p>"
        assert (dropped(vetoes.bios, markup, cues) == [1]) is is_behind


@pytest.mark.parametrize(
    ("rule", "name"), [(vetoes.letters, "newsletter"), (vetoes.apps, "app"), (vetoes.embeds, "embed")]
)
def test_a_name_without_its_words_takes_nothing_away(rule: Callable[[Story], Sequence[int]], name: str) -> None:
    assert count(rule, f"<div class={name}><p>{of(90)}</p></div><p>{of(900)}</p>") == 0


def test_a_label_without_a_box_named_as_advertisement_takes_nothing_away() -> None:
    rest = f"<p>{of(900)}</p>"
    assert dropped(vetoes.adverts, f"<div class=text><p>Sponsored: {PITCH}</p></div>{rest}") == []
    assert dropped(vetoes.adverts, f"<div class=text aria-label=Sponsored><p>{PITCH}</p></div>{rest}") == []
    assert dropped(vetoes.adverts, f"<div class=sponsored><p>Sponsored sails are back. {PITCH}</p></div>{rest}") == []


@pytest.mark.parametrize(
    "box",
    [
        "<aside aria-label=Advertisement>{}</aside>",
        "<section aria-label=Anzeige>{}</section>",
        "<div role=complementary aria-label=広告>{}</div>",
        "<ins class=adsbygoogle>{}</ins>",
    ],
)
def test_a_box_that_stands_apart_and_is_labelled_for_screen_readers_is_an_advertisement(box: str) -> None:
    assert dropped(vetoes.adverts, box.format(f"<p>{PITCH}</p>") + f"<p>{of(900)}</p>") == [0]


@pytest.mark.parametrize("heading", ["More on this", "Mehr zum Thema", "関連記事"])
def test_links_under_a_heading_that_announces_them_lead_to_other_stories(heading: str) -> None:
    links = "<ul><li><a href=/x>The ferryman retires</a></li><li><a href=/y>The mill opens</a></li></ul>"
    assert dropped(vetoes.related, f"<div><h3>{heading}</h3>{links}</div><p>{of(900)}</p>")[-2:] == [1, 2]
    assert 1 not in dropped(vetoes.related, f"<div><h3>{heading}</h3><p>{of(60)}</p></div><p>{of(900)}</p>")


FIELD = "<form><input type=email></form>"
LETTERS = {
    "named, in a language without words": f"<div class=newsletter-signup><p>Thola izindaba ezinhle njalo ekuseni.</p>{FIELD}</div>",
    "not named": f"<div class=x7><p>Faigh na scéalta is fearr gach maidin.</p>{FIELD}</div>",
    "within the form": "<form><p>Akhbar setiap pagi.</p><input name=user_mail></form>",
}


@pytest.mark.parametrize("name", LETTERS)
def test_a_small_box_with_a_field_for_an_address_is_none_of_the_story(name: str) -> None:
    rest = f"<p>{of(400)}</p>"
    assert dropped(vetoes.letters, rest + LETTERS[name]) == [1]
    assert dropped(vetoes.letters, rest + LETTERS[name].replace("email", "search").replace("user_mail", "q")) == []


def test_a_paragraph_beside_a_field_for_an_address_stays_when_it_is_long_or_many_or_has_a_field_for_a_text() -> None:
    rest = f"<p>{of(900)}</p>"
    for length, found in ((250, [1]), (251, [])):
        assert dropped(vetoes.letters, f"{rest}<div><p>{of(length)}</p>{FIELD}</div>") == found
    assert dropped(vetoes.letters, f"{rest}<div>{'<p>Plain words.</p>' * 5}{FIELD}</div>") == []
    answer = FIELD.replace("</form>", "<textarea></textarea></form>")
    assert dropped(vetoes.letters, f"{rest}<div><p>Write to us.</p>{answer}</div>") == []
