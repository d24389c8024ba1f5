"""Comments below a story, known by their microdata; a thread of such texts is no story with comments."""

from crawler.body.rules import commented
from crawler.extraction.extract import measure_page
from tests.crawler.body.rules import dropped, of

COMMENT = "<div itemprop=comment itemscope itemtype='https://schema.org/Comment'><div><p>{}</p></div></div>"


def test_comments_by_microdata_are_left_out_behind_a_story_that_outweighs_them() -> None:
    story = f"<p>{of(300)}</p>"
    assert dropped(commented.comments, story + COMMENT.format(of(299))) == [1]
    assert dropped(commented.comments, story + COMMENT.format(of(150)) + COMMENT.format(of(149))) == [1, 2]
    assert dropped(commented.comments, story + COMMENT.format(of(300))) == []
    assert dropped(commented.comments, f"<p>{of(299)}</p>" + COMMENT.format(of(100))) == []
    assert dropped(commented.comments, story + COMMENT.format(of(200)).replace("/Comment", "/Review")) == []
    assert dropped(commented.comments, story + COMMENT.format(of(200)).replace("itemprop=comment", "")) == []


def test_a_page_is_read_without_its_comments_by_microdata() -> None:
    said = "The ferry sailed late again, a reader says, and nobody at the quay was told of it before noon."
    story = "".join(f"<p>{part} {of(300)}</p>" for part in ("First", "Second", "Third"))
    page = f"<html><body><article><h1>The harbour is full</h1>{story}{COMMENT.format(said)}</article></body></html>"
    text = measure_page(page.encode(), None)["text"]
    assert "Third" in text
    assert "a reader says" not in text
    assert "a reader says" in measure_page(page.replace("itemprop=comment", "").encode(), None)["text"]


def test_comments_that_outweigh_a_story_are_known_by_their_own_names_and_how_they_begin() -> None:
    story, comment = f"<p>{of(300)}</p>", f"<li class='comment odd'><b>Ana</b> <span>3 h</span><p>{of(300)}</p></li>"
    thread = story + "<div id=comments>{}</div>"
    assert dropped(commented.comments, thread.format(comment * 3)) == [1, 2, 3, 4, 5, 6]
    assert dropped(commented.comments, thread.format(comment * 2)) == []
    assert dropped(commented.comments, thread.format(comment.replace("comment", "note") * 3)) == []
    assert dropped(commented.comments, thread.format(comment.replace("odd", "testimonial") * 3)) == []
    assert dropped(commented.comments, thread.format(comment.replace("<b>Ana", f"<b>{of(61)}") * 3)) == []
    assert dropped(commented.comments, thread.replace("id=comments", "id=main").format(comment * 3)) == []
    assert dropped(commented.comments, thread.replace(of(300), of(299)).format(comment * 3)) == []
