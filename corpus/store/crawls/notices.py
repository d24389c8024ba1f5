"""What is wrong, as it was last looked at; the messages on it, each stored once, and how far each is."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from corpus.notices.values import Alarm, Channel, Delivery, Message
from corpus.store.crawls.journal import KEEP_VISITS
from corpus.store.file.database import Database
from corpus.store.file.rows import json_map, moment, moment_or_none, stamp, stamp_or_none, text, text_or_none, word
from corpus.texts.storing import as_json, restored

LEASE = timedelta(minutes=10)  # longer than any sending takes; then the process that tried is gone
REOPENED = timedelta(hours=6)  # what is wrong again within it was never well: a disk at its bound goes back and forth

Compose = Callable[[list[Alarm], list[Alarm]], Sequence[Message]]


class Notices:
    """The alarms and messages of one store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def settle(self, alarms: Iterable[Alarm], compose: Compose, channels: Iterable[Channel], at: datetime) -> None:
        """Note what is wrong now, and store the messages on what began or ended, all in one transaction.

        Args:
            compose: Makes messages of the alarms that are new, and of those that are over.
            channels: By which they are to be sent.
        """
        now = {text(alarm.key): alarm for alarm in alarms}
        with self._database.writing() as connection:
            known = {row["key"]: row for row in connection.execute("SELECT * FROM alarms").fetchall()}
            new = [alarm for key, alarm in now.items() if _is_new(known.get(key), at)]
            gone = [row for key, row in known.items() if key not in now and row["closed"] is None]
            over = [Alarm(row["key"], restored(row["text"], row["message"])) for row in gone]
            connection.executemany(
                "INSERT INTO alarms (key, text, message, opened) VALUES (?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE SET text = excluded.text, message = excluded.message, closed = NULL,"
                " opened = CASE WHEN closed IS NULL THEN opened ELSE excluded.opened END",
                [(key, text(alarm.text), as_json(alarm.text), stamp(at)) for key, alarm in now.items()],
            )
            connection.executemany(
                "UPDATE alarms SET closed = ? WHERE key = ?", [(stamp(at), text(alarm.key)) for alarm in over]
            )
            connection.execute("DELETE FROM alarms WHERE closed < ?", (stamp(at - KEEP_VISITS),))
            connection.execute("DELETE FROM messages WHERE made < ?", (stamp(at - KEEP_VISITS),))
            self.add(compose(new, [alarm for alarm in over if alarm.lasts]), channels, at)

    def wrong(self) -> dict[str, datetime]:
        """Return key -> since when, of what was wrong when one last looked."""
        rows = self._database.rows("SELECT key, opened FROM alarms WHERE closed IS NULL ORDER BY opened, key")
        return {row["key"]: moment(row["opened"]) for row in rows}

    def add(self, messages: Iterable[Message], channels: Iterable[Channel], at: datetime) -> None:
        """Store messages to be sent at once; one whose key is stored is left out."""
        channels = tuple(channels)
        with self._database.writing() as connection:
            for message in messages:
                cursor = connection.execute(
                    "INSERT OR IGNORE INTO messages (key, subject, text, made, more) VALUES (?, ?, ?, ?, ?)",
                    (
                        text(message.key),
                        text(message.subject),
                        text(message.text),
                        stamp(message.at),
                        text_or_none(_more(message)),
                    ),
                )
                if cursor.rowcount:
                    connection.executemany(
                        "INSERT INTO deliveries (message, channel, state, next) VALUES (?, ?, 'waiting', ?)",
                        [(cursor.lastrowid, channel.value, stamp(at)) for channel in channels],
                    )

    def claim(self, channels: Iterable[Channel], at: datetime, *, limit: int = -1) -> list[Delivery]:
        """Return the deliveries that are due, the oldest first; for LEASE no other process gets them. -1: all."""
        names = [channel.value for channel in channels]
        with self._database.writing() as connection:
            rows = connection.execute(
                "SELECT d.*, m.* FROM deliveries d JOIN messages m ON m.id = d.message"
                f" WHERE d.state = 'waiting' AND d.next <= ? AND d.channel IN ({', '.join('?' * len(names))})"
                " ORDER BY d.message LIMIT ?",
                (stamp(at), *names, limit),
            ).fetchall()
            connection.executemany(
                "UPDATE deliveries SET next = ?, tries = tries + 1 WHERE message = ? AND channel = ?",
                [(stamp(at + LEASE), row["message"], row["channel"]) for row in rows],
            )
        return [_delivery(row, tries=row["tries"] + 1) for row in rows]

    def close(self, delivery: Delivery, error: str | None, again: datetime | None, *, to: tuple[str, ...] = ()) -> None:
        """Note that a message was sent (no `error`), or was not and is tried `again`, or never (None).

        Args:
            to: The addresses that the message did not reach, where it reached others: they alone get it again.
        """
        state = "sent" if error is None else "waiting" if again is not None else "given-up"
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE deliveries SET state = ?, error = ?, next = coalesce(?, next) WHERE channel = ?"
                " AND message = (SELECT id FROM messages WHERE key = ?)",
                (
                    state,
                    text_or_none(error),
                    stamp_or_none(again),
                    delivery.channel.value,
                    text(delivery.message.key),
                ),
            )
            if to:
                more = text_or_none(_more(replace(delivery.message, to=to)))
                key = text(delivery.message.key)
                connection.execute("UPDATE messages SET more = ? WHERE key = ?", (more, key))

    def give_up(self, keys_begin: str, why: str) -> int:
        """Cancel the waiting messages whose keys begin so; return how many deliveries that ends."""
        with self._database.writing() as connection:
            cursor = connection.execute(
                "UPDATE deliveries SET state = 'given-up', error = ? WHERE state = 'waiting'"
                " AND message IN (SELECT id FROM messages WHERE substr(key, 1, ?) = ?)",
                (text(why), len(keys_begin), text(keys_begin)),
            )
        return cursor.rowcount

    def latest(self, limit: int = 20) -> list[Delivery]:
        """Return the latest deliveries, the last one first."""
        rows = self._database.rows(
            "SELECT d.*, m.* FROM deliveries d JOIN messages m ON m.id = d.message"
            " ORDER BY m.id DESC, d.channel LIMIT ?",
            (limit,),
        )
        return [_delivery(row, tries=row["tries"]) for row in rows]

    def stuck(self, tries: int) -> list[Delivery]:
        """Return the deliveries that failed so many times or were given up, since the last that was sent that way."""
        rows = self._database.rows(
            "SELECT d.*, m.* FROM deliveries d JOIN messages m ON m.id = d.message WHERE d.error IS NOT NULL"
            " AND d.state != 'sent' AND d.tries >= ? AND d.message > coalesce("
            "(SELECT max(s.message) FROM deliveries s WHERE s.channel = d.channel AND s.state = 'sent'), 0)"
            " ORDER BY m.id",
            (tries,),
        )
        return [_delivery(row, tries=row["tries"]) for row in rows]

    def mark(self, name: str) -> int | None:
        """Return how far messages of a kind have come, as `set_mark` stored it; None: there were none yet."""
        value: int | None = self._database.value("SELECT value FROM meta WHERE key = ?", (f"notices:{name}",))
        return value

    def set_mark(self, name: str, value: int) -> None:
        """Store how far messages of a kind have come."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
                (f"notices:{name}", value),
            )


def _is_new(row: sqlite3.Row | None, at: datetime) -> bool:
    if row is None:
        return True
    closed = moment_or_none(row["closed"])
    return closed is not None and at - closed > REOPENED


def _more(message: Message) -> str | None:
    more = {"html": message.html, "stop": message.stop, "data": dict(message.data), "to": message.to}
    given = {name: value for name, value in more.items() if value}
    return json.dumps(given, ensure_ascii=False) if given else None


def _delivery(row: sqlite3.Row, *, tries: int) -> Delivery:
    more = json_map(row["more"] or "{}")
    message = Message(
        row["key"],
        row["subject"],
        row["text"],
        moment(row["made"]),
        html=more.get("html"),
        stop=more.get("stop"),
        data=more.get("data") or {},
        to=tuple(more.get("to") or ()),
    )
    return Delivery(message, word(Channel, row["channel"]), row["state"], tries, row["error"])
