"""Settings -> a connection to an OpenSearch cluster; what it refuses, as our errors, in words.

The only module that imports opensearch-py. A request that a busy or a changing cluster refuses is made again, later
each time; another node is asked where one does not answer.
"""

import logging
import random
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any

from corpus.errors import IndexDamaged, IndexError_, IndexUnreachable
from corpus.events import event

log = logging.getLogger(__name__)

Json = dict[str, Any]

BUSY = (429, 502, 503, 504)  # a full queue, or a cluster without a leader: both pass
FIRST_REST, LONGEST_REST = 0.1, 5.0  # seconds between two tries; doubled each time, and drawn up to that
CONNECTIONS = 32  # to a node, kept open: as many as the pages have threads, and more
DEAD = 5.0  # seconds that a node which did not answer is left out


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterSettings:
    """Where a cluster is, who we are there, and how its indexes are made.

    Attributes:
        hosts: Addresses of nodes, such as https://search.example:9200.
        api_key: As OpenSearch gives it, in base64; in place of user and password.
        ca: The certificate that the cluster's certificates are signed by; the system's when None.
        shards, replicas: Of an index of articles.
        timeout: Seconds that one request may take.
        patience: Seconds that a search, and writing, go on trying.
        prefix: What the names of all our indexes begin with.
    """

    hosts: tuple[str, ...]
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    api_key: str | None = field(default=None, repr=False)
    ca: Path | None = None
    shards: int = 1
    replicas: int = 1
    timeout: float = 10.0
    patience: tuple[float, float] = (20.0, 300.0)
    prefix: str = "pressmark"


class Refused(Exception):
    """The cluster answered with an error; `kind` is its type, such as index_not_found_exception."""

    def __init__(self, status: int, kind: str, reason: str) -> None:
        self.status, self.kind = status, kind
        super().__init__(f"{kind}: {reason}")


class Cluster:
    """A cluster that is spoken to."""

    def __init__(self, settings: ClusterSettings) -> None:
        try:
            from opensearchpy import OpenSearch
        except ImportError as error:
            raise IndexError_('engine = "opensearch": needs its client: pip install "pressmark[opensearch]"') from error
        given: Json = {}
        if settings.api_key:
            given["headers"] = {"Authorization": f"ApiKey {settings.api_key}"}
        elif settings.user:
            given["http_auth"] = (settings.user, settings.password or "")
        if settings.ca:
            if not settings.ca.is_file():
                raise IndexError_(f'ca = "{settings.ca}": no such file: expected a certificate in PEM')
            given["ca_certs"] = str(settings.ca)
        self.settings = settings
        self._closed = Event()
        self._client = OpenSearch(
            list(settings.hosts),
            timeout=settings.timeout,
            max_retries=len(settings.hosts),
            retry_on_timeout=True,
            retry_on_status=(),
            dead_timeout=DEAD,
            verify_certs=True,
            ssl_show_warn=False,
            pool_maxsize=CONNECTIONS,
            **given,
        )
        logging.getLogger("opensearch").setLevel(logging.CRITICAL)  # we say ourselves what went wrong, once

    def read(self, method: str, path: str, body: Any = None, **params: Any) -> Any:
        """Ask for something that a person waits for.

        Raises:
            Refused: with an error of the request; what passes was waited for.
            IndexUnreachable: no node answers, or the cluster cannot answer now.
        """
        return self._patiently(method, path, body, params, self.settings.patience[0])

    def write(self, method: str, path: str, body: Any = None, **params: Any) -> Any:
        """Ask for a change, as `read` does; a night's indexing waits longer."""
        return self._patiently(method, path, body, params, self.settings.patience[1])

    def close(self) -> None:
        """Give up what is being waited for, and close the connections."""
        self._closed.set()
        with suppress(Exception):
            self._client.close()

    def rest(self, tries: int) -> None:
        """Wait before the next try."""
        most = min(LONGEST_REST, FIRST_REST * 2**tries)
        self._closed.wait(most * (0.5 + random.random() / 2))  # noqa: S311  spread, no secret

    def _patiently(self, method: str, path: str, body: Any, params: Mapping[str, Any], patience: float) -> Any:
        until = time.monotonic() + patience
        tries = 0
        while True:
            try:
                return self._once(method, path, body, params)
            except (Refused, IndexUnreachable) as error:
                passes = isinstance(error, IndexUnreachable) and error.passes
                busy = isinstance(error, Refused) and error.status in BUSY and not is_full_disk(error)
                if not (passes or busy):
                    raise self._in_words(error) from error
                if time.monotonic() > until or self._closed.is_set():
                    raise self._in_words(error) from error
                event(log, "cluster asked again", path=path.partition("?")[0], tries=tries + 1, error=error)
            self.rest(tries)
            tries += 1

    def _once(self, method: str, path: str, body: Any, params: Mapping[str, Any]) -> Any:
        from opensearchpy import exceptions as theirs

        parameters = {name: str(value).lower() if isinstance(value, bool) else value for name, value in params.items()}
        try:
            return self._client.transport.perform_request(method, path, params=parameters or None, body=body)
        except theirs.SSLError as error:
            raise IndexUnreachable(
                f"{self.where}: its certificate is not trusted: name the one it is signed by as ca", passes=False
            ) from error
        except (theirs.ConnectionTimeout, theirs.ConnectionError) as error:
            slow = isinstance(error, theirs.ConnectionTimeout)
            why = f"no answer within {self.settings.timeout:g} s" if slow else "cannot be reached"
            raise IndexUnreachable(f"{self.where}: {why}: is OpenSearch running there?") from error
        except theirs.TransportError as error:
            raise _refused(error) from error
        except (theirs.SerializationError, AttributeError) as error:  # it takes any error in JSON for an object
            raise IndexUnreachable(f"{self.where}: it answers, but not as OpenSearch does", passes=False) from error

    @property
    def where(self) -> str:
        """The hosts, for a message; a password in an address is left out."""
        return ", ".join(f"{host.rpartition('@')[2]}" if "@" in host else host for host in self.settings.hosts)

    def _in_words(self, error: Refused | IndexUnreachable) -> Exception:
        if isinstance(error, IndexUnreachable):
            return error
        if error.status == 401:
            who = "the API key" if self.settings.api_key else f'user "{self.settings.user or ""}" with its password'
            return IndexUnreachable(
                f"{self.where}: {who} is refused: expected one that the cluster knows", passes=False
            )
        if is_full_disk(error):
            return IndexError_(
                f"{self.where}: the disk of a node is too full, and OpenSearch lets nobody write: free some space;"
                " nothing is lost, and indexing goes on from where it stopped"
            )
        if error.status == 403:
            return IndexUnreachable(f"{self.where}: we may not do that: {error}", passes=False)
        if error.status in BUSY:
            return IndexUnreachable(f"{self.where}: the cluster cannot answer now: {error}")
        return error


def is_full_disk(error: Refused) -> bool:
    """Is this the block of a disk that is over its flood stage?"""
    return error.kind == "cluster_block_exception" and "read-only" in str(error)


def missing(error: Refused) -> bool:
    """Is an index not there?"""
    return error.status == 404 and error.kind == "index_not_found_exception"


def damaged(name: str, error: Exception) -> IndexDamaged:
    """Return what to raise when a part of the index is not as we made it."""
    return IndexDamaged(f"{name}: {error}")


def _refused(error: Any) -> Refused:
    status = error.status_code if isinstance(error.status_code, int) else 0
    info = error.info if isinstance(error.info, dict) else {}
    said = info.get("error")
    reason = said.get("reason") if isinstance(said, dict) else None
    kind = said.get("type") if isinstance(said, dict) else None
    causes: Iterable[Json] = said.get("root_cause", ()) if isinstance(said, dict) else ()
    deeper = next((one for one in causes if one.get("type")), {})
    if kind == "search_phase_execution_exception" and deeper:
        kind, reason = deeper["type"], deeper.get("reason")
    return Refused(status, str(kind or error.error or "error"), str(reason or error.error or "")[:400])
