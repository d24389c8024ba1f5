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
