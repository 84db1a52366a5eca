"""listening: a week's time set aside, who was heard, whose voices are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from triage.cli.output import count, day, emit, emit_json, facts, moment, note, table
from triage.cli.session import Session
from triage.cli.verbs import verb

if TYPE_CHECKING:
    from triage.measures.listening import Part
    from triage.workspace import ListeningWeek


@verb("listening", schemas=("listening",), example="triage listening --week 2026-W47")
@click.option("--week", metavar="WEEK", help="Like 2026-W47; else the one that runs.")
def listening(session: Session, week: str | None, as_json: bool) -> None:
    """
    Show a week's listening, and whose voices are missing in it.

    Time set aside ([listening] minutes in the settings) stands beside time listened.
    Those who spoke in the four weeks up to its end are told apart by segment, channel,
    language and company; whose voices nobody heard come first, the most people first.
    A share of fewer than ten people is too few to say. Conversations held in the week
    count as listening.
    """
    from triage.workspace.listening import week_named

    found = session.open().week(week_named(week) if week else None)
    if as_json:
        emit_json("listening", _told(found))
    else:
        _show(found)


def _told(found: ListeningWeek) -> dict[str, Any]:
    return {
        "week": found.name,
        "monday": found.monday.isoformat(),
        "is_over": found.is_over,
        "minutes": found.minutes,
        "listened": round(found.listened, 1),
        "sessions": [
            {
                "at": moment(one.at), "minutes": round(one.seconds / 60, 1),
                "feedback": len(one.feedback), "noted": one.noted, "by": one.by,
            }
            for one in found.sessions
        ],
        "conversations": [
            {"id": one.short, "kind": one.kind.value, "at": moment(one.held_at)}
            for one in found.held
        ],
        "feedback": len(found.feedback),
        **_part(found.whole),
        "parts": [
            {"kind": one.kind, "name": one.name, **_part(one),
             "unheard": [str(each.feedback_id) for each in one.unheard]}
            for one in found.parts
        ],
        "silent": [
            {"kind": one.kind, "name": one.name, "last": moment(one.last)}
            for one in found.silent
        ],
    }  # fmt: skip


def _part(one: Part) -> dict[str, Any]:
    low, high = one.interval or (None, None)
    return {
        "spoke": one.spoke,
        "heard": one.heard,
        "share": None if low is None else round(one.share, 4),
        "low": None if low is None else round(low, 4),
        "high": None if high is None else round(high, 4),
    }


def _show(found: ListeningWeek) -> None:
    runs = "" if found.is_over else ", which still runs"
    sat = count(len(found.sessions), "session")
    share = said(found.whole)
    held = ", ".join(f"{one.short} {one.kind}" for one in found.held)
    facts(
        [
            ("week", f"{found.name}, from {found.monday:%d %B %Y}{runs}"),
            (
                "listened",
                f"{found.listened:.0f} of {found.minutes:.0f} minutes set aside, {sat}",
            ),
            ("conversations", held),
            ("read", f"{len(found.feedback):,} feedback, {count(found.noted, 'note')}"),
            (
                "heard",
                f"{found.heard:,} of {_people(found.spoke)}: {share}",
            ),
        ]
    )
    if found.parts:
        emit()
        table(
            (">spoke", ">heard", "share", "", "of", "voices"),
            [
                (
                    one.spoke, one.heard, said(one),
                    "missing" if one.is_missing else "", one.kind, one.called,
                )
                for one in found.parts
            ],
        )  # fmt: skip
    if found.silent:
        emit()
        table(
            ("of", "silent since", "voices"),
            [(one.kind, day(one.last) or "ever", one.called) for one in found.silent],
        )
    left = len(found.missing)
    if left:
        note(
            f"{_people(left)} of those whose voices are missing can be listened to;"
            " `triage listen`"
        )
    elif found.parts:
        note("nobody's voices are missing")
    else:
        note("nobody has spoken in these four weeks")


def said(one: Part) -> str:
    """``24 % (15–36)``; too few to say where they are."""
    if one.interval is None:
        return "too few to say"
    low, high = one.interval
    return f"{one.share:.0%} ({low * 100:.0f}–{high * 100:.0f})".replace("%", " %")


def _people(many: int) -> str:
    return count(many, "person", "people")
