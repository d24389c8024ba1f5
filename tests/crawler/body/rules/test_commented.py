"""Comments below a story, known by their microdata; a thread of such texts is no story with comments."""

from crawler.body.rules import commented
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
