"""The pages behind a real nginx, with TLS and under a path, in a real browser."""

import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPSConnection
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest

from tests.web.conftest import app_over
from tests.web.test_browser import CHROMIUM, FLAGS, Tab, playwright
from web.layout.server import bind
from web.layout.services import EXTENSION

CONF = Path(__file__).parents[2] / "deploy/nginx/pressmark.conf"
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin")
pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(NGINX is None, reason="no nginx found: apt-get install nginx-light"),
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium found: apt-get install chromium"),
]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def configured(folder: Path, port: int, app_port: int) -> str:
    """Return a whole configuration around ours: its ports, its certificate, no password."""
    ours = CONF.read_text()
    ours = ours.replace("listen 443 ssl", f"listen 127.0.0.1:{port} ssl").replace(
        "127.0.0.1:8765", f"127.0.0.1:{app_port}"
    )
    ours = ours.replace("/etc/ssl/certs/archive.example.pem", f"{folder}/cert.pem")
    ours = ours.replace("/etc/ssl/private/archive.example.key", f"{folder}/key.pem")
    ours = re.sub(r"\n\s*auth_basic[^\n]*", "", ours).replace("archive.example", "localhost")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    folders = "\n".join(f"{each}_temp_path {folder}/{each};" for each in kinds)
    return f"""daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{}}
http {{ access_log {folder}/access.log; {folders}
{ours} }}
"""


@pytest.fixture(scope="module")
def site(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("nginx")
    port = free_port()
    public = f"https://localhost:{port}/press/"
    app = app_over(data, web={"url": public, "trusted_proxies": ("127.0.0.1",)})
    server = bind(app)
    Thread(target=server.run, daemon=True).start()
    key = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
    ]
    subprocess.run(
        [*key, "-keyout", "key.pem", "-out", "cert.pem", "-subj", "/CN=localhost"],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    (folder / "nginx.conf").write_text(configured(folder, port, server.port))
    assert NGINX is not None
    nginx = subprocess.Popen([NGINX, "-c", str(folder / "nginx.conf")], stderr=subprocess.DEVNULL)
    context = ssl.create_default_context(cafile=folder / "cert.pem")
    context.check_hostname = False
    for _ in range(200):
        try:
            with closing(HTTPSConnection("localhost", port, timeout=5, context=context)) as probe:
                probe.request("GET", "/press/healthz")
                assert probe.getresponse().status == 200
            break
        except ConnectionRefusedError:
            assert nginx.poll() is None, (folder / "error.log").read_text()
    yield public.rstrip("/")
    nginx.terminate()
    nginx.wait(10)
    server.close()
    app.extensions[EXTENSION].close()


@pytest.mark.parametrize("with_javascript", [True, False])
def test_every_page_form_feed_and_link_works_under_the_path(site: str, with_javascript: bool):
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(ignore_https_errors=True, java_script_enabled=with_javascript)
        tab = Tab(context.new_page(), site)
        refused: list[str] = []
        tab.page.on("response", lambda answer: refused.append(answer.url) if answer.status >= 400 else None)
        page = tab.open("/")
        page.fill("#q", "flood")
        page.press("#q", "Enter")
        page.wait_for_url(f"{site}/search?q=flood")
        page.check("input[name=site][value='coastpost.example']")
        if not with_javascript:
            page.click("form#f button:visible >> nth=0")
        page.wait_for_url("**/search?q=flood&site=coastpost.example")
        page.click(".hit h3 a >> nth=0")
        page.wait_for_url(f"{site}/a/**")
        for path in (
            "/search?q=flood",
            "/sources",
            "/crawls",
            "/about",
            "/help/search",
            "/lookup",
            "/facets/author?q=flood",
        ):
            page = tab.open(path)
            for link in page.eval_on_selector_all(
                "a[href], link[href], form", "all => all.map(e => e.href || e.action)"
            ):
                own = urlsplit(link).netloc == urlsplit(site).netloc
                assert not own or link.startswith(f"{site}/"), (path, link)
        feed = context.request.get(f"{site}/search.atom?q=flood")
        assert feed.ok
        for link in re.findall(r'href="([^"]*)"', feed.text())[:5]:
            assert link.startswith(f"{site}/")
            assert context.request.get(link.replace("&amp;", "&")).ok
        assert context.request.get(f"{site}", max_redirects=3).url == f"{site}/"
        browser.close()
    assert refused == []
    assert tab.strangers == []
    assert tab.complaints == []
