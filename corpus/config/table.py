"""The base class of every table of config.toml (frozen, strict, no unknown keys), and the type of a secret value."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from corpus.config.secrets import HIDDEN


class Table(BaseModel):
    """A table of config.toml."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, validate_default=True)


Secret = Annotated[str, Field(min_length=1), PlainSerializer(lambda _: HIDDEN, when_used="json")]
