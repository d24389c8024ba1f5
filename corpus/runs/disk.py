"""A folder -> the room that its disk has, and whether that is too little for a night of crawling."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

LITTLE_SPACE, LITTLE_SHARE = 1_000_000_000, 0.05  # bytes and share of a disk that a night of crawling may take
FEW_FILES = 10_000


@dataclass(frozen=True, slots=True)
class Room:
    """The room of a disk in bytes; `files` is how many more files it takes, None where it sets no bound."""

    place: Path
    free: int
    total: int
    files: int | None = None

    @property
    def shortage(self) -> str | None:
        """What there is too little of, in a sentence; None when there is enough."""
        if self.free < LITTLE_SPACE or (self.free < LITTLE_SHARE * self.total and self.free < 10 * LITTLE_SPACE):
            return str(self)
        if self.files is not None and self.files < FEW_FILES:
            return f"{self.place}: room for {self.files:,} more files"
        return None

    def __str__(self) -> str:
        return f"{self.place}: {self.free / 1e9:,.1f} GB free of {self.total / 1e9:,.1f} GB"


def room(folder: Path) -> Room:
    """Return the room at a folder, or at the nearest folder above that exists.

    Raises:
        OSError: The disk does not answer.
    """
    place = next(each for each in (folder, *folder.parents) if each.exists())
    space, files = shutil.disk_usage(place), os.statvfs(place)
    return Room(place, space.free, space.total, files.f_favail if files.f_files else None)
