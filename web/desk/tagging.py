"""A note or tags as somebody typed them -> the same in order; and the form that gives an article its tags."""

from flask import Blueprint, request
from werkzeug.wrappers import Response as Reply

from corpus.texts import text
from web.articles.named import article
from web.desk import actions
from web.layout.changes import LONGEST_NOTE, bounded, change, done, unless_newer
from web.layout.paths import article_path
from web.layout.problems import NotAllowed
from web.layout.services import current_services

blueprint = Blueprint("tagging", __name__)

MOST_TAGS = 20  # of an article
LONGEST_TAG = 60


@change(blueprint, "/tags")
def tag() -> Reply:
    """Give the article of the form these tags in place of those it had, in whatever dossier it stands or in none."""
    stored = article(request.form.get("mark", ""))
    action = actions.tag(stored.id, stored.mark, typed_tags(stored.id))
    return done(*action, f"{article_path(stored)}#kept")


def tags_of(typed: str) -> list[str]:
    """Read tags as typed: by commas, in lower case, each once.

    Raises:
        NotAllowed: There are too many, or one is too long.
    """
    tags = list(dict.fromkeys(tag for each in typed.split(",") if (tag := " ".join(each.split()).lower())))
    if len(tags) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in tags):
        raise NotAllowed(
            text(
                "At most {most} tags of at most {longest} characters, with commas between them.",
                most=MOST_TAGS,
                longest=LONGEST_TAG,
            )
        )
    return tags


def typed_tags(article: int) -> list[str]:
    """Return the tags of the form, which are those of an article.

    Raises:
        NotAllowed: There are too many, or one is too long.
        TooLate: Others were given since the form was shown.
    """
    now = current_services().store.dossiers.tags([article]).get(article, ())
    return tags_of(
        unless_newer(
            "tags", request.form.get("tags", ""), ", ".join(now), lambda tags: ", ".join(sorted(tags_of(tags)))
        )
    )


def note_of(typed: str) -> str:
    """Return a note as typed, without spaces at the ends of its lines."""
    return "\n".join(line.rstrip() for line in typed.strip().splitlines())


def typed_note(now: str = "") -> str:
    """Return the note of the form, in place of the note that there is now.

    Raises:
        NotAllowed: It is longer than a page lets anybody type.
        TooLate: Another was written since the form was shown.
    """
    return unless_newer("note", bounded(note_of(request.form.get("note", "")), LONGEST_NOTE), now, note_of)
