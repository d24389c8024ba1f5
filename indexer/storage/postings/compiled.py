"""The arrays of a segment's postings -> the lists as the compiled kernel reads them."""

import numpy as np

from indexer.storage.arrays import ArrayFile
from indexer.storage.kernel import Kernel, Lists
from indexer.storage.postings import layout as names
from indexer.storage.postings.layout import Layout

ARRAYS = 16  # that the kernel takes


def opened(kernel: Kernel, file: ArrayFile, layout: Layout, *, is_wide: bool) -> Lists:
    """Return the lists, given how their texts are written and whether their positions are whole numbers."""
    every = (names.POSTING_AT, names.POSITION_AT, names.LOW, names.HIGH)
    frequencies = (names.BLOCK_ENDS, names.RANK, names.CODES, names.MORE, names.OVER_AT, names.OVER_BY)
    positions = (names.WIDE,) if is_wide else (names.NEAR, names.NEAR_ABOVE, names.FAR_AT, names.FAR_BY)
    arrays = [
        *(file[name] for name in every),
        np.asarray(layout.long, np.int64),
        layout.long_before,
        *(file[name] for name in (*frequencies, *positions)),
    ]
    arrays += [np.empty(0, np.int64)] * (ARRAYS - len(arrays))
    return kernel.open(tuple(arrays), layout.blocks, is_wide)
