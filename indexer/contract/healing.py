"""An index that cannot answer -> what a reader is told of it."""

from corpus.texts import text

BEING_BUILT = text("The index is being rebuilt from the articles; nothing is lost.")
NOT_BUILT = text("The index could not be opened, and could not be rebuilt yet; the log says why. It is tried again.")
