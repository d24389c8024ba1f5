"""A key of a record, or the name of a column, in the words of tools and of people -> the field it is for."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# Field -> keys of tools; the first that holds something counts. From the documentation of our own exports, news-please,
# newspaper4k, trafilatura, Media Cloud, Zotero, schema.org, Highwire, WordPress and the usual news APIs.
_TOOLS: dict[str, str] = {
    "url": """
        url link address canonicalurl canonicallink finalurl pageurl articleurl weburl permalink guid ur sourceurl
        source id""",
    "headline": "headline title titlepage titlerss articletitle documenttitle name hd",
    "standfirst": """
        standfirst description summary abstract abstractnote excerpt deck subtitle lead metadescription kicker
        trailtext""",
    "byline": "byline",
    "authors": "authors author creator creators by writer writers dccreator journalist",
    "published": """
        published date datepublish publishdate pubdate datepublished publishedat publisheddate publicationdate
        publishedon pubtime issued day timestamp webpublicationdate firstpublished publisheddatetimeutc
        publicationyear year""",
    "updated": "updated modified datemodify datemodified updatedat modifieddate lastmodified",
    "body": """
        text body content maintext fulltext rawtext article articlebody bodytext story contents cleanedtext textcleaned
        plaintext contenthtml html texthtml articlehtml""",
    "language": "language lang metalang inlanguage languagecode",
    "section": "section category categories rubric sectionname topic desk",
    "source": """
        source site publisher sourcename sitename sourcehostname publicationtitle containertitle medianame metasitename
        outlet newspaper journal publication sourcedomain hostname domain""",
    "fetched": """
        fetched datedownload downloaddate scrapedat crawledat retrieved indexeddate collectdate firstseen accessdate
        filedate""",
}
# What people call the columns of their tables, in the languages that presses we know write in.
_PEOPLE: dict[str, str] = {
    "url": """
        Adresse Webadresse Internetadresse Lien Enlace Dirección Endereço Indirizzo Collegamento
        Adres Odkaz Länk Lenke Ссылка Адрес Посилання 链接 鏈接 連結 网址 網址 リンク アドレス 링크 주소 رابط الرابط
        קישור लिंक Bağlantı""",
    "headline": """
        Titel Überschrift Ueberschrift Schlagzeile Titre Título Titular Titolo Título Manchete
        Kop Tytuł Nagłówek Titulek Nadpis Overskrift Otsikko Cím Titlu Naslov Başlık Заголовок
        Название Назва 标题 標題 题名 タイトル 見出し 題名 제목 표제 عنوان العنوان כותרת शीर्षक""",
    "standfirst": """
        Untertitel Vorspann Anreißer Zusammenfassung Chapeau Résumé Sous-titre Subtítulo Resumen
        Entradilla Resumo Sottotitolo Sommario Riassunto Samenvatting Streszczenie Ingress Özet
        Аннотация Подзаголовок 摘要 要約 概要 リード 요약 부제 ملخص""",
    "authors": """
        Autor Autoren Autorin Verfasser Verfasserin Auteur Auteurs Autores Autora Autore Autori
        Forfatter Författare Kirjoittaja Szerző Yazar Автор Авторы 作者 记者 記者 著者 筆者 執筆者 저자 기자 글쓴이
        الكاتب المؤلف מחבר लेखक""",
    "published": """
        Datum Erscheinungsdatum Veröffentlicht Veröffentlichungsdatum Veroeffentlicht
        Publikationsdatum Erscheinungstag Fecha Fecha_de_publicación Fecha_publicación Publicado
        Date_de_publication Date_publication Publié Data_de_publicação Data_pubblicazione
        Data_di_pubblicazione Pubblicato Publicatiedatum Data_publikacji Dato Publiceringsdatum
        Udgivelsesdato Julkaistu Tarih Dátum Дата Дата_публикации Опубликовано 日期 发布日期 發布日期 出版日期
        日付 掲載日 発行日 公開日 날짜 발행일 게재일 تاريخ التاريخ תאריך दिनांक Data Jahr Année Año Ano Anno""",
    "updated": """
        Aktualisiert Geändert Mis_à_jour Modifié Actualizado Modificado Atualizado Aggiornato
        Gewijzigd Обновлено 更新 更新日期 更新日 수정일""",
    "body": """
        Volltext Artikeltext Inhalt Texte Texte_intégral Contenu Texto Texto_completo Cuerpo
        Contenido Corpo Conteúdo Testo Contenuto Tekst Inhoud Treść Brödtext Brødtekst Indhold
        Teksti Szöveg Metin İçerik Текст Содержание 正文 内容 內容 全文 本文 記事本文 본문 내용 نص النص المحتوى
        תוכן पाठ""",
    "language": "Sprache Langue Idioma Lingua Língua Taal Język Språk Sprog Dil Язык 语言 語言 言語 언어 اللغة",
    "section": """
        Ressort Rubrik Kategorie Rubrique Catégorie Sección Categoría Seção Secção Categoria
        Sezione Rubriek Categorie Dział Kategoria Sektion Kategori Рубрика Раздел 栏目 欄目 版面 分类 分類
        セクション 面名 섹션 분야 قسم القسم""",
    "source": """
        Quelle Medium Zeitung Medienname Fuente Medio Periódico Fonte Veículo Jornal Giornale
        Testata Bron Krant Źródło Gazeta Källa Kilde Tidning Kaynak Gazete Источник Издание 来源
        來源 媒体 媒體 报纸 報紙 新聞名 媒体名 出典 출처 언론사 신문사 المصدر الصحيفة מקור स्रोत""",
    "fetched": "Abgerufen Abrufdatum Consulté Consultado Geraadpleegd Дата_загрузки 采集时间 取得日",
}
MAX_KEY = 200  # characters; a longer one is no name
_NO_LETTER = re.compile(r"[\W_]+")


@lru_cache(maxsize=4096)
def plain_key(key: str) -> str:
    """Return a key as keys are compared: in lower case, letters and digits only, without accents."""
    return _NO_LETTER.sub("", unicodedata.normalize("NFKD", key[:MAX_KEY].casefold()))  # an accent is no letter


def _keys(field: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(plain_key(key) for key in (*_TOOLS[field].split(), *_PEOPLE.get(field, "").split())))


KEYS: dict[str, tuple[str, ...]] = {field: _keys(field) for field in _TOOLS}
"""Field -> keys as `plain_key` returns them; the first that holds something counts."""

NO_ADDRESS = frozenset({"guid", "ur", "source", "id"})  # keys of `url` that as often hold something else

KNOWN = frozenset(key for keys in KEYS.values() for key in keys)


def left_out(keys: Iterable[str], *, most: int = 12) -> str | None:
    """Say which keys stand for no field of an article; None when all of them do."""
    strange = [key for key in dict.fromkeys(keys) if key.strip() and plain_key(key) not in KNOWN]
    if not strange:
        return None
    more = f" and {len(strange) - most:,} more" if len(strange) > most else ""
    return ", ".join(strange[:most]) + more
