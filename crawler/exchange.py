"""What one HTTP exchange asks, may cost, and brings back: plain values, no network."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one exchange may cost.

    Attributes:
        deadline: For the whole of it, from looking up the name to the last byte.
        silence: The longest wait for a connection or for the next bytes.
    """

    deadline: timedelta = timedelta(seconds=60)
    silence: timedelta = timedelta(seconds=20)
    max_bytes: int = 5_000_000
    max_header_bytes: int = 64 * 1024
    max_redirects: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to ask for.

    Attributes:
        etag, last_modified: Validators exactly as received before; the answer may then be 304.
        headers: Further headers of the source, such as a cookie; sent to `address`'s host only.
        page: True for a page to read, which must look like HTML; False for feeds, sitemaps and robots.txt.
        ports: Ports allowed beside the fetcher's: those of the source's own addresses.
        max_bytes: Another limit than the fetcher's, such as a sitemap's.
    """

    address: str
    etag: str | None = None
    last_modified: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    page: bool = True
    ports: frozenset[int] = frozenset()
    max_bytes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What came back, whole and inflated.

    Attributes:
        address: What was asked in this exchange; after `Fetcher.fetch` the last hop's.
        redirect: Where a redirect points, absolute; None when the answer is final.
        hops: The redirects on the way here: status and the address it came from.
        charset: Of the Content-Type header, as sent.
        wire_bytes: As transferred, before inflating.
        sent: The request's headers.
        server: The literal address that answered.
    """

    address: str
    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes = b""
    redirect: str | None = None
    hops: tuple[tuple[int, str], ...] = ()
    wire_bytes: int = 0
    took: timedelta = timedelta()
    sent: tuple[tuple[str, str], ...] = ()
    server: str | None = None

    def header(self, name: str) -> str | None:
        """The first header of that name, in lower case."""
        return next((value for key, value in self.headers if key == name), None)

    @property
    def etag(self) -> str | None:
        return self.header("etag")

    @property
    def last_modified(self) -> str | None:
        return self.header("last-modified")

    @property
    def content_type(self) -> str | None:
        return self.header("content-type")

    @property
    def charset(self) -> str | None:
        return charset_of(self.content_type)


def charset_of(content_type: str | None) -> str | None:
    """Return the charset a Content-Type header names, as sent; None when it names none."""
    _, _, rest = (content_type or "").lower().partition("charset=")
    return rest.split(";")[0].strip(" \"'") or None
