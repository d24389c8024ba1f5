"""A run that ended -> what it brought, a line for each source."""

from corpus.model import Run


def receipt(run: Run) -> list[str]:
    """Say what a crawl did, a line per source."""
    took = (run.ended - run.started).total_seconds() if run.ended else 0.0
    lines = [f"crawl {run.status}: {took:.1f} s, {run.bytes / 1_000_000:.1f} MB"]
    for source, counts in run.counts.items():
        lines.append(
            f"  {source}: " + (", ".join(f"{count:,} {outcome}" for outcome, count in counts.items()) or "nothing due")
        )
    return [*lines, *([f"  {run.note}"] if run.note else [])]
