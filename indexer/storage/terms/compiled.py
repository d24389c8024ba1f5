"""A word -> the forms of a segment that share a key with it or are a few edits away, found by the compiled kernel."""

from collections.abc import Iterable, Mapping, Sequence

from indexer.analysis.stems import UNACCENTED
from indexer.storage.arrays import ArrayFile
from indexer.storage.kernel import Kernel, Kin
from indexer.storage.terms.edit_signatures import LENGTHS, SIGNATURES
from indexer.storage.terms.stem_groups import Variants, WrittenMap, map_name

MAPS = 17  # that the kernel takes, one of them of folded spellings


class CompiledForms:
    """The forms of a segment and the maps of some languages.

    Args:
        posting_at: Where the postings of each form begin, and where the last one's end.
        maps: Language -> its map; that of folded spellings is the first.

    Attributes:
        lexicon: Both, as the kernel holds them.
        numbers: Language -> the number of its map.
    """

    def __init__(self, kernel: Kernel, file: ArrayFile, posting_at: memoryview, maps: Mapping[str, WrittenMap]) -> None:
        self._kernel = kernel
        self.numbers = {language: number for number, language in enumerate(maps)}
        arrays = tuple(
            (file[f"{map_name(language)}.text"], file[f"{map_name(language)}.at"], own.ends, own.forms)
            for language, own in maps.items()
        )
        self.lexicon = kernel.lexicon(file["forms.text"], file["forms.at"], posting_at, arrays)
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
    kernel: Kernel, file: ArrayFile, posting_at: memoryview, variants: Variants, languages: Sequence[str]
) -> CompiledForms | None:
    """Return the forms of a segment, or None where a map of these languages was not written, or they are too many."""
    if len(languages) >= MAPS:
        return None
    maps = {language: variants.written(language) for language in (UNACCENTED, *languages)}
    every = {language: own for language, own in maps.items() if own is not None}
    return CompiledForms(kernel, file, posting_at, every) if len(every) == len(maps) else None
