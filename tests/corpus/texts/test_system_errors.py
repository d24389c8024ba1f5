"""What an error of the system is said to be: the words of the system, and nothing that only programmers read."""

import errno
import socket
import ssl

import pytest

from corpus.texts.system_errors import words_of


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ECONNREFUSED, "Connect call failed ('192.0.2.1', 80)"), "Connection refused"),
        (ConnectionResetError(errno.ECONNRESET, "x"), "Connection reset by peer"),
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), "Name or service not known"),
        (ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1006)"), "wrong version number"),
        (ValueError("label too long"), "label too long"),
        (OSError(), ""),
    ],
)
def test_an_error_is_said_without_numbers_and_without_how_a_library_writes_an_address(error: Exception, said: str):
    assert words_of(error) == said
