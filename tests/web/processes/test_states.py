"""What is made of the store, and how long it stands."""

from corpus.model import Author
from web.processes.states import OfState, in_state


def counted(answers: list[object]) -> object:
    answers.append(None)
    return len(answers)


def test_a_value_is_made_once_for_each_state():
    values, made = OfState(), []
    with in_state(("file", 1)):
        assert [values.get("one", lambda: counted(made)) for _ in range(3)] == [1, 1, 1]
        assert values.get("other", lambda: "x") == "x"
    with in_state(("file", 2)):
        assert values.get("one", lambda: counted(made)) == 2


def test_where_the_state_is_not_known_a_value_is_made_anew():
    values, made = OfState(), []
    with in_state(1):
        values.get("one", lambda: counted(made))
    assert [values.get("one", lambda: counted(made)) for _ in range(2)] == [2, 3]
    with in_state(1), in_state(None):
        assert values.get("one", lambda: counted(made)) == 4
    with in_state(1):
        assert values.get("one", lambda: counted(made)) == 1


def test_an_author_is_looked_up_once_a_state_and_an_unknown_key_is_left_out():
    values, asked = OfState(), []

    def ask(keys):
        asked.append(list(keys))
        return {key: Author(key.upper(), key) for key in keys if key != "nobody"}

    with in_state(1):
        assert list(values.authors(["b", "nobody", "a"], ask)) == ["b", "a"]
        assert values.authors(["a", "c", "nobody"], ask)["c"].name == "C"
    assert asked == [["b", "nobody", "a"], ["c"]]
    assert list(values.authors(["a"], ask)) == ["a"]
    assert asked[2:] == [["a"]]
