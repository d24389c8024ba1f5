"""Where the items of each of many owners begin <-> how many each owner has, a byte each; and numbers <-> their steps.

Most terms have a few postings, most stems a few forms, and these forms are neighbours, so a byte holds nearly every
count and step; the others stand apart, in order. What they add up to is made when it is first read: four bytes each in
memory, where the file has one.
"""

import numpy as np

from indexer.storage.arrays import Array, ArrayFile, ArrayWriter, Ints, compact, offsets

APART = 255  # a count or step of so much and more stands apart


def write_counts(file: ArrayWriter, name: str, counts: Ints) -> None:
    """Write how many items each owner has as the arrays `<name>.counts` and `<name>.large`."""
    _write(file, f"{name}.counts", f"{name}.large", counts)


def read_offsets(file: ArrayFile, name: str) -> Array:
    """Return where the items of each owner begin, and where the last one's end; of four bytes where that is enough.

    Raises:
        ValueError: The counts and those that stand apart do not go together.
    """
    return offsets(_read(file, f"{name}.counts", f"{name}.large"))


def write_numbers(file: ArrayWriter, name: str, numbers: Ints) -> None:
    """Write numbers by their steps, up or down, as the arrays `<name>.steps` and `<name>.leaps`."""
    steps = np.diff(numbers, prepend=0)
    _write(file, f"{name}.steps", f"{name}.leaps", steps << 1 ^ steps >> 63)


def read_numbers(file: ArrayFile, name: str) -> Array:
    """Return numbers of four bytes that `write_numbers` wrote.

    Raises:
        ValueError: The steps and those that stand apart do not go together.
    """
    steps = _read(file, f"{name}.steps", f"{name}.leaps")
    return np.cumsum(steps >> 1 ^ -(steps & 1)).astype(np.uint32)


def _write(file: ArrayWriter, name: str, large_name: str, numbers: Ints) -> None:
    file.add(name, np.minimum(numbers, APART).astype(np.uint8))
    file.add(large_name, compact(numbers[numbers >= APART]))


def _read(file: ArrayFile, name: str, large_name: str) -> Ints:
    numbers, large = file[name], file[large_name]
    if numbers.dtype != np.uint8:
        raise ValueError("a count or step is no byte")
    apart = np.flatnonzero(numbers == APART)
    if len(apart) != len(large):
        raise ValueError("bytes and what stands apart differ in number")
    found: Ints = numbers.astype(np.int64)
    found[apart] = large
    return found
