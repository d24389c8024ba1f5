"""Stored articles -> the lines of an export; the pages' downloads and `pressmark export` write the same."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from corpus.iso_dates import iso_date
from corpus.model import StoredArticle
from corpus.records import EXPORTED, OF_TEXT, PAGE, stored_record, whole_record
from corpus.spreadsheets import guarded
from corpus.store import Alias, ArticleStore
from corpus.texts import text
from indexer.results.article_markdown import article_markdown
from indexer.results.citations import bibtex, csl, ris

BOM = "\ufeff"  # Excel takes a CSV file that begins with it for UTF-8, and any other for an old code page

_UNWRITABLE = dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])  # control characters but \t \n \r


@dataclass(frozen=True, slots=True)
class Options:
    """What a writer needs beside the articles: the time, whether it may write their texts, the papers' names.

    Attributes:
        papers: Name of a source -> the name of its paper, where citations give another than the source's.
        fields: The keys that CSV and JSON lines give of an article, in the order of EXPORTABLE.
    """

    now: datetime
    with_text: bool = True
    papers: Mapping[str, str] = field(default_factory=dict)
    fields: tuple[str, ...] = EXPORTED

    @property
    def withheld(self) -> tuple[str, ...]:
        """The fields of which nothing is given."""
        return () if self.with_text else tuple(name for name in self.fields if name in OF_TEXT)

    def cited(self, stored: StoredArticle) -> dict[str, Any]:
        """Return the article as a CSL-JSON item."""
        source = stored.article.source
        return csl(stored, self.papers.get(source, source), retrieved=self.now)


def _json_one(articles: Iterable[StoredArticle], options: Options) -> Iterator[str]:
    keys = PAGE if options.with_text else tuple(key for key in PAGE if key not in OF_TEXT)
    for stored in articles:
        yield _json(stored_record(stored, keys))


def _text_one(articles: Iterable[StoredArticle], options: Options) -> Iterator[str]:
    for stored in articles:
        each = stored.article
        body = each.body if options.with_text else each.body.partition("\n\n")[0]
        head = [each.headline, each.standfirst, each.byline or ", ".join(who.name for who in each.authors)]
        foot = f"{each.source}, {iso_date(each.published) or 'undated'}\n{each.url}\nPressmark {stored.mark}"
        yield "\n\n".join(part for part in (*head, body, foot) if part) + "\n"


def _markdown_one(articles: Iterable[StoredArticle], options: Options) -> Iterator[str]:
    for stored in articles:
        yield article_markdown(stored, most=None if options.with_text else 1)


def _jsonl(articles: Iterable[StoredArticle], options: Options) -> Iterator[str]:
    for stored in articles:
        yield _json(stored_record(stored, options.fields, with_text=options.with_text))


def _csv(articles: Iterable[StoredArticle], options: Options) -> Iterator[str]:
    """Write a heading, then one row an article; authors are joined by "; ", structure is JSON, formulas are guarded."""
    yield ",".join(options.fields) + "\r\n"
    for stored in articles:
        row = stored_record(stored, options.fields, with_text=options.with_text)
        yield _line([_cell(_in_a_cell(column, row[column])) for column in options.fields])


def _in_a_cell(column: str, value: Any) -> Any:
    if column in ("authors", "corrected"):
        return "; ".join(value)
    return json.dumps(value, ensure_ascii=False) if column == "structure" and value is not None else value


def _excel(articles: Iterable[StoredArticle], options: Options) -> Iterator[str]:
    yield BOM
    yield from _csv(articles, options)


def _bibtex(articles: Iterable[StoredArticle], options: Options) -> Iterator[str]:
    for stored in articles:
        yield bibtex(options.cited(stored))


def _ris(articles: Iterable[StoredArticle], options: Options) -> Iterator[str]:
    for stored in articles:
        yield ris(options.cited(stored))


def _csl_json(articles: Iterable[StoredArticle], options: Options) -> Iterator[str]:
    lead = "[\n"
    for stored in articles:
        item = options.cited(stored)
        yield lead + json.dumps(item, ensure_ascii=False, indent=1)
        lead = ",\n"
    yield "\n]\n" if lead[0] == "," else "[]\n"


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format that articles are given in.

    Attributes:
        name: What it is asked for by: `--format NAME`, `/search.NAME`.
        ending: Of the file, and of an article's address: `/a/k7f003.ENDING`.
        one, many: Is it given of one article, of many?
        shown: A browser shows it; else it saves it.
    """

    name: str
    title: str
    ending: str
    media_type: str
    write: Callable[[Iterable[StoredArticle], Options], Iterator[str]]
    one: bool = False
    many: bool = False
    shown: bool = False


FORMATS: dict[str, ExportFormat] = {
    each.name: each
    for each in (
        ExportFormat("jsonl", text("JSON lines"), "jsonl", "application/jsonl", _jsonl, many=True),
        ExportFormat("csv", "CSV", "csv", "text/csv", _csv, many=True),
        ExportFormat("excel", text("CSV for Excel"), "csv", "text/csv", _excel, many=True),
        ExportFormat("bib", "BibTeX", "bib", "application/x-bibtex", _bibtex, one=True, many=True),
        ExportFormat("ris", "RIS", "ris", "application/x-research-info-systems", _ris, one=True, many=True),
        ExportFormat(
            "csl", "CSL-JSON", "csl.json", "application/vnd.citationstyles.csl+json", _csl_json, one=True, many=True
        ),
        ExportFormat("txt", text("Plain text"), "txt", "text/plain", _text_one, one=True, shown=True),
        ExportFormat("md", "Markdown", "md", "text/markdown", _markdown_one, one=True, shown=True),
        ExportFormat("json", "JSON", "json", "application/json", _json_one, one=True, shown=True),
    )
}
OF_ONE = {each.ending: each for each in FORMATS.values() if each.one}
OF_MANY = {each.name: each for each in FORMATS.values() if each.many}


def whole_jsonl(articles: Iterable[StoredArticle], store: ArticleStore) -> Iterator[str]:
    """Write one JSON object a line, with all that the store knows: an import makes the same articles of them.

    Args:
        store: Where the articles are, for the texts they have had and when they were last seen.
    """
    for stored in articles:
        texts = store.revisions(stored.id) if stored.revision > 1 or stored.withdrawn is not None else ()
        times = store.times(stored.id)
        yield _json(
            whole_record(
                stored,
                texts,
                confirmed=times.confirmed,
                withdrawn_at=times.withdrawn_at,
                corrections=store.corrections.of(stored.article.url),
            )
        )


def corpus_lines(store: ArticleStore) -> Iterator[str]:
    """Write a whole corpus: its articles, those withdrawn, its merges of authors."""
    yield from whole_jsonl(store.every(), store)
    yield from whole_jsonl((stored for stored, _ in store.withdrawn()), store)
    yield from map(_merge_line, store.authors.alias_rows())


def _merge_line(alias: Alias) -> str:
    merge = {"key": alias.key, "canonical": alias.canonical, "evidence": alias.evidence, "made": alias.made.isoformat()}
    return _json({"author_merge": merge})


def _json(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"


def _cell(value: object) -> str:
    text = "" if value is None else str(value).translate(_UNWRITABLE)
    return guarded(text)


def csv_line(values: Iterable[object]) -> str:
    """Return a row of CSV, every cell quoted, and guarded where a spreadsheet would run it."""
    return _line(map(_cell, values))


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerow(cells)
    return out.getvalue()
