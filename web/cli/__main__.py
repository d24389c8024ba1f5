"""`python -m web.cli` is `pressmark`."""

from web.cli import main

main()
