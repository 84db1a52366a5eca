"""What a tracker's connector tells is told once, whole, and changes nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

from triage.connector import Outgoing, Receipt
from triage.errors import TriageError
from triage.testing.promise import promise
from triage.testing.tracker_trial import There, TrackerTrial

TEXT = """## What hurts

Exports lose their tags: 14 people of 9 companies say so.

> It loses every tag I set.

2026-05-04, by email

- Given a saved search, when it is exported, then every tag is in it
"""
_WORDS = (
    "Exports lose their tags",
    "It loses every tag I set.",
    "Given a saved search, when it is exported, then every tag is in it",
)
ADDRESS = "https://help.acme.example/tickets/12"
_LONG = 70_000

_TITLES = (
    "<script>alert(1)</script> **bold** [x](javascript:alert(1)) | cell",
    "@everyone: #12 & EXP-1, !99; fixes #1 -- \"quoted\" 'too' \\ `code`",
    "Schöner “exportieren” 漢字 🧵 e\u0301",
    "=1+1",
)
_TEXTS = (
    "<img src=x onerror=alert(1)> <details open> </p> --> <b>\n\nthe end",
    "@everyone please: fixes #1, closes EXP-2, !3, [x](https://a.example)\n\nthe end",
    "```\nopen fence\n\n| a | b |\n|---|---|\n\n~~~~\n\nthe end",
    "{code} {{x}} h1. *a* !b! ||c|| [~d] {quote} bq. x\n\nthe end",
    "  leading\n\n\n\n漢字 🧵 \\ \\n % $1 ' \"\n\nthe end",
)
_KEYS = count(0x5F3A_91C2)


def outgoing(act: str, text: str = TEXT, title: str = "", **context: str) -> Outgoing:
    """What a person wants told, with a key of its own."""
    return Outgoing(
        act=act, key=f"{next(_KEYS):032x}", text=text, title=title, context=context
    )


async def check_created(trial: TrackerTrial) -> None:
    """One is created, with its title and text; told again, there is still one."""
    before = trial.there()
    wanted = outgoing("create", title="Tags survive an export")
    key = await _created(trial, wanted)
    made = _news(before, trial.there())
    promise(made == [key], f"create makes the one its receipt names, not {made}.")
    title, seen, *_ = trial.there()[key]
    promise(title == wanted.title, f"create keeps the title, not {title!r}.")
    missing = [words for words in _WORDS if words not in seen]
    promise(not missing, f"create keeps the whole text; not there: {missing}.")
    promise(
        wanted.key not in seen and "triage:" not in seen,
        "What marks it as told is hidden from whoever reads it there.",
    )
    told = (await trial.planned([key])).get(key)
    promise(
        told is not None and told.title == wanted.title,
        "planned() tells what create made, by the key of its receipt.",
    )
    again = await _created(trial, wanted)
    promise(
        again == key and len(trial.there()) == len(before) + 1,
        "What was created is found again and not created twice.",
    )
    other = await _created(trial, outgoing("create", title=wanted.title))
    promise(other != key, "Another draft of the same words is another creation.")


async def check_comments(trial: TrackerTrial) -> None:
    """One comment is made, where it belongs; told again, there is still one."""
    key, beside = trial.tracker.add("Faster export"), trial.tracker.add("Beside")
    wanted = outgoing("comment", key=key)
    for _ in range(2):
        told = await trial.tell(wanted)
        promise(isinstance(told, Receipt), f"A comment is made, not: {told}")
        made = trial.tracker.comments(key)
        promise(len(made) == 1, f"A comment told twice is there once, not {len(made)}.")
    missing = [words for words in _WORDS if words not in made[0]]
    promise(not missing, f"A comment keeps the whole text; not there: {missing}.")
    promise(
        wanted.key not in made[0] and "triage:" not in made[0],
        "What marks a comment as told is hidden from whoever reads it there.",
    )
    told = await trial.tell(outgoing("comment", key=key))
    promise(
        isinstance(told, Receipt) and len(trial.tracker.comments(key)) == 2,
        "Another draft of the same words is another comment.",
    )
    promise(not trial.tracker.comments(beside), "Nothing is said elsewhere.")
    await _check_gone(trial, "comment")


async def check_links(trial: TrackerTrial) -> None:
    """It leads there once; told again, it still leads there once."""
    if not trial.can("link"):
        return
    key = trial.tracker.add("Faster export")
    wanted = outgoing("link", "Exports lose tags", "p3", key=key, url=ADDRESS)
    for _ in range(2):
        told = await trial.tell(wanted)
        promise(isinstance(told, Receipt), f"A link is made, not: {told}")
        links = list(trial.tracker.links(key))
        promise(links == [ADDRESS], f"A link told twice is there once, not {links}.")
    await _check_gone(trial, "link")


async def check_lost(trial: Callable[[], TrackerTrial]) -> None:
    """Where the answer never came, the next telling finds what there is."""
    for act in ("create", "comment", "link"):
        for lose in count(1):
            one = trial()
            if act == "link" and not one.can("link"):
                break
            key = "" if act == "create" else one.tracker.add("Faster export")
            before = one.there()
            wanted = outgoing(act, title="Lost", key=key, url=ADDRESS)
            await one.tell(wanted, lose=lose)
            if not one.lost:
                promise(lose > 1, f"{act} changes something there.")
                break
            told = await one.tell(wanted)
            promise(
                isinstance(told, Receipt),
                f"{act} whose answer was lost is found or told the next time, not:"
                f" {told}",
            )
            _check_once(one, act, key, before, _WORDS)


async def check_hostile(trial: Callable[[], TrackerTrial]) -> None:
    """Whatever a title or a text holds, it is a title or a text there."""
    for title in _TITLES:
        await _check_told(trial(), outgoing("create", title=title), title, ())
    torn = outgoing("create", title="one\n\ttwo\x07 \x1b[31mthree\u202e\u2028four")
    one = trial()
    made = trial_title(one, await _created(one, torn))
    promise(
        made.isprintable() and all(w in made for w in ("one", "two", "three", "four")),
        f"A title is one line without control characters, not {made!r}.",
    )
    one = trial()
    made = trial_title(
        one, await _created(one, outgoing("create", title="Slow " * 14_000))
    )
    promise(made.startswith("Slow Slow"), "A title too long is cut, and not refused.")
    for act in ("create", "comment"):
        for text in _TEXTS:
            await _check_told(trial(), outgoing(act, text, "Hostile"), "", ("the end",))
        one = trial()
        longest = one.make().acts[act].longest
        most = _LONG if longest is None else min(longest, _LONG)
        text = "word " * ((most - 7) // 5) + "the end"
        await _check_told(one, outgoing(act, text, "Long"), "", ("the end",))


def trial_title(trial: TrackerTrial, key: str) -> str:
    """The title of one there."""
    return trial.tracker.titles()[key]


async def _check_told(
    trial: TrackerTrial, told: Outgoing, title: str, words: tuple[str, ...]
) -> None:
    """It is told once, however often; only it is new; what was there is as it was."""
    key = trial.tracker.add("Faster export")
    trial.tracker.add("Beside")
    if told.act != "create":
        told = Outgoing(
            act=told.act, key=told.key, text=told.text, title=told.title,
            context={"key": key},
        )  # fmt: skip
    before = trial.there()
    for _ in range(2):
        receipt = await trial.tell(told)
        promise(
            isinstance(receipt, Receipt),
            f"{told.act} takes {told.title[:40]!r}, {told.text[:60]!r}, not: {receipt}",
        )
        _check_once(trial, told.act, key, before, words)
    if title and isinstance(receipt, Receipt):
        there = trial_title(trial, receipt.external_id)
        promise(there == title, f"A title is kept as it is: {title!r}, not {there!r}.")


def _check_once(
    trial: TrackerTrial, act: str, key: str, before: There, words: tuple[str, ...]
) -> None:
    """One thing is new, which holds these words; the rest is as it was."""
    after = trial.there()
    made = _news(before, after)
    if act == "create":
        promise(len(made) == 1, f"create makes one, however often told, not {made}.")
        text = after[made[0]][1]
    else:
        promise(not made, f"{act} creates nothing, not {made}.")
        new = list(after[key][2] if act == "comment" else after[key][3])
        promise(len(new) == 1, f"{act} makes one, however often told, not {new}.")
        text = new[0]
    missing = [one for one in words if act != "link" and one not in text]
    promise(not missing, f"{act} keeps the whole text; not there: {missing}.")
    changed = [one for one in before if one != key and before[one] != after.get(one)]
    promise(not changed, f"{act} changes nothing else, not {changed}.")


async def _check_gone(trial: TrackerTrial, act: str) -> None:
    key = trial.tracker.add("Soon gone")
    trial.tracker.remove(key)
    told = await trial.tell(outgoing(act, title="Gone", key=key, url=ADDRESS))
    promise(
        isinstance(told, TriageError),
        f"{act} to what is there no more is an error that says so, not {told!r}.",
    )


async def _created(trial: TrackerTrial, wanted: Outgoing) -> str:
    told = await trial.tell(wanted)
    if not isinstance(told, Receipt):
        raise AssertionError(f"create makes it, not: {told}")  # noqa: TRY004
    promise(bool(told.external_id), "The receipt of create holds its key.")
    return told.external_id


def _news(before: There, after: There) -> list[str]:
    return [key for key in after if key not in before]


def each_act(trial: TrackerTrial) -> Iterator[Outgoing]:
    """One telling of each act, about something that is there."""
    key = trial.tracker.add("Faster export")
    for act in trial.make().acts:
        yield outgoing(act, title="Tags survive", key=key, url=ADDRESS)
