"""
Every action of the terminal app, in one table.

Keys, footer, ``?``, command palette, the person's ``[keys]`` and the printed manual are
all read from here, so they cannot drift apart. Pure data: importing it imports no
terminal library.

An action ``x-y`` is carried out by the method ``action_x_y`` of the part it is asked
in: the focused widget first, then its screen, then the app.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """
    One thing a person can ask for.

    Attributes:
        id: Its name in ``[keys]`` and in the palette.
        keys: Any of these asks for it; a sequence has spaces ("g i").
        label: One or two words for the footer.
        help: What happens, as a sentence.
        group: Its heading under ``?``.
        where: The parts it belongs to: a screen, a widget of one, or "app".
        verb: The command that does the same; "" where there is none.
        foot: Its place in the footer, smallest first; 0 keeps it out.
        always: It works in dialogs and fields too.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    group: str
    where: tuple[str, ...]
    verb: str = ""
    foot: int = 0
    always: bool = False

    @property
    def method(self) -> str:
        """The method that carries it out, without ``action_``."""
        return self.id.replace("-", "_")


_MOVE, _DECIDE, _MARK, _GO, _VIEW, _APP = (
    "Move", "Decide", "Mark", "Go", "Look", "Everywhere",
)  # fmt: skip
_LISTEN = "Listening is set-aside time and presence"
_GROUP, _PAIN, _PLAN, _SOURCES, _STEPS, _OUTBOX = (
    "What says the same", "What hurts", "What is planned", "Where it comes from",
    "Steps", "What is to be sent",
)  # fmt: skip

ACTIONS: tuple[Action, ...] = (
    # Moving in a list
    Action("next-row", ("j", "down"), "next", "Next row", _MOVE, ("list",)),
    Action("previous-row", ("k", "up"), "previous", "Previous row", _MOVE, ("list",)),
    Action("page-down", ("ctrl+d", "pagedown"), "page down", "A page down", _MOVE,
           ("list",)),
    Action("page-up", ("ctrl+u", "pageup"), "page up", "A page up", _MOVE, ("list",)),
    Action("first-row", ("g g", "home"), "first", "First row", _MOVE, ("list",)),
    Action("last-row", ("G", "end"), "last", "Last row", _MOVE, ("list",)),
    # Deciding
    Action("accept", ("1", "a"), "accept", "Make it evidence of a pain point", _DECIDE,
           ("inbox", "group"), "accept", 1),
    Action("accept-guess", ("A",), "accept guess",
           "Make it evidence of the pain point guessed first", _DECIDE, ("inbox",),
           "accept"),
    Action("merge", ("2", "m"), "duplicate", "It says the same as another group",
           _DECIDE, ("inbox",), "merge", 2),
    Action("decline", ("3", "d"), "decline", "Not to be done, with a reason", _DECIDE,
           ("inbox", "group"), "decline", 3),
    Action("archive", ("e",), "archive", "Read, and nothing to do", _DECIDE,
           ("inbox", "group"), "archive", 4),
    Action("snooze", ("s", "b"), "snooze", "Out of sight until a moment", _DECIDE,
           ("inbox",), "snooze", 5),
    Action("quote", ("v",), "quote",
           "Select the customer's words, then accept just those", _DECIDE, ("inbox",),
           "attach", 6),
    Action("same-again", ("=",), "same again",
           "Decide newcomers as the rest of their group was", _DECIDE,
           ("inbox", "group"), "same"),
    Action("repeat", (".",), "repeat", "The last decision once more, on this row",
           _DECIDE, ("inbox",)),
    Action("spam", ("!",), "spam", "Not from a customer", _DECIDE, ("inbox",), "spam"),
    Action("tag", ("t",), "tag", "Give it tags, or take some away", _DECIDE,
           ("inbox", "group"), "tag"),
    Action("note", ("c",), "note", "Write down what is to be remembered", _DECIDE,
           ("inbox", "group"), "note"),
    Action("edit-note", ("N",), "edit note", "Change a note; emptied, it goes", _DECIDE,
           ("inbox", "group"), "note"),
    Action("own", ("@",), "owner", "Who looks after it", _DECIDE, ("inbox", "group"),
           "own"),
    Action("correct", ("L",), "language, sentiment",
           "What language it is in, or how pleased it sounds", _DECIDE, ("inbox",),
           "correct"),
    Action("reopen", ("o",), "reopen", "Back to the inbox", _DECIDE, ("inbox", "group"),
           "reopen"),
    Action("reply", ("r", "M"), "reply",
           "Write an answer; it waits in the outbox until a person sends it", _DECIDE,
           ("inbox", "customer"), "reply"),
    # In a group r says that two are only related; M answers there and elsewhere.
    Action("reply-member", ("M",), "reply",
           "Write an answer; it waits in the outbox until a person sends it", _DECIDE,
           ("group",), "reply"),
    # Marking: with marks, a decision is about all of them
    Action("mark", ("x",), "mark", "Mark this row, or take its mark away", _MARK,
           ("inbox", "group", "outbox")),
    Action("mark-next", ("space",), "mark, next",
           "Mark this row and go on; while reading, a page down", _MARK,
           ("inbox", "group", "outbox")),
    Action("mark-range", ("V",), "range", "Mark everything from the last mark to here",
           _MARK, ("inbox",)),
    Action("mark-all", ("* a",), "mark all", "Mark every row of this list", _MARK,
           ("inbox", "group", "outbox")),
    Action("mark-none", ("* n",), "no marks", "Take every mark away", _MARK,
           ("inbox", "group", "outbox")),
    # Looking
    Action("read", ("enter",), "read", "Open the reader over the list", _VIEW,
           ("inbox", "group", "pain-point")),
    Action("members", ("O",), "members",
           "Everything that says the same, and why it does", _VIEW,
           ("inbox", "matches")),
    Action("back", ("escape",), "back",
           "Close the reader, the search or the marks, in this order", _VIEW,
           ("inbox", "group", "pain-points", "pain-point", "customer", "numbers",
            "breakdown", "changed", "outbox")),
    Action("read-down", ("J",), "text down", "Scroll the text", _VIEW,
           ("inbox", "group", "pain-point", "roadmap", "sources", "customer",
            "matches", "likenesses", "companies", "numbers", "changed",
            "outbox")),
    Action("read-up", ("K",), "text up", "Scroll the text back", _VIEW,
           ("inbox", "group", "pain-point", "roadmap", "sources", "customer",
            "matches", "likenesses", "companies", "numbers", "changed",
            "outbox")),
    Action("more-text", ("z",), "more text",
           "Open what is quoted, or show more of a very long text", _VIEW,
           ("inbox",), "show"),
    Action("raw", ("Z",), "as sent", "The message as it was sent, headers and all",
           _VIEW, ("inbox",), "show"),
    Action("thread", ("w",), "thread", "The whole conversation it is part of", _VIEW,
           ("inbox",), "show"),
    Action("customer", ("C",), "customer", "All that whoever said it ever said", _VIEW,
           ("inbox", "group", "outbox"), "customer"),
    Action("one-customer", ("C",), "the one", "All that the first one ever said",
           _VIEW, ("likenesses",), "customer", 6),
    Action("other-customer", ("O",), "the other", "All that the other one ever said",
           _VIEW, ("likenesses",), "customer", 7),
    Action("search", ("/",), "search", "Find words and fields, as you type", _VIEW,
           ("inbox", "pain-points"), "list"),
    Action("filter", ("\\",), "filter", "Narrow the list by choosing", _VIEW,
           ("inbox",), "list"),
    Action("save-view", ("W",), "save view", "Keep what the list is narrowed to", _VIEW,
           ("inbox",), "views add"),
    Action("choose-view", ("g v",), "view", "Any view by its name", _GO, ("inbox",),
           "views"),
    Action("next-view", ("]",), "next view", "Snoozed, accepted … and saved views",
           _VIEW, ("inbox", "pain-points", "outbox"), "list"),
    Action("previous-view", ("[",), "previous view", "The view before", _VIEW,
           ("inbox", "pain-points", "outbox"), "list"),
    Action("show-new", ("n",), "show new", "Let in what has arrived since", _VIEW,
           ("inbox",)),
    Action("copy-id", ("y",), "copy id", "Copy the id, for example f12", _VIEW,
           ("inbox", "customer")),
    Action("copy-text", ("Y",), "copy text", "Copy the words, who said them, the link",
           _VIEW, ("inbox", "group", "customer", "pain-point", "outbox")),
    Action("import", ("i",), "import", "Bring in a file", _VIEW, ("inbox",), "import"),
    # A group: what says the same, and what may
    Action("say-same", ("y",), "same", "The two say the same: put them together",
           _GROUP, ("group", "matches"), "merge", 1),
    Action("say-different", ("n",), "different",
           "The two differ: never suggest it again", _GROUP,
           ("group", "matches"), "apart", 2),
    Action("say-related", ("r",), "only related",
           "Related, and not the same: never suggest it again", _GROUP,
           ("group", "matches"), "apart", 3),
    Action("swap", ("x",), "swap", "The other one stays, and this one joins it", _GROUP,
           ("matches",), foot=4),
    Action("next-pair", ("space", "l", "right"), "next",
           "Leave these for later and go on", _GROUP, ("matches", "likenesses"),
           foot=5),
    Action("previous-pair", ("h", "left"), "before", "The pair before this one", _GROUP,
           ("matches", "likenesses")),
    Action("split", ("-",), "split", "This one, or those marked, say something else",
           _GROUP, ("group",), "split", 5),
    Action("copy-member", ("i",), "copy id", "Copy the id, for example f12", _VIEW,
           ("group",)),
    # Who may be one person
    Action("one-person", ("y",), "same", "They are one person: count them once", _GROUP,
           ("likenesses",), "customers join", 1),
    Action("two-people", ("n",), "different",
           "They are two people: never suggest it again", _GROUP, ("likenesses",),
           "customers apart", 2),
    # What hurts
    Action("open", ("enter",), "open", "Open what is under the cursor", _VIEW,
           ("pain-points", "roadmap", "sources", "history", "customer", "breakdown",
            "changed"), "", 1),
    Action("prioritise", ("p",), "priority", "How soon, in a person's word", _PAIN,
           ("pain-points", "pain-point"), "prioritise", 2),
    Action("weigh-3", ("3",), "critical", "It is critical to the one who said it",
           _PAIN, ("pain-point",), "pain weigh"),
    Action("weigh-2", ("2",), "important", "It is important to the one who said it",
           _PAIN, ("pain-point",), "pain weigh"),
    Action("weigh-1", ("1",), "nice to have", "It would be nice to have", _PAIN,
           ("pain-point",), "pain weigh"),
    Action("weigh-0", ("0",), "not important", "It does not matter to them", _PAIN,
           ("pain-point",), "pain weigh"),
    Action("infer", ("i",), "observed or inferred",
           "Whether they said it, or somebody concluded it", _PAIN, ("pain-point",),
           "pain weigh"),
    Action("detach", ("d",), "detach", "The quote no longer counts", _PAIN,
           ("pain-point",), "detach", 5),
    Action("explain", ("x",), "why", "Every number the score is made of", _PAIN,
           ("pain-point",), "pain show", 4),
    Action("set-severity", ("S",), "severity", "How bad it is, 1 to 5", _PAIN,
           ("pain-point",), "pain edit"),
    Action("set-effort", ("E",), "effort", "What it would take, in person-months",
           _PAIN, ("pain-point",), "pain edit"),
    Action("set-confidence", ("C",), "confidence", "How sure we are, 0 to 100 %", _PAIN,
           ("pain-point",), "pain edit"),
    Action("set-owner", ("O",), "owner", "Who looks after it", _PAIN, ("pain-point",),
           "pain edit"),
    Action("retitle", ("e",), "title", "What hurts, in one line", _PAIN,
           ("pain-points", "pain-point"), "pain edit", 6),
    Action("restate", ("s",), "statement", "What hurts, whom, and when", _PAIN,
           ("pain-point",), "pain edit", 7),
    Action("tell-story", ("w",), "story", "Who wants what so that what, told from its"
           " quotes", _PAIN, ("pain-point",), "story add", 8),
    Action("remove-story", ("W",), "remove story", "The story goes", _PAIN,
           ("pain-point",), "story remove"),
    Action("pain-status", ("o",), "status", "Open, resolved or dismissed", _PAIN,
           ("pain-points", "pain-point"), "pain edit"),
    Action("steps-of", ("H",), "its history", "Every step that touched it", _VIEW,
           ("pain-point",), "log"),
    Action("open-group", ("m",), "says the same", "The group of the feedback quoted",
           _VIEW, ("pain-point",)),
    Action("export", ("x",), "export", "Write the backlog to a file", _PAIN,
           ("pain-points",), "export", 7),
    Action("brief", ("B",), "brief", "Write a brief for stakeholders to a file", _PAIN,
           ("pain-points", "roadmap"), "brief"),
    # What is planned
    Action("new", ("n",), "new", "Write one down", _PLAN, ("pain-points", "roadmap"),
           "", 3),
    Action("link", ("l",), "link", "Which plan would settle which pain point", _PLAN,
           ("pain-points", "pain-point", "roadmap"), "link", 5),
    Action("unlink", ("L",), "unlink", "It would not settle it after all", _PLAN,
           ("pain-point", "roadmap"), "unlink"),
    Action("sooner", ("<",), "sooner", "From later to next, from next to now", _PLAN,
           ("roadmap",), "roadmap edit", 2),
    Action("later", (">",), "later", "From now to next, from next to later", _PLAN,
           ("roadmap",), "roadmap edit", 2),
    Action("plan-status", ("t",), "status", "Planned, in progress, shipped or dropped",
           _PLAN, ("roadmap",), "roadmap edit", 6),
    # What the numbers say
    Action("next-source", ("]",), "source", "What came from the next source alone",
           _VIEW, ("numbers",), "numbers", 1),
    Action("previous-source", ("[",), "source before", "The source before", _VIEW,
           ("numbers",), "numbers"),
    Action("break-down", ("b",), "by …",
           "By version, country, language, system, device, product or source", _VIEW,
           ("numbers", "breakdown"), "numbers", 2),
    Action("weeks-of", ("w",), "its weeks", "Week by week, of this one alone", _VIEW,
           ("breakdown",), "numbers", 3),
    Action("longer-span", ("+",), "longer", "4, 13 or 52 weeks, or all of them",
           _VIEW, ("numbers", "breakdown"), "numbers", 4),
    Action("shorter-span", ("-",), "shorter", "Fewer weeks", _VIEW,
           ("numbers", "breakdown"), "numbers", 5),
    Action("next-scale", ("m",), "ratings", "Ratings on the next scale there is",
           _VIEW, ("numbers", "breakdown"), "numbers", 6),
    Action("as-table", ("t",), "table", "Every week as a row, or charts again", _VIEW,
           ("numbers",), "numbers", 7),
    # What is to be sent
    Action("edit-draft", ("enter", "e"), "edit", "Say it in other words", _OUTBOX,
           ("outbox",), "outbox edit", 1),
    Action("send", ("S",), "send", "Send it, or those marked; asked about once, for"
           " what is sent cannot be taken back", _OUTBOX, ("outbox",), "outbox send",
           2),
    Action("drop", ("d",), "drop", "It is not to be sent after all", _OUTBOX,
           ("outbox",), "outbox drop", 3),
    # Sources and history
    Action("sync-one", ("r",), "sync this", "Pull the source under the cursor, however"
           " lately it failed", _SOURCES, ("sources",), "sync", 3),
    Action("clear-gap", ("c",), "clear gap", "Take what it cannot give as read",
           _SOURCES, ("sources",), "sources clear-gap"),
    Action("take-back", ("t",), "take back", "Remove all that an import brought",
           _SOURCES, ("sources",), "import", 4),
    Action("add-source", ("a",), "add a source", "How to add one", _SOURCES,
           ("sources",), "sources add", 5),
    Action("undo-this", ("x",), "undo this", "Take back the step under the cursor",
           _STEPS, ("history",), "undo", 2),
    # Listening: nothing else is on the screen
    Action("listen", ("g l",), "listen",
           "Set time aside to hear customers, one at a time: listening needs presence,"
           " so nothing else is on the screen and nothing is decided", _GO,
           ("inbox",), "listen"),
    Action("next-voice", ("j", "down", "space", "right"), "next", "The next voice",
           _LISTEN, ("listen",)),
    Action("previous-voice", ("k", "up", "left"), "before", "The voice before", _LISTEN,
           ("listen",)),
    Action("voice-down", ("J", "pagedown"), "text down", "Scroll the text", _LISTEN,
           ("listen",)),
    Action("voice-up", ("K", "pageup"), "text up", "Scroll the text back", _LISTEN,
           ("listen",)),
    Action("note-voice", ("c",), "note", "Write down what they said", _LISTEN,
           ("listen",)),
    Action("pause", ("p",), "pause", "Hold the clock, or let it go on", _LISTEN,
           ("listen",)),
    Action("copy-notes", ("Y",), "copy notes", "Copy everything noted", _LISTEN,
           ("listen",)),
    Action("end-listening", ("escape", "q", "enter"), "end",
           "What did you hear? Then back to where one came from", _LISTEN, ("listen",)),
    # Quoting: while words are being selected
    Action("quote-widen", ("v",), "widen", "Sentence, then paragraph, then all",
           "Quote", ("quote",), foot=1),
    Action("quote-end-right", ("l", "right"), "longer", "One word more", "Quote",
           ("quote",), foot=2),
    Action("quote-end-left", ("h", "left"), "shorter", "One word less", "Quote",
           ("quote",), foot=3),
    Action("quote-start-right", ("L", "shift+right"), "start later",
           "Begin one word later", "Quote", ("quote",), foot=8),
    Action("quote-start-left", ("H", "shift+left"), "start earlier",
           "Begin one word earlier", "Quote", ("quote",)),
    Action("quote-next", ("j", "down"), "next sentence", "The next sentence", "Quote",
           ("quote",)),
    Action("quote-previous", ("k", "up"), "sentence before", "The sentence before",
           "Quote", ("quote",)),
    Action("quote-take", ("enter",), "accept these words",
           "Accept with these words as the quote", "Quote", ("quote",), "accept", 4),
    Action("quote-attach", ("+",), "attach only",
           "Attach these words, leave the feedback where it is, and go on", "Quote",
           ("quote",), "attach", 5),
    Action("quote-done", ("A",), "done",
           "Accept it with the words quoted so far, and no more", "Quote", ("quote",),
           "accept", 6),
    Action("quote-copy", ("y", "Y"), "copy", "Copy these words", "Quote", ("quote",)),
    Action("quote-leave", ("escape",), "leave", "Select nothing", "Quote", ("quote",),
           foot=7),
    # Everywhere
    Action("undo", ("u",), "undo", "Take the last step back, whenever it was", _APP,
           ("app",), "undo", 80),
    Action("redo", ("U", "ctrl+r"), "redo", "Do again what was undone", _APP, ("app",),
           "redo"),
    Action("sync", ("R",), "sync", "Pull every source now", _APP, ("app",), "sync"),
    Action("stop", ("X",), "stop", "Stop what is being pulled or sent; what came or"
           " went is kept", _APP, ("app",)),
    Action("help", ("?", "f1"), "keys", "The keys of this screen", _APP, ("app",),
           foot=90),
    Action("palette", (":", "ctrl+p"), "commands", "Find any action by its name", _APP,
           ("app",)),
    Action("theme", ("T",), "theme", "Choose how it looks", _APP, ("app",)),
    Action("quit", ("q",), "quit", "Back to the screen before, or leave", _APP,
           ("app",)),
    Action("leave", ("ctrl+q",), "leave", "Leave at once; everything decided is kept",
           _APP, ("app",), always=True),
    Action("go-inbox", ("g i",), "inbox", "What waits to be read", _GO, ("app",),
           "list"),
    Action("go-pain-points", ("g p",), "pain points", "What hurts, in order", _GO,
           ("app",), "pain list"),
    Action("go-matches", ("g m",), "duplicates",
           "What may say the same, pair by pair", _GO, ("app",), "matches"),
    Action("go-roadmap", ("g r",), "roadmap", "What is planned", _GO, ("app",),
           "roadmap"),
    Action("go-sources", ("g s",), "sources", "Where feedback comes from", _GO,
           ("app",), "sources"),
    Action("go-outbox", ("g o",), "outbox", "What waits to be sent, and what was", _GO,
           ("app",), "outbox"),
    Action("go-numbers", ("g n",), "numbers", "Volume, ratings, sentiment", _GO,
           ("app",), "numbers"),
    Action("go-history", ("g h",), "history", "Every step, and undo of any", _GO,
           ("app",), "log"),
    Action("go-likenesses", ("g c",), "customers",
           "Who may be one person, pair by pair", _GO, ("app",), "customers suggest"),
    Action("go-companies", ("g a",), "companies",
           "Whose customers are, and what is known of each", _GO, ("app",),
           "companies"),
)  # fmt: skip

BY_ID = {action.id: action for action in ACTIONS}


def of(*parts: str) -> list[Action]:
    """The actions of these parts, in the order of the table."""
    return [action for action in ACTIONS if set(action.where) & set(parts)]
