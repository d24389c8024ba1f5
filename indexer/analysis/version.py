"""The version of the analysis of texts, in a module that imports nothing, so that a look at it is quick."""

VERSION = 7  # an index made with another version reads as position 0, and is made again
