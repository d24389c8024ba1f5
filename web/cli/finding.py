"""One check of this installation -> what it found, and the way out."""

from dataclasses import asdict, dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found; `way_out` says what to do, None where nothing is to be done."""

    check: str
    state: Literal["ok", "note", "problem"]
    text: str
    way_out: str | None = None

    def record(self) -> dict[str, object]:
        """Return the finding as JSON can hold it."""
        return asdict(self)
