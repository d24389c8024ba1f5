"""A node of a test run that is gone says why."""

import os
import subprocess
from contextlib import closing

import pytest

from tests.crawler.faultweb import Reply, Site
from tests.opensearch import nodes
from tests.opensearch.nodes import PIPE, Node, ended_meanwhile, held, state_of_shared


def test_a_shared_node_that_ended_is_reported_with_its_exit_code_and_the_end_of_its_log(tmp_path, monkeypatch):
    monkeypatch.setattr(nodes, "_started", [])
    (tmp_path / "n0").mkdir()
    (tmp_path / "n0" / "log").write_text("started\n" + "x" * 5_000 + "java.lang.OutOfMemoryError")
    said = state_of_shared(tmp_path)
    assert said.startswith("another process of the run started it")
    assert "OutOfMemoryError" in said
    assert "started\n" not in said
    node = Node(tmp_path, "n0", 1, 2, "", "n0")
    node.process = subprocess.Popen(["sh", "-c", "read line; kill -9 $$"], stdin=subprocess.PIPE)
    nodes._started.append(node)
    assert state_of_shared(tmp_path).startswith("its process is there")
    node.process.stdin.close()
    os.waitid(os.P_PID, node.process.pid, os.WEXITED | os.WNOWAIT)
    for _ in range(2):
        assert state_of_shared(tmp_path).startswith("it ended with exit code -9; ")
    node.process.returncode = -9


def test_a_failure_is_reported_with_the_end_of_a_node_that_is_used_and_gone_and_with_nothing_else(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(nodes, "_started", [])
    monkeypatch.setattr(nodes, "_folders", [])
    assert ended_meanwhile() is None
    site = Site("127.0.0.1", {"": Reply(b"{}"), "/": Reply(b"{}")})
    with closing(site):
        (tmp_path / "address").write_text(site.url)
        nodes._folders.append(tmp_path)
        assert ended_meanwhile() is None
    (tmp_path / "n0").mkdir()
    (tmp_path / "n0" / "log").write_text("java.lang.OutOfMemoryError")
    said = ended_meanwhile()
    assert said is not None
    assert said.startswith("the node does not answer: ")
    assert "OutOfMemoryError" in said


def test_a_node_hears_its_end_when_the_last_process_that_holds_it_has_ended(tmp_path):
    first, second = held(tmp_path), held(tmp_path)
    hearing = os.open(tmp_path / PIPE, os.O_RDONLY | os.O_NONBLOCK)
    os.close(first)
    with pytest.raises(BlockingIOError):
        os.read(hearing, 1)
    os.close(second)
    assert os.read(hearing, 1) == b""
    os.close(hearing)
