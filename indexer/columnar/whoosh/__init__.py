"""The side of the engine that Whoosh sees: a codec, so that any Whoosh query runs on the index."""
