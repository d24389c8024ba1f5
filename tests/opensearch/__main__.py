"""`make opensearch`: three OpenSearch nodes on loopback, until they are told to stop."""

import argparse
import signal
import sys
import tempfile
from pathlib import Path

from tests.opensearch.nodes import Unavailable, cluster

SAID = """\
Nodes that answer until Ctrl-C, and delete what they hold then: {count}. In config.toml:

[indexer]
engine = "opensearch"
hosts = [{hosts}]
replicas = {replicas}
"""


def main():
    """Start the nodes, say where they are, and wait; their data is gone when they stop."""
    parser = argparse.ArgumentParser(prog="make opensearch")
    parser.add_argument("--nodes", type=int, default=3)
    count = parser.parse_args().nodes
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with tempfile.TemporaryDirectory(prefix="pressmark-opensearch-") as folder:
        try:
            with cluster(Path(folder), count) as nodes:
                hosts = ", ".join(f'"{node.url}"' for node in nodes)
                sys.stdout.write(SAID.format(count=len(nodes), hosts=hosts, replicas=min(1, count - 1)))
                sys.stdout.flush()
                signal.pause()
        except Unavailable as error:
            sys.exit(str(error))
        except KeyboardInterrupt:
            return


main()
