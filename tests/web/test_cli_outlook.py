"""What `pressmark add` says of a site names some reasons for which links are left out, and counts the others."""

from corpus.model import LeftOut
from corpus.reasons import Reason
from corpus.via import Via
from crawler.looking import record
from crawler.preview import SourceReport
from web.cli.outlook import outlook

SITE = "https://paper.example/"


def said(left_out: dict[Reason, int]) -> str:
    every = [
        LeftOut(url=f"{SITE}{word}/{n}", reason=word, via=Via.HOME)
        for word, count in left_out.items()
        for n in range(count)
    ]
    look = record(SourceReport(address=SITE, robots="allowed", left_out=tuple(every)))
    assert sum(each["count"] for each in look["left_out"]) == len(every)
    return "\n".join(outlook(look, "paper"))


def test_links_that_are_left_out_for_further_reasons_are_counted():
    reasons = (Reason.SHAPE, Reason.SERVICE_PAGE, Reason.OUT_OF_SCOPE, Reason.ROBOTS, Reason.TOO_OLD, Reason.SERIES)
    text = said({reason: 9 - n for n, reason in enumerate(reasons)})
    assert "×9" in text
    assert "; for other reasons ×15" in text
    assert "for other reasons" not in said(dict.fromkeys(reasons[:3], 2))
