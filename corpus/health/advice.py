"""How a source does -> what that means for the archive, and what its user may try, the cheapest first."""

from collections.abc import Iterable

from corpus.health.values import GONE, NO_STORY, Health, HealthState
from corpus.reasons import is_known
from corpus.texts import Text, message, text

_LATER = message("wait for a night or two: what is due is asked for again by itself")
_OPEN = message("open {site} in a browser on this machine: does it work there")
_WHY = message("`pressmark why ADDRESS` says what became of one of the stories")
_SUBSCRIPTION = message("with a subscription, give its cookies: `cookies_file` of the source")
_OWNER = message("write to its owner; `pressmark politeness '{source}'` shows how the site was asked")
_RULES = message("its robots.txt says what is allowed: `exclude` what is not, or take the source out")
_ROBOTS_FILE = message(
    "open /robots.txt of {site} in a browser: as long as it fails, nothing is asked for (404 would do)"
)
_SLOWER = message("give it a longer `delay` in config.toml, and a `schedule` at a quiet hour")
_REREAD = message("look at one of the latest articles beside its page: `pressmark extract ADDRESS --explain`")
_SELECTORS = message(
    "where the page has it, say where: [source.selectors] in config.toml, then `pressmark extract --all`"
)
_NEW_URL = message("set its `url` in config.toml to the new address: what is stored keeps its old one")
_WAYS = message("`pressmark sources '{source}'` lists its feeds and sections: a feed may be dead, or have moved")
_NAME_LISTS = message("say what lists its stories: `sections` or `feeds` of the source in config.toml")
_NAME_FEEDS = message("say what names its stories to programs: `feeds` or `sitemaps` of the source in config.toml")
_KNOWN = message("to get no more messages until it is well: `pressmark sources ack '{source}'`")

_BY_CAUSE = {
    "http-401": (_SUBSCRIPTION,),
    "http-402": (_SUBSCRIPTION,),
    "http-429": (_SLOWER,),
    "http-503": (_LATER, _SLOWER),
    "timeout": (_LATER, _SLOWER),
    "resting": (_LATER, _SLOWER),
    "robots": (_RULES,),
    "robots-unreachable": (_LATER, _ROBOTS_FILE),
    "wall": (_OPEN, _SUBSCRIPTION),
    "paywall": (_SUBSCRIPTION,),
    "dns": (_LATER, message("look at the name in config.toml, and at the name servers of this machine")),
    "connect": (_LATER, _OPEN),
    "tls": (_OPEN, message("look at the clock of this machine: `pressmark doctor`")),
    "nofollow": (_NAME_FEEDS, _OWNER),
    "cookies": (message("look at the file that `cookies_file` of the source names"),),
    "bad-selector": (message("`pressmark config check` says which selector is invalid"),),
    "soft-404": (_OPEN, _NEW_URL),
    "http-404": (_OPEN, _NEW_URL),
    "http-410": (_OPEN, _NEW_URL),
    GONE: (_OPEN, _NEW_URL),
    NO_STORY: (_OPEN, _WAYS, _NAME_LISTS),
    "empty": (_REREAD, _SELECTORS),
    "text": (_REREAD, _SELECTORS),
    "date": (_REREAD, _SELECTORS),
    "day": (_REREAD, _SELECTORS),
    "author": (_REREAD, _SELECTORS),
    "headline": (_REREAD, _SELECTORS),
}
_BY_STATE = {
    HealthState.MOVED: (_OPEN, _NEW_URL),
    HealthState.BLOCKED: (_OPEN, _SLOWER, _OWNER),
    HealthState.FAILING: (_LATER, _OPEN, _WHY),
    HealthState.DRIFTING: (_REREAD, _SELECTORS),
    HealthState.SLOW: (_SLOWER,),
    HealthState.QUIET: (_OPEN, _WAYS),
}


_MISSING = message("its new stories are missing here; what is stored stays, and is found")
_MEANS = {
    HealthState.MOVED: message(
        "what it publishes at its new address is missing here; what is stored stays, and is found"
    ),
    HealthState.BLOCKED: _MISSING,
    HealthState.FAILING: _MISSING,
    HealthState.SLOW: message("its new stories come later, as a crawl leaves some to the next"),
    HealthState.QUIET: message("nothing is missing if it published nothing; else its new stories are"),
}
_MEANS_BY_CAUSE = {
    NO_STORY: message("there is no story of it here"),
    "author": message("a search for who wrote these articles does not find them"),
    "date": message("a search by date does not find these articles"),
    "day": message("these articles are found by month or year alone"),
    "headline": message("lists of results show these articles without a headline"),
    GONE: message("those that stay away are withdrawn: no search finds them then"),
}
_SOME_MISSING = message("these stories are missing here")


def meaning(health: Health) -> Text:
    """Return what a trouble means for what readers find, a sentence without a full stop.

    Raises:
        KeyError: The source is well.
    """
    usual = _SOME_MISSING if health.state is HealthState.DRIFTING else _MEANS[health.state]
    return text(_MEANS_BY_CAUSE.get(health.cause, usual))


def advice(health: Health, *, site: str | None = None) -> tuple[Text, ...]:
    """Return what to try, a sentence each without a full stop; none for a source that is well.

    Args:
        site: Its address in config.toml; None: it is not there any more.
    """
    tries = [each for one in health.apart() for each in _of_one(one, site)]
    known = [text(_KNOWN, source=health.source)] if health.is_alarming else []
    return tuple(dict.fromkeys([*tries, *known]))


def _of_one(health: Health, site: str | None) -> Iterable[Text]:
    if health.state is HealthState.OK:
        return ()
    are_lost = health.state is HealthState.DRIFTING and is_known(health.cause)  # some of its stories
    tries = list(_BY_CAUSE.get(health.cause, _BY_STATE[HealthState.FAILING if are_lost else health.state]))
    if health.state is HealthState.BLOCKED and _OWNER not in tries:
        tries.append(_OWNER)
    values = {"source": health.source, "site": site or text("its site")}
    return tuple(text(each, **values) for each in tries)
