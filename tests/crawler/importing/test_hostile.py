"""Damaged files of every kind end in words: no exception, no second lost."""

import gzip
import json
import random
import zipfile
from pathlib import Path

import pytest

from tests.crawler.importing.databases.test_splitting import (
    FACTIVA_PLAIN,
    FACTIVA_TAGGED,
    LEXISNEXIS,
    NEXIS_UNI,
    PROQUEST,
)
from tests.crawler.importing.reading import RECORD, articles, docx, epub, items, notes, pdf, zipped
from tests.crawler.importing.test_formats import BIBTEX, CSL, RIS
from tests.crawler.importing.test_webarchives import warc
from tests.stalling import no_stall

MUTANTS = 40  # of each file
SEEDS = {
    "a.warc": warc({}, {}, packed=False),
    "a.warc.gz": warc({}, {}),
    "a.jsonl": json.dumps(RECORD).encode(),
    "a.jsonl.gz": gzip.compress(json.dumps(RECORD).encode()),
    "a.json": json.dumps([RECORD, RECORD]).encode(),
    "csl.json": CSL.encode(),
    "a.csv": b'url,title,date,author,text\nhttps://x.example/1,"A, b",03/04/2024,"Ana; Bo","x ""y"" z"\n',
    "a.ris": RIS.encode(),
    "a.bib": BIBTEX.encode(),
    "a.docx": docx("One", "Two"),
    "a.epub": epub("<html>x</html>"),
    "a.zip": zipped({"b.jsonl": json.dumps(RECORD)}),
    "lzma.zip": zipped({"b.jsonl": json.dumps(RECORD)}, zipfile.ZIP_LZMA),
    "a.pdf": pdf("One two three four five", "six"),
    "a.rtf": rb"{\rtf1\ansi One\par Two \u233 ? \par}",
    "a.md": b"---\ntitle: x\nauthor: [a, b]\n---\n# H\n**b** [x](y)\n",
    "a.mhtml": b"Content-Type: text/html\nContent-Location: https://x.example/a\n\n<html>x</html>",
    "a.html": b'<html><link rel=canonical href="https://x.example/s/1"><p>x',
    "nexis.txt": NEXIS_UNI.encode(),
    "lexis.txt": LEXISNEXIS.encode(),
    "plain.txt": FACTIVA_PLAIN.encode(),
    "tagged.txt": FACTIVA_TAGGED.encode(),
    "proquest.txt": PROQUEST.encode(),
}
INSERTS = (b'"', b"{", b"<", b"\n", b"%", b"\\", b"@", b";", b"-\n", b"\x00", b"&amp;", b"AN ", b"Document ")


def mutant(content: bytes, chance: random.Random) -> bytes:
    """Return the content with some bytes changed, cut out, copied or put in."""
    changed = bytearray(content)
    for _ in range(chance.choice([1, 2, 4, 16])):
        at = chance.randrange(len(changed) + 1)
        match chance.randrange(4):
            case 0:
                changed[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del changed[at : at + chance.randrange(1, 40)]
            case 2:
                start = chance.randrange(len(changed) + 1)
                changed[at:at] = changed[start : start + chance.randrange(200)]
            case _:
                changed[at:at] = chance.choice(INSERTS) * chance.randrange(1, 200)
    return bytes(changed)


def test_paragraphs_in_paragraphs_of_a_word_file_are_read_once_each(tmp_path: Path):
    inner = "<w:t>x</w:t>" * 150_000
    with no_stall(5.0):
        found = items(tmp_path, "a.docx", docx(f"One</w:t>{'<w:p>' * 230}{inner}{'</w:p>' * 230}<w:t>two"))
    assert [each.body.split() for each in articles(found)] == [["x" * 150_000]]


@pytest.mark.parametrize("name", SEEDS)
def test_a_damaged_file_ends_in_words_and_in_no_time(tmp_path: Path, name: str):
    chance = random.Random(name)
    with no_stall():
        for _ in range(MUTANTS):
            found = items(tmp_path, name, mutant(SEEDS[name], chance))
            assert all(each.item is not None or each.notes for each in found)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.ris", "TY  - NEWS\nTI  - Walls\nPY  - {}\nER  - \nTY  - NEWS\nTI  - Gates\nPY  - 2024\nER  - \n"),
        ("a.bib", "@article{{a, title={{Walls}}, year={{{}}}}}\n@article{{b, title={{Gates}}, year=2024}}"),
        ("a.bib", "@article{{a, title={{Walls}}, year=2024, month={{{}}}}}\n@article{{b, title={{Gates}}, year=2024}}"),
    ],
)
def test_a_number_too_long_for_a_date_costs_that_date_alone(tmp_path: Path, name: str, content: str):
    found = items(tmp_path, name, content.format("9" * 5_000))
    walls, gates = articles(found)
    assert (walls.published, gates.published and gates.published.at.year) == (None, 2024)
    assert any("expected a date" in note for note in notes(found))
