"""[keep]: for how long what crawls leave behind is stored."""

from typing import Self

from pydantic import Field, model_validator

from corpus.config import units
from corpus.config.table import Table
from corpus.config.units import Length


class KeepSettings(Table):
    """[keep]"""

    captures: Length | None = Field(None, description="Raw responses are emptied after this; for ever if not set")
    visits: Length = Field(units.length("400 d"), description="The log of single visits")
    runs: Length = Field(units.length("3 y"), description="The receipts of crawls; at least as long as visits")

    @model_validator(mode="after")
    def _is_long_enough(self) -> Self:
        for name in ("captures", "visits", "runs"):
            value = getattr(self, name)
            if value is not None and value < units.length("30 d"):
                raise ValueError(f"{name}: expected 30 d or more: sources are compared with their last weeks")
        if self.runs < self.visits:
            raise ValueError("runs: expected at least as long as visits, which name their crawl")
        return self
