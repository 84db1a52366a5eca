"""
Language and sentiment of what is stored, read batch by batch and kept.

A row of ``tone`` is of the version that read it; version 0, or an older one, is still
to be read. A source that says its language is believed; a person is believed over all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from triage.model import Correction, Sentiment, Tone
from triage.store import codec
from triage.store.chunks import chunks, marks
from triage.store.database import Database
from triage.store.driver import sqlite3
from triage.store.schema_tone import SURE
from triage.store.views import ToneCount

VERSION = 3
"""Higher whenever words, weights or rules read something else from the same text."""

READ_WITH = "500aac53b8962165"
"""The lists and weights VERSION read with: the beginning of a digest of them."""

BATCH = 2000
"""Texts read and written together; no lock is held while they are read."""

_CODE = re.compile(r"([a-z]{2,3})(?:[-_].*)?", re.IGNORECASE)


def read_pending(
    db: Database, *, stop: Callable[[], bool] = lambda: False
) -> Iterator[int]:
    """Read what was not read yet, or by an older version; yields how many at a time."""
    read = None
    while not stop():
        rows = (
            db.read()
            .execute(
                "SELECT f.id, f.hash, f.title, f.body, f.rating, f.scale, f.language"
                " FROM tone t JOIN feedback f ON f.id = t.feedback_id"
                " WHERE t.version < ? LIMIT ?",
                (VERSION, BATCH),
            )
            .fetchall()
        )
        if not rows:
            return
        read = read or _reader()
        told = [(*read(row), VERSION, row["id"], row["hash"]) for row in rows]
        with db.write() as write:
            # What its source changed meanwhile is read again.
            write.executemany(
                "UPDATE tone SET language = ?, confidence = ?, sentiment = ?,"
                " score = ?, version = ? WHERE feedback_id = ?"
                " AND ? = (SELECT hash FROM feedback WHERE id = feedback_id)",
                told,
            )
        yield len(rows)


def tones(read: sqlite3.Connection, feedback_ids: Sequence[int]) -> dict[int, Tone]:
    """Language and sentiment of these, and who says so; one not read yet has none."""
    found: dict[int, Tone] = {}
    for chunk in chunks(feedback_ids):
        for row in read.execute(
            "SELECT t.*, f.rating, f.scale, f.language AS told,"
            " coalesce(c.language, '') AS said_language,"
            " coalesce(c.sentiment, '') AS said_sentiment"
            " FROM tone t JOIN feedback f ON f.id = t.feedback_id"
            " LEFT JOIN correction c ON c.feedback_id = t.feedback_id"
            f" WHERE t.feedback_id IN ({marks(chunk)})",
            chunk,
        ):
            found[row["feedback_id"]] = _tone(row)
    return found


def corrections(
    read: sqlite3.Connection, feedback_ids: Sequence[int]
) -> dict[int, Correction]:
    """What a person said about these."""
    found: dict[int, Correction] = {}
    for chunk in chunks(feedback_ids):
        for row in read.execute(
            f"SELECT * FROM correction WHERE feedback_id IN ({marks(chunk)})", chunk
        ):
            found[row["feedback_id"]] = codec.correction(row)
    return found


def counts(read: sqlite3.Connection) -> list[ToneCount]:
    """How many feedback there are by week, source, language and sentiment."""
    return [
        ToneCount(
            week=row["week"],
            source=row["source"],
            language=row["language"],
            sentiment=row["sentiment"],
            count=row["many"],
        )
        for row in read.execute(
            "SELECT date(f.id / 1000000, 'unixepoch', '-6 days', 'weekday 1') AS week,"
            " s.name AS source, t.language, t.sentiment, count(*) AS many"
            " FROM tone_now t JOIN feedback f ON f.id = t.feedback_id"
            " JOIN source s ON s.id = f.source_id"
            " GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"
        )
    ]


def _reader() -> Callable[[codec.Row], tuple[str, float, str, float]]:
    """What reads; loads the word lists, which nobody waits for who only looks."""
    from triage.text.language import language
    from triage.text.sentiment import label, sentiment

    def read(row: codec.Row) -> tuple[str, float, str, float]:
        """Language, its confidence, sentiment and score of one feedback."""
        text = f"{row['title']}\n{row['body']}"
        told = _told(row["language"])
        name, sure = (told, 1.0) if told else language(text)
        mood = sentiment(text, name, row["rating"], row["scale"], reasons=False)
        return name, sure, label(mood.score).value, mood.score

    return read


def _tone(row: codec.Row) -> Tone:
    from triage.text.sentiment import of_rating

    said = row["said_language"]
    told = _told(row["told"])
    sure = row["confidence"] >= SURE
    sentiment = row["said_sentiment"] or row["sentiment"]
    rated = of_rating(row["rating"], row["scale"]) is not None
    read = "rating" if rated else "text"
    name = said or (row["language"] if sure else "")
    known = "person" if said else "source" if told else "text"
    return Tone(
        language=name,
        confidence=1.0 if said else row["confidence"],
        sentiment=Sentiment(sentiment) if sentiment else None,
        score=row["score"],
        language_from=known if name else "",
        sentiment_from=""
        if not sentiment
        else "person"
        if row["said_sentiment"]
        else read,
    )


def _told(language: str) -> str:
    """The code in what a source says of its language: ``en`` of ``en-US``."""
    found = _CODE.fullmatch(language.strip())
    return found[1].lower() if found else ""
