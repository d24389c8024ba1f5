"""`pressmark dossiers`: collections of articles with notes and tags; filled, shared, handed over as files."""

from pathlib import Path
from typing import Any

import click

from corpus.texts.counted import counted
from web.cli.api_calls import ask, file_of, path_of, say_undo, show
from web.cli.bundles import bundle
from web.cli.context import Context
from web.cli.output import file_option, json_option, print_json, print_records
from web.cli.words import QueryCommand

HELP = """\
Collect articles, with notes and tags; share a collection, and hand it over.

MARK is what a dossier is known by, such as d-7f3k2; an article is named by its
pressmark, such as k7f003.

\b
Examples:
  pressmark dossiers begin 'The sea wall' --about 'For chapter 3'
  pressmark dossiers fill d-7f3k2 'flood defences' site:herald.example
  pressmark dossiers put d-7f3k2 k7f003 --note 'Start here.' --tag money
  pressmark dossiers share d-7f3k2 link
  pressmark dossiers export d-7f3k2 -o wall.zip
  pressmark dossiers bundle make d-7f3k2
"""
COLUMNS = ("mark", "name", "articles", "shared", "address", "about")
ARTICLES = ("place", "id", "headline", "published", "source", "note", "tags")
SHARED = {"nobody": "", "people": "people", "link": "link"}


@click.group(invoke_without_command=True, help=HELP)
@json_option
@click.pass_context
def dossiers(ctx: click.Context, *, as_json: bool) -> None:
    """Run `pressmark dossiers`: `list`, unless another verb follows."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_, as_json=as_json)


@dossiers.command("list", help="List the dossiers, the one changed last first.")
@json_option
@click.pass_context
def list_(ctx: click.Context, *, as_json: bool) -> None:
    """List the dossiers, the one changed last first."""
    found = ask(ctx.obj, "GET", "/dossiers")["items"]
    print_records(found, columns=COLUMNS, as_json=as_json)
    if not found:
        ctx.obj.say("there is no dossier yet: `pressmark dossiers begin NAME` begins one")


@dossiers.command("show", help="List the articles of a dossier, with notes and tags.")
@click.argument("mark")
@json_option
@click.pass_context
def show_(ctx: click.Context, *, mark: str, as_json: bool) -> None:
    """List the articles of a dossier, with notes and tags."""
    found = ask(ctx.obj, "GET", path_of("dossiers", mark, "articles"))
    if as_json:
        print_json(found)
        return
    rows = [each | {"tags": ", ".join(each["tags"])} for each in found["items"]]
    print_records(rows, columns=ARTICLES, as_json=False)
    if not rows:
        ctx.obj.say("no article is in it yet: `pressmark dossiers put MARK ARTICLE` puts one in")


@dossiers.command(help="Begin a dossier, and print its mark.")
@click.argument("name")
@click.option("--about", default="", help="A sentence on it.")
@json_option
@click.pass_context
def begin(ctx: click.Context, *, name: str, about: str, as_json: bool) -> None:
    """Begin a dossier, and print its mark."""
    made = ask(ctx.obj, "POST", "/dossiers", {"name": name, "about": about})
    if as_json:
        print_json(made)
    else:
        click.echo(made["mark"])


@dossiers.command(help="Give a dossier another name or sentence.")
@click.argument("mark")
@click.option("--name", help="What to call it.")
@click.option("--about", help="A sentence on it.")
@json_option
@click.pass_context
def change(ctx: click.Context, *, mark: str, name: str | None, about: str | None, as_json: bool) -> None:
    """Give a dossier another name or sentence."""
    show(ask(ctx.obj, "PATCH", path_of("dossiers", mark), _given(name=name, about=about)),
         as_json=as_json, columns=COLUMNS)  # fmt: skip
    say_undo(ctx.obj, path_of("d", mark))


@dossiers.command(cls=QueryCommand, help="Put all articles that a search finds into a dossier, 10,000 at most.")
@click.argument("mark")
@click.argument("query", nargs=-1)
@json_option
@click.pass_context
def fill(ctx: click.Context, *, mark: str, query: tuple[str, ...], as_json: bool) -> None:
    """Put all articles that a search finds into a dossier, 10,000 at most."""
    from web.layout.state import State

    search = State(q=" ".join(" ".join(query).split())).url().partition("?")[2]
    made = ask(ctx.obj, "POST", path_of("dossiers", mark, "searches"), {"search": search})
    show(made, as_json=as_json, columns=("new", "found"))
    say_undo(ctx.obj, path_of("d", mark))


@dossiers.command(help="Put articles into a dossier, or write note and tags of those in it.")
@click.argument("mark")
@click.argument("articles", metavar="ARTICLE...", nargs=-1, required=True)
@click.option("--note", help="In place of the note it has.")
@click.option("--tag", "tags", multiple=True, help="In place of the tags it has; again for more of them.")
@json_option
@click.pass_context
def put(
    ctx: click.Context, *, mark: str, articles: tuple[str, ...], note: str | None, tags: tuple[str, ...], as_json: bool
) -> None:
    """Put some in; of several, all are looked up before the first is put in."""
    body = _given(note=note, tags=list(tags) or None)
    if len(articles) > 1:
        for each in articles:
            ask(ctx.obj, "GET", path_of("articles", each))
    made = []
    for each in articles:
        made.append(ask(ctx.obj, "PUT", path_of("dossiers", mark, "articles", each), body))
        say_undo(ctx.obj, path_of("d", mark))
    if as_json:
        print_json(made if len(made) > 1 else made[0])
    else:
        print_records([each | {"tags": ", ".join(each["tags"])} for each in made], columns=ARTICLES, as_json=False)


@dossiers.command("of", help="Say which dossiers hold an article, with the notes there, and its tags.")
@click.argument("article")
@json_option
@click.pass_context
def of_article(ctx: click.Context, *, article: str, as_json: bool) -> None:
    """Show what was added to an article."""
    _show_annotations(ask(ctx.obj, "GET", path_of("articles", article, "annotations")), as_json=as_json)


@dossiers.command(help="Give an article tags in place of those it has, in whatever dossier it stands or in none.")
@click.argument("article")
@click.argument("tags", nargs=-1)
@click.option("--none", "no_tags", is_flag=True, help="Take all its tags away.")
@json_option
@click.pass_context
def tag(ctx: click.Context, *, article: str, tags: tuple[str, ...], no_tags: bool, as_json: bool) -> None:
    """Give an article tags in place of those it has, in whatever dossier it stands or in none."""
    if bool(tags) is no_tags:
        raise click.UsageError("expected tags, or --none to take all of them away")
    made = ask(ctx.obj, "PUT", path_of("articles", article, "tags"), {"tags": list(tags)})
    _show_annotations(made, as_json=as_json)
    say_undo(ctx.obj, path_of("a", made["id"]))


@dossiers.command("take-out", help="Take an article out of a dossier; it stays in the archive.")
@click.argument("mark")
@click.argument("article")
@json_option
@click.pass_context
def take_out(ctx: click.Context, *, mark: str, article: str, as_json: bool) -> None:
    """Take an article out of a dossier; it stays in the archive."""
    ask(ctx.obj, "DELETE", path_of("dossiers", mark, "articles", article))
    _say_gone(ctx.obj, {"dossier": mark, "taken_out": article}, path_of("d", mark), as_json=as_json)


@dossiers.command(help="Let others read a dossier: nobody, people with an account, or all who have its address.")
@click.argument("mark")
@click.argument("readers", metavar="nobody|people|link", type=click.Choice(tuple(SHARED)))
@click.option("--new-address", is_flag=True, help="End the address it has, and give it another.")
@json_option
@click.pass_context
def share(ctx: click.Context, *, mark: str, readers: str, new_address: bool, as_json: bool) -> None:
    """Let others read a dossier: nobody, people with an account, or all who have its address."""
    body = {"shared": SHARED[readers], **_given(new_address=new_address or None)}
    show(ask(ctx.obj, "PATCH", path_of("dossiers", mark), body), as_json=as_json, columns=COLUMNS)
    say_undo(ctx.obj, path_of("d", mark))


@dossiers.command(help="Say who changed what of a dossier, and when, the last change first.")
@click.argument("mark")
@json_option
@click.pass_context
def history(ctx: click.Context, *, mark: str, as_json: bool) -> None:
    """Show what was changed."""
    found = ask(ctx.obj, "GET", path_of("dossiers", mark, "history"))
    if as_json:
        print_json(found)
    else:
        print_records(found["items"], columns=("at", "who", "said", "search", "undone"), as_json=False)
        if not found["items"]:
            ctx.obj.say("nothing was changed in it so far")


@dossiers.command(help="Delete a dossier; its articles stay in the archive.")
@click.argument("mark")
@json_option
@click.pass_context
def remove(ctx: click.Context, *, mark: str, as_json: bool) -> None:
    """Delete a dossier; its articles stay in the archive."""
    ask(ctx.obj, "DELETE", path_of("dossiers", mark))
    _say_gone(ctx.obj, {"dossier": mark, "deleted": True}, "/dossiers", as_json=as_json)


@dossiers.command(help="Write a dossier to a file: its ending says how (zip, html, md, csv, ris, bib, csl.json, wacz).")
@click.argument("mark")
@file_option("The file.", required=True)
@click.option("--tag", default="", help="Only articles with this tag; none: those without any.")
@json_option
@click.pass_context
def export(ctx: click.Context, *, mark: str, output: Path, tag: str, as_json: bool) -> None:
    """Write a dossier to a file: its ending says how (zip, html, md, csv, ris, bib, csl.json, wacz)."""
    from web.cli.output import write_bytes

    ending = "csl.json" if output.name.endswith(".csl.json") else output.suffix.removeprefix(".").lower()
    known = ("bib", "csl.json", "csv", "html", "md", "ris", "wacz", "zip")
    if ending not in known:
        raise click.BadParameter(f"{str(output)!r}: expected a name that ends with one of {', '.join(known)}",
                                 param_hint="--output")  # fmt: skip
    pieces = file_of(ctx.obj, path_of("dossiers", mark, "exports", ending), **({"tag": tag} if tag else {}))
    size = write_bytes(output, pieces)
    if as_json:
        print_json({"file": str(output), "bytes": size})
    else:
        ctx.obj.say(f"{counted(size, 'byte')} in {output}")


dossiers.add_command(bundle)


def _show_annotations(found: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(found)
        return
    click.echo(f"tags: {', '.join(found['tags']) or 'none'}")
    if not found["dossiers"]:
        click.echo("dossiers: none")
        return
    print_records(found["dossiers"], columns=("mark", "name", "note"), as_json=False)


def _given(**values: object) -> dict[str, object]:
    return {name: value for name, value in values.items() if value is not None}


def _say_gone(context: Context, record: dict[str, object], page: str, *, as_json: bool) -> None:
    if as_json:
        print_json(record)
    say_undo(context, page)
