"""A command -> the CPU seconds of its whole process tree, the most memory that the tree had, and its wall time."""

import os
import subprocess
import threading
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

LOOK_EVERY = 0.2  # seconds between looks at the memory


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took: seconds of CPU, seconds by the clock, bytes.

    Attributes:
        shared: The most memory of the tree, pages that several processes share counted once.
        resident: The same, such pages counted for each of them.
        children: Of `cpu`, what child processes had taken when they were last looked at.
    """

    cpu: float
    wall: float
    shared: int
    resident: int
    children: float


def run(
    command: Sequence[str], *, cwd: Path, environment: Mapping[str, str] | None = None, allowed: Collection[int] = (0,)
) -> Cost:
    """Run a command to its end; what its children and theirs took is counted, as they are waited for.

    Raises:
        SystemExit: The command ended with a status that is not allowed.
    """
    began = time.monotonic()
    with (cwd / "output.txt").open("wb") as output:
        process = subprocess.Popen(command, cwd=cwd, env=environment, stdout=output, stderr=output)
        peak, taken, over = [0, 0], dict[int, float](), threading.Event()
        watcher = threading.Thread(target=_watch, args=(process.pid, peak, taken, over))
        watcher.start()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        over.set()
        watcher.join()
    if process.returncode not in allowed:
        raise SystemExit(
            f"{' '.join(command)}: status {process.returncode}: {(cwd / 'output.txt').read_text()[-3000:]}"
        )
    return Cost(used.ru_utime + used.ru_stime, time.monotonic() - began, *peak, sum(taken.values()))


def _watch(root: int, peak: list[int], taken: dict[int, float], over: threading.Event) -> None:
    """Note the most memory of a tree in `peak`, and in `taken` the seconds of CPU of each process below its root."""
    while not over.wait(LOOK_EVERY):
        tree = _tree(root)
        taken.update({pid: cpu for pid in tree[1:] if (cpu := _cpu(pid))})
        found = [_memory(pid) for pid in tree]
        for place in (0, 1):
            peak[place] = max(peak[place], sum(each[place] for each in found))


def _tree(root: int) -> list[int]:
    """Return a process and all its descendants."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, ValueError):
                continue
            children.setdefault(parent, []).append(int(folder.name))
    found = [root]
    for pid in found:
        found += children.get(pid, [])
    return found


def _cpu(pid: int) -> float:
    """Return the seconds of CPU that a process has taken; 0 when it is gone."""
    try:
        spent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
        return sum(map(int, spent)) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError):
        return 0.0


def _memory(pid: int) -> tuple[int, int]:
    """Return what a process has, shared pages by its part of them, and whole; nothing when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        sizes = {line.split()[0]: int(line.split()[1]) * 1024 for line in lines[1:]}
        return sizes["Pss:"], sizes["Rss:"]
    except (OSError, KeyError, IndexError, ValueError):
        return 0, 0
