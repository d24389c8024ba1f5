"""Folders that may be read -> all other files out of reach for this process, and TCP too (Linux's Landlock)."""

import ctypes
import os
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

_CREATE, _ADD_RULE, _RESTRICT = 444, 445, 446  # the same on every architecture
_VERSION_FLAG = 1
_PATH_BENEATH = 1
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
# Rights over files that each version of the interface knows: 13 at first, then refer, truncate, device control.
_FILE_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1}
_ALL_FILE_RIGHTS = (1 << 16) - 1  # from version 5 on
_NETWORK_FROM, _TCP = 4, 0b11  # bind and connect
_SCOPES_FROM, _SCOPES = 6, 0b11  # abstract sockets and signals of other processes


def version() -> int:
    """Return the version of Landlock this kernel has; 0 when it has none, or has it switched off."""
    return max(0, _call(_CREATE, None, 0, _VERSION_FLAG)) if sys.platform == "linux" else 0


def restrict_to(folders: Iterable[Path]) -> bool:
    """Restrict this thread, and those it starts, to reading below these folders and files.

    Open files stay open. Needs no_new_privs, or to be root. False where the kernel has no Landlock.
    """
    known = version()
    if not known:
        return False
    rights = _FILE_RIGHTS.get(known, _ALL_FILE_RIGHTS)
    fields = [rights, _TCP if known >= _NETWORK_FROM else 0, _SCOPES if known >= _SCOPES_FROM else 0]
    attributes = struct.pack("QQQ", *fields)[: 24 if known >= _SCOPES_FROM else 16 if known >= _NETWORK_FROM else 8]
    ruleset = _call(_CREATE, attributes, len(attributes), 0)
    if ruleset < 0:
        return False
    try:
        for folder in folders:
            _allow(ruleset, folder)
        return _call(_RESTRICT, ruleset, 0) == 0
    finally:
        os.close(ruleset)


def _allow(ruleset: int, folder: Path) -> None:
    try:
        handle = os.open(folder, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # it is not there to be read
    try:
        rights = _READ_FILE | _READ_DIR if folder.is_dir() else _READ_FILE
        _call(_ADD_RULE, ruleset, _PATH_BENEATH, struct.pack("=Qi", rights, handle), 0)
    finally:
        os.close(handle)


def _call(number: int, *arguments: int | bytes | None) -> int:
    call = ctypes.CDLL(None, use_errno=True).syscall
    call.restype = ctypes.c_long
    words = [ctypes.c_long(each) if isinstance(each, int) else each for each in arguments]
    return int(call(ctypes.c_long(number), *words))
