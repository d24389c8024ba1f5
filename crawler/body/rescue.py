"""A body and a page's JSON-LD articleBody -> the articleBody, where the page shows far less of it."""

from crawler.text import text_length

MIN_RESCUE = 600  # letters; a shorter articleBody is often only the description
MAX_SHOWN = 0.3  # of the articleBody's length; a page that shows more is read as it stands


def rescue(body: str, hints: str) -> str | None:
    """Return the articleBody of a page that shows far less of it, in paragraphs; else None."""
    if text_length(hints) < MIN_RESCUE or text_length(body) > MAX_SHOWN * text_length(hints):
        return None
    return "\n\n".join(line for part in hints.split("\n") if (line := " ".join(part.split())))
