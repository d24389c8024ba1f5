"""A real nginx in front of the pages, with TLS and under a path, by the configuration that we ship."""

import re
import shutil
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPSConnection
from http.cookies import SimpleCookie
from pathlib import Path
from time import monotonic
from urllib.parse import quote, urlencode

from flask import Flask

from tests.web.conftest import served
from tests.web.ports import held_port
from web.layout.services import EXTENSION

CONF = Path(__file__).parents[2] / "deploy/nginx/pressmark.conf"
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin")
OPENSSL = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
PATH = "/press"
STARTING = 30.0  # seconds


@dataclass
class Reply:
    """What a browser that follows nothing gets."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def location(self) -> str:
        return self.headers.get("location", "")


@dataclass
class Site:
    """A site behind nginx, and a browser of it that keeps cookies.

    Attributes:
        url: Such as https://localhost:4711/press, without a slash at its end.
    """

    url: str
    port: int
    trusted: ssl.SSLContext
    cookies: SimpleCookie = field(default_factory=SimpleCookie)

    def ask(self, path: str, form: list[tuple[str, str]] | None = None) -> Reply:
        """Ask for a path of the host, or send a form there."""
        headers = {"Cookie": "; ".join(f"{name}={each.value}" for name, each in self.cookies.items())}
        body = None if form is None else urlencode(form)
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.url.removesuffix(PATH)}
        with closing(HTTPSConnection("localhost", self.port, timeout=120, context=self.trusted)) as connection:
            connection.request("GET" if body is None else "POST", quote(path, safe="/%?&=:,;+~!*()'@$"), body, headers)
            answer = connection.getresponse()
            given = {name.lower(): value for name, value in answer.getheaders()}
            self.cookies.load(given.get("set-cookie", ""))
            return Reply(answer.status, given, answer.read().decode("utf-8", "replace"))


def configured(folder: Path, port: int, app_port: int, person: str | None) -> str:
    """Return a whole configuration around ours: its ports, its certificate, no password; a person who is named."""
    ours = CONF.read_text()
    ours = ours.replace("listen 443 ssl", f"listen 127.0.0.1:{port} ssl")
    ours = ours.replace("127.0.0.1:8765", f"127.0.0.1:{app_port}")
    ours = ours.replace("/etc/ssl/certs/archive.example.pem", f"{folder}/cert.pem")
    ours = ours.replace("/etc/ssl/private/archive.example.key", f"{folder}/key.pem")
    ours = re.sub(r"\n\s*auth_basic[^\n]*", "", ours).replace("archive.example", "localhost")
    if person:
        ours = ours.replace("proxy_http_version", f"proxy_set_header X-Remote-User {person}; proxy_http_version")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    folders = "\n".join(f"{each}_temp_path {folder}/{each};" for each in kinds)
    return f"""daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{}}
http {{ access_log {folder}/access.log; {folders}
{ours} }}
"""


def _wait_for(site: Site, nginx: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until nginx answers; on a busy machine its start takes a while."""
    until = monotonic() + STARTING
    while True:
        try:
            assert site.ask(f"{PATH}/healthz").status == 200
        except ConnectionRefusedError:
            with suppress(subprocess.TimeoutExpired):
                nginx.wait(0.02)
            assert nginx.poll() is None, log.read_text()
            assert monotonic() < until, f"nginx does not answer after {STARTING} s"
        else:
            return


@contextmanager
def behind_nginx(make: Callable[..., Flask], folder: Path, *, person: str | None = None, **web: str) -> Iterator[Site]:
    """Serve an app behind nginx.

    Args:
        make: Makes the app from the settings of [web].
        folder: For nginx's files.
        person: Whom nginx says it has signed in.
    """
    with held_port() as port:
        url = f"https://localhost:{port}{PATH}"
        app = make({"url": f"{url}/", "trusted_proxies": ("127.0.0.1",), **web})
        openssl = ["openssl", *OPENSSL.split(), "-keyout", "key.pem", "-out", "cert.pem"]
        subprocess.run(openssl, cwd=folder, check=True, capture_output=True)
        with served(app) as server:
            (folder / "nginx.conf").write_text(configured(folder, port, server.port, person))
            assert NGINX is not None
            nginx = subprocess.Popen([NGINX, "-c", str(folder / "nginx.conf")], stderr=subprocess.DEVNULL)
            try:
                site = Site(url, port, ssl.create_default_context(cafile=folder / "cert.pem"))
                _wait_for(site, nginx, folder / "error.log")
                yield site
            finally:
                nginx.terminate()
                nginx.wait(60)
                app.extensions[EXTENSION].close()
