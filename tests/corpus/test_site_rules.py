"""Rule files: ours before others', a host's before its domain's; nothing of a file is passed over unseen."""

from pathlib import Path

import pytest

from corpus.config import load
from corpus.config.ftr import MAX_LINES, read_ftr
from corpus.config.site_rules import MAX_BYTES, all_rules, rules_of
from corpus.errors import ConfigError


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return folder


def test_the_commands_of_a_shared_file_become_selectors() -> None:
    rule = read_ftr(
        "# gazette\ntitle: //h1\nbody: //div[@id='a']\nbody: //div[@id='b']\nauthor: //p[1]\ndate: //time/@datetime\n"
        "strip: //aside\nstrip_id_or_class: 'promo'\nfind_string: <i>\nreplace_string: <b>\nreplace_string(<u>): <em>\n"
    )
    assert rule.fields == {
        "headline": "xpath://h1",
        "body": "xpath://div[@id='a']\nxpath://div[@id='b']",
        "byline": "xpath://p[1]",
        "published": "xpath://time/@datetime",
    }
    assert rule.remove == ("xpath://aside", 'xpath://*[contains(@class, "promo") or contains(@id, "promo")]')
    assert rule.replaced == (("<i>", "<b>"), ("<u>", "<em>"))
    assert rule.ignored == ()


def test_what_is_not_followed_is_counted_and_what_changes_nothing_is_not() -> None:
    rule = read_ftr(
        "tidy: no\nprune: yes\ntest_url: https://a.example/1\nsingle_page_link: //a\nsingle_page_link: //b\nnonsense\n"
        "find_string: x\nbody:\nstrip_id_or_class: a'\"b\n" + "strip: //p" + "p" * 3_000
    )
    assert rule.ignored == (
        ("body", 1),
        ("find_string without replace_string", 1),
        ("not a command", 1),
        ("single_page_link", 2),
        ("strip over 2000 characters", 1),
        ("strip_id_or_class", 1),
    )


def test_a_file_without_end_is_read_up_to_a_limit_and_says_so() -> None:
    rule = read_ftr("strip: //p\n" * (MAX_LINES + 7))
    assert len(rule.remove) == MAX_LINES
    assert rule.ignored == ((f"lines behind the first {MAX_LINES}", 7),)


def test_ours_come_before_theirs_and_the_host_before_its_domain(tmp_path: Path) -> None:
    names = ("news.gazette.example.toml", ".gazette.example.toml", "news.gazette.example.txt", ".gazette.example.txt")
    for name in (*names, "gazette.example.toml", "other.example.txt"):
        (tmp_path / name).write_text("")
    assert tuple(rule.file for rule in rules_of(tmp_path, "www.news.gazette.example")) == names
    assert [rule.file for rule in rules_of(tmp_path, "gazette.example")] == ["gazette.example.toml"]
    assert rules_of(tmp_path, "gazette.example.org") == ()
    assert rules_of(tmp_path, "..\0/../gazette") == ()


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    write(tmp_path, a_toml='body = "article"')
    assert rules_of(tmp_path, "a")[0].fields == (("body", "article"),)
    write(tmp_path, a_toml='body = "main p"')
    assert rules_of(tmp_path, "a")[0].fields == (("body", "main p"),)


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("bod = 'p'", '"bod": expected one of headline'),
        ("body = 3", "body = 3: expected a selector in quotes"),
        ("remove = 'p'", "remove = 'p': expected a list of selectors"),
        ("body = ", "invalid value"),
        ("#" * (MAX_BYTES + 1), f"is over {MAX_BYTES} bytes"),
    ],
)
def test_a_file_of_ours_that_is_wrong_stops_the_configuration(tmp_path: Path, written: str, problem: str) -> None:
    (tmp_path / "rules").mkdir()
    write(tmp_path / "rules", a_toml=written)
    config = tmp_path / "config.toml"
    config.write_text('[crawler]\nsite_rules = "rules"\n')
    with pytest.raises(ConfigError, match=r"a\.toml") as caught:
        load(config, cwd=tmp_path, environ={})
    assert problem in str(caught.value)


def test_a_folder_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[crawler]\nsite_rules = "nowhere"\n')
    with pytest.raises(ConfigError, match="nowhere is no folder"):
        load(tmp_path / "config.toml", cwd=tmp_path, environ={})


def test_bytes_that_are_no_text_are_a_problem_of_their_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"title: //h1\xff")
    assert [rule.problem for rule in all_rules(tmp_path)] == ["byte 0xff is not UTF-8: save the file as UTF-8"]
