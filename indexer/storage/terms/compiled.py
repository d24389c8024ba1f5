"""A word -> the forms of a segment that share a key with it or are a few edits away, found by the compiled kernel."""

from collections.abc import Iterable, Sequence

from indexer.analysis.stems import UNACCENTED
from indexer.storage.arrays import Array, ArrayFile
from indexer.storage.kernel import Kernel, Kin
from indexer.storage.postings.offsets import read_numbers, read_offsets
from indexer.storage.terms.edit_signatures import LENGTHS, SIGNATURES
from indexer.storage.terms.stem_groups import is_written, map_name

MAPS = 17  # that the kernel takes, one of them of folded spellings


class CompiledForms:
    """The forms of a segment and the maps of some languages; the maps have been written.

    Attributes:
        lexicon: Both, as the kernel holds them.
        numbers: Language -> the number of its map.
    """

    def __init__(self, kernel: Kernel, file: ArrayFile, posting_at: Array, languages: Sequence[str]) -> None:
        self._kernel = kernel
        self.numbers = {language: number for number, language in enumerate((UNACCENTED, *languages))}
        maps = (
            (file[f"{name}.text"], file[f"{name}.at"], read_offsets(file, name), read_numbers(file, f"{name}.forms"))
            for name in map(map_name, self.numbers)
        )
        self.lexicon = kernel.lexicon(file["forms.text"], file["forms.at"], posting_at, tuple(maps))
        self._signatures, self._lengths = file[SIGNATURES], file[LENGTHS]

    def kin(self, typed: str, keys: Iterable[tuple[str, str]]) -> Kin | None:
        """Return the forms that share a key with what was typed; None where Python is to find them.

        Args:
            keys: Language and key, as `stems.sought` gives them.
        """
        number = self.numbers
        return self._kernel.kin(self.lexicon, typed, tuple([(number[language], key) for language, key in keys]))

    def near(self, typed: str, distance: int) -> Kin | None:
        """Return the forms within so many edits, of the same first character; None where Python is to find them."""
        return self._kernel.near(self.lexicon, self._signatures, self._lengths, typed, distance)


def compiled_forms(
    kernel: Kernel, file: ArrayFile, posting_at: Array, languages: Sequence[str]
) -> CompiledForms | None:
    """Return the forms of a segment, or None where a map of these languages was not written, or they are too many.

    Args:
        posting_at: Where the postings of each form begin, and where the last one's end.
    """
    if len(languages) < MAPS and all(is_written(file, language) for language in (UNACCENTED, *languages)):
        return CompiledForms(kernel, file, posting_at, languages)
    return None
