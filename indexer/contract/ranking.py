"""The constants of BM25F, by which every engine scores.

BM25F after Robertson, Zaragoza and Taylor (2004). Tuned on judged collections (python -m bench.ranking); the plateau is
wide. Weighted frequencies are larger than counted ones, hence a k1 above the usual 1.2.
"""

from math import log

from indexer.contract.values import TextField

K1 = 2.2
WEIGHTS = {TextField.HEADLINE: 4.0, TextField.STANDFIRST: 2.0, TextField.BODY: 1.0, TextField.BYLINE: 1.0}
LENGTH = {TextField.HEADLINE: 0.5, TextField.STANDFIRST: 0.5, TextField.BODY: 0.6, TextField.BYLINE: 0.3}  # b


def idf(matching: int, articles: int) -> float:
    """Return the weight of what so many of the articles match: Lucene's idf, which is never negative."""
    return log(1 + (articles - matching + 0.5) / (matching + 0.5))
