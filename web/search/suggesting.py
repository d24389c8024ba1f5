"""A text that is being typed -> completions that find something, each with the count of that search: `/suggest`."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, jsonify, request

from corpus.people.names import fold, unaccented
from corpus.texts import Text, text, texts
from indexer.analysis.text import forms as surface_forms
from indexer.contract.facets import FACETS, FacetName, no_values
from indexer.contract.values import Match, Query, Sort
from indexer.query.describe import label
from indexer.query.parameters import TEXT
from web.languages.wording import said
from web.layout.notes import note_for_programs
from web.layout.services import CACHED_VALUES, current_services
from web.search.annotating import seen_annotations
from web.search.request import ask, searches_removed_texts, understand

blueprint = Blueprint("suggesting", __name__)

SUGGESTIONS = 8
LEAST = 2  # characters from which words and authors are suggested
LONGEST = 300  # characters typed; who has typed so much knows what follows
CANDIDATES = 40  # completions that are looked at, and the most that are counted
MANY_VALUES = 5000  # values of a field that are looked through when the first hundred have too few
NAME_WORDS = 4  # last words that may be the beginning of one name
PEOPLE = 4  # suggestions that are authors while no field is named

_FIELDS = {name: facet for facet in FacetName for name in FACETS[facet].fields}
_LAST = re.compile(r"(?P<head>.*?)(?P<lead>[-(!]*(?:(?P<field>[^\W\d_]+):)?)(?P<quote>\"?)(?P<part>[^\"]*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Typing:
    """A typed text, taken apart: `head`, what stands directly before the part (`-author:`), the part that is typed.

    Attributes:
        quoted: The part stands in quotation marks that are not closed.
        facet: The field whose value the part is; None: it is a word.
    """

    head: str
    lead: str
    part: str
    quoted: bool = False
    facet: FacetName | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text that the box may have, and what it completes."""

    text: str
    kind: str


@blueprint.get("/suggest")
def page() -> Response:
    """Complete what is typed: OpenSearch's suggestions, `[typed, [texts], [descriptions]]`.

    The parameters are those of a search; its filters hold for the counts, too.
    """
    given = [*request.args.items(multi=True)]
    typed = " ".join(request.args.get(TEXT.name, "").splitlines())
    rest = [pair for pair in given if pair[0] not in (TEXT.name, "page")]
    note_for_programs(ask(pair for pair in given if pair[0] != TEXT.name).notes)
    found = list(suggestions(typed, rest)) if len(typed) <= LONGEST else []
    response = jsonify([typed, [each.text for each, _ in found], [said(_described(*each)) for each in found]])
    response.mimetype = "application/x-suggestions+json"
    return response


def _described(completion: Suggestion, count: int) -> Text:
    """Return what stands beside a completion: "author, 12 articles"."""
    articles = texts("{n:,} article", "{n:,} articles", count)
    return text("{kind}, {articles}", kind=completion.kind, articles=articles)


def suggestions(typed: str, rest: list[tuple[str, str]]) -> Iterator[tuple[Suggestion, int]]:
    """Yield at most SUGGESTIONS completions with the number of articles that each of them finds, never 0.

    Args:
        typed: The text of the box.
        rest: The other parameters of the search.
    """
    typing = split(typed)
    aliases = current_services().aliases()
    candidates = _values(typing, rest, aliases) if typing.facet else _words_and_people(typing)
    given = 0
    for each in _each_once(candidates, typed):
        count = current_services().count(_query(each.text, rest, aliases))
        if count:
            yield each, count
            given += 1
        if given == SUGGESTIONS:
            return


def split(typed: str) -> Typing:
    """Take a typed text apart at the part that is being typed: the last word, or what the last quotation mark opens."""
    if typed.count('"') % 2:
        at = typed.rindex('"')
        start = max(typed.rfind(" ", 0, at), typed.rfind('"', 0, at)) + 1
    else:
        start = len(typed) - len(re.split(r"\s", typed)[-1])
    found = _LAST.fullmatch(typed[start:])
    if found is None:
        return Typing(typed, "", "")
    facet = _FIELDS.get((found["field"] or "").lower())
    return Typing(typed[:start] + found["head"], found["lead"], found["part"], bool(found["quote"]), facet)


def _each_once(candidates: Iterable[Suggestion], typed: str) -> Iterator[Suggestion]:
    seen = {typed.strip()}
    for each in candidates:
        if each.text not in seen and len(seen) <= CANDIDATES:
            seen.add(each.text)
            yield each


def _query(text: str, rest: list[tuple[str, str]], aliases: Mapping[str, str]) -> Query:
    services = current_services()
    read = understand(
        [(TEXT.name, text), *rest],
        per_page=services.config.web.per_page,
        now=services.now(),
        zone=services.zone,
        aliases=aliases,
        annotations=seen_annotations(),
        removed=searches_removed_texts(),
    )
    return read.query


# ---------------------------------------------------------------- inside a field


def _values(typing: Typing, rest: list[tuple[str, str]], aliases: Mapping[str, str]) -> Iterator[Suggestion]:
    """Yield the values of a field that begin with the part, or have a word that does; the most frequent first."""
    assert typing.facet is not None
    services = current_services()
    head = typing.head.strip()
    query = _query(head, rest, aliases)._replace(
        facets=(typing.facet,),
        interval=None,
        suggests=False,
        per_page=1,
        page=1,
        sort=Sort.NEWEST,
        match=Match.ALL,
    )
    for size in (CACHED_VALUES, MANY_VALUES):
        results = services.search(query._replace(facet_size=size)).results
        counts = [each for facet in results.facets for each in facet.counts if each.value not in no_values(facet.name)]
        names = services.labels(query, results)
        shown = {each.value: label(typing.facet, each.value, names) for each in counts}
        right = [value for value, name in shown.items() if _begins(name, typing.part) or _begins(value, typing.part)]
        if len(right) >= SUGGESTIONS or len(counts) < size:
            break
    for value in right[:CANDIDATES]:
        name = shown[value] if typing.facet is FacetName.AUTHOR else value
        yield Suggestion(f"{typing.head}{typing.lead}{_quoted(name, value)}", FACETS[typing.facet].noun)


def _begins(name: str, part: str) -> bool:
    wanted = unaccented(part).casefold().strip()
    return re.search(rf"(?:^|[\W_]){re.escape(wanted)}", unaccented(name).casefold()) is not None


def _quoted(name: str, key: str) -> str:
    """Return a value as a query has it; a name that a query could not hold is given by its key."""
    if '"' in name:
        return key
    return name if re.fullmatch(r"[\w.-]+", name) else f'"{name}"'


# ---------------------------------------------------------------- words, and authors


def _words_and_people(typing: Typing) -> Iterator[Suggestion]:
    whole = f"{typing.head} {typing.part}" if not (typing.quoted or typing.lead) else typing.part
    words = whole.split()
    if len(typing.part) < LEAST:
        return
    found = current_services().engine.complete(" ".join(words[-NAME_WORDS:]), limit=CANDIDATES)
    people = [each.text for each in found if each.kind == "author"] if not (typing.quoted or typing.lead) else []
    known = current_services().store.authors.labels(set(people))
    names = [(key, known[key].name if key in known else key) for key in people]
    named = [made for key, name in names if (made := _person(words, key, name))][:PEOPLE]
    yield from named[:1]  # of each kind the best one first; the others fill what is left
    forms = [each.text for each in found if each.kind == "word"]
    spelled = [made for form in forms if (made := _word(typing, form))]
    yield from spelled[: SUGGESTIONS - len(named)]
    yield from named[1:]
    yield from spelled[SUGGESTIONS - len(named) :]


def _word(typing: Typing, form: str) -> Suggestion | None:
    """Return the text with its last word completed, and every word before it as it was typed."""
    last = surface_forms(typing.part)[-1:]
    at = typing.part.casefold().rfind(last[0]) if last else -1
    if at < 0:
        return None
    mark = '"' if typing.quoted else ""
    return Suggestion(f"{typing.head}{typing.lead}{mark}{typing.part[:at]}{form}{mark}", text("word"))


def _person(words: list[str], key: str, name: str) -> Suggestion | None:
    """Return the text with an author in place of the last words that begin the name; the words before them stay."""
    for count in range(min(NAME_WORDS, len(words)), 0, -1):
        part = fold(" ".join(words[-count:]))
        if part and f"-{part}" in f"-{key}":
            before = " ".join(words[:-count])
            return Suggestion(f"{before} author:{_quoted(name, key)}".strip(), FACETS[FacetName.AUTHOR].noun)
    return None
