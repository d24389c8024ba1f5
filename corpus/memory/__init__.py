"""Memory that nothing holds any more -> given back to the kernel."""

import ctypes

_ARENA_MAX = -8  # mallopt


def give_back() -> None:
    """Give free memory back to the kernel, also between what is held; nothing where the C library is not glibc."""
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):
        trim(ctypes.c_size_t(0))


def share_arenas() -> None:
    """Let all threads that are started from now on take memory from one arena, where the C library is glibc.

    By itself it gives each thread one, and none has use of what is free in another's.
    """
    if option := getattr(ctypes.CDLL(None), "mallopt", None):
        option(ctypes.c_int(_ARENA_MAX), ctypes.c_int(1))
