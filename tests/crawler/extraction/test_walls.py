# ruff: noqa: E501 - a page stands on one line
"""What stands in a story's place is no article, and a story that uses the same words is one."""

import re
from typing import Any

import pytest

from crawler.extraction.kind_evidence import KindEvidence, _controls
from crawler.extraction.walls import wall
from crawler.markup.blocks import segment
from crawler.markup.tree import parse_text
from crawler.values import PageKind
from tests.crawler.stories import FERRY, page, paragraphs, read

C, P, G = PageKind.CHALLENGE, PageKind.PAYWALL, PageKind.SOFT_404
DATED = '<meta property="article:published_time" content="2026-03-03T09:00:00+01:00">'

# kind, title, heading, text, buttons or fields
WALLS = {
    "consent": (C, "Before you continue", "Your privacy matters to us", ("We and our 41 partners would like to keep your data on this device and show personalised ads.", "You may change your mind at any time."), "<button>Agree</button><button>Manage</button>"),
    "Zustimmung": (C, "Inselbote", "Ihre Privatsphäre ist uns wichtig", ("Wir und unsere 12 Partner verarbeiten personenbezogene Daten, um Ihnen Anzeigen zu zeigen.",), "<button>Alle akzeptieren</button>"),
    "consentement": (C, "Le Passeur", "Nous respectons votre vie privée", ("Avec votre consentement, nos partenaires et nous utilisons des traceurs pour mesurer l’audience.",), "<button>Continuer sans accepter</button>"),
    "consentimiento": (C, "El Faro", "Nos importa tu privacidad", ("Nosotros y nuestros socios guardamos datos en tu equipo con tu consentimiento.",), "<a role=button>Aceptar</a>"),
    "同意": (C, "岛报", "您的隐私", ("我们和合作伙伴需要您的同意，才能处理您的个人数据并展示广告。",), "<button>同意</button>"),
    "クッキー": (C, "島の新聞", "プライバシーについて", ("当社とパートナーはクッキーを使って広告を表示します。ご同意をお願いします。",), "<button>同意する</button>"),
    "موافقة": (C, "صحيفة الجزر", "خصوصيتك تهمنا", ("نستخدم ملفات تعريف الارتباط مع شركاؤنا لعرض الإعلانات بعد موافقتك.",), "<button>أوافق</button>"),
    "pay or consent": (P, "Read on with ads, or ad-free", "Read ad-free for 2 crowns a week", ("Accept tracking, or subscribe and read without advertising.",), "<button>Accept</button>"),
    "Pur-Abo": (P, "Mit Werbung weiterlesen oder Pur-Abo", "Werbefrei lesen im Pur-Abo", ("Lesen Sie ohne Werbung für 3 Euro im Monat.",), "<button>Zustimmen</button>"),
    "age": (C, "The Island Brewer", "Are you over 18?", ("You must be of legal drinking age to read these pages.",), "<button>Yes</button><button>No</button>"),
    "Alter": (C, "Altersprüfung", "Sind Sie schon 18?", ("Bitte nennen Sie Ihr Geburtsdatum.",), "<input type=date>"),
    "年齢": (C, "島の酒", "年齢確認", ("20歳以上ですか。",), "<button>はい</button><button>いいえ</button>"),
    "region": (C, "Choose your edition", "Choose your region", ("Which edition would you like to read?",), "<select><option>North</option></select>"),
    "pays": (C, "Choisissez votre pays", "Choisissez votre édition", ("Vous lirez ensuite les nouvelles de chez vous.",), "<select><option>Nord</option></select>"),
    "survey": (C, "One question before you read", "Please answer a short survey", ("How often do you sail to the outer islands?",), "<input type=radio><input type=radio><button>Submit</button>"),
    "Umfrage": (C, "Eine kurze Frage", "Unsere Umfrage", ("Wie oft fahren Sie mit der Fähre?",), "<input type=radio><button>Absenden</button>"),
    "survey, boxes": (C, "Short survey", "Answer a survey question and go on reading", ("Which of these boats have you sailed on since the spring? Tick all of them, then go on.",), "<form><input type=checkbox><input type=checkbox><button>Next</button></form>"),
    "encuesta, casillas": (C, "El Faro", "Responde a una pregunta para seguir leyendo", ("¿En cuáles de estos barcos has navegado desde la primavera? Marca todos.",), "<form><input type=checkbox><input type=checkbox><button>Enviar</button></form>"),
    "Frage, Kästchen": (C, "Inselbote", "Eine Frage beantworten, um weiterzulesen", ("Mit welchen dieser Schiffe sind Sie seit dem Frühling gefahren?",), "<form><input type=checkbox><input type=checkbox></form>"),
    "question, cases": (C, "Le Passeur", "Répondez à une question pour continuer la lecture", ("Sur lesquels de ces bateaux avez-vous navigué depuis le printemps ?",), "<form><input type=checkbox><input type=checkbox></form>"),
    "log in": (C, "Sign in", "Please sign in to your account", ("New here? Create a free account.",), "<input type=password><button>Sign in</button>"),
    "sesión": (C, "Inicia sesión", "Inicia sesión o crea una cuenta", ("Necesitas una cuenta para entrar.",), "<input type=password>"),
    "maintenance": (C, "Down for maintenance", "We will be back soon", ("The site is undergoing scheduled maintenance.",), ""),
    "Wartung": (C, "Wartungsarbeiten", "Wir sind gleich wieder zurück", ("Die Seite ist derzeit nicht erreichbar.",), ""),
    "технические работы": (C, "Технические работы", "Технические работы на сайте", ("Сайт временно недоступен.",), ""),
    "점검": (C, "시스템 점검", "시스템 점검 중", ("잠시 후 다시 찾아 주세요.",), ""),
    "robot": (C, "Just a moment...", "courier.example", ("Checking your browser before you go on.",), ""),
    "robot, fr": (C, "Vérification", "Êtes-vous un robot ?", ("Veuillez vérifier que vous êtes un humain.",), "<input type=checkbox>"),
    "人机验证": (C, "安全验证", "人机验证", ("请完成验证后继续。",), "<button>继续</button>"),
    "gone": (G, "Page not found", "Page not found", ("Sorry, we looked everywhere.",), ""),
    "404": (G, "Error 404", "Oops! This page could not be found", ("Try the search.",), ""),
    "nicht gefunden": (G, "Seite nicht gefunden", "Die Seite wurde nicht gefunden", ("Vielleicht hilft die Suche.",), ""),
    "introuvable": (G, "Page introuvable", "Page introuvable", ("Cette adresse n’existe plus.",), ""),
    "no encontrada": (G, "Página no encontrada", "Página no encontrada", ("Prueba con la búsqueda.",), ""),
    "gone, said in the text alone, es": (G, "Error", "Vaya", ("No hemos podido encontrar lo que busca en este sitio.",), ""),
    "gone, said in the text alone, de": (G, "Hoppla", "Hoppla!", ("Was Sie suchen, existiert leider nicht mehr bei uns.",), ""),
    "gone, said in the text alone, fr": (G, "Oups", "Oups", ("Nous n’avons pas trouvé ce que vous cherchez.",), ""),
    "gone, said in the text alone, pt": (G, "Erro", "Erro", ("Não encontramos o que procura neste sítio.",), ""),
    "gone, said in the text alone, it": (G, "Errore", "Ops", ("La pagina che cerchi non esiste.",), ""),
    "gone, said in the text alone, ru": (G, "Ошибка", "Ошибка", ("К сожалению, запрошенная страница удалена. Воспользуйтесь поиском.",), ""),
    "gone, said in the text alone, tr": (G, "Hata", "Hata", ("Bu sayfa artık mevcut değil. Aramayı kullanabilir ya da geri dönebilirsiniz.",), ""),
    "δεν βρέθηκε": (G, "Σφάλμα", "Η σελίδα δεν βρέθηκε", ("Δοκιμάστε την αναζήτηση.",), ""),
    "नहीं मिला": (G, "त्रुटि", "पृष्ठ नहीं मिला", ("कृपया मुखपृष्ठ पर लौटें।",), ""),
    "не знайдено": (G, "Помилка", "Сторінку не знайдено", ("Спробуйте пошук.",), ""),
    "یافت نشد": (G, "خطا", "صفحه مورد نظر یافت نشد", ("به صفحه اصلی بازگردید.",), ""),
    "見つかりません": (G, "ページが見つかりません", "ページが見つかりません", ("アドレスをお確かめください。",), ""),
}  # fmt: skip


@pytest.mark.parametrize("name", WALLS)
def test_a_wall_in_a_storys_place_is_known_in_any_language(name: str) -> None:
    kind, title, heading, texts, controls = WALLS[name]
    markup = (
        f"<html><head><title>{title} | The Sound Courier</title></head><body><div class=box><h1>{heading}</h1>"
        f"{paragraphs(*texts)}{controls}</div><p>© The Sound Courier</p></body></html>"
    )
    found = read(markup)
    assert found.kind is kind, found.reason


@pytest.mark.parametrize("name", ["consent", "Zustimmung", "log in", "survey", "age"])
def test_a_wall_that_keeps_the_storys_own_data_is_a_wall_all_the_same(name: str) -> None:
    _, _, heading, texts, controls = WALLS[name]
    box = f"<main><h2>{heading}</h2>{paragraphs(*texts)}<form>{controls}</form></main>"
    found = read(page(box, head=DATED))
    assert found.kind is PageKind.CHALLENGE, found.reason
    assert "the headline is not printed" in found.reason


BRIEFS = (
    "Trawler not found after a third night of search",
    "Flight 404 lands safely on the northern island",
    "Access denied: harbour gates stay shut all winter",
    "Just a moment: the picture that won the prize",
    "Are you a robot? The lighthouse keeper says no",
    "Cookie consent: council fines three bakeries",
    "Your privacy, their business: an evening in the town hall",
    "Down for maintenance: the old bridge closes in May",
    "Back soon: the ice cream boat returns to the bay",
    "Sign in, please: the guest book of the mill fills up",
    "Survey of seals counts 400 on the outer rocks",
    "Mindestens 18 Jahre: Wer auf der Fähre Bier kauft",
    "Página no encontrada: el diario que perdió una hoja",
    "Page introuvable : un manuscrit manque au musée",
    "アクセスが拒否された港、冬の間は閉鎖へ",
)


@pytest.mark.parametrize("headline", BRIEFS)
def test_a_brief_with_a_walls_words_in_its_headline_is_an_article(headline: str) -> None:
    markup = page(f"<article><h1>{headline}</h1>{paragraphs(*FERRY[:2])}</article>", title=headline, head=DATED)
    assert read(markup).kind is PageKind.ARTICLE


@pytest.mark.parametrize("headline", BRIEFS)
def test_such_a_brief_is_an_article_when_its_data_names_no_day_too(headline: str) -> None:
    markup = page(f"<article><h1>{headline}</h1>{paragraphs(*FERRY[:2])}</article>", title=headline)
    assert read(markup).kind is PageKind.ARTICLE


def test_a_brief_under_a_banner_for_consent_is_an_article() -> None:
    _, _, heading, texts, controls = WALLS["consent"]
    banner = f"<div class=cookie-banner><h2>{heading}</h2>{paragraphs(*texts)}{controls}</div>"
    found = read(page(f"{banner}<article><h1>Second ferry</h1>{paragraphs(FERRY[0])}</article>", title="Second ferry"))
    assert found.kind is PageKind.ARTICLE
    assert found.article.body == FERRY[0]


def test_a_wall_is_not_asked_for_on_a_page_that_shows_its_story() -> None:
    _, _, heading, texts, controls = WALLS["consent"]
    story = paragraphs(*FERRY, *(f"{text} So she said again." for text in FERRY))
    found = read(page(f"<main><h1>{heading}</h1>{paragraphs(*texts)}{controls}{story}</main>", title=heading))
    assert found.kind is PageKind.ARTICLE


# ---------------------------------------------------------------- the limits, each from both sides

PLAIN = "It sailed on."


def decide(
    *, heading: str, texts: tuple[str, ...], titles: tuple[str, ...] = (), **evidence: object
) -> tuple[PageKind, str] | None:
    tree = parse_text(f"<body><h1>{heading}</h1>{paragraphs(*texts)}</body>")
    assert tree is not None
    blocks = segment(tree)
    chosen = tuple(range(1, len(blocks)))
    given = KindEvidence(url="https://courier.example/a", titles=titles, **evidence)  # type: ignore[arg-type]
    return wall(blocks, chosen, chosen, given)


def of(length: int, text: str = "Plain words of a story. ") -> str:
    return (text * (length // len(text) + 1))[:length].strip().ljust(length, "x")


def test_a_story_longer_than_a_stub_is_never_a_wall() -> None:
    facts = {"is_dated": False, "links": 0, "buttons": ("Agree",), "heading": "We value your privacy"}
    asking = "We and our partners ask you. "
    assert decide(texts=(of(1_200, asking),), **facts) is not None  # type: ignore[arg-type]
    assert decide(texts=(of(1_201, asking),), **facts) is None  # type: ignore[arg-type]


def test_a_phrase_counts_when_it_is_most_of_a_short_heading() -> None:
    phrase = "before you continue"  # 19 letters
    for length, is_wall in ((47, True), (48, False)):  # four tenths of it, and a letter less
        found = decide(heading=of(length - len(phrase) - 1, "abc ") + " " + phrase, texts=(PLAIN,), links=0)
        assert (found is not None) is is_wall


def test_exactly_four_tenths_of_a_heading_are_enough() -> None:
    fourteen_of_35 = "Our own kitchen on use of cookies, x"[:35]
    assert decide(heading=fourteen_of_35, texts=(PLAIN,), links=0) is not None


@pytest.mark.parametrize("heading", ["acceso denegado abcd", "not found ab"])
def test_exactly_three_quarters_of_a_heading_say_nothing_else(heading: str) -> None:
    facts: dict[str, Any] = {"texts": (of(250),), "titles": (heading,)}
    assert decide(heading=heading, **facts, links=0) is not None
    assert decide(heading=heading + "c", **facts | {"titles": (heading + "c",)}, links=0) is None


def test_a_heading_is_read_when_it_is_among_the_first_six() -> None:
    for before, is_wall in ((5, True), (6, False)):
        others = "".join(f"<h2>Number {n}</h2>" for n in range(before))
        tree = parse_text(f"<body>{others}<h2>Before you continue</h2><p>{PLAIN}</p></body>")
        assert tree is not None
        blocks = segment(tree)
        given = KindEvidence(url="https://courier.example/a", links=0)
        assert (wall(blocks, (len(blocks) - 1,), (len(blocks) - 1,), given) is not None) is is_wall


ASKING = "We and our partners ask you for it here"


def left(*, judged: tuple[int, ...], others: str) -> tuple[PageKind, str] | None:
    """Decide on a page of which cleaning left nothing: a heading, a paragraph that asks (block 1), and others."""
    tree = parse_text(f"<body><h1>Welcome</h1><p>{ASKING}</p>{others}</body>")
    assert tree is not None
    return wall(segment(tree), judged, (), KindEvidence(url="https://courier.example/a", noindex=True))


def test_where_cleaning_left_nothing_a_walls_words_are_looked_for_in_what_was_judged_its_text() -> None:
    assert left(judged=(1,), others=f"<p>{of(100)}</p>") is not None
    assert left(judged=(1, 2), others=f"<p>{of(100)}</p>") is None


def test_where_no_text_was_judged_either_they_are_looked_for_in_all_that_is_no_link() -> None:
    assert left(judged=(), others=f"<p><a href=/a>{of(100)}</a></p>") is not None
    assert left(judged=(), others=f"<p>{of(100)}</p>") is None


@pytest.mark.parametrize(
    ("title", "heading", "is_headline"),
    [
        ("Second ferry", "Second ferry", True),
        ("Second ferry – The Courier", "Second ferry", True),
        ("Second", "Second ferry sails", True),
        ("Second ferry", "The second ferry", False),
        ("★★★", "Welcome", False),
        ("Second ferry", "★★★", False),
    ],
)
def test_a_headline_is_a_title_that_is_printed_whole_or_in_part(title: str, heading: str, is_headline: bool) -> None:
    facts: dict[str, Any] = {"texts": (of(100),), "asks": 1, "is_dated": True, "links": 20}
    assert (decide(heading=heading, titles=(title,), **facts) is None) is is_headline


def test_other_prose_under_such_a_heading_must_be_little() -> None:
    heading = "Read this before you continue, please"
    assert decide(heading=heading, texts=(of(199),), links=0) is not None
    assert decide(heading=heading, texts=(of(200),), links=0) is None


def test_a_heading_that_says_nothing_else_needs_no_little_prose() -> None:
    phrase = "before you continue"
    for extra, is_wall in ((6, True), (7, False)):  # 19 of 25 letters are WHOLE; of 26 they are not
        heading = f"{phrase} {'x' * (extra - 1)}"
        assert (decide(heading=heading, texts=(of(250),), links=0) is not None) is is_wall


def test_most_of_the_text_must_use_a_walls_words() -> None:
    asking = "We and our partners ask you for it here"
    for other, is_wall in ((len(asking), True), (len(asking) + 1, False)):
        found = decide(heading="Welcome", texts=(asking, of(other)), links=0)
        assert (found is not None) is is_wall


def test_words_alone_are_no_wall_and_one_fact_beside_them_is_not_enough() -> None:
    heading, texts = "We value your privacy", (of(400, "We and our partners ask you. "),)
    quiet = {"is_dated": True, "links": 10, "titles": ("We value your privacy",)}
    assert decide(heading=heading, texts=texts, **quiet) is None  # type: ignore[arg-type]
    for fact in (
        {"is_dated": False}, {"links": 9}, {"noindex": True}, {"asks": 1}, {"buttons": ("Agree",)},
        {"titles": ("Second ferry",)},
    ):  # fmt: skip
        assert decide(heading=heading, texts=texts, **(quiet | fact)) is None  # type: ignore[arg-type]
    both = quiet | {"is_dated": False, "noindex": True}
    assert decide(heading=heading, texts=texts, **both) is not None  # type: ignore[arg-type]
    less = (of(399, "We and our partners ask you. "),)
    assert decide(heading=heading, texts=less, **(quiet | {"noindex": True})) is not None  # type: ignore[arg-type]


def test_an_article_by_its_data_counts_as_dated() -> None:
    facts = {"links": 10, "titles": ("We value your privacy",), "noindex": True}
    texts = (of(400, "We and our partners ask you. "),)
    assert decide(heading="We value your privacy", texts=texts, is_article=True, **facts) is None  # type: ignore[arg-type]
    assert decide(heading="We value your privacy", texts=texts, **facts) is not None  # type: ignore[arg-type]


def test_a_page_that_calls_itself_gone_is_believed_with_one_fact() -> None:
    facts = {"links": 10, "titles": ("Page not found",)}
    texts = (of(400),)
    assert decide(heading="Page not found", texts=texts, **facts) is not None  # type: ignore[arg-type]
    assert decide(heading="Page not found", texts=texts, is_article=True, **facts) is None  # type: ignore[arg-type]
    assert decide(heading="Sign in", texts=texts, **(facts | {"titles": ("Sign in",)})) is None  # type: ignore[arg-type]


def test_no_phrase_begins_within_a_word() -> None:
    # "cream", "screen" and "unregistered" hold words of log-in pages
    assert decide(heading="Screen", texts=("Cream, unregistered designs.",), links=0) is None


STORIES = (
    "The council fined a bakery for its cookie banner. It asked visitors for consent to use their data, the regulator said, but had no button to refuse.",
    "The library asks its readers to log in to the new catalogue from June. “You create an account, and that is all,” the librarian said to us.",
    "A survey of four hundred islanders says that six in ten want a second ferry. It was carried out by the harbour office in the first days of March.",
    "The swing bridge is down for maintenance until Friday. Service is temporarily unavailable for lorries, and cars must take the northern road instead.",
    "Are you over 18? Then you may buy beer on the ferry again, the council ruled on Monday. You must be at least 18 years old and show a card.",
    "Are you a robot? The lighthouse asks visitors to verify that they are human, with a puzzle of ships. Access denied, says a screen to those who fail.",
    "Bus 404 was not found at its stop for the third day. The line no longer exists in the timetable, said the company, and nobody had told the driver.",
    "We value your privacy, says the sign on the beach huts. Your personal data is none of our business, the owner explained to those who asked him.",
    "Unsere Umfrage unter den Wirten der Insel: Sechs von zehn wollen länger öffnen. Die kurze Frage stellte ihnen der Bürgermeister schon im Februar.",
    "Nuestros socios no quieren otro barco, dijo la cofradía. Los datos personales de los patrones siguen en el archivo, y nadie ha pedido verlos.",
)  # fmt: skip
LETTER = "<form><input type=email placeholder='Your address'><button>Subscribe</button></form>"


@pytest.mark.parametrize("text", STORIES)
@pytest.mark.parametrize("head", ["", DATED])
def test_a_brief_that_speaks_of_walls_is_an_article_beside_a_form_for_the_letter(text: str, head: str) -> None:
    headline = re.split(r"[.?:,] ", text)[0]
    menu = "".join(f"<li><a href=/s{n}>Section {n}</a></li>" for n in range(12))
    markup = page(
        f"<ul>{menu}</ul><article><h1>{headline}</h1><p>{text}</p></article>{LETTER}", title=headline, head=head
    )
    found = read(markup)
    assert found.kind is PageKind.ARTICLE, found.reason


@pytest.mark.parametrize(
    "text", ["Which of these boats do you know?", "¿Cuál de estos barcos conoce?", "この中で知っている船はどれですか。"]
)
def test_a_page_that_asks_and_shows_neither_headline_nor_story_is_a_wall_without_a_word_of_one(text: str) -> None:
    box = f"<main><p>{text} {text} {text}</p><form><input type=radio>1<input type=radio>2<button>&gt;</button></form></main>"
    found = read(page(box, head=DATED))
    assert found.kind is PageKind.CHALLENGE
    assert "2 things" in found.reason


def test_a_page_that_is_gone_may_offer_other_stories() -> None:
    text = ("The link may be old, or the page may have moved.", FERRY[0], FERRY[1])
    found = read(
        page(
            f"<main><h1>Sorry, the page you were looking for was not found</h1>{paragraphs(*text)}</main>",
            title="Page not found",
        )
    )
    assert found.kind is PageKind.SOFT_404


def test_under_a_headline_of_its_own_three_facts_and_buttons_must_agree() -> None:
    asking = "We and our partners ask you for it. "
    facts: dict[str, Any] = {
        "heading": "Second ferry",
        "titles": ("Second ferry",),
        "texts": (of(300, asking),),
        "links": 20,
    }
    assert decide(**facts, buttons=("Agree",)) is not None  # undated, buttons, little text
    assert decide(**facts, noindex=True) is None
    assert decide(**facts, buttons=("Agree",), is_dated=True) is None
    assert decide(**facts, buttons=("Subscribe",)) is None


def test_a_page_that_asks_must_show_no_headline_and_hardly_a_line() -> None:
    facts: dict[str, Any] = {"heading": "Welcome", "titles": ("Second ferry",), "is_dated": True, "links": 20}
    assert decide(**facts, texts=(of(199),), asks=1) is not None
    assert decide(**facts, texts=(of(60),), asks=1) is not None
    assert decide(**facts, texts=(of(59),), asks=1) is None
    assert decide(**(facts | {"links": 29}), texts=(of(100),), asks=1) is not None
    assert decide(**(facts | {"links": 30}), texts=(of(100),), asks=1) is None
    assert decide(**facts, texts=(of(200),), asks=1) is None
    assert decide(**facts, texts=(of(100),)) is None
    assert decide(**(facts | {"titles": ()}), texts=(of(100),), asks=1) is None
    assert decide(**(facts | {"titles": ("Welcome",)}), texts=(of(100),), asks=1) is None


@pytest.mark.parametrize(
    ("form", "asks"),
    [
        ("<form><input type=checkbox><input type=checkbox></form>", 2),
        ("<form><input type=checkbox></form>", 0),
        ("<div><input type=checkbox><input type=checkbox></div>", 0),
        ("<form><input type=email><input type=checkbox><input type=checkbox></form>", 0),
        ("<form><input><input type=checkbox><input type=checkbox></form>", 0),
        ("<form><input type=radio><input type=email><input type=checkbox><input type=checkbox></form>", 1),
    ],
)
def test_boxes_to_tick_ask_something_in_a_form_that_has_no_line_to_write_on(form: str, asks: int) -> None:
    tree = parse_text(f"<body>{form}</body>")
    assert tree is not None
    assert _controls(tree)[1] == asks


@pytest.mark.parametrize(
    "text",
    [
        "Wir warten schon 63 Monate auf die Fähre, sagt der Bäcker.",
        "La mairie attend depuis 44 ans une réponse du port.",
        "Die Insel feiert: über 18 Schiffe kamen in den Hafen.",
    ],
)
def test_a_number_that_is_no_readers_age_is_asked_of_nobody(text: str) -> None:
    markup = f"<html><head><title>Inselbote</title></head><body><b>Hafen</b><p>{text}</p></body></html>"
    assert read(markup).kind is not PageKind.CHALLENGE


@pytest.mark.parametrize(
    "text",
    [
        "Sorry, we couldn't find that page.",
        "Sorry, we can’t find the article.",
        "We were unable to locate the article.",
        "We did not find this address.",
    ],
)
def test_a_page_that_says_in_words_of_its_own_that_it_found_none_is_gone(text: str) -> None:
    markup = f"<html><head><title>The Islander</title></head><body><h1>{text}</h1><p>{text} It may have sailed with the last ferry.</p></body></html>"
    assert read(markup).kind is PageKind.SOFT_404
