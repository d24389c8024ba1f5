"""An article's CSL item -> what its page embeds for machines: meta tags, COinS and JSON-LD; Zotero reads all three."""

import json
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from corpus.iso_dates import iso_date
from corpus.model import Article, AuthorKind
from indexer.results.citations import inverted, issued


def meta(item: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the meta tags that Scholar and reference managers read, by Highwire's names.

    There is no `citation_journal_title`: by it a newspaper's article is filed as a journal's.
    """
    pairs = [("citation_title", item["title"]), ("citation_publisher", item["container-title"])]
    pairs += [("citation_author", inverted(each)) for each in item.get("author", ())]
    if parts := issued(item):
        pairs.append(("citation_publication_date", "/".join(f"{each:02}" for each in parts)))
    if language := item.get("language"):
        pairs.append(("citation_language", language))
    return [*pairs, ("citation_public_url", item["URL"])]


def coins(item: dict[str, Any]) -> str:
    """Return the article as an OpenURL ContextObject (Z39.88-2004), for the title of a `span.Z3988`.

    The format is Dublin Core's with Zotero's own name of the type, as Zotero itself writes newspaper articles.
    """
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", "newspaperArticle"),
        ("rft.title", item["title"]),
        ("rft.source", item["container-title"]),
        ("rft.identifier", item["URL"]),
        ("rft.date", "-".join(f"{each:02}" for each in issued(item))),
        ("rft.language", item.get("language", "")),
        ("rft.description", item.get("abstract", "")),
        *map(_creator, item.get("author", ())),
    ]
    return urlencode([pair for pair in pairs if pair[1]])


def _creator(name: dict[str, str]) -> tuple[str, str]:
    """Return an author as Zotero takes one apart: a name that stays whole has a comma after it, or is an organisation.

    An organisation comes before all others there; so only a name that has a comma itself is given as one.
    """
    literal = name.get("literal")
    if literal is None:
        return "rft.au", inverted(name)
    return ("rft.aucorp", literal) if "," in literal else ("rft.au", f"{literal},")


def json_ld(article: Article, item: dict[str, Any]) -> Markup:
    """Return the article as schema.org's NewsArticle; nothing of it can end the script it stands in."""
    kinds = {AuthorKind.PERSON: "Person"}
    paper = {"@type": "NewsMediaOrganization", "name": item["container-title"]}
    fields = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": item["title"],
        "author": [{"@type": kinds.get(each.kind, "Organization"), "name": each.name} for each in article.authors],
        "datePublished": iso_date(article.published),
        "dateModified": iso_date(article.updated),
        "publisher": paper,
        "isPartOf": {"@type": "Newspaper", "name": item["container-title"]},
        "inLanguage": article.language,
        "articleSection": item.get("section"),
        "description": item.get("abstract"),
        "dateline": article.dateline,
        "url": item["URL"],
        "identifier": item["id"],
    }
    text = json.dumps({name: value for name, value in fields.items() if value}, ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 - what could be markup is escaped as JSON has it
