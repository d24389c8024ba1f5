"""A span of time before now -> the moment: "2 hours ago", "vor 3 Tagen", "3小时前", "yesterday"."""

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from corpus.model import Precision
from crawler.dates.clock import Moment
from crawler.dates.months import AGO, SPANS, TODAY, YESTERDAY
from crawler.dates.named import spelled, tokens_of

_AGO = "ago"
_CJK_SPAN = re.compile(r"(\d{1,3})\s?(分钟|分鐘|分|小时|小時|時間|天|日|周|週間|분|시간|일|주)\s?(前|전)")


def read_span(text: str, today: datetime) -> Moment | None:
    """Count a span back from `today`: "2 hours ago", "vor 3 Tagen", "3小时前", "yesterday"."""
    if len(text) > 60:
        return None
    tokens = [spelled(word) for word in tokens_of(text.replace("'", "").replace("’", ""))]
    match = _CJK_SPAN.search(text)
    if match:
        return _back(today, int(match[1]) * SPANS[match[2]])
    if tokens and tokens[0] in YESTERDAY and len(tokens) <= 4:
        return _back(today, 1440)
    if tokens and tokens[0] in TODAY and len(tokens) <= 4 and not text.isupper():
        return _back(today, 0, whole_day=True)
    if not any(word in AGO for word in tokens):
        return None
    if _AGO in tokens:  # after its span; "18 ago 22h00" is a day of August elsewhere
        tokens = tokens[: tokens.index(_AGO)]
    for word, following in pairwise(tokens):
        if following in SPANS and (
            word.isdigit() or word in {"a", "an", "one", "einer", "une", "un", "una", "um", "uma", "een"}
        ):
            number = int(word) if word.isdigit() else 1
            return _back(today, number * SPANS[following]) if number < 400 else None
    return None


def _back(today: datetime, minutes: int, *, whole_day: bool = False) -> Moment:
    at = (today.astimezone(UTC) - timedelta(minutes=minutes)).replace(tzinfo=None)
    if minutes >= 1440 or whole_day:
        return Moment(datetime(at.year, at.month, at.day), Precision.DAY)  # noqa: DTZ001
    return Moment(at.replace(second=0, microsecond=0), Precision.MINUTE, timedelta())
