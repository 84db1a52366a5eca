"""What a pull tells while it goes on; every front end shows the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from triage.errors import TriageError
from triage.store.counts import Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Began:
    """A source is being pulled."""

    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A page is stored, its cursor with it; ``counts`` are those of the whole run."""

    source: str
    counts: Counts
    progress: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """What arrived is being compared with everything stored."""

    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """
    The source could not be pulled to its end; what came before is kept.

    Attributes:
        error: Ours, or the bug of a connector, which is raised once all is over.
        retry_at: Before then it is not pulled again unless somebody asks.
    """

    source: str
    error: Exception
    retry_at: datetime | None = None

    @property
    def why(self) -> str:
        """The failure in a sentence."""
        return told(self.error)

    @property
    def is_bug(self) -> bool:
        """Whether it is none of the errors Triage can explain."""
        return not isinstance(self.error, TriageError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """The source was left alone this time, which is no failure; ``why`` says why."""

    source: str
    why: str
    retry_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The source is done, well or not; batch 0 is one that was only rehearsed."""

    source: str
    batch_id: int
    counts: Counts
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """What the machine was sure of is evidence now, in one step that can be undone."""

    step: int
    label: str
    feedback: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Woken:
    """Feedback that was to sleep until new evidence: what arrived is some."""

    feedback: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """
    Something planned is in another state at its tracker, or there no more.

    Attributes:
        name: The plan's short id.
        state: In the tracker's word; "" where it is gone.
        status: What that means; "" where nobody has said.
        people: How many were heard on what it settles; those to tell once it shipped.
        pain_points: Short ids of what it settles.
    """

    source: str
    name: str
    title: str
    key: str
    state: str
    status: str
    before: str
    is_gone: bool
    people: int
    pain_points: tuple[str, ...]

    @property
    def line(self) -> str:
        """``r2 “Faster export” is shipped: 14 people to tell, `triage tell p3` ``."""
        plan = f"{self.name} “{self.title}”"
        if self.is_gone:
            return f"{plan} is gone at {self.source}, where it was {self.key}"
        if not self.status:
            return (
                f"{plan} is “{self.state}” at {self.source}, which means nothing here;"
                f" `{meaning(self.source, self.state)}` says what"
            )
        how = self.status.replace("_", " ")
        if self.status != "shipped" or not self.people:
            return f"{plan} is {how} (“{self.state}” at {self.source})"
        who = "person" if self.people == 1 else "people"
        tell = " and ".join(f"`triage tell {one}`" for one in self.pain_points)
        return f"{plan} is shipped: {self.people:,} {who} to tell, {tell}"


def meaning(source: str, state: str) -> str:
    """The command that says what a tracker's word means, as a shell takes it."""
    from shlex import quote

    return f"triage sources set {source} {quote(f'statuses.{state}')}=planned"


SyncEvent = (
    Moved | Began | Fetched | Grouped | Failed | Skipped | Ended | Attached | Woken
)


def told(error: Exception) -> str:
    """An error in a sentence: its own, or that of a bug without what it holds."""
    if isinstance(error, TriageError):
        return str(error)
    return (
        f"its connector has a fault ({type(error).__name__});"
        " `triage sync` with its name shows where"
    )
