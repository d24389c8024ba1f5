"""`pressmark` as it is typed in a folder, without a process of its own: the workers of the run read its pages."""

from pathlib import Path

from click.testing import CliRunner, Result

from tests.crawler.crawling import workers_of
from web.cli.group import pressmark


def run(folder: Path, *arguments: str, typed: str | None = None) -> Result:
    """Run a command and return what it prints; `typed` is its standard input."""
    return CliRunner().invoke(pressmark, ["-C", str(folder), *arguments], input=typed, obj=workers_of())
