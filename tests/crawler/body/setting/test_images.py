"""Where an image of a page has its address: its `src`, or what a script puts in the place of that."""

import pytest

from corpus.structure.values import SpanKind
from tests.crawler.body.setting.test_spans import read

PICTURE = "https://a.example/quay.jpg"


@pytest.mark.parametrize(
    "attributes",
    [
        'src="/quay.jpg"',
        'src="/blank.svg" data-src="/quay.jpg"',
        'src="/1x1.gif" data-lazy-src="/quay.jpg"',
        'src="/grey.png" data-original=" /quay.jpg "',
        'src="/grey.png" data-srcset="/quay-300.jpg 300w, /quay.jpg 900w"',
        'src="/quay.jpg" data-src=""',
        'src="/quay.jpg" data-src="data:image/gif;base64,x"',
        'src="/quay.jpg" data-src="/quay_{width}x.jpg"',
        'src="data:image/gif;base64,x" srcset="/quay-300.jpg 300w, /quay.jpg 900w"',
    ],
)
def test_an_image_has_the_address_that_its_page_shows_in_the_end(attributes: str):
    _, spans, _ = read(f"<p>One</p><figure><img {attributes}></figure><p>Two</p>")
    assert [span.address for span in spans if span.kind is SpanKind.IMAGE] == [PICTURE]


def test_images_with_one_stand_in_are_each_an_image_of_the_text():
    markup = "".join(f'<p>Part {n}</p><figure><img src="/blank.gif" data-src="/{n}.jpg"></figure>' for n in range(3))
    _, spans, left_out = read(f"{markup}<p>End</p>")
    assert [span.address for span in spans if span.kind is SpanKind.IMAGE] == [
        f"https://a.example/{n}.jpg" for n in range(3)
    ]
    assert not left_out


@pytest.mark.parametrize(
    ("image", "why"),
    [
        ('<img src="/a.svg" alt="" width="80">', "drawings that their page calls decoration"),
        ('<img src="/a.svg" alt="">', None),
        ('<img src="/a.svg" alt="" width="80" height="600">', None),
        ('<img src="/a.SVG?v=3" role="presentation" alt="Rule">', "drawings that their page calls decoration"),
        ('<img src="/a.svg" aria-hidden="true">', "drawings that their page calls decoration"),
        ('<img src="/a.svg" alt="Levels by month">', None),
        ('<img src="/a.svg">', None),
        ('<img src="/a.jpg" alt="">', None),
        ('<figure><img src="/a.svg" alt=""><figcaption>Levels by month</figcaption></figure>', None),
        ('<img class="avatar" src="/a.jpg" width="96" height="96">', "portraits of who wrote"),
        ('<span class="autor-foto"><img src="/a.jpg" width="120px" height="120px"></span>', "portraits of who wrote"),
        ('<figure class="author"><img src="/a.jpg" width="80" height="80"></figure>', "portraits of who wrote"),
        ('<img class="avatar" src="/a.jpg" width="900" height="900">', None),
        ('<img class="avatar" src="/a.jpg" width="96" height="64">', None),
        ('<img class="avatar" src="/a.jpg">', None),
        ('<img class="authorities" src="/a.jpg" width="96" height="96">', None),
        ('<img src="/a.jpg" width="96" height="96">', None),
    ],
)
def test_an_image_goes_by_two_signs_and_never_by_one(image: str, why: str | None):
    body, spans, left_out = read(f'<article class="author-page"><p>One</p><p>Two {image}</p><p>Three</p></article>')
    assert body == "One\n\nTwo\n\nThree" or "Levels by month" in body
    assert [span.kind for span in spans].count(SpanKind.IMAGE) == (why is None)
    assert dict(left_out) == ({} if why is None else {why: 1})
