"""A list of queries: a line each, or a CSV whose columns are parameters of a search."""

from web.batch.reading import read_list


def pairs(text):
    return [(line.name, line.pairs) for line in read_list(text).lines]


def test_without_a_heading_each_line_is_a_query_as_it_stands():
    assert pairs('flood, wall\n\n  "sea wall" OR dyke \r\n') == [
        ("flood, wall", (("q", "flood, wall"),)),
        ('"sea wall" OR dyke', (("q", '"sea wall" OR dyke'),)),
    ]


def test_a_csv_names_its_searches_and_narrows_them():
    text = '\ufeffName,query,from,site\nwalls,"flood, wall",2020,a.example|b.example\n,storm,,\n'
    assert pairs(text) == [
        ("walls", (("q", "flood, wall"), ("from", "2020"), ("site", "a.example"), ("site", "b.example"))),
        ("storm", (("q", "storm"),)),
    ]


def test_semicolons_and_tabs_part_columns_too():
    assert pairs("query;to\nflood;2021") == [("flood", (("q", "flood"), ("to", "2021")))]
    assert pairs("q\tnot.author\nflood\tnone") == [("flood", (("q", "flood"), ("not.author", "none")))]


def test_a_column_that_is_no_parameter_is_said():
    assert read_list("query,colour\nflood,red").notes == (
        "columns that are no parameter of a search were not read: colour",
    )


def test_a_broken_csv_is_read_up_to_where_it_breaks_and_that_is_said():
    listed = read_list('query\nflood\n"' + "x" * 200_000 + '"\nstorm')
    assert [line.name for line in listed.lines] == ["flood"]
    assert listed.notes[0].startswith("line 3: ")
    assert listed.notes[0].endswith(": the list was read up to it")


def test_nothing_and_hostile_text_are_no_searches_and_no_error():
    assert pairs("") == pairs(" \n\n") == []
    assert pairs("query\n\n,,,\n") == []
    assert len(pairs("\x00\u202e\ud800x\n" * 3)) == 3
