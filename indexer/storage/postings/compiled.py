"""The arrays of a segment's postings -> the lists as the compiled kernel reads them."""

import numpy as np

from indexer.storage.arrays import ArrayFile
from indexer.storage.kernel import Kernel, Lists
from indexer.storage.postings import layout as names
from indexer.storage.postings.layout import Layout

ARRAYS = 17  # that the kernel takes


def opened(
    kernel: Kernel, file: ArrayFile, posting_at: memoryview, position_at: memoryview, layout: Layout, *, is_wide: bool
) -> Lists:
    """Return the lists.

    Args:
        posting_at, position_at: Where the postings of each term begin, and where its positions do.
        layout: How their texts are written.
        is_wide: Are their positions whole numbers?
    """
    frequencies = (names.BLOCK_ENDS, names.RANK, names.CODES, names.MORE, names.OVER_AT, names.OVER_BY)
    positions = (names.WIDE,) if is_wide else (names.NEAR, names.NEAR_ABOVE, names.FAR_AT, names.FAR_BY, names.FAR_ENDS)
    long = np.asarray(layout.long, np.int64), layout.long_before
    arrays = [file[names.LOW], file[names.HIGH], *long, *(file[name] for name in (*frequencies, *positions))]
    arrays += [np.empty(0, np.int64)] * (ARRAYS - 2 - len(arrays))
    return kernel.open((posting_at, position_at, *arrays), layout.blocks, is_wide)
