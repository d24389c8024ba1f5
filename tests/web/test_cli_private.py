"""Who else on this machine can read what `pressmark` writes."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
ARTICLE = '{"url": "https://gazette.example/a", "title": "Flood walls", "text": "The walls along the river held."}'


def test_what_is_written_is_the_owners_alone(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(ARTICLE)
    (tmp_path / "corpus").mkdir()
    wide = lambda: os.umask(0o022)  # noqa: E731
    for arguments in (["init"], ["import", "../a.jsonl"], ["index"]):
        command = [sys.executable, "-m", "web.cli", "-q", "-C", str(tmp_path / "corpus"), *arguments]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True, preexec_fn=wide)
    written = list((tmp_path / "corpus").rglob("*"))
    open_to_others = [str(each.relative_to(tmp_path)) for each in written if each.stat().st_mode & 0o077]
    assert len(written) > 5
    assert open_to_others == []
