"""Articles of a list -> what readers added to them: the dossiers they stand in, the notes there, and their tags."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.store.file.database import Database


@dataclass(frozen=True, slots=True)
class Additions:
    """What readers added to one article.

    Attributes:
        dossiers: (mark, whether it has a note on the article) of each dossier that holds it, by the dossiers' names.
        tags: In alphabetical order.
    """

    dossiers: tuple[tuple[str, bool], ...] = ()
    tags: tuple[str, ...] = ()


def additions(database: Database, articles: Sequence[int]) -> dict[int, Additions]:
    """Return article -> what readers added to it, without articles that have nothing; one statement for a list's page.

    Dossiers of every owner are among them; who asks for them says which may be seen.
    """
    holes = ", ".join("?" * len(articles))
    found: dict[int, Additions] = {}
    for row in database.rows(_SQL.format(holes=holes), (*articles, *articles)):
        before = found.get(row["article"], Additions())
        found[row["article"]] = (
            Additions(before.dossiers, (*before.tags, row["name"]))
            if row["mark"] is None
            else Additions((*before.dossiers, (row["mark"], bool(row["noted"]))), before.tags)
        )
    return found


_SQL = (
    "SELECT e.article, d.mark, d.name, e.note <> '' AS noted FROM dossier_articles e"
    " JOIN dossiers d ON d.id = e.dossier WHERE e.article IN ({holes}) AND d.deleted IS NULL"
    " UNION ALL SELECT article, NULL, tag, 0 FROM tags WHERE article IN ({holes}) ORDER BY name"
)
