"""One polite, bounded, safe HTTP exchange."""

import sys

# httpx loads its command line where rich and click are installed, and with them more than it needs itself (a tenth of
# a crawl's start). It goes on without where that module cannot be imported, which None stands for.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
