"""Words of addresses: folders that hold lists, pages that serve the reader, numbers of pages, in many languages."""

# ruff: noqa: E501 - lists of words, one line a kind or a language

import re
from urllib.parse import unquote, urlsplit

# A folder of lists: what follows it names a subject, a person or a part of the paper.
_SUBJECTS = """
category categories kategorie kategorien kategori kategoria categoria categorias categorie rubrique rubriques rubrik rubriken
rubrica rubricas rubrika rubriek section sections seccion secciones secao secoes sezione sezioni ressort ressorts dossier dossiers
topic topics thema themen theme themes tema temas temat tematy tag tags keyword keywords label labels stichwort mot-cle
etiqueta etiquetas etichetta channel channels location locations region regions place places series serie serien
рубрика рубрики тема темы теги разделы раздел kategorier emne emner konu etiket
"""
_PEOPLE = """
author authors autor autoren autores autori auteur auteurs auteure autore byline writer writers contributor contributors
columnist columnists people person personen profile profiles profil user users member members journalist journalists
reporter reporters redakteur redaktion staff forfatter skribent yazar yazarlar автор авторы avtor avtory avtori
redakteure journalisten journaliste journalistes periodista periodistas giornalista giornalisti jornalista jornalistas
columnista columnistas colunista colunistas kolumnist redacteur redacteurs dziennikarz dziennikarze autorzy redaktor
redaktori redaktorzy novinar novinari szerzo szerzok skribenter kirjoittaja kirjoittajat toimittaja toimittajat penulis
tac-gia kisha журналист журналисты автори συντάκτης συντάκτες arthrografos syntaktis 記者 作者 기자 كاتب كتاب
"""
_ARCHIVES = "archive archives archiv archivo archivos archivio arquivo archief arkiv arsiv архив browse by-date date"

LISTS = frozenset((_SUBJECTS + _PEOPLE + _ARCHIVES).split())
ARCHIVES = frozenset(_ARCHIVES.split())

# What a paper or house publishes. As the end of an address's last segment: /news, /all-latest-news, /in-the-news.
_PUBLISHED = frozenset(
    """
    news newsroom press blog blogs stories posts events releases headlines updates publications media
    nachrichten neuigkeiten aktuelles meldungen presse pressemitteilungen veranstaltungen termine berichte beitraege
    actualites actualités actus nouvelles evenements événements communiques communiqués publicaciones publicações
    noticias notícias novedades novidades prensa imprensa eventos comunicados notizie novita novità stampa eventi comunicati
    nieuws pers evenementen berichten nyheter nyheder aktuellt aktuelt pressemeldinger pressmeddelanden uutiset ajankohtaista
    aktualnosci aktualności wiadomosci wiadomości aktuality novinky zpravy zprávy hirek hírek stiri știri haberler haber novosti
    новости новини пресса вести события أخبار الأخبار اخبار חדשות 뉴스 소식 ニュース お知らせ 新闻 新聞 动态 समाचार खबरें tin-tuc berita
    """.split()
)
MAX_INDEX_WORDS = 3  # of such a segment; a story's has more


def index_word(address: str) -> str | None:
    """Return the last word of an address, when it says that the page lists what is published; None otherwise."""
    path = unquote(urlsplit(address[:1_000]).path).lower().rstrip("/")
    words = re.split(r"[-_+ ]+", re.sub(r"\.[a-z]{2,5}$", "", path.rpartition("/")[2]))
    return words[-1] if len(words) <= MAX_INDEX_WORDS and words[-1] in _PUBLISHED else None


# A page for print, as a pattern of a part of its address.
PRINT = (
    r"(?:print(?:able|er|-?version|-?view|-?page|_?friendly)?|druck(?:en|ansicht|version)?|imprimir|imprimer|impression|imprimable|stampa"
    r"|afdrukken|drukuj|skriv-?ut|yazdir|tisk|tulosta)"
)

# Pages that serve the reader and hold no story. As the last segment of an address, and alone.
SERVICE = frozenset(
    """
    login log-in logout signin sign-in signup sign-up register registration account my-account anmelden konto einloggen
    connexion inscription iniciar-sesion registro subscribe subscription subscriptions abo abonnement abonnements abonnieren
    suscripcion suscribete assine newsletter newsletters privacy privacy-policy datenschutz datenschutzerklaerung
    confidentialite privacidad privacidade impressum imprint mentions-legales aviso-legal colophon terms terms-of-service
    terms-of-use terms-and-conditions nutzungsbedingungen agb cgu cookies cookie-policy cookie-settings contact contact-us
    kontakt contacto contato contatti about about-us ueber-uns a-propos quienes-somos chi-siamo advertise advertising
    mediadaten publicidad publicite faq search suche suchen buscar busca recherche rechercher cerca zoeken sok haku
    cart checkout basket warenkorb donate wp-admin wp-login wp-json xmlrpc cgi-bin feed feeds rss atom sitemap
    print email-this share trackback reply accessibility barrierefreiheit
    amdanom-ni cysylltu preifatrwydd fuinn teagmhail qui-som contacte privadesa nor-gara harremanetarako
    pribatutasuna lege-oharra quen-somos piv-omp darempred gioi-thieu lien-he chinh-sach-bao-mat kuhusu-sisi
    wasiliana faragha o-nama kontakti privatnost o-nas kontakty polityka-prywatnosci regulamin hakkimizda iletisim
    kunye gizlilik gizlilik-politikasi om-oss om-os kontakta-oss integritetspolicy personvern privatlivspolitik
    tietoa-meista yhteystiedot tietosuoja rolunk kapcsolat adatvedelem despre-noi tentang-kami hubungi-kami
    kebijakan-privasi redaksi over-ons colofon privacybeleid quem-somos sobre-nos politica-de-privacidade
    politica-de-privacidad sobre-nosotros qui-sommes-nous nous-contacter politique-de-confidentialite note-legali rreth-nesh
    apie-mus kontaktai par-mums
    """.split()
)
# Pages that are new every day and tell no news; a link to them is not followed.
DAILY = frozenset(
    """
    crossword crosswords sudoku horoscope horoscopes horoskop wetter weather calendar kalender agenda
    """.split()
)

# Parameters that number the pages of a list, and those whose value names one article, or one section.
PAGE_PARAMETERS = frozenset(
    "page paged pg p seite pagina página pagenum pagenumber pageno pagewanted currentpage side sida strona strana oldal"
    " sivu trang sayfa halaman pageindex pagenr page_no page_num page_number pgno curpage _cur pagen e-page".split()
)
OFFSET_PARAMETERS = frozenset("offset start limitstart startrow startindex from skip first b_start debut".split())
ID_PARAMETERS = frozenset(
    "p id aid article articleid article_id artikel story storyid story_id newsid news_id nid post postid post_id cid itemid "
    "item idnews id_news noticia sid uid docid doc contentid".split()
)
SECTION_PARAMETERS = frozenset(
    "cat category section rubrik rubrique ressort topic tag channel catid kategorie c".split()
)
# Parameters that show a page in another language, which is a page of its own where no other link leads to it.
LANGUAGE_PARAMETERS = frozenset({"lang"})
# Parameters that show the same page in another way.
VIEW_PARAMETERS = frozenset(
    "sort order orderby sortby filter view print share replytocom format output amp lang action q s query search "
    "redirect return returnurl next login".split()
)
# What `view` or `action` says is shown, where the query names its number as well: one article, or a list.
_VIEWED_ARTICLE = frozenset("article articles artikel item story news post entry single read node content".split())
_VIEWED_LIST = frozenset(
    "category categories categoryblog section blog archive archives frontpage featured tag".split()
)
VIEWED = dict.fromkeys(("view", "action"), _VIEWED_ARTICLE | _VIEWED_LIST)
VIEWED_LISTS = dict.fromkeys(VIEWED, _VIEWED_LIST)

PAGE_WORDS = frozenset(
    "page pages seite pagina página p pg sida side strona strana stranica oldal sivu trang sayfa halaman страница".split()
)

# What a link to the following page of a list says, whole or at its beginning.
NEXT_WORDS = (
    "next", "next page", "older", "older posts", "older stories", "older articles", "older entries", "more stories",
    "more articles", "more news", "load more", "show more", "view more", "see more", "previous entries",
    "weiter", "nächste", "naechste", "nächste seite", "ältere beiträge", "ältere artikel", "ältere", "mehr laden", "mehr anzeigen",
    "suivant", "suivante", "page suivante", "articles plus anciens", "plus anciens", "voir plus",
    "siguiente", "página siguiente", "pagina siguiente", "entradas antiguas", "más antiguas", "anteriores", "ver más", "cargar más",
    "seguinte", "próxima", "próximo", "próxima página", "mais antigas", "ver mais", "carregar mais",
    "successivo", "successiva", "pagina successiva", "avanti", "più vecchi", "volgende", "volgende pagina", "oudere",
    "nästa", "nästa sida", "äldre", "neste", "neste side", "næste", "næste side", "ældre", "eldre", "seuraava", "vanhemmat",
    "następna", "następna strona", "dalej", "starsze", "další", "starší", "sonraki", "sonraki sayfa", "daha eski",
    "следующая", "далее", "следующая страница", "вперед", "вперёд", "старые записи", "наступна", "далі",
    "επόμενη", "επόμενο", "الصفحة التالية", "التالي", "التالية", "المزيد", "הבא", "הבאה", "بعدی", "صفحه بعد",
    "अगला", "下一页", "下一頁", "下页", "次へ", "次のページ", "前の記事", "다음", "다음 페이지", "berikutnya", "selanjutnya", "trang sau",
    ">", "»", "›", "→", ">>",
)  # fmt: skip
# What a button begins with that loads more of a list; it may go on: "Load more stories".
LOAD_WORDS = (
    "load more", "load older", "more stories", "more articles", "more news", "show more stories", "show more articles", "show more news",
    "mehr laden", "weitere laden", "weitere artikel", "weitere beiträge", "mehr artikel", "mehr beiträge", "charger plus", "charger la suite",
    "plus d'articles", "plus d’articles", "voir plus d", "afficher plus d", "cargar más", "más noticias", "más artículos", "ver más noticias",
    "carregar mais", "mais notícias", "ver mais notícias", "carica altri", "carica altro", "altri articoli", "altre notizie", "meer laden",
    "laad meer", "meer artikelen", "meer berichten", "ladda fler", "visa fler", "last inn flere", "vis flere", "indlæs flere", "lataa lisää",
    "näytä lisää", "załaduj więcej", "pokaż więcej artykułów", "więcej artykułów", "načíst další", "další články", "daha fazla haber",
    "daha fazla yükle", "încarcă mai mult", "mai multe știri", "több betöltése", "további cikkek", "φόρτωση περισσότερων", "περισσότερα άρθρα",
    "περισσότερες ειδήσεις", "загрузить ещё", "загрузить еще", "показать ещё", "показать еще", "ещё новости", "завантажити ще", "показати ще",
    "carregar més", "més notícies", "carregar máis", "máis novas", "kargatu gehiago", "albiste gehiago", "llwytho mwy", "mwy o straeon",
    "lódáil tuilleadh", "muat lebih", "berita lainnya", "tải thêm", "xem thêm tin", "โหลดเพิ่ม", "ดูเพิ่มเติม", "تحميل المزيد", "عرض المزيد",
    "بارگذاری بیشتر", "مطالب بیشتر", "טען עוד", "עוד כתבות", "और लोड करें", "और खबरें", "আরও লোড", "আরো খবর", "மேலும் ஏற்று",
    "加载更多", "載入更多", "查看更多", "更多新闻", "もっと見る", "さらに読み込む", "더보기", "더 보기", "pakia zaidi", "habari zaidi", "učitaj još", "још вести",
)  # fmt: skip

# What stands around the name of a parameter: "tx_news[currentPage]", "b_start:int", "debut_articles", "1a2b3c_page",
# "PAGEN_1", "query-3-page", "e-page-5f2a1b", "_com_liferay_list_cur".
_PREFIX = re.compile(
    r"^.*\[|:int$|(?<=^debut)_.*|^[0-9a-f]{6,10}_(?=page$)|(?<=^pagen)_\d+$|^query-\d+-(?=page$)"
    r"|(?<=^e-page)-[0-9a-f]+$|^_.+(?=_cur$)"
)
_LABELS = frozenset(NEXT_WORDS)
_EDGES = " \t\r\n\xa0›»→>←«‹<…."


def says_next(label: str) -> bool:
    """Return whether the words of a link say that it leads to the next page, or to older ones."""
    text = label.casefold() if label else ""
    return bool(text) and (text in _LABELS or text.strip(_EDGES) in _LABELS)


def counts_pages(name: str, value: str) -> bool:
    """Return whether a parameter of an address is the number of a page, or of a page's first story."""
    plain = plain_parameter(name)
    is_number = plain in PAGE_PARAMETERS or plain in OFFSET_PARAMETERS
    return is_number and bool(re.fullmatch(r"\d{1,6}", value))


def plain_parameter(name: str) -> str:
    """Return the name of a parameter without what a site's software sets around it."""
    return _PREFIX.sub("", name.lower()).rstrip("]")
