"""The formats of a dossier that are one text: what each is called, its type, and what writes it."""

from collections.abc import Callable, Iterable, Iterator

from corpus.store.desk.dossiers import Dossier
from indexer.results.dossier_html import html_lines
from indexer.results.dossiers import (
    Collected,
    bibtex_lines,
    csl_lines,
    csv_lines,
    markdown_lines,
    ris_lines,
)
from indexer.results.exporting import Options

Writer = Callable[[Dossier, Iterable[Collected], Options], Iterator[str]]
MARKDOWN = "md"  # has the texts of the articles that are given to it with their texts
FORMATS: dict[str, tuple[str, str, Writer]] = {
    "csv": ("CSV", "text/csv", lambda _, collected, options: csv_lines(collected)),
    "ris": ("RIS", "application/x-research-info-systems", lambda _, collected, options: ris_lines(collected, options)),
    "bib": ("BibTeX", "application/x-bibtex", lambda _, collected, options: bibtex_lines(collected, options)),
    "csl.json": (
        "CSL-JSON",
        "application/vnd.citationstyles.csl+json",
        lambda _, collected, options: csl_lines(collected, options),
    ),
    MARKDOWN: (
        "Markdown",
        "text/markdown",
        lambda dossier, collected, options: markdown_lines(dossier.name, dossier.about, collected),
    ),
}
PAGE = "html"  # with whole texts, so that it is not for all who have an address
WITH_TEXTS: dict[str, tuple[str, str, Writer]] = {
    PAGE: (
        "HTML",
        "text/html",
        lambda dossier, collected, options: html_lines(dossier.name, dossier.about, collected),
    ),
}
TAKES_TEXTS = frozenset({MARKDOWN, *WITH_TEXTS})
