"""Memory of a process in large pages: /proc/self/smaps says which pages it has."""

import mmap
import re
from pathlib import Path

import pytest

from corpus.memory.large_pages import SIZE, use_large_pages

SMAPS = Path("/proc/self/smaps_rollup")
CHOICE = Path("/sys/kernel/mm/transparent_hugepage/enabled")


def in_large_pages() -> int:
    return 1024 * int(re.findall(r"AnonHugePages: +(\d+) kB", SMAPS.read_text())[0])


def resident() -> int:
    return 1024 * int(re.findall(r"Rss: +(\d+) kB", SMAPS.read_text())[0])


@pytest.mark.skipif(not CHOICE.exists() or "[never]" in CHOICE.read_text(), reason="the system has no large pages")
def test_what_a_process_holds_stands_in_large_pages_and_what_it_never_wrote_to_takes_no_memory() -> None:
    held, empty = (mmap.mmap(-1, 8 * SIZE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) for _ in range(2))
    held[:] = bytes(range(256)) * (8 * SIZE // 256)
    use_large_pages()  # whatever else this process holds
    before = resident()
    if not use_large_pages():
        pytest.skip("this Linux puts no memory together when it is asked to, or has no room")
    assert in_large_pages() >= 7 * SIZE
    assert resident() - before < 2 * SIZE
    assert held[:256] == held[-256:] == bytes(range(256))
    assert not any(empty[:256])


def test_a_system_that_does_not_tell_its_memory_is_left_as_it_is(tmp_path: Path) -> None:
    assert use_large_pages(tmp_path / "maps") == 0
