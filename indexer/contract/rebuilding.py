"""An index that cannot answer -> the sentence that a reader is shown in place of results."""

from corpus.texts import text

BEING_BUILT = text("The index is being rebuilt from the articles; nothing is lost.")
NOT_BUILT = text("The index could not be opened, and could not be rebuilt yet; the log says why. It is tried again.")
