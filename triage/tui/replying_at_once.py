"""One template for many: each marked row is answered in its own words, as one step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from triage.errors import UsageError
from triage.model import Feedback
from triage.text.display import one_line
from triage.tui import words
from triage.workspace import Workspace


@dataclass(slots=True)
class AtOnce:
    """
    A template, filled for each of some feedback.

    Attributes:
        replies: Whom it fits, and what it says to them.
        left: Why the others are left out, by their short id.
    """

    replies: list[tuple[Feedback, str]] = field(default_factory=list)
    left: dict[str, str] = field(default_factory=dict)

    def told(self) -> str:
        """Who is left out, and why the first of them is; "" where nobody is."""
        if not self.left:
            return ""
        short, why = next(iter(self.left.items()))
        # Reasons of the workspace begin with whom they are about.
        why = why.removeprefix(f"{short} ").removeprefix(f"{short}: ")
        return f"{words.count(len(self.left), 'row')} left out: {short} {one_line(why)}"


def filled_for(
    workspace: Workspace, feedback: Sequence[Feedback]
) -> Mapping[str, AtOnce]:
    """
    Every template for these, by its name; looks a great deal up.

    Whoever was answered, or has an answer waiting, is left out: what a person wrote is
    not replaced by a template.
    """
    workspace.read_settings()
    found = {name: AtOnce() for name in workspace.templates()}
    for one in feedback:
        try:
            rules = workspace.reply_rules(one)
        except UsageError as error:
            why = str(error)
        else:
            why = "was answered already" if rules.answered else ""
            why = "has a draft waiting" if rules.drafted else why
            longest = rules.act.longest
        for name, at_once in found.items():
            if why:
                at_once.left[one.short] = why
                continue
            try:
                text = workspace.filled(name, one)
            except UsageError as error:
                at_once.left[one.short] = str(error)
                continue
            if longest is not None and len(text) > longest:
                at_once.left[one.short] = f"would be told {len(text):,} of {longest:,}"
            else:
                at_once.replies.append((one, text))
    return found
