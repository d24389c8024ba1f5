"""The app -> a server of its pages: waitress, one process, a few threads, on a port that is held from the start."""

import socket

from flask import Flask

from web.layout.connections import PATIENCE, Patience, ReaderServer

THREADS = 4
MAX_HEADER = 16_384  # bytes; a query of 1,000 characters in any script fits twice
MAX_BODY = 65_536


def bind(app: Flask, *, host: str = "127.0.0.1", port: int = 0, patience: Patience = PATIENCE) -> "Server":
    """Return a server that holds its port already; port 0 takes a free port, which `Server.port` names."""
    return Server(app, host, port, patience)


class Server:
    """A bound server; `run` answers until `close`."""

    def __init__(self, app: Flask, host: str, port: int, patience: Patience) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        both = host == "::" and socket.has_dualstack_ipv6()  # every address, of either family
        self._socket = socket.create_server((host, port), family=family, dualstack_ipv6=both)
        self._closed = False
        self.host = host
        self.port: int = self._socket.getsockname()[1]
        self._server = ReaderServer(
            app,
            self._socket,
            THREADS,
            patience,
            ident=None,
            max_request_header_size=MAX_HEADER,
            max_request_body_size=MAX_BODY,
            clear_untrusted_proxy_headers=False,  # mounting.py reads them, or drops them
        )

    @property
    def url(self) -> str:
        """The address to open."""
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{'localhost' if shown in ('0.0.0.0', '[::]') else shown}:{self.port}/"  # noqa: S104 - compared

    def run(self) -> None:
        """Answer requests until closed."""
        try:
            self._server.run()
        except OSError:  # the loop waited on a socket that `close` took from it
            if not self._closed:
                raise

    def close(self) -> None:
        """Stop answering and free the port; `run`, in whatever thread, ends."""
        self._closed = True
        self._server.close()
