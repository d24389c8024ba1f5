"""What parent and worker send each other arrives whole, or not at all."""

import random
import socket
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest

from crawler.pool.worker import AT_ONCE, HEADER, receive, send


def _in_pieces(there: socket.socket, pieces: list[bytes]) -> None:
    for piece in pieces:
        there.sendall(piece)


@pytest.mark.parametrize("size", [0, 1, AT_ONCE - 8, AT_ONCE - 7, 3 * AT_ONCE, 5_000_000])
def test_a_message_of_any_size_arrives_whole_in_any_pieces(size):
    message = random.Random(size).randbytes(size)
    framed = HEADER.pack(size) + message
    cuts = sorted({0, 1, 7, 8, 9, len(framed) // 2, len(framed) - 1, len(framed)})
    for pieces in ([framed], [framed[a:b] for a, b in pairwise(cuts)]):
        here, there = socket.socketpair()
        with here, there, ThreadPoolExecutor(1) as sending:
            sending.submit(_in_pieces, there, pieces)
            assert receive(here) == message


def test_a_message_that_does_not_end_in_time_is_not_waited_for():
    for framed, ends in ((HEADER.pack(4) + b"abcd", True), (HEADER.pack(4) + b"abc", False)):
        here, there = socket.socketpair()
        with here, there:
            there.sendall(framed)
            if ends:
                assert receive(here, within=0.0) == b"abcd"  # what has come whole is taken
            else:
                with pytest.raises(TimeoutError):
                    receive(here, within=0.0)


def test_a_message_over_its_bound_cut_short_or_with_more_behind_it_is_none():
    for sent, at_most in ((b"abcd", 3), (b"abcd", 4)):
        here, there = socket.socketpair()
        with here, there:
            send(there, sent)
            assert receive(here, at_most=at_most) == (sent if at_most >= len(sent) else None)
    for framed in (HEADER.pack(4) + b"abc", HEADER.pack(4)[:5], HEADER.pack(4) + b"abcde", b""):
        here, there = socket.socketpair()
        with here, there:
            there.sendall(framed)
            there.shutdown(socket.SHUT_WR)
            assert receive(here) is None
