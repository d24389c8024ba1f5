"""What stands on the sites at one moment: the stories, and which text of a revised one is out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from web.demo import stories, writing
from web.demo.parts import Part
from web.demo.sites import Desk, Site
from web.demo.stories import Story

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Edition:
    """A site as it stands.

    Attributes:
        origin: Where it is served, such as `http://127.77.0.1:8000`.
        origins: Where each site is served, by its key.
        revised_at: When the second edition of the revised stories came out; None: it has not.
    """

    site: Site
    origin: str
    origins: Mapping[str, str] = field(default_factory=dict)
    revised_at: datetime | None = None

    @property
    def stories(self) -> tuple[Story, ...]:
        """Newest first."""
        return stories.of_site(self.site.key)

    def story(self, path: str) -> Story | None:
        """Return the story that stands at a path."""
        return next((each for each in self.stories if each.path == path), None)

    def address(self, story: Story) -> str:
        """Return the full address of a story."""
        return self.origin + story.path

    def parts(self, story: Story) -> tuple[Part, ...]:
        """Return the parts of the text that is out, their links leading to where the sites are served."""
        return tuple(part.at(self.origins) for part in story.parts(2 if self.revised_at else 1))

    def body(self, story: Story) -> tuple[str, ...]:
        """Return the texts of the parts that are out."""
        return tuple(part.text for part in self.parts(story) if part.text)

    def modified(self, story: Story) -> datetime | None:
        """Return when the text that is out came out; None for an undated story."""
        return self.revised_at if story.revised and self.revised_at else story.published

    def desk(self, story: Story) -> Desk:
        """Return the desk that made a story."""
        return next(each for each in self.site.desks if each.language == story.language)

    def day(self, story: Story) -> str | None:
        """Return the day as this desk prints it."""
        if story.published is None:
            return None
        month = writing.language(story.language).months[story.published.month - 1]
        return self.desk(story).date_form.format(d=story.published.day, month=month, y=story.published.year)

    def related(self, story: Story, count: int) -> tuple[Story, ...]:
        """Return other stories of the same subject, those nearest in time first."""
        same = [each for each in self.stories if (each.language, each.topic) == (story.language, story.topic)]
        near = sorted(same, key=lambda each: abs(each.number - story.number))
        return tuple(near[1 : count + 1])
