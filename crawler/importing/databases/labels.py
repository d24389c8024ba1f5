"""The words by which the databases label the fields of an article, in the languages of their pages; and languages."""

import re

from corpus.texts.languages import CODES

# Field -> labels, in lower case. A label stands at the start of a line, before a colon.
LABELS: dict[str, tuple[str, ...]] = {
    "byline": ("byline", "autor", "auteur", "autore", "author", "verfasser", "auteurs", "autores", "authors"),
    "section": ("section", "rubrik", "ressort", "rubrique", "sección", "seccion", "sectie", "seção", "sezione"),
    "length": ("length", "länge", "laenge", "longueur", "longitud", "lengte", "lunghezza", "comprimento"),
    "dateline": ("dateline", "ort", "lieu", "lugar"),
    "standfirst": (
        "highlight", "abstract", "zusammenfassung", "résumé", "resumen", "samenvatting", "riassunto", "resumo",
    ),
    "language": ("language", "sprache", "langue", "idioma", "taal", "lingua", "language of publication"),
    "published": ("publication date", "erscheinungsdatum", "date de publication", "fecha de publicación"),
    "title": ("title", "headline", "titel", "titre", "título", "titulo", "titolo"),
    "source": ("publication title", "titel der publikation", "titre de la publication", "título de la publicación"),
    "text": ("full text", "volltext", "texte intégral", "texto completo", "testo completo", "body"),
    "url": ("document url", "dokument-url", "url du document", "url del documento"),
    "other": (
        "load-date", "update", "date-chargement", "fecha-carga", "publication-type", "zeitungs-code",
        "type-publication", "tipo-publicación", "graphic", "grafik", "graphique", "correction", "correction-date",
        "notes", "series", "subject", "organization", "industry", "geographic", "person", "company", "ticker",
        "country", "state", "city", "journal-code", "copyright", "acc-no", "document-type", "jur", "classification",
        "company / organization", "identifier / keyword", "location", "people", "issn", "isbn", "source type",
        "document type", "proquest document id", "database", "links", "last updated", "pages", "first page",
        "publication year", "publication info", "publication subject", "publisher", "place of publication",
        "country of publication", "volume", "issue", "column", "edition", "publisher location", "number of pages",
        "credit", "illustration", "caption", "dataset", "source attribution",
    ),
}  # fmt: skip
FIELD_OF = {label: field for field, labels in LABELS.items() for label in labels}

_LABEL = re.compile(r"[ \t]*([^\W\d_][\w /.-]{1,40}?)[ \t]*[:：](?:[ \t]+(.*))?\Z")


def labelled(line: str) -> tuple[str, str] | None:
    """Return field and value of a line that begins with a label; None for any other line."""
    match = _LABEL.match(line)
    field = FIELD_OF.get(match[1].lower()) if match else None
    return (field, (match[2] or "").strip()) if match and field else None


def language(text: str | None) -> str | None:
    """Return the code of the first known language in words such as "ENGLISH; Deutsch"; else the words."""
    words = re.findall(r"[^\W\d_]+", (text or "").lower())
    return next((CODES[word] for word in words if word in CODES), text or None)
