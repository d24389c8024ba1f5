"""What the codec uses of Whoosh, imported without the syntax warnings its sources give."""

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from whoosh.codec.base import Codec, EmptyCursor, FieldCursor, PerDocumentReader, Segment, TermsReader
    from whoosh.columns import ColumnReader
    from whoosh.filedb.filestore import FileStorage, RamStorage
    from whoosh.index import TOC
    from whoosh.matching import LeafMatcher, ReadTooFar
    from whoosh.reading import TermInfo, TermNotFound

__all__ = [
    "TOC",
    "Codec",
    "ColumnReader",
    "EmptyCursor",
    "FieldCursor",
    "FileStorage",
    "LeafMatcher",
    "PerDocumentReader",
    "RamStorage",
    "ReadTooFar",
    "Segment",
    "TermInfo",
    "TermNotFound",
    "TermsReader",
]
