"""axe-core on a page of a browser: what it finds against WCAG 2.2 (A and AA) and its own best practices."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def violations(page: "Page") -> list[str]:
    """Return a line for each element that breaks a rule: the rule, the element, what is wrong."""
    from axe_playwright_python.sync_playwright import Axe

    options = {"runOnly": list(TAGS), "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{one['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary'].splitlines()[-1].strip()}"
        for one in found
        for node in one["nodes"]
    ]
