"""Which forms a typed form finds, by the keys of indexer/analysis/stems.py alone."""

from indexer.analysis.stems import UNACCENTED, form_keys, sought


def are_variants(typed, form, languages):
    """Does a typed form find another one? (`inondee` finds `inondations` in French.)"""
    keys = {(language, key) for language in (UNACCENTED, *languages) for key in form_keys([form], language)[0]}
    return not keys.isdisjoint(sought(typed, languages))
