"""The index, here or in a cluster -> findings of `pressmark doctor`."""

from collections.abc import Iterator

from corpus.errors import IndexUnreachable, PressmarkError, StoreError
from corpus.texts.counted import counted
from web.cli.context import Context
from web.cli.finding import Finding


def index_finding(context: Context) -> Finding:
    """Say how the index does, and of one in a cluster whether all of it is there."""
    from indexer.open import verify_configured

    try:
        engine, sequence = context.engine, context.store.sequence
        behind = sequence - engine.position  # asked first: it opens the newest commit, and so notices damage and age
        if engine.damage:
            return Finding("index", "problem", f"damaged: {engine.damage}", "`pressmark index rebuild`")
        if engine.outdated:
            return Finding("index", "note", str(engine.outdated), "the next search or `pressmark index` rebuilds it")
        in_cluster = context.config.indexer.engine == "opensearch"
        if in_cluster and (problems := verify_configured(context.config, context.store)):
            return Finding("index", "problem", "; ".join(problems), "mend the cluster, or `pressmark index rebuild`")
    except IndexUnreachable as error:
        return Finding("index", "problem", str(error), "nothing is lost: `pressmark index` goes on when it is mended")
    except StoreError as error:
        return Finding("index", "note", f"not looked at: {error}", "it is built from the store; mend that first")
    except PressmarkError as error:
        return Finding("index", "problem", str(error), "`pressmark index rebuild`")
    if behind:
        return Finding("index", "note", f"{counted(behind, 'change')} behind", "`pressmark index`")
    return Finding("index", "ok", "up to date")


def forms_finding(context: Context) -> Finding | None:
    """Say in which languages the forms of a word find each other; None where no article or no index is."""
    from corpus.texts import first_of
    from corpus.texts.languages import language_name
    from indexer.analysis.stems import MAX_LANGUAGES, languages, left_out
    from indexer.query.absent import language_counts

    try:
        counts = language_counts(context.engine.search)
    except PressmarkError:
        return None  # the index's own finding says it
    if not counts:
        return None
    given = context.config.indexer.languages
    chosen = languages(counts) if given == "auto" else given
    joined = ", ".join(language_name(code) for code in chosen)
    if lacking := left_out(counts, chosen):
        names = first_of([f"{language_name(code)} ({counted(counts[code], 'article')})" for code in lacking])
        bounds = f"{MAX_LANGUAGES} languages of the same letters at most, of a hundredth of the articles or more"
        why = bounds if given == "auto" else "config.toml"
        return Finding(
            "word forms",
            "note",
            f"the forms of a word find each other in {joined}; not in {names}, by {why}",
            "[indexer] languages in config.toml names them, if you search in them",
        )
    return Finding("word forms", "ok", f"the forms of a word find each other in {joined}")


def kernel_finding() -> Finding | None:
    """Say whether an installed compiled kernel is used; None where there is none, as nothing needs it."""
    from corpus.kernel import SWITCH, is_switched_off
    from crawler.body.model.compiled import compiled
    from crawler.markup.compiled import installed
    from indexer.results import compiled as results
    from indexer.storage.kernel import kernel, why_idle

    way_out = "install the kernel of this release (`make kernel`); until then {} slower, not other"
    if why := why_idle():
        done = f"unset {SWITCH} to use it" if is_switched_off() else way_out.format("searches are")
        return Finding("kernel", "note", f"the compiled kernel is not used: {why}", done)
    parts = {"blocks": compiled(), "pages": installed(), "the marks of results": results.compiled()}
    if kernel() and (lacking := [name for name, found in parts.items() if not found]):
        said = f"the compiled kernel is used for searches, not for {', '.join(lacking)}: it is of another release"
        return Finding("kernel", "note", said, way_out.format("these are"))
    return Finding("kernel", "ok", "the compiled kernel is used") if kernel() else None


def store_findings(context: Context) -> Iterator[Finding]:
    """Say of each store in the cluster whether its articles are searched."""
    from indexer.contract.origin import settings
    from indexer.open import stores_in_cluster

    try:
        stores = stores_in_cluster(context.config)
    except PressmarkError as error:
        yield Finding("stores", "problem", str(error), "nothing is lost: the articles are where they were crawled")
        return
    if not stores:
        prefix = context.config.indexer.prefix
        text = f'no store has indexed anything under prefix = "{prefix}"'
        yield Finding("stores", "note", text, "`pressmark index` on a machine that crawls")
    for one in stores:
        if one.left_out:
            yield Finding("stores", "problem", f"{one.where}: not searched: {one.left_out}", "`pressmark index` there")
        elif (own := one.state.origin.settings) != (here := settings(context.config.zone)):
            text = f"{one.where}: its dates are by {own}, and those of searches here by {here}"
            yield Finding("stores", "note", text, "set one timezone on all machines, and `pressmark index` there")
        else:
            yield Finding("stores", "ok", f"{one.where}: {counted(one.state.position, 'change')} indexed")
