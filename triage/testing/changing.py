"""What changes at a service comes with the next pull: edits, deletions, our replies."""

from __future__ import annotations

from triage.connector import Incoming, Kind, Unreadable
from triage.testing.kept import Kept
from triage.testing.promise import promise
from triage.testing.trial import Run, Trial, differ


async def check_edits(trial: Trial, whole: Run) -> Run:
    """An edit comes with the next pull, and what was said before never over it."""
    if not trial.has("edit"):
        return whole
    first, last = trial.names[0], trial.names[-1]
    told = {name: str(trial.do("edit", name)) for name in dict.fromkeys([first, last])}
    trial.settle()
    edited = await trial.whole(whole.kept)
    for name, words in told.items():
        promise(
            words in _said(edited.kept.told.get(name)),
            f"What a customer edits comes with the next pull; {name!r} does not say"
            f" {words!r}.",
        )
    if trial.has("order"):
        late = Kept().take([*edited.pages, *whole.pages])
        late.gone = edited.kept.gone
        differ(late, edited.kept, "An older telling never overwrites a newer")
    return edited


async def check_removals(trial: Trial, before: Run) -> Run:
    """What is deleted there is told as gone, where the service tells; nothing else."""
    if not trial.has("remove"):
        return before
    name = trial.names[1]
    trial.do("remove", name)
    trial.names.remove(name)
    trial.settle()
    after = await trial.whole(before.kept)
    promise(
        name in after.kept.gone,
        f"What is deleted at the service is told in Page.gone; {name!r} is not.",
    )
    lost = sorted(after.kept.gone & set(trial.names))[:5]
    promise(not lost, f"What is still there is not told as gone; these are: {lost}.")
    again = await trial.whole(after.kept)
    differ(again.kept, after.kept, "A deletion is told once and stays told")
    return after


async def check_replies(trial: Trial, before: Run) -> Run:
    """What our own side wrote is no feedback, however a pull comes by it."""
    if not trial.has("reply"):
        return before
    words = str(trial.do("reply", trial.names[-1]))
    trial.settle()
    after = await trial.whole(before.kept)
    for kept in (after.kept, (await trial.whole()).kept):
        ours = [
            name
            for name, told in kept.told.items()
            if words in _said(told)
            and not (isinstance(told, Incoming) and told.kind is not Kind.FEEDBACK)
        ]
        promise(
            not ours,
            f"What our own side wrote never comes as feedback; {ours} says {words!r}.",
        )
    return after


def _said(told: Incoming | Unreadable | None) -> str:
    return f"{told.title}\n{told.body}" if isinstance(told, Incoming) else ""
