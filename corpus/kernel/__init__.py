"""The name of a part -> the compiled kernel, where it is installed and has this part in the wanted version; or None.

The kernel is a package of its own (kernel/ in the repository, `make kernel`), and nothing needs it. Each part of its
functions has a version, and each caller says which (indexer/storage/kernel.py, crawler/markup/compiled.py).
"""

import importlib
import os
from typing import Any

SWITCH = "PRESSMARK_KERNEL"  # in the environment: `off` leaves an installed kernel aside


def installed() -> Any | None:
    """Return the kernel, of any version; None where there is none."""
    try:
        return importlib.import_module("pressmark_kernel")
    except ImportError:
        return None


def is_switched_off() -> bool:
    """Return whether the environment says that an installed kernel is not to be used."""
    return os.environ.get(SWITCH) == "off"


def part(name: str, version: int) -> Any | None:
    """Return the kernel; None where it is not installed, switched off, or has another version of a part."""
    found = None if is_switched_off() else installed()
    return found if getattr(found, name, None) == version else None
