"""Every kind of page -> a picture of it, light and dark, in docs/pictures/, and docs/pictures.md that shows them.

Some are taken in German and Arabic, too.

python docs/pictures.py          takes them all, in chromium, of the sample corpus of the tests
"""

import base64
import re
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

from playwright import sync_api as playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.web.conftest import app_over, served
from tests.web.corpus import make
from tests.web.test_axe import pages

DOCS = Path(__file__).resolve().parent
FOLDER, PAGE = DOCS / "pictures", DOCS / "pictures.md"
SCHEMES = ("light", "dark")
LANGUAGES = ("de", "ar")  # a long one from the left, and one from the right
SPOKEN = re.compile(  # the addresses that are taken in these, too
    r"/|/search[?]q=flood&from=2021&.*|/trends[?]q=flood&q.*|/a/\w+[?]q=.*|/a/\w+/diff/[\d.]+|/sources/coastpost.example|"
    r"/crawls/1|/q/.*|/help/search"
)
SECRET = re.compile(r"-?\b[0-9a-f]{32}\b")  # of an address that is rebuilt each time
WIDTH, HEIGHT, SCALE, QUALITY = 1280, 1000, 0.5, 50  # some 15 kB a picture: all of them stay below 3 MB
CLIP = {"x": 0, "y": 0, "width": WIDTH, "height": HEIGHT, "scale": SCALE}
HEAD = """# Pictures

Written by `make pictures`: every kind of page, light and dark, of the fictional papers that the tests read; some of
them in German and Arabic, too.
"""


def name_of(path: str) -> str:
    """Return the name of a page's pictures: its address in small letters, the marks of what it shows left out."""
    plain = SECRET.sub("", path)
    plain = re.sub(
        r"(?<=/)(?:[qds]-)?[0-9a-z]{5,6}(?=[/?]|$)",
        lambda part: "" if "-" in part[0] or any(map(str.isdigit, part[0])) else part[0],
        plain,
    )
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:60] or "start"


def named(paths: list[str]) -> list[tuple[str, str]]:
    """Return the name and the address of each page; of pages that would be called the same, the later have a number."""
    times: Counter[str] = Counter()
    shown = []
    for path in paths:
        name = name_of(path)
        times[name] += 1
        shown.append((f"{name}-{times[name]}" if times[name] > 1 else name, path))
    return shown


def take() -> list[tuple[str, str]]:
    """Take all pictures; return the name and the address of each page."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    assert chromium, "chromium is needed: apt-get install chromium"
    data = Path(tempfile.mkdtemp())
    for opened in make(data):
        opened.close()
    app = app_over(data)
    paths = pages(app)
    paths += [f"/{code}{path}" for code in LANGUAGES for path in paths if SPOKEN.fullmatch(path)]
    shown = named(paths)
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    with served(app) as server, playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium)
        for scheme in SCHEMES:
            context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme=scheme)
            page = context.new_page()
            session = context.new_cdp_session(page)
            for name, path in shown:
                page.goto(server.url.rstrip("/") + path)
                page.wait_for_timeout(50)  # the browser has drawn it
                (FOLDER / f"{name}-{scheme}.webp").write_bytes(_shot(session))
        browser.close()
    return shown


def _shot(session: playwright.CDPSession) -> bytes:
    """Take one picture; a browser that is busy is asked again."""
    for _ in range(3):
        try:
            found = session.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY, "clip": CLIP})
            return base64.b64decode(found["data"])
        except playwright.Error:
            continue
    raise SystemExit("chromium takes no picture of a page: is there memory left?")


def main() -> None:
    """Take the pictures and write their page."""
    shown = take()
    parts = [HEAD]
    for name, path in shown:
        plain = re.sub(
            r"\b[qds]-[0-9a-z]{5}\b|(?<=/a/)[0-9a-z]{6}|(?<==)[a-z][0-9a-z]{5}$", "MARK", SECRET.sub("", path)
        )
        pictures = " ".join(f"![{plain}, {scheme}](pictures/{name}-{scheme}.webp)" for scheme in SCHEMES)
        parts.append(f"## `{plain}`\n\n{pictures}\n")
    PAGE.write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
