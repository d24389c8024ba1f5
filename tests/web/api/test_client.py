"""docs/client.py pages through everything of a server that runs, and prints it."""

import json
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask

from docs.client import REMEMBERED, Archive, Problem
from web.layout.services import EXTENSION

ROOT = Path(__file__).parents[3]


def test_the_client_reads_every_article_value_and_text(site: str, app: Flask):
    archive = Archive(site)
    found = list(archive.pages("search", limit=20, q="flood"))
    assert len({each["id"] for each in found}) == len(found) == archive.get("search", q="flood")["total"]
    values = list(archive.pages("facets/author", limit=3, not__site="coastpost.example"))
    assert {"key", "name", "articles"} == set(values[0])
    text = archive.get(f"articles/{found[0]['id']}")["text"]
    assert text == app.extensions[EXTENSION].store.by_mark(found[0]["id"]).article.body
    assert archive.get("search", q="flood") == archive.get("search", q="flood")  # the second is a 304


def test_a_problem_reaches_the_caller_with_what_would_be_right(site: str):
    with pytest.raises(Problem, match="expected a date") as raised:
        Archive(site).get("search", **{"from": "soon"})
    assert raised.value.status == 400


def test_the_client_runs_as_a_program(site: str):
    command = [sys.executable, str(ROOT / "docs" / "client.py"), site, "flood", "walls"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    lines = [json.loads(line) for line in answer.stdout.splitlines()]
    assert len(lines) == Archive(site).get("search", q="flood walls")["total"]


def test_the_client_remembers_the_latest_answers_alone(site: str):
    archive = Archive(site)
    assert len(list(archive.pages("search", limit=1, q="flood"))) > REMEMBERED
    assert len(archive._seen) == REMEMBERED


def test_what_is_no_answer_of_an_archive_reaches_the_caller_in_words():
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as proxy:  # which answers with a page: 501
        answering = Thread(target=proxy.handle_request)
        answering.start()
        with pytest.raises(Problem, match="501 Unsupported method"):
            Archive(f"http://127.0.0.1:{proxy.server_port}").get("search")
        answering.join(5)
    command = [sys.executable, str(ROOT / "docs" / "client.py"), f"http://127.0.0.1:{proxy.server_port}"]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (answer.returncode, "Connection refused" in answer.stderr) == (1, True)
    assert len(answer.stderr.splitlines()) == 1


def test_the_client_is_short_and_needs_python_alone():
    text = (ROOT / "docs" / "client.py").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 110
    imported = {
        line.split()[1].partition(".")[0] for line in text.splitlines() if line.startswith(("import ", "from "))
    }
    assert imported <= set(sys.stdlib_module_names)
