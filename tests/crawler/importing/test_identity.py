"""What has no address is known by its content: the same twice is one, two things are two."""

from crawler.importing.identity import content_url, file_url, is_content_url


def test_one_content_has_one_name_and_another_has_another():
    assert content_url("Flood", "A text.") == content_url("Flood", "A text.") != content_url("Flood", "A text. ")


def test_where_one_part_ends_counts():
    assert content_url("ab", "c") != content_url("a", "bc")


def test_how_the_lines_of_a_file_end_does_not_count():
    assert file_url(b"one\r\ntwo\r\n") == file_url(b"one\ntwo")


def test_only_names_made_here_are_taken_as_they_are():
    assert is_content_url(content_url("x"))
    assert not is_content_url("import:articles.jsonl:1")
    assert not is_content_url(content_url("x") + "/../../etc")
