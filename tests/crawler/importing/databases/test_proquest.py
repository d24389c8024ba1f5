"""An export of ProQuest is split into its articles, with or without document numbers."""

from pathlib import Path

from tests.crawler.importing.reading import articles, items


def test_an_export_without_document_numbers_is_split_by_its_rules(tmp_path: Path) -> None:
    rule = "_" * 60
    text = "\n\n".join(
        f"{rule}\n\n{title}\n\nAuthor: Perez, Ana\n\nPublication info: Bay Post ; Bay [Bay]. 06 May 2024: A4.\n\n"
        f"Full text: {title} was what the harbour master said on Monday, when the ferry had come back to the quay."
        for title in ("Ferry stops", "Bakery opens")
    )
    found = articles(items(tmp_path, "a.txt", text))
    assert [article.headline for article in found] == ["Ferry stops", "Bakery opens"]
    assert all([author.name for author in article.authors] == ["Ana Perez"] for article in found)
