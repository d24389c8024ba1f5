"""[keep]: for how long what crawls leave behind is stored."""

from typing import Self

from pydantic import Field, field_validator, model_validator

from corpus.config import units
from corpus.config.table import Table
from corpus.config.units import Length

LEAST = units.length("30 d")


class KeepSettings(Table):
    """[keep]"""

    captures: Length | None = Field(None, description="Raw responses are emptied after this; for ever if not set")
    visits: Length = Field(units.length("400 d"), description="The log of single visits")
    runs: Length = Field(units.length("3 y"), description="The receipts of crawls; at least as long as visits")

    @field_validator("captures", "visits", "runs")
    @classmethod
    def _is_long_enough(cls, value: Length | None) -> Length | None:
        if value is not None and value < LEAST:
            raise ValueError("is too short: expected 30 d or more, as sources are compared with their last weeks")
        return value

    @model_validator(mode="after")
    def _outlasts_visits(self) -> Self:
        if self.runs < self.visits:
            raise ValueError("runs: expected at least as long as visits, which name their crawl")
        return self
