"""What a cluster refuses is said in words; what passes is asked again."""

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from socket import socket
from threading import Thread
from time import monotonic

import pytest

from corpus.errors import IndexError_, IndexUnreachable
from indexer.contract.timeouts import timeout, within
from indexer.opensearch_engine.cluster import Cluster, ClusterSettings
from indexer.opensearch_engine.refusals import Refused

Answers = Callable[..., Cluster]


@pytest.fixture
def answering() -> Iterator[Answers]:
    """Makes a cluster whose only node gives these answers, one after the other, and then the last again."""
    servers = []

    def made(*answers: tuple[int, object], **given: object) -> Cluster:
        left = list(answers)

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                status, body = left.pop(0) if len(left) > 1 else left[0]
                content = body.encode() if isinstance(body, str) else json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_POST = do_GET

            def log_message(self, format: str, *values: object) -> None:
                pass

        server = HTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        known = {"hosts": (f"http://127.0.0.1:{server.server_port}",), "retry_for": (0.5, 0.5), "timeout": 2.0}
        return Cluster(ClusterSettings(**known | given))  # type: ignore[arg-type]  # whatever a test gives

    yield made
    for server in servers:
        server.shutdown()
        server.server_close()


def refusal(kind: str, reason: str) -> dict[str, object]:
    return {"error": {"type": kind, "reason": reason, "root_cause": []}, "status": 0}


def test_a_wrong_password_names_the_user_and_not_the_password(answering: Answers) -> None:
    cluster = answering((401, "Unauthorized"), user="crawler", password="hunter2")
    with pytest.raises(IndexUnreachable, match='user "crawler" with its password is refused') as refused:
        cluster.read("GET", "/")
    assert "hunter2" not in str(refused.value)


def test_a_refused_key_is_not_quoted(answering: Answers) -> None:
    with pytest.raises(IndexUnreachable, match="the API key is refused") as refused:
        answering((401, ""), api_key="c2VjcmV0").read("GET", "/")
    assert "c2VjcmV0" not in str(refused.value)


def test_a_cluster_without_a_leader_is_asked_again(answering: Answers) -> None:
    away = refusal("cluster_manager_not_discovered_exception", "no leader")
    assert answering((503, away), (429, refusal("rejected_execution", "full")), (200, {"ok": 1})).read("GET", "/") == {
        "ok": 1
    }


def test_a_node_that_has_just_gone_is_not_the_end(answering: Answers) -> None:
    gone = refusal("node_not_connected_exception", "[n2][127.0.0.1:9300] Node not connected")
    assert answering((500, gone), (200, {"ok": 1})).read("GET", "/") == {"ok": 1}
    with pytest.raises(IndexUnreachable, match="the cluster cannot answer now"):
        answering((500, gone)).read("GET", "/")


def test_a_cluster_that_stays_busy_is_given_up_in_words(answering: Answers) -> None:
    with pytest.raises(IndexUnreachable, match="the cluster cannot answer now: rejected_execution: full"):
        answering((429, refusal("rejected_execution", "full"))).read("GET", "/")


def test_a_probe_waits_for_a_busy_cluster_no_longer_than_it_says(answering: Answers) -> None:
    busy = refusal("no_shard_available_action_exception", "all shards failed")
    cluster = answering((503, busy), retry_for=(30.0, 30.0), timeout=15.0)
    began = monotonic()
    with within(0.2), pytest.raises(IndexUnreachable, match="the cluster cannot answer now"):
        cluster.read("GET", "/")
    assert monotonic() - began < 10.0
    with pytest.raises(ZeroDivisionError), within(0.2):
        raise ZeroDivisionError
    assert timeout() is None  # the next question waits as the settings say


def test_a_probe_of_a_node_that_stands_still_ends(tmp_path: Path) -> None:
    with socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        hosts = (f"http://127.0.0.1:{silent.getsockname()[1]}",)
        cluster = Cluster(ClusterSettings(hosts=hosts, retry_for=(60.0, 60.0), timeout=30.0))
        began = monotonic()
        with within(0.2), pytest.raises(IndexUnreachable, match=r"no answer within 0\.2 s"):
            cluster.read("GET", "/")
        assert monotonic() - began < 10.0


def test_a_full_disk_is_not_waited_for(answering: Answers) -> None:
    blocked = refusal("cluster_block_exception", "index [x] blocked by: [read-only / allow delete (api)]")
    with pytest.raises(IndexError_, match="the disk of a node is too full"):
        answering((429, blocked)).write("GET", "/")


@pytest.mark.parametrize(
    ("status", "kind", "reason", "said"),
    [  # as OpenSearch 2.19.6 answers
        (403, "index_create_block_exception", "blocked by: [FORBIDDEN/10/cluster create-index blocked (api)];",
         "takes no new index, as when the disks of its nodes are nearly full; nothing is lost"),
        (400, "validation_exception", "Validation Failed: 1: this action would add [2] total shards, but this cluster"
         " currently has [1000]/[1000] maximum shards open;", "holds as many shards as it may"),
        (403, "cluster_block_exception", "blocked by: [FORBIDDEN/6/cluster read-only (api)];",
         "blocked by who keeps the cluster"),
        (403, "security_exception", "no permissions for [indices:admin/create]", "we may not do that"),
    ],
)  # fmt: skip
def test_what_a_cluster_does_not_let_us_do_is_said_in_words(
    answering: Answers, status: int, kind: str, reason: str, said: str
) -> None:
    with pytest.raises(IndexError_, match=said):
        answering((status, refusal(kind, reason))).write("GET", "/")


def test_an_error_of_the_request_is_not_asked_again(answering: Answers) -> None:
    with pytest.raises(Refused, match="parsing_exception: no such query"):
        answering((400, refusal("parsing_exception", "no such query")), (200, {})).read("GET", "/")


def test_an_unencrypted_answer_to_an_encrypted_request_is_said(answering: Answers) -> None:
    plain = answering((200, {})).settings.hosts[0]
    cluster = Cluster(ClusterSettings(hosts=(plain.replace("http:", "https:"),), retry_for=(0.1, 0.1), timeout=1.0))
    with pytest.raises(IndexUnreachable, match=r"certificate is not trusted|cannot be reached"):
        cluster.read("GET", "/")


def test_what_is_no_cluster_is_said(answering: Answers) -> None:
    with pytest.raises(IndexUnreachable, match="it answers, but not as OpenSearch does"):
        answering((500, '"a text"')).read("GET", "/")


def test_a_certificate_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexError_, match=r"no\.pem.*: no such file: expected a certificate in PEM"):
        Cluster(ClusterSettings(hosts=("https://127.0.0.1:1",), ca=tmp_path / "no.pem"))


def test_a_password_in_an_address_is_not_shown() -> None:
    cluster = Cluster(ClusterSettings(hosts=("http://me:hunter2@127.0.0.1:1",), retry_for=(0.0, 0.0), timeout=0.2))
    with pytest.raises(IndexUnreachable) as refused:
        cluster.read("GET", "/")
    assert "hunter2" not in str(refused.value)
