"""An exception of a library -> the FetchError it means, with a stable reason and plain words."""

import ssl

from corpus.characters import printable
from corpus.errors import FetchError
from corpus.reasons import Reason
from corpus.runs.limits import limit_reached
from corpus.texts import about, text
from crawler.fetching.errors import (
    BodyStopped,
    ConnectError,
    NotConnected,
    ReadError,
    RemoteProtocolError,
    TooSilent,
)


def hung_up(error: Exception) -> bool:
    """Whether the server closed the connection before it answered."""
    return isinstance(error, ReadError) or "disconnected" in str(error)


def failure(address: str, error: Exception) -> FetchError:
    """Return what an exchange that ended with this exception failed of.

    Reasons: `timeout connect tls truncated protocol`; `limits` where a limit of this machine was reached, which is no
    fault of the host's.
    """
    if limit := limit_reached(error) or limit_reached(error.__cause__):
        return FetchError(Reason.LIMITS, limit)  # of every address
    words = printable(str(error))
    if isinstance(error, NotConnected):
        return FetchError(Reason.TIMEOUT, about(address, text("no connection was made in time")))
    if isinstance(error, BodyStopped):
        return FetchError(Reason.TIMEOUT, about(address, text("a part of the answer came, and then nothing in time")))
    if isinstance(error, TooSilent):
        return FetchError(Reason.TIMEOUT, about(address, text("no bytes came for too long")))
    if isinstance(error, ConnectError):
        if getattr(error.__cause__, "reason", None) == "WRONG_VERSION_NUMBER":
            return FetchError(Reason.TLS, about(address, text("no connection: what answers there does not speak TLS")))
        tls = isinstance(error.__cause__ or error.__context__, ssl.SSLError) or "SSL" in words or "certificate" in words
        return FetchError(Reason.TLS if tls else Reason.CONNECT, _said(address, text("no connection"), words))
    if isinstance(error, RemoteProtocolError) and "complete" in words:  # h11: closed within the body
        return FetchError(Reason.TRUNCATED, about(address, text("the connection closed before the whole body came")))
    if isinstance(error, ReadError):
        return FetchError(Reason.TRUNCATED, _said(address, text("the connection broke"), words))
    if isinstance(error, RemoteProtocolError) and hung_up(error):
        return FetchError(Reason.PROTOCOL, about(address, text("the server closed the connection before it answered")))
    return FetchError(Reason.PROTOCOL, _said(address, text("not an HTTP answer we can read"), words))


def _said(address: str, what: str, why: str) -> str:
    return about(address, text("{what} ({why})", what=what, why=why) if why else what)
