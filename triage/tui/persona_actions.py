"""Actions about personas and their empathy maps; the table of all takes them in."""

from __future__ import annotations

from triage.tui.action import Action

_WHO, _MAP, _VIEW = "Who customers are", "Empathy map", "Look"
_BOTH = ("personas", "persona")

PERSONAS: tuple[Action, ...] = (
    Action("open-persona", ("enter",), "open", "Its empathy map, and all that is known"
           " of it", _WHO, ("personas",), "persona show", 1),
    Action("new-persona", ("n", "a"), "new", "A name, then who it is, then what they"
           " do", _WHO, ("personas",), "persona add", 2),
    Action("suggest-personas", ("s",), "alike", "Who behaves alike and is worth"
           " one persona, and which persona lumps people together", _WHO,
           ("personas",), "persona alike", 4),
    Action("remove-persona", ("d",), "remove", "The persona goes, and its map", _WHO,
           ("personas",), "persona remove"),
    Action("edit-persona", ("E",), "who it is", "Its name, who it is, what they do",
           _WHO, _BOTH, "persona edit"),
    Action("review-persona", ("r",), "reviewed", "It still holds: somebody looked just"
           " now", _WHO, _BOTH, "persona review", 5),
    Action("bias", ("B",), "bias", "What may be wrong with it: figures, and what to do",
           _WHO, _BOTH, "persona map", 6),
    Action("export-map", ("x",), "export", "Write the empathy map to a file", _WHO,
           _BOTH, "persona map", 7),
    # Moving over a map
    Action("entry-down", ("j", "down"), "next", "The next entry, then the area below",
           _MAP, ("map",)),
    Action("entry-up", ("k", "up"), "before", "The entry before", _MAP, ("map",)),
    Action("area-right", ("l", "right"), "area", "The area at the right", _MAP,
           ("map",)),
    Action("area-left", ("h", "left"), "area before", "The area at the left", _MAP,
           ("map",)),
    Action("next-area", ("tab",), "next area", "The next area, from its first entry",
           _MAP, ("map",)),
    Action("previous-area", ("shift+tab",), "area before", "The area before", _MAP,
           ("map",)),
    # Writing on it
    Action("write-entry", ("n", "a"), "new", "Write in the area under the cursor,"
           " then choose the quotes that show it", _MAP, ("persona",),
           "persona entry add", 1),
    Action("edit-entry", ("e",), "edit", "Say it in other words", _MAP, ("persona",),
           "persona entry edit", 2),
    Action("cite", ("c",), "cite", "Which quotes show it; none makes it inferred",
           _MAP, ("persona",), "persona entry edit"),
    Action("move-entry", ("m",), "move", "To another area of the map", _MAP,
           ("persona",), "persona entry edit"),
    Action("remove-entry", ("d",), "remove", "The entry goes; its quotes stay", _MAP,
           ("persona",), "persona entry remove"),
    Action("open-quotes", ("enter",), "quotes", "Each quote in the feedback it is"
           " from", _VIEW, ("persona",), "persona show", 4),
    Action("heard-of", ("Q",), "all quotes", "Everything underlined in what its"
           " people said", _VIEW, ("persona",), "persona show"),
    Action("pains-of", ("p",), "pain points", "What hurts them, by how many of them"
           " said so", _VIEW, ("persona",), "persona show"),
    Action("open-feedback", ("enter", "m"), "all that say the same",
           "The group of the feedback quoted", _VIEW, ("quotes",), "", 1),
    Action("quote-on-map", ("M",), "on a map",
           "Put these words on a persona's empathy map", "Quote", ("quote",),
           "persona entry add"),
    Action("put-on-map", ("M",), "on a map", "Put the quote on a persona's empathy map",
           _MAP, ("pain-point", "quotes"), "persona entry add"),
)  # fmt: skip
