import random
from pathlib import Path

import pytest

from corpus.config import Config, json_schema, load
from corpus.errors import ConfigError

SCHEMA = json_schema()
VALUES = [
    '"x"', '""', "0", "-1", "1", "20", "80", "1.5", "nan", "true", "[]", "[1]", '["a"]', "[[1]]", "{}", "{a = 1}",
    '"https://a.example"', '["https://a.example"]', '"5 m"', '"nightly"', '"\\u0000"', "2026-01-01", "07:32:00",
    '{url = "https://a.example"}', "99999999999999999999999", '"' + "é" * 500 + '"', '"127.0.0.0/8"', '"en"',
]  # fmt: skip


def random_file(chance: random.Random) -> str:
    lines = []
    for table in ["", "CrawlerSettings", "ScheduleSettings", "IndexerSettings", "WebSettings", "Source", "Selectors"]:
        keys = list((SCHEMA["$defs"][table] if table else SCHEMA)["properties"])
        names = {"Source": "[source]", "Selectors": "source.selectors"}
        if table:
            lines.append(f"[{names.get(table, table.removesuffix('Settings').lower())}]")
        choice = [*keys, "unknown"]
        given = chance.sample(choice, min(len(choice), chance.randint(0, 4)) if table else chance.choice([0, 0, 1]))
        lines += [f"{key} = {chance.choice(VALUES)}" for key in given]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("hundred", range(3))
def test_any_file_is_a_config_or_problems_with_their_lines(tmp_path: Path, hundred: int):
    for seed in range(hundred * 100, hundred * 100 + 100):
        text = random_file(random.Random(seed))
        path = tmp_path / "config.toml"
        path.write_text(text)
        try:
            assert isinstance(load(path, environ={}), Config)
        except ConfigError as error:
            for problem in error.problems:
                assert problem.line, f"{problem}\n{text}"
                assert "\n" not in problem.message
                line = text.splitlines()[problem.line - 1][:200]
                secret = any(key in line for key in ("cookies_file", "header", "password", "api_key", "webhook"))
                assert problem.excerpt == (None if secret else line)
