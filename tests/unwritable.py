"""A piece of work -> the same in a process that may not write where rights were taken away, even if root runs it."""

import ctypes
import os
import traceback
from collections.abc import Callable
from pathlib import Path

_VERSION_3 = 0x20080522  # of the capabilities of linux/capability.h: two words of each set


def without_rights(work: Callable[[], object]) -> bool:
    """Do the work in a child that has no capability; whether it ended without an error, which is printed."""
    child = os.fork()
    if not child:
        code = 1
        try:
            _drop_capabilities()
            work()
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    return os.waitpid(child, 0)[1] == 0


def seal(folder: Path, *, writable: bool = False) -> None:
    """Take the right to write away from a folder and all in it, or give it back."""
    for path in [*sorted(folder.rglob("*")), folder]:
        mode = 0o555 if path.is_dir() else 0o444
        path.chmod(mode | 0o200 if writable else mode)


def _drop_capabilities() -> None:
    header = (ctypes.c_uint32 * 2)(_VERSION_3, 0)
    if ctypes.CDLL(None, use_errno=True).capset(header, (ctypes.c_uint32 * 6)()):
        raise OSError(ctypes.get_errno(), "capset")
