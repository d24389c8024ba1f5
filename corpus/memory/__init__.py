"""Memory that nothing holds any more -> given back to the kernel, or shared by all threads."""

import ctypes
from typing import Any

_ARENA_MAX = -8  # M_ARENA_MAX of malloc.h


def give_back() -> None:
    """Give free memory back to the kernel, also between what is held; nothing where the C library is not glibc."""
    if trim := _of_library("malloc_trim"):
        trim(ctypes.c_size_t(0))


def share_arenas() -> None:
    """Have all threads that start from now on take memory from one arena, where the C library is glibc.

    By itself it gives each thread one, and none has use of what is free in another's.
    """
    if option := _of_library("mallopt"):
        option(ctypes.c_int(_ARENA_MAX), ctypes.c_int(1))


def _of_library(function: str) -> Any:
    """Return a function of the C library; None where it has none of that name, or cannot be opened."""
    try:
        return getattr(ctypes.CDLL(None), function, None)
    except (OSError, TypeError):
        return None
