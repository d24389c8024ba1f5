# ruff: noqa: E501 - a page stands on one line
"""A story of which only the beginning is shown is a paywall stub; a short story shown whole is not."""

import pytest

from crawler.body.rules.named import KINDS
from crawler.extraction.kind_evidence import KindEvidence
from crawler.extraction.paywall import _OF_WALL, _WALL, locked
from crawler.markup.blocks import segment
from crawler.markup.tree import parse_text
from crawler.values import PageKind
from tests.crawler.stories import FERRY, page, paragraphs, read

CUT = "Repairs to the pier begin in May and should take eleven weeks, according to the off"
OFFERS = {
    "a box with a button": "<div class=premium-box><p>You have one free story left this week.</p><a class=btn>Start your free trial</a></div>",
    "a price": "<div><p>2 weeks for 1 €, then 9 € a month.</p></div>",
    "de": "<div class=abo-box><p>Diesen Artikel lesen Sie mit unserem Abonnement.</p></div>",
    "fr": "<div><p>La suite de cet article est pour nos abonnés.</p></div>",
    "es": "<div><p>Hazte socio y sigue con nosotros.</p></div>",
    "ja": "<div><p>続きを読むには会員登録が必要です。</p></div>",
    "zh": "<div><p>订阅后可阅读全文。</p></div>",
    "ar": "<div><p>اشترك الآن لقراءة المزيد.</p></div>",
    "tr": "<ul><li>Ayda 49 TL</li></ul>",
    "hi": "<ul><li>₹99 प्रति माह</li></ul>",
    "named alone": "<div class=paywall><p>One click, and the islands are yours.</p></div>",
}


def stub(text: str, after: str, *, head: str = "") -> PageKind:
    story = f"<article><h1>Second ferry</h1>{paragraphs(FERRY[0], text)}{after}</article>"
    return read(page(story, title="Second ferry", head=head)).kind


def test_each_name_of_a_wall_holds_one_of_the_parts_by_which_it_is_looked_for() -> None:
    assert all(any(part in name for part in _OF_WALL) for name in KINDS[_WALL])


@pytest.mark.parametrize("name", OFFERS)
@pytest.mark.parametrize("end", ["…", "...", " […]", ""])
def test_a_text_that_breaks_off_before_an_offer_is_a_stub(name: str, end: str) -> None:
    assert stub(CUT + end, OFFERS[name]) is PageKind.PAYWALL


@pytest.mark.parametrize("name", OFFERS)
def test_a_text_that_ends_before_an_offer_is_a_story(name: str) -> None:
    locked = {"ja", "zh"}  # their offers are phrases that lock, and name the page so
    if name not in locked:
        assert stub(FERRY[1], OFFERS[name]) is PageKind.ARTICLE


def test_a_text_that_breaks_off_before_no_offer_is_a_story() -> None:
    assert stub(CUT + "…", "<p>Photo by Lene Aas</p>") is PageKind.ARTICLE


@pytest.mark.parametrize(
    "sentence",
    [
        "Parents joined forces to keep the village school open, and the bishop has promised to pay for the roof.",
        "The pool has been for members only since 1893, and its members like it that way, the keeper said.",
        "“Subscribe to read more poems,” it says on the door of the shop, and eleven islanders have done so.",
        "Das Buch ist nur für Abonnenten gedruckt worden, sagte die Wirtin, und verkauft wird es doch.",
        "El club, exclusivo para suscriptores del faro, abrió sus puertas a toda la isla el domingo.",
    ],
)
def test_a_brief_that_uses_the_words_in_its_own_text_is_a_story(sentence: str) -> None:
    assert stub(sentence, "") is PageKind.ARTICLE


# ---------------------------------------------------------------- the limits, each from both sides


def decide(*texts: str, chosen: int, tag: str = "div", **evidence: object) -> str | None:
    tree = parse_text("<body>" + "".join(f"<div><p>{text}</p></div>" for text in texts) + "</body>")
    assert tree is not None
    given = KindEvidence(url="https://courier.example/a", **evidence)  # type: ignore[arg-type]
    return locked(segment(tree), tuple(range(chosen)), given)


def of(length: int) -> str:
    return ("Plain words of a story. " * (length // 24 + 1))[: length - 1].strip().ljust(length - 1, "x") + "."


def test_a_text_longer_than_a_stub_is_no_stub() -> None:
    for length, is_stub in ((1_200, True), (1_201, False)):
        found = decide(of(length - 3)[:-1] + " on …"[1:], "Start your free trial", chosen=1)
        assert (found is not None) is is_stub


def test_a_story_its_data_calls_locked_is_a_stub_only_when_little_is_shown() -> None:
    assert decide(of(599), chosen=1, is_locked=True) is not None
    assert decide(of(600), chosen=1, is_locked=True) is None


def test_a_phrase_needs_one_more_fact() -> None:
    phrase = "Already a subscriber?"
    assert decide(of(300), phrase, chosen=1) is None
    assert decide(of(700), phrase, chosen=1, is_locked=True) is not None
    assert decide(of(300), phrase, chosen=1, asks=1) is not None
    assert decide(of(300), phrase, chosen=1, noindex=True) is not None
    assert decide(of(300), phrase, chosen=1, buttons=("Subscribe",)) is not None
    assert decide(of(300), phrase, "To continue reading, sign in.", chosen=1) is not None
    assert decide(of(300), phrase, "Become a member today.", chosen=1) is not None


def test_a_story_its_data_calls_free_is_no_stub_by_a_phrase() -> None:
    assert decide(of(300), "Already a subscriber?", chosen=1, asks=1, is_free=True) is None


def test_the_phrase_must_stand_right_behind_the_story() -> None:
    between = [f"Line {n} of a list." for n in range(8)]
    assert decide(of(300), *between[1:], "Already a subscriber?", chosen=1, asks=1) is not None
    assert decide(of(300), *between, "Already a subscriber?", chosen=1, asks=1) is None


def test_a_long_block_is_no_line_of_an_offer() -> None:
    for length, is_stub in ((499, True), (500, False)):
        text = "Already a subscriber? " + of(length - 22)
        assert (decide(of(300), text, chosen=1, asks=1) is not None) is is_stub


def test_a_short_line_without_a_stop_does_not_break_off() -> None:
    for length, is_stub in ((79, False), (80, True)):
        line = of(length + 1)[:-1].rstrip(".").ljust(length, "x")
        assert (decide(of(300), line, "Start your free trial", chosen=2) is not None) is is_stub


def test_lines_of_an_offer_that_were_taken_for_text_end_no_story() -> None:
    offer = [f"Subscribe for {n} crowns." for n in range(4)]
    few, many = offer[:2], offer[:3]
    assert decide(of(300)[:-1] + "…", *few, chosen=1 + len(few)) is not None
    assert decide(of(300)[:-1] + "…", *many, chosen=1 + len(many)) is None


def boxed(*texts: str, name: str, chosen: int, **evidence: object) -> str | None:
    """Decide on a page whose last text stands in a box of this name."""
    *story, last = texts
    tree = parse_text(
        f"<body>{''.join(f'<p>{text}</p>' for text in story)}<div class={name}><p>{last}</p></div></body>"
    )
    assert tree is not None
    given = KindEvidence(url="https://courier.example/a", **evidence)  # type: ignore[arg-type]
    return locked(segment(tree), tuple(range(chosen)), given)


def test_a_box_that_is_named_for_it_is_a_fact_beside_its_phrase() -> None:
    assert "(box)" in str(boxed(of(300), "Already a subscriber?", name="paywall", chosen=1))
    assert boxed(of(300), "Already a subscriber?", name="story", chosen=1) is None
    assert "(second phrase)" in str(
        boxed(of(300), "Already a subscriber?", "To continue reading, sign in.", name="story", chosen=1)
    )
    assert "(box, second phrase)" not in str(
        boxed(of(300), "Already a subscriber?", "A line of a list.", name="paywall", chosen=1)
    )


def test_a_box_for_an_offer_that_was_taken_for_text_ends_the_story_before_it() -> None:
    offer = "Already a subscriber? Subscribe for 3 crowns."
    assert boxed(of(300), of(200), offer, name="paywall", chosen=3) is not None
    assert boxed(of(300), of(200), offer, name="story", chosen=3) is None


def test_offers_that_are_all_the_text_stand_behind_no_story() -> None:
    offers = ["Already a subscriber? Subscribe for 3 crowns."] * 3
    assert decide(*offers, chosen=3, noindex=True) is None
    assert decide(of(300), *offers, chosen=4, noindex=True) is None


def test_a_page_of_no_text_is_a_stub_when_its_data_says_so() -> None:
    assert decide("Already a subscriber?", chosen=0, is_locked=True) == "says it is not free, and shows 0 letters"
    assert decide("Already a subscriber?", chosen=0, noindex=True) is None


def test_the_reason_quotes_eighty_characters_of_the_offer() -> None:
    offer = "Start your free trial today, " + "and read on " * 20
    assert str(decide(CUT + "…", offer, chosen=1)).endswith(f'"{offer[:80]}"')
    phrase = "Already a subscriber? " + "Then read on " * 20
    assert f'"{phrase[:80]}" (' in str(decide(of(300), phrase, chosen=1, noindex=True))


# A lock that says it twice in one line, or how much is left, without a box or a button; and the line with one of them.
LOCKS = {
    "en": ("Subscribe to keep reading. Already a subscriber? Log in.", "Already a subscriber? Hello again."),
    "en, left": ("For our subscribers only: 640 words left.", "For our subscribers only."),
    "de, left": ("Weiterlesen mit dem Inselboten: noch 70 % des Textes.", "Weiterlesen mit dem Inselboten."),
    "fr": ("Cet article est réservé aux abonnés. Il vous reste 84 % à lire.", "Ce banc est réservé aux abonnés."),
    "it": ("Articolo riservato agli abbonati. Sei già abbonato? Entra.", "Sei già abbonato?"),
    "ja": ("この記事は有料会員限定です。残り1,204文字。", "この記事は有料会員限定です。"),
    "ru": ("Только для подписчиков. Осталось 70 %.", "Только для подписчиков."),
    "nl": ("Om het hele artikel te lezen: word lid. Al abonnee? Inloggen.", "Al abonnee? Welkom."),
    "pt": ("Conteúdo para assinantes. Já é assinante? Entre.", "Já é assinante?"),
    "pl": ("Aby przeczytać całość, zapłać. Masz już konto? Zaloguj się.", "Masz już konto?"),
    "sv": ("Endast för prenumeranter. Redan prenumerant? Logga in.", "Redan prenumerant?"),
    "no": ("Kun for abonnenter. Allerede abonnent? Logg inn.", "Allerede abonnent?"),
    "fi": ("Vain tilaajille. Oletko jo tilaaja? Kirjaudu.", "Vain tilaajille."),
    "hu": ("A cikk folytatását előfizetőink látják. Már előfizető? Lépjen be.", "Már előfizető?"),
    "cs": ("Pouze pro předplatitele. Už máte předplatné? Přihlaste se.", "Pouze pro předplatitele."),
    "tr": ("Devamını okumak için üye olun. Zaten abone misiniz? Giriş yapın.", "Yalnızca aboneler."),
    "el": ("Μόνο για συνδρομητές. Είστε ήδη συνδρομητής; Σύνδεση. Για να συνεχίσετε.", "Μόνο για συνδρομητές."),
    "uk": ("Лише для передплатників. Вже передплатили? Увійдіть.", "Лише для передплатників."),
    "zh": ("会员专享。已是会员？请登录。", "会员专享。"),
    "ko": ("계속 읽으려면 가입하세요. 이미 구독 중이신가요? 로그인", "구독자만."),
}


@pytest.mark.parametrize("language", LOCKS)
def test_a_lock_said_twice_in_one_line_behind_the_text_makes_a_stub(language: str) -> None:
    twice, once = (f"<div class=x91><p>{line}</p></div>" for line in LOCKS[language])
    assert (stub(FERRY[1], twice), stub(FERRY[1], once)) == (PageKind.PAYWALL, PageKind.ARTICLE)
    long = paragraphs(*FERRY, *FERRY, *FERRY, *FERRY)
    assert read(page(f"<article><h1>Second ferry</h1>{long}{twice}</article>")).kind is PageKind.ARTICLE


NOTICES = {
    "en": "This story is for members only. Sign in to continue reading.",
    "de": "Nur für Abonnenten. Um weiterzulesen, brauchen Sie ein Abo.",
    "cs": "Pouze pro předplatitele. Pro pokračování se přihlaste.",
    "cy": "I danysgrifwyr yn unig. Ymunwch i barhau i ddarllen.",
    "eu": "Bazkideentzat soilik. Egin bazkide irakurtzen jarraitzeko.",
    "fa": "ویژه اعضا. برای ادامه مطلب وارد شوید.",
    "fi": "Vain tilaajille. Kirjaudu ja jatka lukemista.",
    "hu": "Csak előfizetőknek. A folytatáshoz lépjen be.",
    "hy": "Միայն անդամների համար։ Գրանցվեք կարդալը շարունակելու համար։",
    "ka": "მხოლოდ წევრებისთვის. კითხვის გასაგრძელებლად შედით.",
    "kk": "Тек мүшелерге. Оқуды жалғастыру үшін кіріңіз.",
    "mn": "Зөвхөн гишүүдэд. Цааш уншихын тулд нэвтэрнэ үү.",
    "sr": "Само за чланове. Пријавите се да бисте наставили са читањем.",
    "sw": "Kwa wanachama pekee. Ingia kuendelea kusoma.",
    "am": "ለአባላት ብቻ። ማንበብ ለመቀጠል ይግቡ።",
    "zh": "仅限付费用户。登录以继续阅读请点击。",
}


@pytest.mark.parametrize("language", NOTICES)
def test_a_notice_that_was_taken_for_the_last_paragraph_locks_its_story_with_a_second_sentence(language: str) -> None:
    notice = f"<p>{NOTICES[language]}</p>"
    assert stub(FERRY[1], f"{notice}<p><a href=/in>OK</a></p>") is PageKind.PAYWALL


def test_a_notice_of_one_sentence_locks_its_story_with_a_link_alone_behind_it() -> None:
    notice = "<p>This story is for our members, as those of the winter were.</p>"
    assert stub(FERRY[1], f"{notice}<p><a href=/in>Join</a></p>") is PageKind.PAYWALL
    assert stub(FERRY[1], notice) is PageKind.ARTICLE
    assert stub(FERRY[1], "<p>The ferry waits for nobody.</p><p><a href=/in>Join</a></p>") is PageKind.ARTICLE


@pytest.mark.parametrize(
    "text",
    [
        "ที่เกาะนี้มีเรือข้ามฟากลำใหม่ออกเดินทางทุกวันตั้งแต่เดือนเมษายนเป็นต้นไปและชาวบ้านทุกคนต่างดีใจ",
        "ที่เกาะนี้มีเรือข้ามฟากลำใหม่ออกเดินทางทุกวันตั้งแต่เดือนเมษายนเป็นต้นไปเหมือนเรือลำแรกเมื่อปี 2010",
        "Die neue Fähre fährt vom April an jeden Tag, und der Kapitän sagt: „Niemand auf der Insel wartet mehr.“",
        "Den nye færge sejler hver dag fra april, og kaptajnen siger: »Ingen på øen venter længere på båden.«",
        "Նոր նավը կմեկնի ամեն օր ապրիլից, և կղզու բոլոր բնակիչները գոհ են որոշումից, ասում է նավապետը։",
        "नई नाव अप्रैल से हर दिन द्वीप से चलेगी और बंदरगाह के सब लोग इस निर्णय से प्रसन्न हैं ऐसा कप्तान ने कहा॥",
    ],
)
def test_a_text_that_ends_as_its_script_does_breaks_off_nowhere(text: str) -> None:
    assert stub(text, "<ul><li>Subscribe for 2 crowns</li></ul>") is PageKind.ARTICLE


# A box that is named a wall asks in words that lock nothing elsewhere; and the same words in a box of another name.
WALLS = {
    "en": ("class=paywall", "Read on with a subscription. From three euros a month."),
    "en, in two words": ('class="c-subscriber-only x"', "Subscribe"),
    "en, in one": ("id=payWallBox", "Log in with your library card."),
    "en, in data": ("data-testid=members-only", "Become a member, and the islands are yours."),
    "de": ("class=bezahlschranke", "Diesen Artikel lesen Sie mit unserem Abonnement."),
    "fr": ("class=article-paywall", "Abonnez-vous dès un euro."),
    "es": ("class=regwall", "Inicia sesión con tu correo."),
    "ru": ("class=paywall", "Оформите подписку."),
    "ja": ("class=paywall", "購読のご案内"),
    "ar": ("class=paywall", "اشترك الآن"),
}


@pytest.mark.parametrize("name", WALLS)
def test_a_box_named_a_wall_that_asks_to_subscribe_makes_a_stub_of_a_text_that_ends(name: str) -> None:
    named, words = WALLS[name]
    boxes = (f"<div {names}><p>{words}</p></div>" for names in (named, "class=x91"))
    assert tuple(stub(FERRY[1], box) for box in boxes) == (PageKind.PAYWALL, PageKind.ARTICLE)


def test_a_box_named_a_wall_makes_no_stub_where_it_is_not_shown_or_speaks_of_something_else_or_holds_the_story() -> (
    None
):
    ask = "<p>Read on with a subscription.</p>"
    for box in (
        f"<div class=paywall hidden>{ask}</div>",
        f'<div class=paywall style="display:none">{ask}</div>',
        "<div class=paywall><p>One click, and the islands are yours.</p></div>",
        "<div class=paywall><p>Subscribe to our newsletter.</p></div>",
        f'<div class="premium">{ask}</div>',
    ):
        assert stub(FERRY[1], box) is PageKind.ARTICLE
    around = (
        f"<article><h1>Second ferry</h1><div class=paywall>{paragraphs(*FERRY[:3])}<div>{ask}</div></div></article>"
    )
    assert read(page(around, title="Second ferry")).kind is PageKind.ARTICLE
    assert boxed(of(300), "Subscribe.", name="paywall", chosen=1) is not None
    assert boxed(of(300), "Subscribe.", name="paywall", chosen=1, is_free=True) is None
    long = f"<article><h1>Second ferry</h1>{paragraphs(*FERRY, *FERRY, *FERRY)}<div class=paywall>{ask}</div></article>"
    assert read(page(long, title="Second ferry")).kind is PageKind.ARTICLE


# In languages whose words of offers nobody wrote down: the box is named a wall, and readers can answer in it.
ANSWERS = {
    "a field": "<form><input type=email><input type=password></form>",
    "a button": "<button>Egg</button>",
    "a link": '<a href="/en/subscribe/?from=wall">Egg</a>',
}


@pytest.mark.parametrize("name", ANSWERS)
def test_a_box_named_a_wall_in_which_readers_can_answer_locks_whatever_it_says(name: str) -> None:
    words = "<h3>Bhalisa ukuze uqhubeke.</h3>"
    boxes = (
        f"<div class=regwall>{words}{ANSWERS[name]}</div>",
        f"<div class=regwall>{words}<a href=/islands>Egg</a></div>",
    )
    assert [stub(FERRY[1], box) for box in boxes] == [PageKind.PAYWALL, PageKind.ARTICLE]


def test_teasers_beyond_a_wall_that_were_taken_for_text_are_none_of_its_story() -> None:
    wall = "<div><div class=regwall><h3>Bhalisa ukuze uqhubeke.</h3><button>Egg</button></div></div>"
    beyond = f"<div>{paragraphs(*FERRY, *FERRY, *FERRY)[:1_800]}</div>"
    for inner, outer, is_stub in ((wall, beyond, True), (wall + beyond, "", False)):
        tree = parse_text(f"<body><div><p>{of(300)}</p>{inner}</div>{outer}</body>")
        assert tree is not None
        blocks = segment(tree)
        given = KindEvidence(url="https://courier.example/a")
        assert (locked(blocks, (0, *range(2, len(blocks))), given) is not None) is is_stub


@pytest.mark.parametrize(
    "offer",
    [
        "<h3>Abonneer u om verder te lezen</h3><p>Dit artikel is alleen voor abonnees.</p><a href=/subscribe>Ja</a>",
        "<h3>Pokračování jen pro předplatitele</h3><p>Zaplaťte předplatné.</p><input type=email>",
    ],
)
def test_an_offer_in_place_of_the_story_is_a_stub(offer: str) -> None:
    assert read(page(f"<article><h1>Second ferry</h1><div>{offer}</div></article>")).kind is PageKind.PAYWALL
    story = f"<article><h1>Second ferry</h1>{paragraphs(*FERRY, *FERRY)}<div>{offer}</div></article>"
    assert read(page(story)).kind is PageKind.ARTICLE


def test_a_brief_with_the_words_of_an_offer_is_none_by_a_button_to_share_it_or_a_field_elsewhere() -> None:
    brief = "<p>The club said on Monday that tickets for the derby on Sunday are for members only, as last year.</p>"
    letter = "<form><input type=email></form>"
    for button, kind in (("Share", PageKind.ARTICLE), ("Sign in", PageKind.PAYWALL)):
        body = f"<article><h1>Second ferry</h1><div>{brief}<button>{button}</button></div></article>{letter}"
        assert read(page(body, title="Second ferry")).kind is kind


@pytest.mark.parametrize(
    "headline",
    [
        "El acuerdo entre los dos puertos para continuar la obra",
        "Sechs Schulen anmelden, um den Bus zu sparen",
        "I casi registrati in porto per proseguire la gara",
        "Il bonus riservato agli over 65 parte oggi",
        "Новая функция доступна только в двух странах",
        "AB'ye üye olan ülkelerde okullar açıldı",
        "سجل المنتخب هدفين لمواصلة صدارته",
        "视频网站订阅用户继续增长",
        *("केवल सदस्यों को मिलेगा नया पुल", "सिर्फ पुराने ग्राहकों को मिली छूट"),
        *("صرف ارکان نے ووٹ دیا", "শুধুমাত্র সদস্যরা ভোট দিলেন"),
    ],
)
def test_the_headline_of_another_story_behind_a_story_does_not_lock_it(headline: str) -> None:
    links = f"<ul><li><a href=/x>{headline}</a></li><li><a href=/y>The other harbour</a></li></ul>"
    behind = f"{links}<form><input type=email><button>OK</button></form>"
    assert stub(FERRY[1], behind) is PageKind.ARTICLE


@pytest.mark.parametrize(
    "line",
    [
        "Melden Sie sich bitte an, um diesen Text zu lesen.",
        "Accedi o crea un profilo per leggere tutto.",
        "Registrati per continuare.",
        "Entre na sua conta para continuar.",
        "Материал доступен только по подписке.",
        "Okumak için üye olun ya da giriş yapın ve okuyun.",
        "سجلوا الدخول مجانا لقراءة النص.",
        "注册后继续",
        "请登录后查看",
        "यह पाठ केवल सदस्यों के लिए है।",
        *("सिर्फ हमारे ग्राहकों के लिए", "صرف ارکان کے لیے", "শুধুমাত্র সদস্যদের জন্য"),
        "Faça login ou crie uma conta para ler o resto.",
        "Увійдіть або зареєструйтеся, щоб читати решту.",
        "Log ind for at læse resten.",
    ],
)
def test_a_field_and_a_plea_to_log_in_and_read_on_behind_a_story_lock_it(line: str) -> None:
    form = "<form><input type=email><input type=password></form>"
    assert stub(FERRY[1], f"<div><p>{line}</p>{form}</div>") is PageKind.PAYWALL
    assert stub(FERRY[1], f"<div><p>{line}</p></div>") is PageKind.ARTICLE
