"""What we use of Whoosh, imported without the syntax warnings its sources give."""

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from whoosh.analysis import Token, Tokenizer
    from whoosh.columns import NumericColumn, VarBytesColumn
    from whoosh.fields import COLUMN, ID, STORED, TEXT, Schema
    from whoosh.index import EmptyIndexError, Index, create_in, exists_in, open_dir
    from whoosh.reading import IndexReader

__all__ = [
    "COLUMN",
    "ID",
    "STORED",
    "TEXT",
    "EmptyIndexError",
    "Index",
    "IndexReader",
    "NumericColumn",
    "Schema",
    "Token",
    "Tokenizer",
    "VarBytesColumn",
    "create_in",
    "exists_in",
    "open_dir",
]
