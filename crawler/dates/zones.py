"""The text after a time -> the distance from UTC: "+05:30", "CEST", "GMT+2", "ET", "[Asia/Kolkata]".

Abbreviations are read in capitals alone; an abbreviation of several zones means the zone whose papers print it most.
"""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

# Minutes east of UTC. IST is India's, CST and BST those of America and Britain, AMT and AST those of the Americas.
ZONES: dict[str, int] = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 60, "cet": 60, "mez": 60, "wat": 60, "west": 60, "cest": 120,
    "mesz": 120, "met": 60, "mest": 120, "eet": 120, "sast": 120, "cat": 120, "idt": 180, "eest": 180, "eat": 180,
    "msk": 180, "trt": 180, "irst": 210, "gst": 240, "azt": 240, "samt": 240, "aft": 270, "pkt": 300, "uzt": 300,
    "yekt": 300, "ist": 330, "slst": 330, "npt": 345, "omst": 360, "btt": 360, "mmt": 390, "wib": 420, "ict": 420,
    "krat": 420, "novt": 420, "sgt": 480, "hkt": 480, "pht": 480, "myt": 480, "wita": 480, "irkt": 480, "awst": 480,
    "jst": 540, "kst": 540, "wit": 540, "yakt": 540, "acst": 570, "aest": 600, "vlat": 600, "chst": 600, "acdt": 630,
    "aedt": 660, "nzst": 720, "fjt": 720, "nzdt": 780, "cvt": -60, "ndt": -150, "brt": -180, "art": -180, "adt": -180,
    "uyt": -180, "clst": -180, "nst": -210, "ast": -240, "edt": -240, "clt": -240, "vet": -240, "est": -300,
    "cdt": -300, "cot": -300, "pet": -300, "cst": -360, "mdt": -360, "mst": -420, "pdt": -420, "pst": -480,
    "akdt": -480, "akst": -540, "hst": -600,
}  # fmt: skip
# Letters that stand for the clock of a place, in summer as in winter.
_CLOCKS = {
    "et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver", "pt": "America/Los_Angeles",
    "kyiv": "Europe/Kyiv", "мск": "Europe/Moscow",
}  # fmt: skip
ZONE_WORDS = frozenset(ZONES) | frozenset(_CLOCKS)
REACH = 40  # characters after a time that are looked at

_OFFSET = re.compile(r"\s*\(?(?:UTC|GMT)?\s?([+-])(\d{1,2})(?::?([0-5]\d))?(?![\d:/.-])", re.I)
_KEY = re.compile(
    r"\s*[\[(]?((?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)/[A-Za-z]{2,20}"
    r"(?:[_-][A-Za-z]{1,20}){0,4}(?:/[A-Za-z_]{2,30})?)"
)
_LETTERS = re.compile(r"[\s,(\[]*([A-ZМСК]{1,4})\b")
_LATER_LETTERS = re.compile(r"\b([A-Z]{2,4})\b")


def zone_of(text: str, at: datetime) -> timedelta | None:
    """Return the distance from UTC that is written at the start of a text; None when none is.

    Args:
        text: What stands right after the time.
        at: The local time itself, naive: "ET" and "Europe/Berlin" depend on it.
    """
    near = text[:REACH]
    signed = _OFFSET.match(near)
    if signed:
        return _distance(signed[1], int(signed[2]), int(signed[3] or 0))
    key = _KEY.match(near)
    if key:
        return _of_place(key[1], at)
    word = _LETTERS.match(near) or _LATER_LETTERS.search(near[:16])
    if word is None:
        return None
    name = word[1].lower()
    after = _OFFSET.match(near[word.end() :]) if name in {"gmt", "utc", "ut"} else None
    if after and (after[3] or len(after[2]) <= 2):
        return _distance(after[1], int(after[2]), int(after[3] or 0))
    if name in _CLOCKS:
        return _of_place(_CLOCKS[name], at)
    return timedelta(minutes=ZONES[name]) if name in ZONES else None


def _distance(sign: str, hours: int, minutes: int) -> timedelta | None:
    span = timedelta(hours=hours, minutes=minutes)
    if span > timedelta(hours=14):
        return None
    return -span if sign == "-" else span


def _of_place(key: str, at: datetime) -> timedelta | None:
    try:
        return at.replace(tzinfo=ZoneInfo(key)).utcoffset()
    except (KeyError, ValueError, OSError):
        return None
