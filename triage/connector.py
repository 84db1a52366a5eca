"""
What a connector is.

A connector is a frozen dataclass whose fields are its settings and whose one method
yields pages. The dataclass is the settings schema: the command line, the settings form
and the manual read its fields and the ``Attributes:`` of its docstring. A connector
sees this module and ``triage.text``; it raises and never retries, never prints, never
opens a client of its own.
"""

from __future__ import annotations

import math
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar, NewType, Protocol

from triage.errors import (
    ConfigError,
    NotTaken,
    RateLimited,
    SignInFailed,
    SourceError,
    SourceUnavailable,
)
from triage.model import Channel, Kind

if TYPE_CHECKING:
    from triage.transport import Http

__all__ = [
    "Act",
    "Budget",
    "Channel",
    "ConfigError",
    "Connector",
    "Cursor",
    "Incoming",
    "Kind",
    "NotTaken",
    "OAuth",
    "Outgoing",
    "Page",
    "Planned",
    "Push",
    "RateLimited",
    "Receipt",
    "Report",
    "Secret",
    "SignInFailed",
    "SourceError",
    "SourceUnavailable",
    "Unreadable",
]

Cursor = NewType("Cursor", str)
"""Where to resume: written and read by the connector only; JSON by convention."""


class Secret:
    """A value that shows itself only when asked; hidden in repr, logs, f-strings."""

    __slots__ = ("_keep", "_value")

    def __init__(self, value: str, keep: Callable[[str], object] | None = None) -> None:
        """``keep`` writes a renewed value where this one came from."""
        self._value = value
        self._keep = keep

    def renewed(self, value: str) -> Secret:
        """The secret its source gave in place of this one, kept where that can be."""
        if self._keep is not None and value != self._value:
            self._keep(value)
        return Secret(value, self._keep)

    def reveal(self) -> str:
        """The value itself; grep for this word to see who asks."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(***)"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """
    One feedback as the source tells it.

    Attributes:
        external_id: The source's own id: never empty, stable for ever.
        received_at: When the customer said it; aware. None where the source cannot
            tell: the store then takes the moment of import.
        kind: FEEDBACK unless the connector knows it is automatic or our own side's.
        rating: The number given, on ``scale`` ("1-5"), measuring ``metric`` ("stars").
        thread: The conversation it is part of, by the source's own name for it.
        references: Names of messages, its own first, then those it answers: who shares
            one at a source is in one thread, whatever ``thread`` says. Empty where the
            source itself knows the thread.
        also: What other sources would call the same telling; "" where none could know
            it. Told before at another source, it is kept as a copy and counts once.
            Whoever says it says one such thing there: its author is told apart by it,
            for many go by one name.
        abridged: A report's short form of it: it stands where nothing else does, and
            replaces what stands only with a later ``edited_at``.
        context: Anything else worth keeping, by name; JSON values only. What is true of
            a whole conversation (``status``, ``solved_at``, ``tags``) stands on its
            first message alone.
        attributes: What is known of the customer as this comes: ``plan``, ``revenue``,
            ``segment`` and the like. Kept as context; a later telling leaves them as
            they were, so what a customer was worth then is not what they are worth now.
        raw: The bytes the source sent for this one, kept for ever.
    """

    external_id: str
    channel: Channel
    body: str
    received_at: datetime | None = None
    title: str = ""
    author: str = ""
    email: str = ""
    company: str = ""
    kind: Kind = Kind.FEEDBACK
    rating: float | None = None
    scale: str = ""
    metric: str = ""
    language: str = ""
    app_version: str = ""
    url: str = ""
    thread: str = ""
    references: Sequence[str] = ()
    edited_at: datetime | None = None
    also: str = ""
    abridged: bool = False
    context: Mapping[str, Any] = field(default_factory=dict)
    attributes: Mapping[str, Any] = field(default_factory=dict)
    raw: bytes = field(default=b"", repr=False)

    def __post_init__(self) -> None:
        if not self.external_id:
            raise ValueError("external_id is empty")
        if self.rating is not None:
            if not math.isfinite(self.rating):
                raise ValueError(f"rating is {self.rating!r}, which is no number")
            # 4 and 4.0 are one telling, however a source writes them.
            object.__setattr__(self, "rating", float(self.rating))
        for name in ("received_at", "edited_at"):
            at: datetime | None = getattr(self, name)
            if at is None:
                continue
            if at.tzinfo is None:
                raise ValueError(f"{name} has no time zone: {at.isoformat()}")
            object.__setattr__(self, name, at.astimezone(UTC))


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """
    One input that could not be understood: stored, counted, shown, never dropped.

    Attributes:
        why: One sentence for a person: what is wrong with it.
    """

    external_id: str
    raw: bytes = field(repr=False)
    why: str
    channel: Channel = Channel.NOTE


@dataclass(frozen=True, slots=True)
class Page:
    """
    A batch, and where to resume once it is stored.

    Attributes:
        items: In any order; at most a few thousand.
        cursor: Where the next pull continues; None while nothing can be resumed.
        gap: What the source says it can no longer give, in words; "" if nothing.
        progress: Share of this pull that is done, 0 to 1, where it can be known.
        gone: Ids the source has no more; what was said stays, and is marked.
        gone_threads: Threads it has no more, with all that was said in them.
    """

    items: Sequence[Incoming | Unreadable]
    cursor: Cursor | None
    gap: str = ""
    progress: float | None = None
    gone: Sequence[str] = ()
    gone_threads: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """
    What a source says of itself before anything is pulled.

    Attributes:
        account: Whose it is and where, in one line.
        facts: What it can do and what is there, by name, in the order to show.
        waiting: Feedbacks a first pull would bring; None where that is not known.
        seconds: About how long it would take; None where that is not known.
    """

    account: str
    facts: Mapping[str, str] = field(default_factory=dict)
    waiting: int | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuth:
    """
    Where an account signs in with OAuth 2.0, with a client of one's own.

    Attributes:
        authorize_url: Where a browser is sent (RFC 6749 §4.1, with PKCE, RFC 7636);
            what its query holds is kept, such as ``?access_type=offline``.
        device_url: Where a code to type elsewhere is had (RFC 8628); "" if nowhere.
        client_secret: None for a public client.
    """

    token_url: str
    scope: str
    client_id: str
    client_secret: Secret | None = None
    authorize_url: str = ""
    device_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """
    How often a service lets itself be asked: so many calls in any such time.

    Attributes:
        name: The same for all that share it, in every process and source: what is
            counted by it is the key's or the app's, not the source's.
    """

    name: str
    calls: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Act:
    """
    Something a connector can do at its service, when a person says so.

    Attributes:
        help: What it does there, as a sentence.
        longest: Characters of its text at most, as the service counts them; None
            where it sets no limit.
        replaces: Whether doing it again replaces what was there before.
    """

    help: str
    longest: int | None = None
    replaces: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """
    What a person wants a service to be told.

    Attributes:
        act: One of the connector's ``acts``.
        key: Its own for ever, 32 hexadecimal digits: told twice, it is one telling.
        to: External id of the feedback it is about; "" where it is about none.
        thread: The conversation of that feedback, by the source's name for it.
        context: The context of that feedback, and what else the act needs.
    """

    act: str
    key: str
    text: str
    title: str = ""
    to: str = ""
    thread: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """
    What a service has made of it.

    Attributes:
        external_id: What the service calls it; "" where it gives no name.
        state: In the service's own word, such as "PUBLISHED"; "" where it says none.
        text: What is there now, where it differs from what was sent; else "".
    """

    external_id: str = ""
    at: datetime | None = None
    url: str = ""
    state: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """
    Something planned at a tracker, as it is there now.

    Attributes:
        key: What it is called there, for ever: "EXP-12", "owner/name#7".
        state: Its status, in the tracker's own word.
        status: "planned", "in_progress", "shipped" or "dropped" where the tracker
            itself says of what kind that word is; "" where it only has the word.
        target: When it is meant to be there, in the tracker's words.
    """

    key: str
    title: str
    state: str
    status: str = ""
    url: str = ""
    owner: str = ""
    target: str = ""
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Push:
    """
    What a service says has changed, of its own accord: a hint, never the thing itself.

    Attributes:
        delivery: The service's name for this telling, the same if it is told again.
        about: What to fetch anew, by the service's own names; none for a mere test.
    """

    delivery: str
    about: Sequence[str] = ()


class Connector(Protocol):
    """
    Code for one kind of place; its fields are its settings.

    ``pull`` is all it must have; a tracker (``planned``) and what only sends (``acts``)
    need none. Where it has them, these are used as well::

        recognises(path, head) -> int           of a class: how surely a file is its own
        preview() -> ...                        which column becomes what
        async check(http) -> Report             what is there, nothing pulled or sent
        watch(http, cursor) -> AsyncIterator[None]   one turn whenever more may be there
        oauth() -> OAuth | None                 where to sign in; the setting ``token``
                                                then holds the refresh token
        presets                                 of a class: settings by provider's name
        hints                                   of a class: what to do there first
        acts                                    of a class: ``Act`` by name ("reply"),
                                                what it can do there
        async send(http, outgoing) -> Receipt   do it, once; never called unasked.
                                                NotTaken where it surely was not done
        async sent(http, outgoing) -> Receipt | None
                                                what is there of it already; None where
                                                nothing is. Asked before each ``send``
        push(headers, body) -> Push             what a service told of its own accord,
                                                headers by their names in lower case;
                                                SignInFailed where it is not signed with
                                                the setting ``webhook_secret``
        async fetch(http, about) -> Page        those as they are now; without a cursor
        async planned(http, keys) -> [Planned]  those as they are now
        async find(http, text, limit) -> [Planned]   what says so there, best first

    A tracker's ``acts`` are "create" (its ``text`` is Markdown, the receipt's
    ``external_id`` its key), "comment" and "link" (about ``context["key"]``, leading to
    ``context["url"]``); ``statuses`` says what its words mean as ``Planned.status``.

    A setting ``since`` (a ``datetime``) is where the first pull begins, ``ca_file`` (a
    ``Path``) holds certificates to trust instead of the usual ones; ``connector`` and
    ``writes`` are every source's own and name no field. Each ``Secret`` with a default
    is asked for until one is given, unless ``auth`` is "none"; beside ``oauth``,
    ``token`` is not, and ``client_secret`` only where ``oauth()`` is something. What
    others make necessary is asked for where ``ConfigError(…, missing=name)`` says so.
    """

    summary: ClassVar[str]
    """One line for ``triage sources add``: what it reads."""

    def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        """
        Yield what is new since ``cursor``, page by page.

        Pulling whole equals pulling to any page and resuming from its cursor; pulling
        again from the last cursor yields nothing new.
        """
        ...
