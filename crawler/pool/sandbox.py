"""A worker process -> one that reads the installed code and answers its parent, and can do nothing else.

Each wall holds where the kernel has it; `walls` names those that do. Nothing here is undone: what the process
loses, it and whatever runs in it has lost for good.
"""

import ctypes
import os
import resource
import struct
import sys
import sysconfig
import zoneinfo
from collections.abc import Iterator
from pathlib import Path

from corpus.kernel import SWITCH
from crawler.pool.landlock import restrict_to, version
from crawler.pool.seccomp import refuse_system_calls

MAX_FILES = 64  # open at once: the parent's three, and modules that are imported late
LIFETIME_CPU = 3600  # seconds of CPU before a worker is replaced, whatever its pages were allowed

# A page's arrays and tree take some megabytes and are let go with it. By itself glibc gives much of them back to the
# kernel, which clears it again for the next page: some 200 pages of memory each time.
KEEP_FREE = 16 * 1024 * 1024  # bytes of free memory that stay with a worker
OF_ITS_OWN = 8 * 1024 * 1024  # bytes of a block that is given back at once: a hostile page's, rarely another's

_NO_NEW_PRIVS, _NOT_DUMPABLE = 38, 4  # prctl
_CAPSET, _CAPABILITY_VERSION = (126, 91), 0x20080522
_OWN_PACKAGES = ("corpus", "crawler")
_LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/etc/ld.so.cache")  # what compiled modules load

_held: list[str] = []


def environment() -> dict[str, str]:
    """Return all of the environment a worker gets: six names, and of the parent's the switch of the kernel."""
    # The empty entry of `python -c` stands for the folder it runs in.
    paths = os.pathsep.join(str(Path(path).absolute()) for path in sys.path)
    # One BLAS thread: each reserves memory that would count against the worker's limit.
    own = {"PYTHONPATH": paths, "PYTHONUTF8": "1", "LC_ALL": "C", "OPENBLAS_NUM_THREADS": "1"}
    own |= {SWITCH: os.environ[SWITCH]} if SWITCH in os.environ else {}
    # Other C libraries than glibc do not know these names.
    return own | {"MALLOC_TRIM_THRESHOLD_": str(KEEP_FREE), "MALLOC_MMAP_THRESHOLD_": str(OF_ITS_OWN)}


def compiling() -> list[str]:
    """Return the interpreter's options by which a worker keeps compiled code where its parent does, or nowhere."""
    if sys.dont_write_bytecode:
        return ["-B"]
    return [] if sys.pycache_prefix is None else ["-X", f"pycache_prefix={Path(sys.pycache_prefix).absolute()}"]


def limit(memory: int) -> None:
    """Set the limits that hold from the start: memory, files, CPU, no core dump."""
    for name, amount in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_NOFILE, MAX_FILES),
        (resource.RLIMIT_CPU, LIFETIME_CPU),
    ):
        hard = resource.getrlimit(name)[1]
        amount = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
        resource.setrlimit(name, (amount, amount))


def confine_files() -> None:
    """Give up new privileges, being looked into, and every file but those of the code; before threads are started.

    From now on no byte is written to a file, either: until now the interpreter kept what it had compiled of the code.
    """
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.dont_write_bytecode = True
    _held.append("limits")
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
            _held.append("no-new-privileges")
        libc.prctl(_NOT_DUMPABLE, 0, 0, 0, 0)
        if restrict_to(readable()):
            _held.append(f"landlock-{version()}")


def confine_calls() -> None:
    """Give up capabilities, processes and the system calls of sockets, programs and changes; in every thread."""
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    if sys.platform == "linux" and _drop_capabilities():
        _held.append("no-capabilities")
    if refuse_system_calls():
        _held.append("seccomp")


def walls() -> tuple[str, ...]:
    """Return the names of the walls that hold around this process; to be asked of a worker. Empty: none was built."""
    return tuple(_held)


def readable() -> Iterator[Path]:
    """Give the folders of the interpreter, its libraries, the installed packages, our own, and the time zones."""
    for name in ("stdlib", "platstdlib", "purelib", "platlib"):
        yield Path(sysconfig.get_path(name))
    yield from (Path(path) for path in sys.path if Path(path).name in {"site-packages", "dist-packages", "lib-dynload"})
    yield from (Path(path) for path in (*_LIBRARIES, *zoneinfo.TZPATH))
    yield Path(sys.base_prefix, "lib")
    root = Path(__file__).parent.parent.parent
    yield from (root / package for package in _OWN_PACKAGES)


def _drop_capabilities() -> bool:
    """Give up all capabilities, which root has."""
    number = _CAPSET[os.uname().machine == "aarch64"]
    call = ctypes.CDLL(None, use_errno=True).syscall
    call.restype = ctypes.c_long
    header = ctypes.create_string_buffer(struct.pack("II", _CAPABILITY_VERSION, 0))
    return bool(call(ctypes.c_long(number), header, ctypes.create_string_buffer(24)) == 0)
