"""A text file is read in the encoding it was written in, and what could not be read is counted."""

import pytest

from crawler.importing.texts import text_in

GERMAN = "Die Dämme an der Mündung halten, sagte die Bürgermeisterin am Mittwoch früh über die Flüsse.\n"
GREEK = "Η στάθμη του νερού υποχώρησε το πρωί της Τρίτης και ο δρόμος άνοιξε ξανά για όλους.\n"
JAPANESE = "堤防は高潮に耐え、港の道路は火曜日の朝に再び開通したと市長は述べた。\n"


@pytest.mark.parametrize(("text", "encoding"), [(GERMAN, "cp1252"), (GREEK, "iso8859-7"), (JAPANESE, "shift_jis")])
def test_a_text_in_an_encoding_of_its_country_is_read_and_the_guess_is_said(text: str, encoding: str):
    read, said = text_in((text * 20).encode(encoding))
    assert read == text * 20
    assert said is not None
    assert said.startswith("is not UTF-8: read as ")


@pytest.mark.parametrize("text", [GERMAN, GREEK, JAPANESE])
@pytest.mark.parametrize(("stray", "lost"), [(b"\xff", "1 character"), (b"\xff\xfe\xfa", "3 characters")])
def test_bytes_that_are_wrong_in_utf8_cost_themselves_and_not_the_text(text: str, stray: bytes, lost: str):
    read, said = text_in((text * 10).encode() + stray + b"\n" + text.encode())
    assert read.replace("\ufffd", "") == text * 10 + "\n" + text
    assert said == f"{lost} cannot be read; its encoding seems to be utf-8"
