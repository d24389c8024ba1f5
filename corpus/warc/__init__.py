"""WARC and ARC files: records written, records of any origin read, packed bodies unpacked within bounds."""
