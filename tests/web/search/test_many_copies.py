"""A hit that has more copies than are named says how many there are, on the page, in JSON and in the terminal."""

from datetime import UTC, timedelta
from pathlib import Path

from corpus.copies.grouping import group_copies
from corpus.model import Article, PageDate, Precision
from corpus.store import ArticleStore
from indexer.open import open_engine
from indexer.sync import update
from tests.web.commands import run
from tests.web.conftest import app_over, client_of
from tests.web.corpus import NOW


def test_all_copies_of_a_hit_are_counted_where_twenty_are_named(tmp_path: Path) -> None:
    body = " ".join(f"The harbour wall of berth {n} is to be raised before winter {n * 7}." for n in range(12))
    (tmp_path / "config.toml").write_text("")
    data = tmp_path / "data"
    data.mkdir()
    with ArticleStore.open(data / "pressmark.sqlite") as store:
        for n in range(31):
            published = PageDate(NOW - timedelta(hours=n), Precision.MINUTE, "meta")
            url = f"https://p{n % 3}.example/{n}"
            store.write(Article(url=url, source=f"p{n % 3}.example", body=body, published=published, fetched=NOW))
        group_copies(store)
        engine = open_engine(data / "index")
        update(store, engine, zone=UTC)
        engine.close()
    client = client_of(app_over(data))
    page = client.get("/search?q=wall").text
    assert "1 story in 31 articles" in page
    assert "and 30 copies in " in page
    [hit] = client.get("/search.json?q=wall").json["hits"]
    assert (len(hit["copies"]), hit["further_copies"]) == (20, 10)
    assert "further_copies" not in client.get("/search.json?q=wall&copies=show").json["hits"][0]
    some = client.get("/search.json?q=wall&site=p1.example").json["hits"]
    assert [(len(hit["copies"]), "further_copies" in hit) for hit in some] == [(9, False)]
    assert len(client.get(f"/api/v1/articles/{hit['id']}").json["copies"]) == 30
    printed = run(tmp_path, "search", "wall")
    assert printed.output.splitlines()[1].split("\t")[-1].endswith("; …"), printed.output
