import pytest

from crawler.identity.walls import Evidence, wall


@pytest.mark.parametrize(
    ("evidence", "is_wall"),
    [
        (Evidence(), False),
        (Evidence(carried=True), False),
        (Evidence(shared=3), False),
        (Evidence(shared=3, twins=3), False),
        (Evidence(carried=True, shared=1), True),
        (Evidence(carried=True, bare=True), True),
        (Evidence(twins=1, form=True), True),
        (Evidence(bare=True, form=True), False),
        (Evidence(bare=True, form=True, slug=True), True),
        (Evidence(bare=True, form=True, headline=False, slug=True), False),
    ],
)
def test_behind_a_redirect_one_sign_of_the_way_and_one_of_the_page_make_a_wall(evidence: Evidence, is_wall: bool):
    assert (wall(evidence, redirected=True) is not None) is is_wall


@pytest.mark.parametrize(
    ("evidence", "is_wall"),
    [
        (Evidence(twins=5), False),
        (Evidence(twins=1, bare=True), False),
        (Evidence(twins=1, bare=True, form=True), False),
        (Evidence(twins=1, bare=True, slug=True), True),
        (Evidence(twins=2, bare=True, form=True), True),
        (Evidence(twins=2, bare=True), False),
        (Evidence(headline=True, bare=True), False),
        (Evidence(headline=True, bare=True, form=True), True),
        (Evidence(slug=True, bare=True, form=True), False),
    ],
)
def test_in_place_more_is_asked_since_one_story_may_stand_at_two_addresses(evidence: Evidence, is_wall: bool):
    assert (wall(evidence, redirected=False) is not None) is is_wall


def test_the_reason_lists_what_was_seen():
    assert wall(Evidence(twins=2, bare=True, form=True), redirected=False) == (
        "2 other addresses tell the same text, the page has neither date nor author, little text beside a form"
    )
