"""What a tracker's connector finds, and what it says of how far it has come."""

from __future__ import annotations

from triage.errors import TriageError
from triage.model import RoadmapStatus
from triage.testing.promise import promise
from triage.testing.tracker_trial import Asking, TrackerTrial

MANY = 120
"""Keys asked for at once."""

_STRANGE = ("", "no such key", '") or key != "', "../../users/1", "0", "-1", "٣", "🧵")


async def check_found(trial: TrackerTrial) -> None:
    """Words find what says them, with key, state and address; at most so many."""
    tracker = trial.tracker
    tracker.add("Dark mode for the editor")
    wanted = tracker.add("Faster export of large reports")
    for number in range(5):
        tracker.add(f"Nothing of the kind {number}")
    for words in ("faster export", "EXPORT large"):
        told = {one.key: one for one in await trial.found(words)}
        promise(
            wanted in told, f"find() finds by words, in any case: {words!r} did not."
        )
    found = told[wanted]
    promise(
        found.title == "Faster export of large reports",
        f"find() tells the title that is there, not {found.title!r}.",
    )
    promise(bool(found.state), "find() tells the state of what it finds.")
    promise(
        found.url.startswith(("https://", "http://")),
        f"find() tells where it is shown, not {found.url!r}.",
    )
    promise(
        len(await trial.found("nothing kind", 3)) <= 3,
        "find() tells as many as were asked for at most.",
    )
    promise(
        not await trial.found("zzyzxqua"), "find() finds nothing where nothing says so."
    )
    for text in ('"', "a:b AND (c OR", "100% *?[x] \\ '", "#12 @name", "🧵 ü", "-x"):
        await trial.found(text)


async def check_planned(trial: TrackerTrial) -> None:
    """Many keys take few calls; who is gone, or never was, is missing."""
    tracker = trial.tracker
    promise(
        await trial.planned([]) == {} and not trial.asked,
        "planned() of no keys asks nobody.",
    )
    keys = [tracker.add(f"Plan {number}") for number in range(MANY)]
    told = await trial.planned(keys)
    missing = [key for key in keys if key not in told]
    promise(not missing, f"planned() tells all that are there; missing: {missing[:5]}.")
    promise(
        len(trial.asked) <= MANY / 4 or not trial.can("batch"),
        f"planned() asks for many at once: {MANY} keys took {len(trial.asked)} calls.",
    )
    wrong = [key for key in keys if told[key].title != tracker.titles()[key]]
    promise(not wrong, f"planned() tells the titles that are there; not {wrong[:5]}.")
    gone = keys[3]
    tracker.remove(gone)
    some = await trial.planned([keys[2], gone, keys[4]])
    promise(
        set(some) == {keys[2], keys[4]},
        "planned() leaves out what is there no more, and tells the others.",
    )
    promise(await trial.planned([gone]) == {}, "planned() of what is gone is nothing.")
    for strange in _STRANGE:
        answer = await trial.ask(_asking(strange))
        promise(
            isinstance(answer, TriageError) or not list(answer),
            f"planned() of {strange!r}, which is no key, tells nothing.",
        )


def _asking(key: str) -> Asking:
    return lambda one, http: one.planned(http, [key])


async def check_states(trial: TrackerTrial) -> None:
    """A state whose meaning the tracker knows has a status; its other words none."""
    tracker = trial.tracker
    promise(len(tracker.states) > 1, "The made-up tracker has two `states` or more.")
    promise(
        "" in tracker.states.values() or not trial.can("unmapped"),
        "One of the made-up tracker's `states` means nothing, or `cannot` says why.",
    )
    statuses = {"", *RoadmapStatus}
    key = tracker.add("Faster export")
    for state, status in tracker.states.items():
        promise(
            status in statuses,
            f"`states` means one of {', '.join(RoadmapStatus)}, or nothing, by"
            f" {state!r}.",
        )
        tracker.move(key, state)
        told = (await trial.planned([key]))[key]
        promise(
            told.state == state,
            f"planned() tells the state in the tracker's word {state!r}, not"
            f" {told.state!r}.",
        )
        promise(
            told.status == status,
            f"{state!r} means {status!r} there, and not {told.status!r}: what a"
            " tracker does not say is never guessed.",
        )
