"""`pressmark why MARK|URL`: one state, one reason, for every URL ever seen; of others, what a crawl would do."""

from datetime import UTC, datetime

import click

from corpus.config.secrets import without_tokens
from corpus.errors import NotFound, PressmarkError
from corpus.model import FROM_FEED, FrontierEntry, LeftOut, StoredArticle
from corpus.reasons import Reason, consequence, word_of
from corpus.store import LoggedVisit
from corpus.texts.counted import counted
from indexer.results.addressed import KnownAddress, known_at, next_visit
from web.cli.context import Context
from web.cli.index_state import index_state
from web.cli.output import clean, json_option, minute, moment, print_json
from web.cli.unseen import prospects

VISITS = 50  # that are listed, the latest; JSON has all

HELP = """\
Say what became of a URL, or of an article by its pressmark: how it was found,
how each visit ended, whether it is an article, a copy of another one, and in
the index. Of a URL that was never seen: what a crawl would do with it, by
config and the stored robots.txt; no host is asked. Exit code 4 then.
"""


@click.command(help=HELP)
@click.argument("url", metavar="MARK|URL")
@json_option
@click.pass_context
def why(ctx: click.Context, *, url: str, as_json: bool) -> None:
    """Run `pressmark why`."""
    context: Context = ctx.obj
    known = known_at(url, context.store)
    key = known.url if known else None
    if known is None:
        raise click.UsageError(
            f"{clean(url)!r}: expected an address such as https://gazette.example/story, or a pressmark such as k7f003"
        )
    if key is None:
        raise NotFound(f"{clean(url)}: no article has this pressmark")
    entry, stored, left_out = known.entry, known.stored, known.left_out
    if entry is None and stored is None and left_out is None:
        _print_prospects(context, key, as_json=as_json)
        raise NotFound(_unknown(context, key))
    visits = context.store.journal.visits(key, limit=None if as_json else VISITS)
    if as_json:
        record = {"url": key, **_left_out(left_out), **_waiting(context, entry), **_article(context, stored)}
        print_json({**record, "visits": [_visit(each) for each in visits]})
        return
    facts = {"url": key, **_facts(context, known)}
    for name, value in facts.items():
        if value is not None:
            click.echo(f"{name:8} {clean(value)}")
    for visit in visits:
        at = visit.at.astimezone(context.config.zone)
        redirected = visit.final_url and f"after a redirect to {without_tokens(visit.final_url)}"
        words = (f"{at:%Y-%m-%d %H:%M:%S}", visit.outcome.value, visit.reason, visit.status, redirected)
        click.echo(f"visit    {clean(' '.join(str(word) for word in words if word is not None))}")
    if more := context.store.journal.count(key) - len(visits):
        click.echo(f"visit    and {counted(more, 'earlier one')}: --json lists all")


def _facts(context: Context, known: KnownAddress) -> dict[str, str | None]:
    """Return the lines of what is known of an address, each by its name; None: there is nothing to say."""
    facts: dict[str, str | None] = {}
    if known.left_out is not None:
        found, since = known.left_out
        facts |= {
            "found": _found(context, found, since),
            "state": "left out",
            "reason": f"{found.reason}: {consequence(found.reason).says}",
            "next": "not asked for",
        }
    if (entry := known.entry) is not None:
        facts |= {
            "source": entry.source,
            "found": _way(context, entry.first_seen, entry.via, entry.parent),
            "state": entry.state.value,
            "outcome": entry.outcome,
            "reason": entry.reason,
            "meaning": _meaning(entry.reason),
            "next": _next(context, entry),
        }
    if (stored := known.stored) is not None:
        leader, (_, indexed) = _leader(context, stored), _indexed(context, stored)
        facts["article"] = _standing(stored)
        facts["copy of"] = f"{leader.mark} of {leader.article.source}: {leader.article.url}" if leader else None
        facts["indexed"] = indexed
    return facts


def _standing(stored: StoredArticle) -> str:
    """Say what stands of an article, and how much of a very long text searches know."""
    from indexer.analysis.joined import words_indexed

    if stored.withdrawn:
        return f"{stored.mark}, withdrawn: {stored.withdrawn}"
    said = f"{stored.mark}, stored{' with the text that its feed brought' if _is_from_feed(stored) else ''}"
    for name in ("stories", "cut", "parts", "goes_on", "leaving"):
        if fact := stored.article.facts.get(name):
            said = f"{said}; {fact}"
    partly = words_indexed(stored.article.body)
    return f"{said}; searches know the first {partly[0]:,} of its {partly[1]:,} words" if partly else said


def _leader(context: Context, stored: StoredArticle) -> StoredArticle | None:
    """Return the article that stands for a copy in searches; None: the article is no copy."""
    return context.store.article(stored.copy_of) if stored.copy_of is not None else None


def _indexed(context: Context, stored: StoredArticle) -> tuple[bool | None, str]:
    """Return whether the index has the latest change of an article (None: not known), and the same in words."""
    try:
        index = index_state(context)
    except PressmarkError as error:  # such as a cluster that does not answer: all else is said without it
        return None, f"not known: {error}"
    if index.trouble:
        return None, f"not known: {index.trouble}"
    if stored.sequence <= index.position:
        return True, "yes" if stored.withdrawn is None else "no longer, as it is withdrawn"
    latest = "its latest change" if stored.withdrawn is None else "that it is withdrawn"
    return False, f"not yet: the next `pressmark index` takes in {latest}"


def _left_out(named: tuple[LeftOut, datetime] | None) -> dict[str, object]:
    """Return what JSON has of an address that is not asked for; `via` is null where a digest alone is remembered."""
    if named is None:
        return {}
    found, since = named
    return {
        "found": moment(since),
        "via": found.via or None,
        "parent": found.parent,
        "state": "left out",
        "reason": found.reason,
        "meaning": _meaning(found.reason),
        "next": None,
    }


def _waiting(context: Context, entry: FrontierEntry | None) -> dict[str, object]:
    """Return what JSON has of an address of the frontier; `next` is null when it is not asked for again."""
    if entry is None:
        return {}
    found = next_visit(entry, context.store, context.config, datetime.now(UTC))
    return {
        "source": entry.source,
        "found": moment(entry.first_seen),
        "via": entry.via,
        "parent": entry.parent,
        "state": entry.state.value,
        "outcome": entry.outcome,
        "reason": entry.reason,
        "meaning": _meaning(entry.reason),
        "next": moment(found.at),
        "host_rests": found.at is not None and found.at > entry.due,
    }


def _article(context: Context, stored: StoredArticle | None) -> dict[str, object]:
    """Return what JSON has of the article at an address; `article` is its pressmark, or null."""
    if stored is None:
        return {"article": None}
    leader = _leader(context, stored)
    return {
        "article": stored.mark,
        "withdrawn": stored.withdrawn,
        "copy_of": leader.mark if leader else None,
        "indexed": _indexed(context, stored)[0],
        "from_feed": _is_from_feed(stored),
        "cut": stored.article.facts.get("cut"),
        "parts": stored.article.facts.get("parts"),
        "goes_on": stored.article.facts.get("goes_on"),
        "leaving": stored.article.facts.get("leaving"),
    }


def _visit(visit: LoggedVisit) -> dict[str, object]:
    return {
        "at": moment(visit.at),
        "outcome": visit.outcome.value,
        "reason": visit.reason,
        "status": visit.status,
        "redirected_to": without_tokens(visit.final_url) if visit.final_url else None,
    }


def _is_from_feed(stored: StoredArticle) -> bool:
    return stored.article.facts.get("body") == FROM_FEED


def _print_prospects(context: Context, key: str, *, as_json: bool) -> None:
    """Print what a crawl would do with an address that was never seen."""
    found = prospects(context, key, datetime.now(UTC))
    if as_json:
        print_json({"url": key, "state": "never seen", "would": found, "visits": []})
        return
    for name, value in (("url", key), ("state", "never seen")):
        click.echo(f"{name:8} {clean(value)}")
    if not found:
        click.echo("source   none follows its site; `pressmark add URL` follows one")
    for record in found:
        for name, value in record.items():
            if value is not None:
                click.echo(f"{name:8} {clean(str(value))}")


def _found(context: Context, found: LeftOut, since: datetime) -> str:
    """Say where an address that was left out was named, and when."""
    if not found.via:  # a digest alone is remembered of it
        return f"{since.astimezone(context.config.zone):%Y-%m-%d}, among more addresses than are remembered in full"
    return _way(context, since, found.via, found.parent)


def _way(context: Context, at: datetime, via: str | None, parent: str | None) -> str:
    """Say when and how an address was found, as the page of its article does, and the address that it stood in."""
    from web.sources.via_words import via_word

    found = f"{minute(at, context.config.zone)} {via_word(via) if via else 'by a visit'}"
    return f"{found}: {parent}" if parent else found


def _unknown(context: Context, key: str) -> str:
    """Say that nobody named an address, as far as that is known."""
    counted = context.store.evidence.only_counted()
    if not counted:
        return f"{key}: never seen; no feed, sitemap or page of a source named it"
    named = ", ".join(f"{times:,} of {clean(source)}" for source, times in sorted(counted.items()))
    return (
        f"{key}: not among the addresses that are remembered; more were left out than are, and only counted: {named}"
        f"; `pressmark sources NAME` has the reasons"
    )


def _meaning(reason: str | None) -> str | None:
    """Say a reason of the table in words; a listing's remarks on what it read are none."""
    word = word_of(reason) if reason else ""
    return consequence(reason).says if reason and (word in set(Reason) or word.startswith("http-")) else None


def _next(context: Context, entry: FrontierEntry) -> str:
    """Say when the URL is asked for again."""
    found = next_visit(entry, context.store, context.config, datetime.now(UTC))
    when = minute(found.at, context.config.zone) if found.at is not None else None
    return ", ".join(filter(None, (when, found.said)))
