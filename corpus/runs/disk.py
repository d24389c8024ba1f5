"""A folder -> the room that its disk has, and whether that is too little for a night of crawling."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from corpus.texts import Text, text
from corpus.texts.sizes import Size

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
    def shortage(self) -> Text | None:
        """What there is too little of, in a sentence; None when there is enough."""
        if self.free < LITTLE_SPACE or (self.free < LITTLE_SHARE * self.total and self.free < 10 * LITTLE_SPACE):
            return self.said
        if self.files is not None and self.files < FEW_FILES:
            return text("{place}: room for {files:,} more files", place=str(self.place), files=self.files)
        return None

    @property
    def said(self) -> Text:
        """How much of it is free, in a sentence."""
        free, total = Size(self.free), Size(self.total)
        return text("{place}: {free} free of {total}", place=str(self.place), free=free, total=total)

    def __str__(self) -> str:
        return self.said


def room(folder: Path) -> Room:
    """Return the room at a folder, or at the nearest folder above that exists.

    Raises:
        OSError: The disk does not answer.
    """
    place = next(each for each in (folder, *folder.parents) if each.exists())
    space, files = shutil.disk_usage(place), os.statvfs(place)
    return Room(place, space.free, space.total, files.f_favail if files.f_files else None)
