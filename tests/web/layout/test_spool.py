import pytest

from web.layout import spool
from web.layout.spool import Spool, SpoolFull


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
