"""What one pass over a page's tree cuts it into."""

from crawler.markup.blocks import MAX_BLOCKS, Blocks, segment
from crawler.markup.tree import parse_text


def blocks(markup: str) -> Blocks:
    tree = parse_text(f"<html><body>{markup}</body></html>")
    assert tree is not None
    return segment(tree)


def test_paragraphs_are_blocks_in_reading_order() -> None:
    assert blocks("<p>One.</p>two<div>three <b>bold</b> <p>four</p> five</div>").texts == [
        "One.",
        "two",
        "three bold",
        "four",
        "five",
    ]


def test_inline_tags_do_not_cut_a_word() -> None:
    assert blocks("<p><span>T</span>he <a href=x>har</a>bour</p>").texts == ["The harbour"]


def test_one_line_break_is_a_space_and_two_end_a_block() -> None:
    assert blocks("<div>a<br>b<br><br>c<br> <br>d</div>").texts == ["a b", "c", "d"]


def test_scripts_and_styles_are_no_text() -> None:
    assert blocks("<script>x()</script><p>kept</p><style>y</style>tail").texts == ["kept", "tail"]


def test_navigation_is_skipped_unless_it_swallowed_the_article() -> None:
    assert blocks("<nav><a href=/>Home</a></nav><p>kept</p>").texts == ["kept"]
    assert blocks("<nav><a href=/>Home</a><article><p>kept</p></article></nav>").texts == ["Home", "kept"]


def test_link_characters_are_counted_per_block() -> None:
    found = blocks("<p>See <a href=1>this</a> and <a href=2>that one</a></p>")
    assert (found.link_chars, found.links) == ([12], [2])


def test_a_table_row_of_figures_is_one_block() -> None:
    found = blocks("<table><tr><th>Team<th>Points</tr><tr><td>Hull</td><td>31</td></tr></table>")
    assert found.texts == ["Team | Points", "Hull | 31"]


def test_a_table_used_for_layout_is_cut_as_anything_else() -> None:
    assert blocks("<table><tr><td><p>Menu</p></td><td><p>Story</p></td></tr></table>").texts == ["Menu", "Story"]


def test_an_element_owns_the_blocks_within_it() -> None:
    found = blocks("<p>a</p><div id=x><p>b</p><p>c</p></div><p>d</p>")
    div = found.names.index("x")
    assert found.texts[found.first[div] : found.end[div]] == ["b", "c"]


def test_what_is_marked_as_hidden_is_known_down_to_its_children() -> None:
    found = blocks("<div style='display: none'><p>a</p></div><p>b</p>")
    assert [found.hidden[owner] for owner in found.owners] == [True, False]


def test_a_page_without_end_is_cut_at_the_limit_and_says_so() -> None:
    found = blocks("<p>x" * (MAX_BLOCKS + 100))
    assert len(found) == MAX_BLOCKS
    assert found.cut
    assert len(blocks("x<br><br>" * (MAX_BLOCKS + 100))) == MAX_BLOCKS
