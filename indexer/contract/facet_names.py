"""The names of the facets, in a module that loads nothing: an index is known by them before it is opened."""

from enum import StrEnum


class FacetName(StrEnum):
    """The facets, in the order of pages and addresses.

    The value is the name of the column, the parameter of an address and the option of a command.
    """

    AUTHOR = "author"
    SITE = "site"
    SECTION = "section"
    LANGUAGE = "lang"
    FEATURE = "has"
    LINKS = "links"
    TAG = "tag"
    DOSSIER = "in"


ANNOTATED = (FacetName.TAG, FacetName.DOSSIER)  # those that readers give by hand
ASIDE = (FacetName.LINKS,)  # counted where somebody asks for them, not beside every list of hits
INDEXED = tuple(name for name in FacetName if name not in ANNOTATED)  # those that an index holds
