"""Every command of the first level: its section, the module it is in, what it does."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """
    Where a command is found without importing it.

    Attributes:
        module: In ``triage.cli``.
        sentence: The first of its own help; a test compares them. Importing every
            command to print one line of each would take longer than all the rest.
    """

    module: str
    sentence: str


SECTIONS: dict[str, dict[str, Place]] = {
    "Look": {
        "list": Place(
            "listing", "List feedback, newest first; the inbox unless told otherwise."
        ),
        "search": Place(
            "listing", "Find feedback with all these words, wherever it stands."
        ),
        "views": Place(
            "views", "List saved views, with how much waits in each."
        ),
        "fields": Place(
            "listing", "List what a query may say: fields, flags and orders."
        ),
        "show": Place(
            "showing", "Show one feedback, group, pain point, story or roadmap item."
        ),
        "tags": Place(
            "labelling", "List the tags there are, on feedback and on pain points."
        ),
        "customer": Place(
            "customer", "Show one customer: all they ever said, and what became of it."
        ),
        "customers": Place(
            "customers",
            "List customers: where they spoke, how often, and whose they are.",
        ),
        "companies": Place(
            "companies",
            "List companies: how many of each spoke, and what is known of it.",
        ),
        "groups": Place(
            "every_groups", "List groups that say the same, the largest first."
        ),
        "tone": Place(
            "tone",
            "Show which languages customers speak and how pleased they sound.",
        ),
        "numbers": Place(
            "numbers", "Show volume, ratings and sentiment, week by week."
        ),
        "competitors": Place(
            "competitors",
            "Competitors: who names them, and how we stand beside them.",
        ),
        "matches": Place(
            "matches", "List groups that may say the same, or explain a pair."
        ),
        "listen": Place(
            "hearing", "Listen to customers in the app, one at a time, for a while."
        ),
        "guess": Place(
            "guessing", "Guess which pain points feedback belongs to, and why."
        ),
    },
    "Decide": {
        "accept": Place(
            "deciding", "Make feedback evidence of a pain point, old or new."
        ),
        "decline": Place("deciding", "Decline feedback, with a reason."),
        "archive": Place("deciding", "Archive feedback: read, and nothing to do."),
        "spam": Place("deciding", "Mark feedback as not from a customer."),
        "snooze": Place(
            "deciding",
            "Put feedback out of sight until a moment, or until new evidence.",
        ),
        "reopen": Place("deciding", "Bring feedback back to the inbox."),
        "same": Place(
            "deciding", "Decide newcomers of a group as the others in it were."
        ),
        "correct": Place(
            "tone",
            "Put right what language feedback is in, or how pleased it sounds.",
        ),
        "tag": Place(
            "labelling", "Give feedback tags, or take some away."
        ),
        "own": Place("labelling", "Say who looks after feedback."),
        "note": Place(
            "labelling", "Write a note on feedback, change one or remove it."
        ),
        "merge": Place("ruling", "Rule that feedback or groups say the same."),
        "split": Place(
            "ruling", "Rule that feedback says something else than its group."
        ),
        "apart": Place("ruling", "Rule that two are not the same, for ever."),
    },
    "What hurts": {
        "pain": Place("pain", "Pain points: what hurts, with the quotes that show it."),
        "highlight": Place(
            "highlights",
            "Highlights: words underlined in feedback, and what is heard.",
        ),
        "attach": Place(
            "evidence", "Quote feedback for a pain point; it stays where it stands."
        ),
        "detach": Place("evidence", "Take a quote out of its pain point."),
        "story": Place(
            "stories", "Stories: who wants what and what for, told from quotes."
        ),
    },
    "Who they are": {
        "persona": Place(
            "every_persona",
            "Personas: who is behind what is said, and their empathy maps.",
        ),
    },
    "What first": {
        "rank": Place(
            "ranking", "Rank pain points by a formula, and explain each place."
        ),
        "estimate": Place(
            "estimating", "Put a number on a pain point that formulas ask for."
        ),
        "place": Place(
            "estimating", "Place a pain point by hand in a ranking, and say why."
        ),
        "prioritise": Place("pain", "Say how soon a pain point should be settled."),
    },
    "What is planned": {
        "roadmap": Place(
            "every_roadmap", "The roadmap: what is planned now, next and later."
        ),
        "link": Place("roadmap", "Say that a roadmap item would settle a pain point."),
        "unlink": Place("roadmap", "Say that it would not, after all."),
    },
    "Answer and tell": {
        "reply": Place(
            "replying", "Draft a reply to feedback; it waits in the outbox."
        ),
        "replies": Place(
            "replying", "List templates of replies, as they are or filled in."
        ),
        "outbox": Place(
            "every_outbox", "The outbox: what waits to be sent, and sending it."
        ),
        "tell": Place(
            "telling",
            "List who is to be told what became of it, or draft that.",
        ),
        "promise": Place(
            "telling", "Keep what somebody who asked was told to expect."
        ),
    },
    "Bring in": {
        "sources": Place(
            "every_sources", "Sources: where feedback comes from, and how they fare."
        ),
        "connector": Place("connector", "Write a connector of your own."),
        "receive": Place(
            "receiving", "Be told by services what changed, and fetch it at once."
        ),
        "sync": Place("syncing", "Pull the configured sources and group what is new."),
        "import": Place(
            "pulling", "Read files once: CSV, JSON lines, mail, a backlog."
        ),
    },
    "Hand out": {
        "export": Place(
            "exporting", "Export the prioritised backlog with its evidence."
        ),
        "brief": Place(
            "briefing", "Write a brief for stakeholders: what hurts, moved, shipped."
        ),
    },
    "History": {
        "log": Place("journal", "List what was decided, the latest first."),
        "undo": Place(
            "journal", "Take back the last step, or the one with this number."
        ),
        "redo": Place("journal", "Do again what was undone last."),
    },
    "The workspace": {
        "doctor": Place(
            "workspace", "Examine the workspace; exit code 1 if anything is wrong."
        ),
        "backup": Place(
            "workspace", "Write a consistent copy while others work in it."
        ),
        "demo": Place("demo", "Look around in the feedback of a made-up company."),
        "serve": Place(
            "serve", "Open the app in a browser, on this machine; Ctrl-C ends it."
        ),
        "keys": Place("shell", "List the keys of the app, as they are in force."),
        "group": Place(
            "grouping", "Group any file of texts once, without a workspace."
        ),
        "sentiment": Place(
            "sentiment", "Sentiment: how words are weighed, and how well."
        ),
        "completion": Place(
            "shell", "Print the script that completes commands in a shell."
        ),
    },
}  # fmt: skip
"""What ``triage --help`` shows, in this order."""

OTHER_NAMES = {"quote": "attach"}
"""Words people may try first; not shown."""
