"""Java, Maven and a folder -> OpenSearch nodes on loopback, which end with whoever started them.

The server comes from Maven's repository as the machine is set up to reach it; it is fetched and compiled once.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import zipfile
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.shared import exclusively

HERE = Path(__file__).parent
BUILT = HERE.parents[1] / ".opensearch"
MEMORY = "512m"
STARTING = 120.0  # seconds that a node may take on a machine with other work
FETCHING = 900.0  # seconds for Maven's downloads
PIPE = "alive"  # in the folder of a shared node
TRIES = 2  # another program may take a port between our asking for a free one and the node's opening it

IN_MEMORY = Path("/dev/shm")  # each index made writes the cluster's state to the disk several times

# Serial collection and the quick compiler alone: a node for tests is up in half the time. The archive of its classes,
# which the virtual machine writes at the end of a first start, halves the rest.
JAVA = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djava.security.manager=allow")


_started = []  # nodes that live as long as this process
_folders = []  # of shared nodes that this process uses


class Unavailable(Exception):
    """There is no node; the message says why."""


def lacking():
    """Say what this machine lacks for a node, or return None."""
    missing = [name for name in ("java", "javac", "mvn") if shutil.which(name) is None]
    return f"OpenSearch needs {', '.join(missing)} (Debian: default-jdk-headless, maven)" if missing else None


def build():
    """Fetch the server and compile the launcher, unless that was done; return the class path."""
    why = lacking()
    if why:
        raise Unavailable(why)
    made, launcher = BUILT / f"made-{_stamp()}", BUILT / f"launcher-{_stamp()}.jar"
    with exclusively(BUILT / "lock"):
        if not made.exists():
            shutil.rmtree(BUILT / "lib", ignore_errors=True)
            lib, classes = BUILT / "lib", BUILT / "classes"
            goal = "dependency:copy-dependencies"
            _run(
                ["mvn", "-q", "-B", "-f", HERE / "pom.xml", goal, f"-DoutputDirectory={lib}", "-DincludeScope=runtime"]
            )
            _run(["javac", "-nowarn", "-proc:none", "-cp", f"{lib}/*", "-d", classes, HERE / "OneNode.java"])
            made.touch()
        if not launcher.exists():  # classes in a folder are not archived
            with zipfile.ZipFile(f"{launcher}.part", "w") as packed:
                for each in sorted((BUILT / "classes").iterdir()):
                    packed.write(each, each.name)
            Path(f"{launcher}.part").replace(launcher)
    return f"{launcher}:{BUILT / 'lib'}/*"


def archive():
    """Build, and have a node that ends at once write the archive of its classes, unless that was done."""
    class_path, path = build(), _archive()
    with exclusively(BUILT / "lock"):
        if path.exists():
            return
        part = path.with_suffix(".part")
        with tempfile.TemporaryDirectory(prefix="pressmark-node-") as folder:
            port, transport = free_ports(2)
            node = Node(Path(folder), "archive", port, transport, "", "archive")
            node.data = Path(folder) / "data"
            command = node.command(class_path, f"-XX:ArchiveClassesAtExit={part}")
            with suppress(subprocess.TimeoutExpired):
                subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=STARTING)
        if part.exists():  # else this Java writes none, and nodes start without
            part.replace(path)


def _archive():
    return BUILT / f"classes-{_stamp()}.jsa"


def _stamp():
    sources = b"".join((HERE / name).read_bytes() for name in ("pom.xml", "OneNode.java"))
    return f"{len(sources)}-{sum(at * byte for at, byte in enumerate(sources, 1)):x}"


def _run(command):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=FETCHING)
    if done.returncode:
        raise Unavailable(f"{command[0]} failed: {(done.stdout + done.stderr).strip()[-400:]}")


def free_ports(count):
    """Return ports of loopback that nobody holds at the moment."""
    held = [socket.socket() for _ in range(count)]
    for one in held:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


class Node:
    """One node: its process, and the address it answers on."""

    def __init__(self, folder, name, port, transport, seeds, initial, settings=()):
        self.name, self.port, self.url = name, port, f"http://127.0.0.1:{port}"
        self._folder, self._seeds, self._transport, self._initial = folder, seeds, transport, initial
        self._settings = settings
        self.process = self.data = self.exit_code = None

    def start(self, stdin=subprocess.PIPE):
        """Start the process; `answers` says when it is up."""
        folder = self._folder / self.name
        folder.mkdir(parents=True, exist_ok=True)
        if self.data is None:
            self.data = Path(tempfile.mkdtemp(prefix="pressmark-node-", dir=IN_MEMORY if IN_MEMORY.is_dir() else None))
        class_path, archived = build(), _archive()
        command = self.command(class_path, *([f"-XX:SharedArchiveFile={archived}"] if archived.exists() else []))
        with (folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, stdin=stdin, stdout=log, stderr=log)
        return self

    def command(self, class_path, *options):
        """Return what starts the node, with these options of the virtual machine; `data` is its folder."""
        given = {
            "node.name": self.name,
            "cluster.name": "pressmark-trial",
            "path.home": self._folder / self.name,
            "path.data": self.data,
            "path.logs": self._folder / self.name / "logs",
            "http.port": self.port,
            "transport.port": self._transport,
            "network.host": "127.0.0.1",
            "discovery.seed_hosts": self._seeds,
            "cluster.initial_cluster_manager_nodes": self._initial,
            "cluster.routing.allocation.disk.threshold_enabled": "false",
            "cluster.max_shards_per_node": 20_000,
            "action.auto_create_index": "false",
            **dict(self._settings),
        }
        java = ["java", f"-Xms{MEMORY}", f"-Xmx{MEMORY}", *JAVA, *options, f"-Dpressmark.delete={self.data}"]
        return [*java, "-cp", class_path, "OneNode", *(f"{key}={value}" for key, value in given.items())]

    def wait(self, members=1):
        """Wait until it answers as one of so many nodes.

        Raises:
            Unavailable: it ended, or took too long.
        """
        until = time.monotonic() + STARTING
        address = f"{self.url}/_cluster/health?wait_for_nodes=>={members}&timeout=5s"
        while time.monotonic() < until:
            if self.process and self.process.poll() is not None:
                raise Unavailable(f"a node ended at its start: {self._last_words()}")
            with suppress(URLError, OSError), urlopen(address, timeout=10) as answer:
                if b'"timed_out":false' in answer.read():
                    return self
            time.sleep(0.1)
        raise Unavailable(f"a node did not answer within {STARTING:.0f} s: {self._last_words()}")

    def _last_words(self):
        return _end_of(self._folder / self.name / "log")

    def ended(self):
        """Return the exit code, negative for a signal, of a node that ended though nobody waits for it; else None."""
        with suppress(ChildProcessError):
            pid, status = os.waitpid(self.process.pid, os.WNOHANG)
            self.exit_code = os.waitstatus_to_exitcode(status) if pid else None
        return self.exit_code

    def signal(self, number):
        """Send the process a signal: SIGKILL, SIGSTOP, SIGCONT."""
        self.process.send_signal(number)

    def kill(self):
        """End it at once."""
        self.signal(signal.SIGKILL)
        self.process.wait()
        if self.process.stdin:
            self.process.stdin.close()

    def stop(self):
        """Let it end by itself, and wait; its data is gone afterwards."""
        if self.process is not None and self.process.poll() is None:
            self._end()
        if self.data is not None:
            shutil.rmtree(self.data, ignore_errors=True)

    def _end(self):
        if self.process.stdin:
            self.process.stdin.close()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()


def _end_of(log, length=400):
    return log.read_text(errors="replace")[-length:]


def state_of_shared(folder):
    """Say how the node of `shared` ended, as far as this process knows, and what its log says last."""
    codes = [node.ended() for node in _started]
    state = [f"it ended with exit code {code}" if code is not None else "its process is there" for code in codes]
    state = state or ["another process of the run started it, and knows its exit code"]
    return "; ".join(state) + "".join(f"; {log}: ...{_end_of(log, 2000)}" for log in sorted(folder.glob("*/log")))


def ended_meanwhile():
    """Say how a node of `shared` that does not answer any more ended, or return None: none is used, or it answers."""
    for folder in _folders:
        address = folder / "address"
        try:
            if address.exists():
                urlopen(address.read_text(), timeout=10).close()
        except OSError as error:
            return f"the node does not answer: {error}; {state_of_shared(folder)}"
    return None


@contextmanager
def cluster(folder, count, settings=()):
    """Start a cluster of so many nodes; they end with the block."""
    archive()
    ports = free_ports(2 * count)
    names = [f"n{at}" for at in range(1, count + 1)]
    seeds = ",".join(f"127.0.0.1:{port}" for port in ports[count:])
    nodes = [
        Node(folder, name, ports[at], ports[count + at], seeds, ",".join(names), settings)
        for at, name in enumerate(names)
    ]
    try:
        for node in nodes:
            node.start()
        for node in nodes:
            node.wait(count)
        yield nodes
    finally:
        for node in nodes:
            with suppress(OSError):
                node.signal(signal.SIGCONT)
            node.stop()


def held(folder):
    """Return what keeps the node of `shared` alive while it is open, whichever process of the run starts it and when.

    The node's standard input is a named pipe: it ends when the last process that has the pipe open does.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.mkfifo(folder / PIPE)
    return os.open(folder / PIPE, os.O_RDWR | os.O_CLOEXEC)


def shared(folder):
    """Return the address of one node for all the processes of a test run, and what keeps it alive while it is open."""
    alive, address = held(folder), folder / "address"
    _folders.append(folder)
    with exclusively(folder / "lock"):
        if address.exists():
            return address.read_text(), alive
        for attempt in range(TRIES):
            port, transport = free_ports(2)
            node = Node(folder, f"n{attempt}", port, transport, f"127.0.0.1:{transport}", f"n{attempt}")
            reading = os.open(folder / PIPE, os.O_RDONLY)
            try:
                node.start(stdin=reading).wait()
            except Unavailable:
                if node.process is None:  # there is nothing to start, now or in another try
                    node.stop()
                    raise
                node.kill()
                node.stop()
                if attempt == TRIES - 1:
                    raise
                continue
            finally:
                os.close(reading)
            break
        node.process.returncode = 0  # it may outlive this process: Python need not warn that it runs when we end
        _started.append(node)
        address.write_text(node.url)
        return node.url, alive
