"""The numbers the demo's PMs have put on pain points: who, when, why, from how much."""

from __future__ import annotations

from typing import NamedTuple


class PlannedEstimate(NamedTuple):
    """
    An input of RICE on a pain point, by its key.

    Attributes:
        days: Days ago when somebody set it.
        cites: How many quotes it rests on, what matters most first; 0 is a judgement.
    """

    pain: str
    name: str
    value: float
    days: float
    by: str
    why: str
    cites: int = 0


class Placing(NamedTuple):
    """A pain point placed by hand just above another in a formula's ranking."""

    pain: str
    above: str
    formula: str
    days: float
    by: str
    why: str


# fmt: off
ESTIMATES: tuple[PlannedEstimate, ...] = tuple(PlannedEstimate(*told) for told in (
    ("export", "reach", 310, 27, "dana", "Projects over 500 pages exported last quarter, from telemetry"),
    ("export", "impact", 3, 27, "dana", "An hour of work is gone, on the day it is due", 3),
    ("export", "confidence", 0.8, 26, "jon", "We can make it happen on three machines of four"),
    ("export", "effort", 3, 26, "jon", "A new writer, and half a month of old projects to try it on"),
    ("export", "effort", 2, 9, "jon", "The prototype streams page by page; Word needs no rewrite"),
    ("sync", "reach", 140, 31, "jon", "Accounts with two devices and a conflict a quarter, from the sync log"),
    ("sync", "impact", 3, 31, "jon", "Writing is lost, and nobody is told", 2),
    ("sync", "confidence", 0.5, 31, "jon", "Two causes known, at least one unknown"),
    ("sync", "effort", 4, 30, "jon", "The merge screen alone is two months"),
    ("sync", "confidence", 0.7, 11, "jon", "The third cause is a clock that runs ahead, as in the survey", 1),
    ("links", "reach", 20, 22, "dana", "View-only links opened by somebody outside, a quarter"),
    ("links", "impact", 3, 22, "dana", "It breaks what we promise, whoever notices", 1),
    ("links", "confidence", 1, 21, "jon", "Seen, and the line of code is known"),
    ("links", "effort", 0.5, 21, "jon", "A check on the server, and tests for every kind of link"),
    ("guests", "reach", 220, 44, "dana", "Agencies times the clients they name in interviews", 2),
    ("guests", "impact", 2, 44, "dana", "They retype what clients print", 3),
    ("guests", "confidence", 0.8, 44, "dana", "Said alike by eight agencies"),
    ("guests", "effort", 3, 37, "mira", "Links, names without accounts, and closing them again"),
    ("android-sign-in", "impact", 2, 29, "jon", "Nobody gets in, but the web still works", 2),
    ("android-sign-in", "confidence", 0.9, 29, "jon", "It began with the new sign-in of 5.2"),
    ("android-sign-in", "effort", 0.5, 29, "jon", "As the iPhone's took"),
    ("charges", "reach", 90, 35, "mira", "Refunds asked for last quarter, from the books"),
    ("charges", "impact", 1, 35, "mira", "It costs a mail and a week"),
    ("charges", "confidence", 0.9, 35, "mira", "Both ways it happens are known"),
    ("charges", "effort", 1, 34, "jon", "The provider cancels for us, if asked"),
    ("charges", "impact", 2, 12, "mira", "People leave over it: three said so in public", 3),
    ("typing", "reach", 260, 40, "jon", "Sections over forty pages, from telemetry"),
    ("typing", "impact", 2, 40, "jon", "They split their books to go on writing", 2),
    ("typing", "confidence", 0.5, 18, "jon", "The half we measured is layout; nobody knows the rest"),
    ("typing", "effort", 5, 40, "jon", "Layout in pieces touches everything"),
    ("offline", "reach", 120, 39, "jon", "Phones that open a project without a network, a quarter"),
    ("offline", "impact", 1, 39, "jon", "They wait till the train has arrived", 1),
    ("offline", "confidence", 0.6, 39, "jon", "Fails one time in four, and we cannot say when"),
    ("offline", "effort", 3, 38, "jon", "Choosing what is kept is most of it"),
    ("look", "reach", 150, 30, "dana", "Agencies that export with a client's cover"),
    ("look", "impact", 1, 30, "dana", "They fix every PDF by hand", 2),
    ("look", "confidence", 0.8, 30, "dana", "Three stories, each said many times"),
    ("look", "effort", 2.5, 19, "mira", "Fonts come with the new exporter; covers are ours to do"),
    ("control", "reach", 40, 36, "mira", "Administrators of enterprise accounts, counted"),
    ("control", "impact", 2, 36, "mira", "They cannot sign off on us", 2),
    ("control", "confidence", 0.9, 36, "mira", "Every security questionnaire asks for it"),
    ("control", "effort", 4, 33, "jon", "A directory is two months, the log two more"),
    ("search", "reach", 130, 43, "jon", "People who search twice for the same, from telemetry"),
    ("search", "impact", 1, 43, "jon", "They scroll instead", 1),
    ("search", "confidence", 0.8, 43, "jon", "Footnotes and hyphens are known, tables we assume"),
    ("search", "effort", 1.5, 43, "jon", "A new index, built once a project"),
    ("fidelity", "reach", 110, 43, "dana", "Word exports with footnotes, from telemetry"),
    ("fidelity", "impact", 2, 43, "dana", "A wrong figure number goes to a board", 2),
    ("fidelity", "confidence", 0.7, 43, "dana", "Footnotes are certain, references less so"),
    ("fidelity", "effort", 2, 16, "jon", "What is left once the exporter is new"),
    ("csv-import", "impact", 2, 25, "mira", "Who moves to us with a large file gives up here", 2),
    ("csv-import", "confidence", 0.8, 25, "mira", "Three of the seven files are ours to try"),
    ("csv-import", "effort", 1, 24, "jon", "Read in pieces, as the exporter writes"),
    ("face-id", "impact", 1, 25, "jon", "The password still works", 1),
    ("face-id", "confidence", 0.9, 25, "jon", "Fails after an update of the system, each time"),
    ("face-id", "effort", 0.5, 25, "jon", "Half a month, with Apple's review"),
    ("ime", "impact", 3, 21, "mira", "Nobody can write in Japanese", 2),
    ("ime", "confidence", 0.6, 21, "jon", "Seen in two systems of five"),
    ("ime", "effort", 2, 21, "jon", "The editor's input has to be taken apart"),
    ("accessibility", "impact", 2, 15, "dana", "Without it some cannot use us at all", 3),
    ("accessibility", "confidence", 0.5, 15, "dana", "An audit would tell us more"),
    ("accessibility", "effort", 3, 15, "mira", "What the audit of a friend's app took"),
    ("dark-mode", "reach", 60, 14, "mira", "People who switch it on twice a day, from telemetry"),
    ("dark-mode", "impact", 0.25, 14, "mira", "Two clicks a day", 1),
    ("dark-mode", "confidence", 1, 14, "mira", "Seen"),
    ("dark-mode", "effort", 0.5, 14, "mira", "A setting that is not written down"),
))
"""What is not here nobody has set yet: those pain points have no RICE score."""

PLACINGS = (
    Placing("links", "export", "rice", 8, "dana", "A leak goes first, however few have noticed"),
    Placing("control", "charges", "rice", 13, "dana", "Castellan Mutual renews in the autumn and wants it in writing"),
)
# fmt: on
