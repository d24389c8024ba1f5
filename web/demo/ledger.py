"""The Delta Ledger's pages: a tired layout. Dashes after names, captions among paragraphs, boxes everywhere."""

from collections.abc import Sequence
from html import escape
from random import Random

from web.demo.answers import link, tag
from web.demo.edition import Edition
from web.demo.parts import is_set
from web.demo.stories import Story

SECTIONS = {"en": "/english/", "ar": "/arabic/", "zh": "/chinese/"}
_BY = {"en": "By {}-", "ar": "بقلم {}-", "zh": "记者 {}"}
_AND = {"en": " and ", "ar": " و", "zh": " "}
_RELATED = {"en": "Related posts", "ar": "مواضيع ذات صلة", "zh": "相关文章"}
_COOKIES = {
    "en": "We use cookies to improve your experience. By continuing to use this site you accept our cookie policy.",
    "ar": "نستخدم ملفات تعريف الارتباط لتحسين تجربتك. باستمرارك في التصفح فإنك توافق على سياستنا.",
    "zh": "本网站使用 Cookie 以改善您的体验。继续浏览即表示您同意我们的 Cookie 政策。",
}
_SHARE = {"en": "Share this:", "ar": "شارك هذا:", "zh": "分享："}
_CAPTION = {"en": "File photo: {}", "ar": "صورة من الأرشيف: {}", "zh": "资料图片：{}"}
_PLACE = {"en": "the river in spring", "ar": "النهر في الربيع", "zh": "春天的河岸"}


def article(edition: Edition, story: Story) -> str:
    """Return the page of a story."""
    return _page(
        edition,
        story.headline,
        story.language,
        f"""<div class="post" id="post-{story.number}">
<h2 class="title">{escape(story.headline)}</h2>
{_dated(edition, story)}
<div class="entry">
{_byline(story)}
{_picture(story)}
{_text(edition, story)}
<div class="sharing"><b>{_SHARE[story.language]}</b>
<a href="/share?to=f">Facebook</a> | <a href="/share?to=x">X</a></div>
<h3>{_RELATED[story.language]}</h3>
<ul class="related">{_related(edition, story)}</ul>
</div>
</div>""",
    )


def listing(
    edition: Edition, title: str, language: str, listed: Sequence[Story], *, before: str | None, after: str | None
) -> str:
    """Return a page of headlines; `before` and `after` are the pages around it."""
    rows = "\n".join(f"<p><b>{link(_tracked(each), each.headline)}</b></p>" for each in listed)
    turn = (link(before, "<<") if before else "") + (
        f' <a rel="next" href="{escape(after)}">&gt;&gt;</a>' if after else ""
    )
    return _page(edition, title, language, f'<div class="posts">{rows}</div><p>{turn}</p>')


def _byline(story: Story) -> str:
    names = _AND[story.language].join(story.authors) or story.label
    return tag("p", _BY[story.language].format(names)) if names else ""


def _picture(story: Story) -> str:
    """Half of the stories have a picture; under some the writer's name stands again, misspelled."""
    draw = Random(story.seed + "-picture")
    lot = draw.random()
    if lot < 0.5:
        return ""
    if lot < 0.7 and story.authors and story.language == "en":
        return tag("p", _misspelled(story.authors[0]), class_="wp-caption-text")
    caption = _CAPTION[story.language].format(_PLACE[story.language])
    picture = f'<img src="/img/{story.number}.jpg" alt="">'
    return f'<div class="wp-caption">{picture}<p class="wp-caption-text">{caption}</p></div>'


def _misspelled(name: str) -> str:
    """Swap two letters of the last name."""
    return f"{name[:-3]}{name[-2]}{name[-3]}{name[-1]}"


def _dated(edition: Edition, story: Story) -> str:
    return tag("div", edition.day(story) or "", class_="posted-on") if story.published else ""


def _text(edition: Edition, story: Story) -> str:
    """Most are paragraphs; every fourth is one block with line breaks, as old articles are."""
    if story.number % 4 == 0 and not is_set(story.seed):
        return "<div>" + "<br><br>\n".join(escape(each, quote=False) for each in edition.body(story)) + "</div>"
    return "\n".join(part.markup for part in edition.parts(story))


def _related(edition: Edition, story: Story) -> str:
    return "".join(f"<li>{link(_tracked(each), each.headline)}</li>" for each in edition.related(story, 3))


def _tracked(story: Story) -> str:
    return f"{story.path}&utm_source=ledger&utm_medium=list"


def _page(edition: Edition, title: str, language: str, main: str) -> str:
    way = ' dir="rtl"' if language == "ar" else ""
    return f"""<html lang="{language}"{way}><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>{escape(title)} &raquo; {escape(edition.site.title)}</title>
<link rel=alternate type="application/rss+xml" href="/rss.xml"></head><body>
<div class="cookie-bar">{_COOKIES[language]} <button>OK</button></div>
<table width=100%><tr><td><h1><a href="/">{escape(edition.site.title)}</a></h1></td>
<td><a href="/english/">English</a> | <a href="/arabic/">العربية</a> | <a href="/chinese/">中文</a></td></tr></table>
{main}
<div class="widget"><h3>Newsletter</h3><p>Sign up now and never miss a story from the delta.</p></div>
<div class="footer">Copyright Delta Ledger. Theme by nobody in particular.
</body></html>
"""
