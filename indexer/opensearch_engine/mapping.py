"""How the indexes of a corpus are made: their fields, their analyser, their ranking.

An index of articles, one of words (the forms of the corpus and their keys), and one that holds the state: which of the
two answer, and the position of the store they reflect.
"""

from typing import Any

from indexer.analysis import version
from indexer.contract.facets import INDEXED, FacetName
from indexer.contract.ranking import K1, LENGTH, WEIGHTS
from indexer.contract.values import TextField

SCHEMA = 4
VERSIONS = f"{SCHEMA}.{version.VERSION} {' '.join(INDEXED)}"

ALL = "all"  # the field of all texts: each form once, with what it counts in them as its frequency
LONGEST_URL = 8_000  # characters; Lucene refuses a term of 32,766 bytes
SCALE = 128  # of that frequency, a whole number: one occurrence in a body of usual length
ARTICLE = "article"  # what a page shows of it; stored, and never searched
HOSTS = {FacetName.SITE: "hosts", FacetName.LINKS: "links_hosts"}  # each host, and all it is a subdomain of
BESIDE = "|"  # between the forms of one position; no form holds it
FORGOTTEN = "6h"  # after which a deletion no longer outdoes a late write of what was there before
MAX_TERMS = 65_536  # of one `terms` query, as OpenSearch has it
MAX_DEPTH = 10_000  # hits given in order; past it a page is empty, and the total still true

_KEYWORD = {"type": "keyword"}
_NUMBER = {"type": "long"}

_ANALYSIS = {
    "tokenizer": {"positions": {"type": "whitespace", "max_token_length": 1 << 20}},
    "filter": {
        "counted": {"type": "delimited_term_freq", "delimiter": BESIDE},
        "beside": {"type": "pattern_capture", "preserve_original": False, "patterns": [f"([^{BESIDE}]+)"]},
    },
    "analyzer": {
        "placed": {"type": "custom", "tokenizer": "positions", "filter": ["beside"]},
        "counted": {"type": "custom", "tokenizer": "positions", "filter": ["counted"]},
    },
}


def writing(index: str) -> str:
    """Return the alias by which an index is written; it goes with the index."""
    return f"{index}-writing"


def articles(shards: int) -> dict[str, Any]:
    """Return the body that makes an index of articles; copies of its shards are made when it is full."""
    ranked = {
        field.value: {"type": "BM25", "k1": K1 / WEIGHTS[field], "b": LENGTH[field], "discount_overlaps": False}
        for field in TextField
    }
    ranked[ALL] = {"type": "BM25", "k1": K1 * SCALE, "b": 0.0}  # lengths are in the frequencies
    texts = {field.value: {"type": "text", "analyzer": "placed", "similarity": field.value} for field in TextField}
    every: dict[str, Any] = {"type": "text", "analyzer": "counted", "search_analyzer": "placed", "similarity": ALL}
    every |= {"index_options": "freqs", "norms": False}
    numbers = ("id", "leader", "copy", "published", "published_month", "latest", "added", "added_month")
    return {
        "settings": {
            "analysis": _ANALYSIS,
            "similarity": ranked,
            "index": {
                "number_of_shards": shards,
                "number_of_replicas": 0,
                "refresh_interval": "-1",
                "codec": "best_compression",
                "gc_deletes": FORGOTTEN,
                "max_result_window": MAX_DEPTH,
                "max_terms_count": MAX_TERMS,
                "query.default_field": [ALL],
            },
        },
        "mappings": {
            "dynamic": "strict",
            "_source": {
                "excludes": [ALL, *HOSTS.values(), *texts]
            },  # an article's texts stand in ARTICLE, as they were written
            "properties": {
                **texts,
                ALL: every,
                **{name.value: _KEYWORD for name in INDEXED},
                **{field: {**_KEYWORD, "doc_values": False} for field in HOSTS.values()},
                "mark": {**_KEYWORD, "doc_values": False},
                "url": {**_KEYWORD, "doc_values": False, "ignore_above": LONGEST_URL},
                ARTICLE: {"type": "object", "enabled": False},
                **dict.fromkeys(numbers, _NUMBER),
            },
        },
    }


def words() -> dict[str, Any]:
    """Return the body that makes an index of words; `seen` is the power of two of how often a form came."""
    return {
        "settings": {
            "index": {
                "number_of_shards": 1,
                "number_of_replicas": 0,
                "refresh_interval": "-1",
                "max_result_window": MAX_DEPTH,
            }
        },
        "mappings": {
            "dynamic": "strict",
            "properties": {
                "form": _KEYWORD,
                "folded": _KEYWORD,
                "keys": {**_KEYWORD, "doc_values": False},
                "seen": {"type": "byte"},
            },
        },
    }


def state(replicas: int) -> dict[str, Any]:
    """Return the body that makes the index of the state."""
    return {
        "settings": {"index": {"number_of_shards": 1, "number_of_replicas": replicas}},
        "mappings": {"dynamic": False},
    }
