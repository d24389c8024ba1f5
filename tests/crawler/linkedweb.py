"""A generator of sites without feed and sitemap: their stories stand on pages of sections, of subjects, of archives."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from tests.crawler.crawling import story

FIRST_DAY = date(2024, 3, 1)
WORDS = "harbour wall bridge ferry school market church river tower garden mill station library theatre".split()
SECTIONS = ("town", "country", "culture")


@dataclass(frozen=True)
class Style:
    """How a site writes its addresses.

    Attributes:
        article: Number, section, day and words of a story -> its path.
        section: A section's name -> its path.
        page: A section's path and the number of a page, from 2 -> that page's path.
        next_link: What leads from one page to the next, `{}` for its path.
    """

    article: Callable[[int, str, date, str], str]
    section: Callable[[str], str]
    page: Callable[[str, int], str] = lambda path, n: f"{path}/page/{n}"
    next_link: str = '<a href="{}">2</a>'


STYLES: dict[str, Style] = {
    "slug": Style(lambda n, s, d, w: f"/{s}/{w}", lambda s: f"/{s}"),
    "dated": Style(
        lambda n, s, d, w: f"/{s}/archive/{d:%Y/%m}/{w}/{550000 + n}/",
        lambda s: f"/category/{s}",
        lambda path, n: f"{path}?page={n}",
    ),
    "random": Style(
        lambda n, s, d, w: f"/news/articles/c{n:04}llgw84ro",
        lambda s: f"/topics/{s}",
        next_link='<a class="older" href="{}">Older stories</a>',
    ),
    "month-name": Style(
        lambda n, s, d, w: f"/{d:%Y}/{d:%b}/{d:%d}/{w}".lower(),
        lambda s: f"/rubrik/{s}/",
        lambda path, n: f"{path}seite-{n}",
        '<link rel="next" href="{}">',
    ),
    "query": Style(
        lambda n, s, d, w: f"/story.php?id={n}", lambda s: f"/section.php?cat={s}", lambda p, n: f"{p}&pg={n}"
    ),
    "numbered": Style(lambda n, s, d, w: f"/news/{n + 1}", lambda s: f"/{s}/", lambda path, n: f"{path}index{n}.html"),
    "one-word": Style(
        lambda n, s, d, w: f"/{s}/{w.split('-')[0]}{'x' * (n % 7)}{chr(97 + n % 26)}", lambda s: f"/section/{s}"
    ),
}  # fmt: skip


def site_of(
    style: Style, stories: int, *, per_page: int = 10, index: str = "sections"
) -> tuple[dict[str, str], set[str]]:
    """Return the routes of a site, and the paths of its stories.

    Args:
        index: How its stories are reached: "sections", each in pages of `per_page`, or "days", an archive by month
            and day.
    """
    made = [_story(style, n) for n in range(stories)]
    routes: dict[str, str] = {path: body for path, body, _, _ in made}
    front = "".join(f'<a href="{path}">{path}</a>' for path, _, _, _ in made[:5])
    menu = ""
    if index == "days":
        menu = '<a href="/archive">Archive</a>'
        routes |= _archive(made)
    else:
        for section in SECTIONS:
            menu += f'<a href="{style.section(section)}">{section}</a>'
            routes |= _pages(style, section, [path for path, _, of, _ in made if of == section], per_page)
    routes["/"] = _page(menu + front)
    return routes, {path for path, _, _, _ in made}


def _story(style: Style, n: int) -> tuple[str, str, str, date]:
    section, day = SECTIONS[n % 3], FIRST_DAY - timedelta(days=n // 2)
    words = f"{WORDS[n % 14]}-{WORDS[(n // 14) % 14]}-opens-after-{n}-days"
    path = style.article(n, section, day, words)
    return path, story(f"Story {n} of the {words.replace('-', ' ')}"), section, day


def _pages(style: Style, section: str, paths: list[str], per_page: int) -> dict[str, str]:
    first = style.section(section)
    chunks = [paths[start : start + per_page] for start in range(0, len(paths), per_page)]
    names = [first, *(style.page(first, n) for n in range(2, len(chunks) + 1))]
    pages: dict[str, str] = {}
    for n, chunk in enumerate(chunks):
        following = style.next_link.format(names[n + 1]) if n + 1 < len(chunks) else ""
        pages[names[n]] = _page("".join(f'<a href="{path}">{path}</a>' for path in chunk) + following)
    return pages


def _archive(made: list[tuple[str, str, str, date]]) -> dict[str, str]:
    days: dict[date, list[str]] = {}
    for path, _, _, day in made:
        days.setdefault(day, []).append(path)
    months: dict[str, list[str]] = {}
    pages: dict[str, str] = {}
    for day, paths in days.items():
        name = f"/archive/{day:%Y/%m/%d}/"
        months.setdefault(f"/archive/{day:%Y/%m}/", []).append(name)
        pages[name] = _page("".join(f'<a href="{path}">{path}</a>' for path in paths))
    for month, names in months.items():
        pages[month] = _page("".join(f'<a href="{name}">{name}</a>' for name in names))
    pages["/archive"] = _page("".join(f'<a href="{month}">{month}</a>' for month in months))
    return pages


def _page(links: str) -> str:
    return f'<!doctype html><html lang="en"><head><title>Coast Mirror</title></head><body>{links}</body></html>'
