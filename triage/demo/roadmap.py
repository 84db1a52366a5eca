"""What the demo's people plan, whom they promised something, and what has shipped."""

from __future__ import annotations

from dataclasses import dataclass

from triage.model import Extent, Horizon


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedWork:
    """
    A roadmap item, and the pain points it would settle, by key.

    Attributes:
        planned: Days ago when somebody wrote it down.
        begun: Days ago when work on it began; None where it has not.
        shipped: Days ago when it came out; None where it has not.
    """

    title: str
    horizon: Horizon
    settles: tuple[tuple[str, Extent], ...]
    owner: str
    planned: float
    begun: float | None = None
    shipped: float | None = None
    target: str = ""
    tracker: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """
    What one of our people said to one of those who asked.

    Attributes:
        text: What the latest who asked was promised; where ``told``, how whoever was
            promised something was told what has become of it.
    """

    pain: str
    text: str
    days: float
    by: str
    told: bool = False


ROADMAP: tuple[PlannedWork, ...] = (
    PlannedWork(
        title="Rewrite the exporter",
        horizon=Horizon.NOW,
        settles=(("export", Extent.FULL), ("fidelity", Extent.PARTIAL)),
        owner="dana",
        target="5.3",
        tracker="linear",
        key="LIN-204",
        planned=38,
        begun=20,
    ),
    PlannedWork(
        title="Ask before sync overwrites",
        horizon=Horizon.NOW,
        settles=(("sync", Extent.FULL),),
        owner="jon",
        target="5.3",
        tracker="linear",
        key="LIN-219",
        planned=60,
        begun=12.5,
    ),
    PlannedWork(
        title="Close the hole in view-only links",
        horizon=Horizon.NOW,
        settles=(("links", Extent.FULL),),
        owner="jon",
        target="5.2.4",
        tracker="linear",
        key="LIN-251",
        planned=22,
        begun=6,
    ),
    PlannedWork(
        title="Comment links for guests",
        horizon=Horizon.NEXT,
        settles=(("guests", Extent.FULL), ("mails", Extent.PARTIAL)),
        owner="dana",
        target="5.4",
        tracker="linear",
        key="LIN-188",
        planned=45,
    ),
    PlannedWork(
        title="Directory sync and an audit log",
        horizon=Horizon.NEXT,
        settles=(("control", Extent.FULL),),
        owner="mira",
        target="5.4",
        tracker="linear",
        key="LIN-231",
        planned=34,
    ),
    PlannedWork(
        title="An editor that keeps up",
        horizon=Horizon.LATER,
        settles=(("typing", Extent.FULL), ("ime", Extent.PARTIAL)),
        owner="jon",
        tracker="linear",
        key="LIN-240",
        planned=33,
    ),
    PlannedWork(
        title="Make room for the Android keyboard",
        horizon=Horizon.NOW,
        settles=(("keyboard", Extent.FULL),),
        owner="jon",
        target="5.1.2",
        tracker="linear",
        key="LIN-161",
        planned=140,
        begun=120,
        shipped=91,
    ),
    PlannedWork(
        title="Send reset mails from a domain of our own",
        horizon=Horizon.NOW,
        settles=(("reset-mail", Extent.FULL),),
        owner="mira",
        target="5.2.2",
        planned=45,
        begun=30,
        shipped=24,
    ),
)

WORDS: tuple[Word, ...] = (
    Word(
        pain="reset-mail",
        text="We write to you the day it ships, in 5.2.2",
        days=38,
        by="mira",
    ),
    Word(
        pain="control",
        text="A call before the renewal, with dates for directory sync",
        days=14,
        by="dana",
    ),
    Word(pain="reset-mail", text="phoned", days=23, by="mira", told=True),
)
