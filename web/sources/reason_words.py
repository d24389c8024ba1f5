"""The stored reason of a visit -> the same as people read it: what it means, in the language of the page."""

from corpus.reasons import consequence, is_known
from corpus.texts import text


def explained(reason: str) -> str:
    """Return what a reason means, with the reason as it is stored, its details too; an unknown one stands alone."""
    if not is_known(reason):
        return reason
    return text("{sentence} ({reason})", sentence=consequence(reason).says, reason=reason)
