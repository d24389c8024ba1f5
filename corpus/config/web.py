"""[web]: where the pages are served, to whom, and how people sign in."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from corpus.config.table import Table
from corpus.config.units import Host, Network, Url


class WebSettings(Table):
    """[web]"""

    host: Host = Field("127.0.0.1", description="Address the pages are served on")
    port: int = Field(8765, ge=0, le=65535, description="Port the pages are served on; 0: any free one")
    processes: int = Field(
        0, ge=0, le=64, description="Processes that answer at once; 0: as many as there are cores, and 2 at most"
    )
    public: bool = Field(False, description="Others read it too: snippets and links instead of full texts")
    allowed_hosts: tuple[Host, ...] = Field(
        (), description="Host names the pages answer to, besides the address itself"
    )
    url: Url | None = Field(None, description="Address that readers type, with its path, when a proxy stands in front")
    trusted_proxies: tuple[Network, ...] = Field(
        (), description="Proxies whose X-Forwarded-For, -Proto and -Host are believed"
    )
    language: Literal["auto", "en", "ar", "de", "es", "fr"] = Field(
        "auto", description="Language of the pages; auto: the one each reader's browser asks for"
    )
    per_page: Literal[20, 50, 100] = Field(20, description="Hits on a page")
    accounts: Literal["none", "password", "proxy"] = Field(
        "none", description="How people sign in: nobody does, with a password of ours, or at a trusted proxy"
    )
    accounts_header: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9-]{0,60}$")] = Field(
        "X-Remote-User", description="Request header in which a trusted proxy names the person"
    )
    accounts_role: Literal["reader", "editor", "admin"] = Field(
        "reader", description="Role of people whom the proxy names and `pressmark users` does not"
    )

    @model_validator(mode="after")
    def _knows_its_proxy(self) -> Self:
        if self.accounts == "proxy" and not self.trusted_proxies:
            raise ValueError('accounts = "proxy" needs trusted_proxies: expected the proxy, such as ["127.0.0.1"]')
        return self
