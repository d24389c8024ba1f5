"""A run -> lines that say which addresses brought no story, and why: by state and reason, with examples."""

from corpus.reasons import consequence
from corpus.store import ArticleStore
from web.cli.output import clean
from web.cli.source_page import in_words

_BROUGHT = frozenset({"article", "listing"})  # states that the line of counts above says all of


def lost_lines(store: ArticleStore, run: int) -> list[str]:
    """Return the lines of a run's receipt on what it did not get, source by source; none when it got everything."""
    examples = store.census.left_out_in(run)
    lines: list[str] = []
    for source, counts in store.census.of_run(run).items():
        said = [f"{sum(reasons.values()):,} {state}: {in_words(reasons)}" for state, reasons in _lost(counts)]
        for reason, (count, shown) in examples.get(source, {}).items():
            such = f", such as {shown[0]}" if shown else ""
            said.append(f"{count:,} left out for {reason} ({consequence(reason).says}{such})")
        lines += [f"  {clean(source)}: {clean(each)}" for each in said]
    return lines


def _lost(counts: dict[str, dict[str, int]]) -> list[tuple[str, dict[str, int]]]:
    return [(state, reasons) for state, reasons in counts.items() if state not in {*_BROUGHT, "left-out"}]
