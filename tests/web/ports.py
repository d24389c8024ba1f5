"""A port of loopback -> held for the server that is to listen there, or for nobody."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held_port(host: str = "127.0.0.1") -> Iterator[int]:
    """Hold a port of an address of loopback, on which nobody listens.

    A server that may take a port again, as servers do, still gets it; nobody who takes any free one is given it.
    """
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind((host, 0))
        yield int(held.getsockname()[1])
