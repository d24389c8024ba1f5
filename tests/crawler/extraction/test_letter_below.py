"""A line below a story that offers the paper's letter is no offer of the rest of the story."""

import pytest

from crawler.values import PageKind
from tests.crawler.stories import FERRY, page, paragraphs, read

CUT = "Repairs to the pier begin in May and should take eleven weeks, according to the off"
PRICE = "<div><p>2 weeks for 1 €, then 9 € a month.</p></div>"


def shown(text: str, after: str) -> PageKind:
    story = f"<article><h1>Second ferry</h1>{paragraphs(FERRY[0], text)}{after}</article>"
    return read(page(story, title="Second ferry")).kind


@pytest.mark.parametrize(
    "line",
    [
        "Subscribe to our newsletter", "Newsletter abonnieren", "S'abonner à la newsletter", "Suscríbete al boletín",
        "뉴스레터 구독하기", "ニュースレターを購読", "订阅电子报", "Подписаться на рассылку", "اشترك في النشرة",
    ],
)  # fmt: skip
def test_the_papers_letter_offers_no_rest_of_a_story_but_what_is_paid_for_does(line: str) -> None:
    assert shown(CUT, f"<p>{line}</p>") is PageKind.ARTICLE
    assert shown(CUT, f"<p>{line}</p>{PRICE}") is PageKind.PAYWALL
    assert shown(CUT, f"<p>{line}, 9 € a month</p>") is PageKind.PAYWALL
