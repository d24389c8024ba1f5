"""How many processes serve, and when it is one whatever the configuration wants."""

from pathlib import Path

import pytest

from web.cli.context import Context
from web.cli.serving import MOST, processes_of


@pytest.mark.parametrize("wanted", [0, 1, 3])
def test_one_process_serves_where_a_fork_would_carry_an_open_store_with_it(
    wanted: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "config.toml").write_text(f"[web]\nprocesses = {wanted}\n")
    context = Context(folder=tmp_path, verb="serve")
    assert processes_of(context.config.web, context) in ({wanted} if wanted else set(range(1, MOST + 1))) | {1}
    capsys.readouterr()
    with context.store:
        assert processes_of(context.config.web, context) == 1
    said = "[web] processes = 3: one process serves the pages here\n"
    assert capsys.readouterr().err == (said if wanted > 1 else "")
    context.close()
