"""Who behaves alike and is worth one persona, and whom a persona lumps together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from triage.text.display import one_line
from triage.tui import persona_deciding, words
from triage.tui.desk import beside
from triage.tui.dialogs.picker import Choice, Picker, among
from triage.tui.screen import TriageScreen

if TYPE_CHECKING:
    from triage.workspace.alikeness import Alike, AlikeGroup, CrowdPair


def suggest(
    screen: TriageScreen,
    made: persona_deciding.Made,
    seek: Callable[[Sequence[str]], None],
) -> None:
    """
    Show what is found; one that is worth a persona is written down as any other.

    Args:
        made: Told the id of a persona once it is written down.
        seek: Told names of which one at least is a persona to be looked at.
    """
    workspace = screen.workspace

    async def ask() -> None:
        found = await screen.triage.desk.look(workspace.alike)
        choices = list(_choices(found))
        if not choices:
            many = words.people(found.speakers)
            screen.say(f"Nothing to suggest: {many} quoted for pain points")
            return

        def answered(choice: Choice | None) -> None:
            if choice is None:
                return
            if isinstance(choice.value, tuple):
                seek(choice.value)
                return
            group: AlikeGroup = choice.value
            name = f"{group.field} {' or '.join(group.names)}"[:80]
            persona_deciding.new(screen, made, query=group.query, name=name)

        heading = "Who behaves alike? Enter writes a persona down, or goes to it"
        screen.app.push_screen(Picker(heading, among(choices)), answered)

    beside(screen, ask, group="alike", exclusive=True)


def _choices(found: Alike) -> Iterator[Choice]:
    for group in found.groups:
        told = one_line(f"{group.field} {', '.join(group.names)} behave alike", 120)
        why = _why(group.pairs[0], found) if group.pairs else ""
        if group.known:
            note = one_line(f"{group.known} already", 30)
            yield Choice((group.known,), told, note, why)
        else:
            yield Choice(group, told, words.people(group.people), why)
    for pair in found.named:
        both = pair.left.name, pair.right.name
        told = one_line(f"{' and '.join(both)} behave alike: one may do", 120)
        yield Choice(both, told, _people(pair), _why(pair, found))
    for pair in found.lumped:
        both = pair.left.called, pair.right.called
        told = f"{pair.within} lumps together {' and '.join(both)}, who differ"
        yield Choice(
            (pair.within,), one_line(told, 120), _people(pair), _why(pair, found)
        )


def _why(pair: CrowdPair, found: Alike) -> str:
    """The pain points they are quoted for most, with the share of either."""
    return "; ".join(
        f"{one_line(found.titles.get(share.pain_point, ''), 40)}"
        f" {share.left:.0%} and {share.right:.0%}"
        for share in pair.compared.shares[:3]
    )


def _people(pair: CrowdPair) -> str:
    return f"{pair.compared.left:,} and {pair.compared.right:,} people"
