"""The days of a month -> one strip: a bar a day, what was lost on top, what is usual as a step, gaps hatched."""

from collections.abc import Sequence

from markupsafe import Markup

from corpus.runs.coverage import CoveredDay

WIDE = 31  # days: the same day stands under the same day in every month
TALL = 36  # units of the plot; the label of a gap stands above it
PATTERN = Markup(
    '<svg width="0" height="0" aria-hidden="true"><pattern id="gap" class="n" width="5" height="5"'
    ' patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V5"/></pattern></svg>'
)


def highest(days: Sequence[CoveredDay]) -> float:
    """Return the scale that all strips of a page share."""
    return max((max(each.facts.read + each.facts.lost, each.usual or 0) for each in days), default=0) or 1


def strip(days: Sequence[CoveredDay], scale: float) -> Markup:
    """Draw a month; hidden from screen readers, as the numbers stand in the table."""
    read, lost, usual = [], [], []
    parts = ['<svg class="strip" aria-hidden="true">']
    for each in days:
        x = (each.day.day - 1) * 10
        tall, more = (amount / scale * TALL for amount in (each.facts.read, each.facts.lost))
        if each.facts.read:
            read.append(f"M{x + 1} {TALL}v-{max(tall, 1):.3g}h8V{TALL}z")
        if each.facts.lost:
            lost.append(f"M{x + 1} {TALL - tall:.3g}v-{max(more, 1):.3g}h8v{max(more, 1):.3g}z")
        if each.usual is not None:
            usual.append(f"M{x} {TALL - each.usual / scale * TALL:.3g}h10")
    for number, first, length in _gaps(days):
        left, wide = (first - 1) / WIDE * 100, length / WIDE * 100
        parts.append(f'<rect x="{left:.4g}%" width="{wide:.4g}%" y="25%" height="75%" fill="url(#gap)"/>')
        parts.append(f'<text x="{left + wide / 2:.4g}%" y="11" text-anchor="middle">{number}</text>')
    parts.append(f'<svg viewBox="0 0 {WIDE * 10} {TALL}" preserveAspectRatio="none" y="25%" height="75%">')
    for kind, drawn in (("b", read), ("r", lost), ("us", usual)):
        if drawn:
            parts.append(f'<path class="{kind}" d="{"".join(drawn)}"/>')
    parts.append("</svg>")
    end = len(days) / WIDE * 100
    parts.append(f'<line class="x" x2="{end:.4g}%" y1="100%" y2="100%"/></svg>')
    return Markup("".join(parts))  # noqa: S704 - numbers of ours


def _gaps(days: Sequence[CoveredDay]) -> list[tuple[int, int, int]]:
    """Return (number, first day, length) of each gap in a month."""
    found: list[tuple[int, int, int]] = []
    for each in days:
        if each.gap and found and found[-1][0] == each.gap:
            found[-1] = (each.gap, found[-1][1], found[-1][2] + 1)
        elif each.gap:
            found.append((each.gap, each.day.day, 1))
    return found
