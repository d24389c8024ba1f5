"""The memory of a process -> the same memory in pages of 2 MB, where Linux has them: fewer look-ups of addresses.

With pages of 4 kB a processor looks one up at nearly each step, as a process that answers for the archive reads here
and there in some 200 MB. Linux puts together what stands in small pages when it is asked to (MADV_COLLAPSE, from 6.1
on), and may do so unless its administrator says "never". On other systems, and where there is no room, all stays as it
is.
"""

import ctypes
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

SIZE = 2 << 20  # bytes of a large page
_COLLAPSE = 25  # MADV_COLLAPSE of mman.h
_OWN = re.compile(r"([0-9a-f]+)-([0-9a-f]+) rw-p \S+ \S+ 0 *(?:\[heap\])?\n")  # a line of maps: memory of no file
_MAPS = Path("/proc/self/maps")


def use_large_pages(maps: Path = _MAPS) -> int:
    """Put what this process holds into large pages, and return how many bytes stand in such pages now.

    What was never written to stays out of memory, but for what shares a large page with something that was.

    Args:
        maps: Where the system tells which memory a process has.
    """
    with suppress(OSError, AttributeError, TypeError):
        advise = ctypes.CDLL(None).madvise
        advise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
        return SIZE * sum([int(advise(start, SIZE, _COLLAPSE) == 0) for start in _places(maps)])
    return 0


def _places(maps: Path) -> Iterator[int]:
    """The address of each part of our own memory that fills a large page."""
    for begin, end in _OWN.findall(maps.read_text()):
        first = -(-int(begin, 16) // SIZE) * SIZE
        yield from range(first, int(end, 16) - SIZE + 1, SIZE)
