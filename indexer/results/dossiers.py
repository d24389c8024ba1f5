"""A dossier -> its exports, with notes and tags."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.iso_dates import iso_date
from corpus.model import StoredArticle
from indexer.results.article_markdown import inline, markdown
from indexer.results.citations import bibtex, ris
from indexer.results.exporting import BOM, Options, csv_line
from indexer.results.passages import Quoted, lines

COLUMNS = ("place", "id", "headline", "authors", "published", "source", "url", "note", "tags", "passages")


@dataclass(frozen=True, slots=True)
class Collected:
    """An article of a dossier with what a reader added to it; `place` counts from 1."""

    place: int
    stored: StoredArticle
    note: str = ""
    tags: tuple[str, ...] = ()
    passages: tuple[Quoted, ...] = ()

    @property
    def notes(self) -> str:
        """The note, and after it the marked passages with theirs, a line each."""
        return "\n".join(filter(None, (self.note, *lines(self.passages))))


def csv_lines(collected: Iterable[Collected], empty: Sequence[str] = ()) -> Iterator[str]:
    """Write a heading and a row an article, formulas guarded; `empty` names columns for a reader to fill in."""
    yield BOM + csv_line([*COLUMNS, *empty])
    for each in collected:
        article = each.stored.article
        yield csv_line(
            [
                str(each.place),
                each.stored.mark,
                article.headline,
                "; ".join(who.name for who in article.authors),
                iso_date(article.published),
                article.source,
                article.url,
                each.note,
                "; ".join(each.tags),
                "\n".join(lines(each.passages)),
                *("" for _ in empty),
            ]
        )


def bibtex_lines(collected: Iterable[Collected], options: Options) -> Iterator[str]:
    """Write BibTeX: note and passages as `annote`, the tags as `keywords`."""
    for each in collected:
        item = options.cited(each.stored)
        yield bibtex(item, annote=each.notes, keywords=", ".join(each.tags))


def ris_lines(collected: Iterable[Collected], options: Options) -> Iterator[str]:
    """Write RIS: note and passages as N1, each tag as KW."""
    for each in collected:
        item = options.cited(each.stored)
        added = [
            *(("N1", " ".join(note.split())) for note in (each.note, *lines(each.passages))),
            *(("KW", tag) for tag in each.tags),
        ]
        yield ris(item, tuple(pair for pair in added if pair[1]))


def csl_lines(collected: Iterable[Collected], options: Options) -> Iterator[str]:
    """Write CSL-JSON: note and passages as `annote`, the tags as `keyword`."""
    before = "[\n "
    for each in collected:
        item = {
            **options.cited(each.stored),
            **({"annote": each.notes} if each.notes else {}),
            **({"keyword": ", ".join(each.tags)} if each.tags else {}),
        }
        yield before + json.dumps(item, ensure_ascii=False, indent=1).replace("\n", "\n ")
        before = ",\n "
    yield "[]\n" if before.startswith("[") else "\n]\n"


def markdown_lines(name: str, about: str, collected: Iterable[Collected]) -> Iterator[str]:
    """Write Markdown: a heading an article, its facts, passages as a list, the note as a quotation, tags, text."""
    yield f"# {inline(name)}\n\n" + (f"{inline(about)}\n\n" if about else "")
    for each in collected:
        article = each.stored.article
        names = ", ".join(who.name for who in article.authors)
        facts = " · ".join(part for part in (names, article.source, iso_date(article.published) or "undated") if part)
        yield f"## {each.place}. {inline(article.headline or each.stored.mark)}\n\n"
        yield f"{inline(facts)}  \n<{article.url}>\n\n"
        if each.passages:
            yield "".join(f"* {inline(line)}\n" for line in lines(each.passages)) + "\n"
        if each.note:
            yield "".join(f"> {inline(line)}\n" for line in each.note.splitlines()) + "\n"
        if each.tags:
            yield f"Tags: {inline(', '.join(each.tags))}\n\n"
        yield markdown(article.body, article.structure, below=2)
