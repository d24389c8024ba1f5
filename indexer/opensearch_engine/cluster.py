"""Settings -> a connection to an OpenSearch cluster; what it refuses, as our errors, in words.

The only module that imports opensearch-py. A request that a busy or a changing cluster refuses is made again, later
each time; another node is asked where one does not answer.
"""

import logging
import random
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any

from corpus.errors import IndexError_, IndexUnreachable
from corpus.events import event
from indexer.contract.timeouts import timeout as waited_for
from indexer.opensearch_engine.refusals import Refused, in_words, missing, passes, refused

log = logging.getLogger(__name__)

Json = dict[str, Any]

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
        retry_for: Seconds that a search, and writing, go on trying.
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
    retry_for: tuple[float, float] = (20.0, 300.0)
    prefix: str = "pressmark"


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
        return self._retried(method, path, body, params, self.settings.retry_for[0])

    def write(self, method: str, path: str, body: Any = None, **params: Any) -> Any:
        """Ask for a change, as `read` does; a night's indexing waits longer."""
        return self._retried(method, path, body, params, self.settings.retry_for[1])

    def close(self) -> None:
        """Give up what is being waited for, and close the connections."""
        self._closed.set()
        with suppress(Exception):
            self._client.close()

    @property
    def is_closed(self) -> bool:
        """Was it closed? Then nothing is waited for any more."""
        return self._closed.is_set()

    def may_know_more(self, tries: int) -> bool:
        """Whether another node may know an index that one has not heard of yet, as one that has just come back."""
        return len(self.settings.hosts) > 1 and tries < len(self.settings.hosts)

    def rest(self, tries: int) -> None:
        """Wait before the next try."""
        most = min(LONGEST_REST, FIRST_REST * 2**tries)
        self._closed.wait(most * (0.5 + random.random() / 2))  # noqa: S311  spread, no secret

    def _retried(self, method: str, path: str, body: Any, params: Mapping[str, Any], retry_for: float) -> Any:
        if (shorter := waited_for()) is not None:
            retry_for = min(retry_for, shorter)
            params = {"request_timeout": min(shorter, self.settings.timeout)} | dict(params)
        until = time.monotonic() + retry_for
        tries = 0
        while True:
            try:
                return self._once(method, path, body, params)
            except (Refused, IndexUnreachable) as error:
                if isinstance(error, Refused):
                    again = passes(error) or (missing(error) and self.may_know_more(tries))
                else:
                    again = error.passes
                if not again or time.monotonic() > until or self._closed.is_set():
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
            limit = params.get("request_timeout", self.settings.timeout)
            why = f"no answer within {limit:g} s" if slow else "cannot be reached"
            raise IndexUnreachable(f"{self.where}: {why}: is OpenSearch running there?") from error
        except theirs.TransportError as error:
            raise refused(error) from error
        except (theirs.SerializationError, AttributeError) as error:  # it takes any error in JSON for an object
            raise IndexUnreachable(f"{self.where}: it answers, but not as OpenSearch does", passes=False) from error

    @property
    def where(self) -> str:
        """The hosts, for a message; a password in an address is left out."""
        return ", ".join(f"{host.rpartition('@')[2]}" if "@" in host else host for host in self.settings.hosts)

    def _in_words(self, error: Refused | IndexUnreachable) -> Exception:
        if isinstance(error, IndexUnreachable):
            return error
        given = self.settings
        return in_words(
            error, self.where, "the API key" if given.api_key else f'user "{given.user or ""}" with its password'
        )
