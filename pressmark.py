"""The installed program: the one name among a machine's packages, behind which ours stand.

A wheel has `corpus`, `crawler`, `indexer` and `web` inside `pressmark/`, so that they never meet a package that has one
of these names, too. A program that imports `pressmark` finds ours under their own names, before all others.
"""

import os
import sys

_PLACE = os.path.dirname(os.path.realpath(__file__))  # noqa: PTH120  pathlib is a fifth of a start of --version
if _PLACE not in sys.path[:1]:
    sys.path.insert(0, _PLACE)


def main() -> None:
    """Run the command line and exit."""
    from web.cli import main as run

    run()


if __name__ == "__main__":
    main()
