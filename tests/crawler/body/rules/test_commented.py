"""Comments below a story, known by their microdata; a thread of such texts is no story with comments."""

import pytest

from crawler.body.rules import commented
from crawler.extraction.extract import measure_page
from tests.crawler.body.rules import dropped, of
from tests.crawler.stories import FERRY, page, paragraphs, read

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


MENTIONS = (
    '<div class="u-comment h-cite"><a class="p-author h-card">Bea Lund</a><p class="e-content">{0}</p></div>',
    '<div class="p-comment h-entry"><p class="p-author h-card">Bea Lund</p><p class="e-content">{0}</p></div>',
    '<article property="comment" typeof="Comment"><span property="author">Bea Lund</span><p>{0}</p></article>',
    '<dl><dt class="h-card">Bea Lund</dt><dd class="u-comment">{0}</dd></dl>',
    '<ul class="webmentions"><li class="h-cite"><span class="p-author">Bea Lund</span><p>{0}</p></li></ul>',
    '<div id="isso-thread"><div class="isso-text"><span class="isso-author">Bea Lund</span><p>{0}</p></div></div>',
    '<ul><li id="dsq-comment-1"><cite id="dsq-cite-1">Bea Lund</cite><p class="dsq-message">{0}</p></li></ul>',
)


@pytest.mark.parametrize("mention", MENTIONS)
def test_what_other_sites_and_readers_say_is_no_part_of_a_story_and_signs_none(mention: str) -> None:
    said = "I crossed it this morning and it is so quiet that my dog slept all the way to the other island."
    heads = "<h1>Second ferry sails from April</h1>"
    for inside in (True, False):
        text = f"<div class=e-content>{paragraphs(*FERRY)}{mention.format(said) if inside else ''}</div>"
        markup = page(f"<main><article>{heads}{text}{'' if inside else mention.format(said)}</article></main>")
        article = read(markup).article
        assert "crossed it this morning" not in article.body and "Bea Lund" not in article.body
        assert article.authors == ()


def test_a_post_that_likes_another_is_no_comment() -> None:
    liked = '<p>I like <a class="u-like-of h-cite" href="/x">this ferry, and the people who sail it, every day</a>.</p>'
    markup = page(f"<main><article><h1>Second ferry sails from April</h1>{paragraphs(*FERRY)}{liked}</article></main>")
    assert "this ferry, and the people who sail it" in read(markup).article.body
