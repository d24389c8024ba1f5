"""Let the extraction read a page with chances of its blocks from trees that have not seen the page's site.

The trees that ship have seen every page of the sets, so that what is read with them flatters.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from crawler.body.classify import Verdict, judge, verdict_of
from crawler.body.model.classifier import model
from crawler.body.model.frame import Frame
from crawler.extraction import extract
from crawler.markup.hints import PageHints


@contextmanager
def unseen(chances: NDArray[np.float64] | None) -> Iterator[None]:
    """Judge the blocks of the page that is read within by `chances`; by the trees that ship where they are not its."""

    def given(frame: Frame, hints: PageHints) -> Verdict:
        if chances is None or len(chances) != frame.count:
            return judge(frame, hints)
        return verdict_of(chances, model().threshold)

    with patch.object(extract, "judge", given):
        yield
