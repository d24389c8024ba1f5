import pytest

from web.layout import spool
from web.layout.spool import Spool, SpoolFull
from web.processes.shared import Shared


def test_files_together_take_no_more_than_there_is_room_for_and_give_it_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "BUFFER", 10)
    room = Spool(most=100, spare=0)
    first, second = room.file(), room.file()
    first.write(bytes(60))
    first.flush()
    with pytest.raises(SpoolFull):
        second.write(bytes(60))
    first.close()
    second.seek(0)
    second.write(bytes(60))
    second.close()
    assert room.taken == 0


def test_the_files_of_several_processes_have_one_bound_and_those_of_a_dead_one_are_not_counted() -> None:
    shared = Shared(2)
    rooms = Spool(most=100, spare=0), Spool(most=100, spare=0)
    for number, room in enumerate(rooms):
        room.share(shared.spooled, number)
    rooms[0].take(60)
    with pytest.raises(SpoolFull):
        rooms[1].take(60)
    shared.begin(0)  # the first one died, and another takes its place
    rooms[1].take(60)
    assert rooms[0].taken == rooms[1].taken == 60


def test_a_nearly_full_disk_takes_no_more() -> None:
    room = Spool(spare=1 << 60)
    file = room.file()
    file.write(b"x")
    with pytest.raises(SpoolFull):
        file.flush()
    file.close()  # whoever gives up on a file that has no room is not told so again
    assert (file.closed, room.taken) == (True, 0)


def test_what_was_written_is_read() -> None:
    with Spool().file() as file:
        file.write(b"walls")
        file.seek(0)
        assert file.read() == b"walls"
