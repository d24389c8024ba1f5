"""An exception of a library -> the FetchError it means, with a stable reason and plain words."""

import ssl

import httpcore

from corpus.characters import printable
from corpus.errors import FetchError
from corpus.reasons import Reason


def hung_up(error: Exception) -> bool:
    """Whether the server closed the connection before it answered."""
    return isinstance(error, httpcore.ReadError | httpcore.WriteError) or "disconnected" in str(error)


def failure(address: str, error: Exception) -> FetchError:
    """Return what an exchange that ended with this exception failed of.

    Reasons: `timeout connect tls truncated protocol`.
    """
    words = printable(str(error))
    if isinstance(error, httpcore.TimeoutException):
        return FetchError(Reason.TIMEOUT, f"{address}: no bytes came for too long")
    if isinstance(error, httpcore.ConnectError):
        tls = isinstance(error.__cause__ or error.__context__, ssl.SSLError) or "SSL" in words or "certificate" in words
        return FetchError(Reason.TLS if tls else "connect", f"{address}: no connection{_because(words)}")
    if isinstance(error, httpcore.RemoteProtocolError) and "complete" in words:  # h11: closed within the body
        return FetchError(Reason.TRUNCATED, f"{address}: the connection closed before the whole body came")
    if isinstance(error, httpcore.ReadError | httpcore.WriteError):
        return FetchError(Reason.TRUNCATED, f"{address}: the connection broke{_because(words)}")
    return FetchError(Reason.PROTOCOL, f"{address}: not an HTTP answer we can read{_because(words)}")


def _because(words: str) -> str:
    return f" ({words})" if words else ""
