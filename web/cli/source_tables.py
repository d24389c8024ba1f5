"""A source, or a further feed of one -> config.toml with it; comments and everything else in the file stay."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any


def append_source(
    file: Path,
    url: str,
    name: str | None,
    *,
    feeds: Sequence[str] = (),
    sitemaps: Sequence[str] = (),
    section: str | None = None,
) -> None:
    """Append a source to a config file, in the form the file has sources in."""
    import tomlkit
    from tomlkit.items import AoT

    document = _read(file)
    table = tomlkit.table()
    given = {"name": name, "url": url, "feeds": list(feeds), "sitemaps": list(sitemaps), "section": section}
    for key, value in given.items():
        if value:
            table[key] = value
    sources = document.get("source")
    if sources is None:
        sources = document["source"] = tomlkit.aot()
    if isinstance(sources, AoT):
        sources.append(table)
    else:
        inline = tomlkit.inline_table()
        inline.update(table)
        sources.append(inline if len(table) > 1 else url)
    _write(file, document)


def append_feed(file: Path, name: str, feed: str) -> bool:
    """Add a feed to the source that is called so; False when the file has none of that name, or it has the feed."""
    import tomlkit

    document = _read(file)
    sources = document.get("source")
    several = sources if isinstance(sources, list) else [sources] if isinstance(sources, dict) else []
    for place, source in enumerate(several):
        if _name_of(source) != name:
            continue
        if isinstance(source, str):
            table = tomlkit.inline_table()
            table.update({"url": source, "feeds": [feed]})
            several[place] = table
        elif feed in source.get("feeds", ()):
            return False
        else:
            source["feeds"] = [*source.get("feeds", ()), feed]
        _write(file, document)
        return True
    return False


def _name_of(source: Any) -> str | None:
    from corpus import urls

    url = source if isinstance(source, str) else source.get("url", "")
    return (None if isinstance(source, str) else source.get("name")) or urls.host(url) or url[:80]


def _read(file: Path) -> Any:
    """The file as tomlkit reads it, which keeps comments and order."""
    import tomlkit

    text = file.read_text(encoding="utf-8-sig") if file.exists() else ""
    return tomlkit.parse(f"{text.rstrip()}\n\n" if text.strip() else "")


def _write(file: Path, document: Any) -> None:
    import tomlkit

    partial = file.with_name(f".{file.name}.partial")
    partial.write_text(tomlkit.dumps(document), encoding="utf-8")
    partial.replace(file)
