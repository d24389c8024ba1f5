"""The errors that the modules of an exchange raise when it breaks; `failures.py` gives each a reason."""


class BrokenExchange(Exception):
    """No answer came, or no whole one."""


class NetworkError(BrokenExchange):
    """The connection broke, or there was none."""


class ConnectError(NetworkError):
    """No connection was made."""


class ReadError(NetworkError):
    """The connection broke while an answer was waited for or read."""


class TooSilent(BrokenExchange):
    """Nothing came for as long as may be waited."""


class NotConnected(TooSilent):
    """No connection was made in that time, TLS and all."""


class BodyStopped(TooSilent):
    """A part of an answer came, and no more of it in that time."""


class ProtocolError(BrokenExchange):
    """What was to be sent, or was sent, is no HTTP."""


class RemoteProtocolError(ProtocolError):
    """What the server sent is none, or not whole."""
