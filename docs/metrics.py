"""The metrics of `/metrics` -> docs/metrics.md. `make fix` runs it; a test sees that it was."""

import sys
from pathlib import Path

from web.metrics.figures import KNOWN

PAGE = Path(__file__).with_suffix(".md")
HEAD = """# Metrics

Written by `make fix` from the code. `/metrics` gives them in the text format of Prometheus (0.0.4), at most five
seconds old.

| metric | kind | label | what it is |
|---|---|---|---|
"""
FOOT = """
## Who may read them

Where nobody signs in and the archive is not public, the pages answer this machine alone, and so does `/metrics`. With
accounts, or with `public = true`, it answers requests that come from this machine, and everyone who has an account:

```yaml
scrape_configs:
  - job_name: pressmark
    static_configs: [{targets: ["127.0.0.1:8765"]}]
  - job_name: pressmark-elsewhere
    scheme: https
    metrics_path: /press/metrics
    authorization: {credentials_file: /etc/prometheus/pressmark.token}
    static_configs: [{targets: ["archive.example"]}]
```

`pressmark tokens add NAME --for prometheus` makes the token; a reader's is enough. The names of sources, addresses and
searches stand in no metric. Where a proxy on the same machine stands in `trusted_proxies`, a request from that machine
without `X-Forwarded-For` may be anybody's: give Prometheus a token. A Prometheus that asks by another name than the
pages know is refused until that name stands in `[web] allowed_hosts`.

Where several processes answer, the figures of searches are those of all of them together, since `pressmark serve`
began; a process that died and was replaced takes nothing away. All other figures are read from the store and the disk.
They do not tell which source is ill: `pressmark status` and `[notify]` do.

## What is worth an alarm

| when | what it means |
|---|---|
| `pressmark_index_up == 0` for 10 minutes | searches are not answered |
| `pressmark_index_behind_changes > 0` for an hour | the index is not brought up to date |
| `pressmark_sources_overdue > 0` | nobody crawls what is due |
| `pressmark_sources_unacknowledged > 0` | a source needs attention |
| `time() - pressmark_scheduler_alive_timestamp_seconds > 600` | the scheduler is dead |
| `pressmark_disk_free_bytes < 1e9` | crawls are about to stop |
| `increase(pressmark_worker_restarts_total[1d]) > 50` | pages of a source are beyond the limits of a page |
"""


def page() -> str:
    """Return docs/metrics.md as it should be."""
    rows = [
        f"| `{name}` | {kind} | {f'`{label}`' if label else ''} | {said} |"
        for name, (kind, label, said) in KNOWN.items()
    ]
    return HEAD + "\n".join(rows) + "\n" + FOOT


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.exit(0)
