"""An error -> which limit of the system was reached, and what to do about it."""

import errno
import os
import resource

from corpus.texts import Text, text

NO_THREAD = "can't start new thread"  # of CPython; the error has no class of its own


def limit_reached(error: BaseException | None) -> Text | None:
    """Say which limit of the system an error is about; None: it is about something else."""
    if isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE):
        return text(
            "no more files may be open (`ulimit -n` is {limit}): raise the limit, or end other programs",
            limit=_of(resource.RLIMIT_NOFILE),
        )
    is_thread = isinstance(error, RuntimeError) and NO_THREAD in str(error)
    is_write = hasattr(error, "characters_written")  # to a terminal that takes no more just now: EAGAIN, too
    if is_thread or (isinstance(error, OSError) and error.errno == errno.EAGAIN and not is_write):
        return text(
            "the system starts no more threads or processes (`ulimit -u` is {limit}): raise the limit, or end other"
            " programs",
            limit=_of(resource.RLIMIT_NPROC),
        )
    if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno in (errno.ENOMEM, errno.ENOBUFS)):
        return text(
            "no more memory is available (`ulimit -v` is {limit}): end other programs, or give this one more",
            limit=_of(resource.RLIMIT_AS),
        )
    return None


def met_now() -> Text | None:
    """Say which limit keeps this process from opening one more file; None where it may."""
    try:
        os.close(os.open(os.devnull, os.O_RDONLY | os.O_CLOEXEC))
    except OSError as error:
        return limit_reached(error)
    return None


def _of(limit: int) -> str:
    soft = resource.getrlimit(limit)[0]
    return "unlimited" if soft == resource.RLIM_INFINITY else str(soft)
