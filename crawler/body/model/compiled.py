"""Is a compiled kernel with trees installed? -> its functions, which walk them as NumPy does here; or None.

The kernel is a package of its own (kernel/ in the repository, `make kernel`), and nothing needs it.
"""

import importlib
import os
from functools import cache
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SWITCH = "PRESSMARK_KERNEL"  # in the environment: `off` leaves an installed kernel aside
TREES = 1  # the version of these functions; another one is not used


class Forest(Protocol):
    """Trees, as the kernel holds them."""


class Kernel(Protocol):
    """The functions of the kernel. They raise ValueError where the arrays do not go together."""

    def forest(
        self,
        feature: "NDArray[np.int32]",
        split: "NDArray[np.float32]",
        left: "NDArray[np.int32]",
        value: "NDArray[np.float64]",
        part: "NDArray[np.uint8]",
        trees: int,
        /,
    ) -> Forest:
        """Return trees, copied.

        Args:
            left: Of each node, its left child, which the right one follows; a leaf is its own child.
            part: Of a leaf, in which of four sums it is added.
            trees: How many there are; the first nodes are their roots.
        """

    def descend(self, forest: Forest, columns: "NDArray[np.float32]", count: int, first: int, bound: float, /) -> bytes:
        """Return the sums of the leaves of each row, in 64 bits each.

        Args:
            columns: Of `count` rows, those of the first feature first.
            first: After so many trees, rows whose sum is `bound` away from 0 stop.
        """


@cache
def compiled() -> Kernel | None:
    """Return the kernel; None where it is not installed, switched off, or has other functions."""
    if os.environ.get(SWITCH) == "off":
        return None
    try:
        found = importlib.import_module("pressmark_kernel")
    except ImportError:
        return None
    return cast(Kernel, found) if getattr(found, "TREES", None) == TREES else None
