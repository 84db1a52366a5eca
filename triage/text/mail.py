"""What a mail says: who wrote it, when, and what they wrote this time."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from triage.model import Kind
from triage.text import headers as header
from triage.text import html, mail_kind, mime, reply
from triage.text.listed import words
from triage.text.mail_author import author, is_own

LIMIT = 25 * 1024 * 1024
"""Bytes of one mail that are looked at."""
_THREAD = 20
_ANSWERED = 5
_FILES = 50
_BRACKETED = re.compile(r"<\s*([^<>\s]{1,998})\s*>")
_KNOWN = words(
    """
    from to cc subject date message-id received return-path mime-version sender
    reply-to delivered-to content-type in-reply-to references x-mailer
    """
)
_SHOWN = frozenset({"text/plain", "text/html", "text/enriched"})
_SIGNATURES = words(
    """
    application/pgp-signature application/pkcs7-signature
    application/x-pkcs7-signature application/pgp-encrypted
    """
)
_ENCRYPTED = frozenset(
    ["application/pgp-encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"]
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """What came with a mail: named and measured, never opened."""

    name: str
    type: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """
    A mail, read.

    Attributes:
        message_id: As sent, trimmed, in lower case; "" if it has none.
        parents: Ids of the messages it answers, the oldest first.
        from_name: Who wrote ``text``: of a forwarded mail the inner author.
        from_email: Their address, in lower case.
        forwarded_by: Who passed it on, where somebody did.
        sent_at: What the sender's clock said; aware.
        received_at: When the last server took it; aware.
        kind: AUTO for bounces, auto-replies and reports, AGENT for our own side.
        why: Why it is AUTO or AGENT, in a few words.
        text: What was written now, quotes and signature left out.
        whole: All of it that can be read.
        flags: "truncated", "guessed" (charset), "forwarded", "html", "encrypted".
        unreadable: Why this is no mail at all; "" where it is one.
    """

    message_id: str = ""
    parents: tuple[str, ...] = ()
    list_id: str = ""
    subject: str = ""
    from_name: str = ""
    from_email: str = ""
    forwarded_by: str = ""
    to: tuple[str, ...] = ()
    sent_at: datetime | None = None
    received_at: datetime | None = None
    kind: Kind = Kind.FEEDBACK
    why: str = ""
    text: str = ""
    whole: str = ""
    attachments: tuple[Attachment, ...] = ()
    flags: frozenset[str] = frozenset()
    unreadable: str = ""

    @property
    def thread(self) -> str:
        """The id of the message the conversation began with."""
        return self.parents[0] if self.parents else self.message_id

    @property
    def references(self) -> tuple[str, ...]:
        """The ids it shares with the rest of its conversation, its own first."""
        own = (self.message_id,) if self.message_id else ()
        return own + tuple(one for one in self.parents if one != self.message_id)


def read(
    raw: bytes,
    own_domains: Collection[str] = (),
    head: header.Headers | None = None,
) -> Mail:
    """
    Return what a mail says; ``own_domains`` are those our side writes from.

    ``head`` is its header, where somebody has read it already. Never raises and never
    takes long: what is over a cap is left out and flagged, what is no mail says so in
    ``unreadable``.
    """
    own = frozenset(domain.lower().lstrip("@") for domain in own_domains)
    is_whole = len(raw) <= LIMIT and raw[:1] not in {b"\r", b"\n"}
    return _read(raw, own, head if is_whole else None)


def _read(
    raw: bytes,
    own: frozenset[str],
    head: header.Headers | None = None,
    *,
    inside: bool = False,
) -> Mail:
    raw, over = raw[:LIMIT].lstrip(b"\r\n"), len(raw) > LIMIT
    head = header.read(raw) if head is None else head
    if not raw.strip():
        return Mail(unreadable="the message is empty")
    if _KNOWN.isdisjoint(head.first):
        return Mail(unreadable="this is not a mail: it has no header")
    body = mime.body(raw, head)
    head = replace(head, hint=next((p.charset for p in body.parts if p.charset), ""))
    mail = _described(head, body, own)
    mail = _with_text(mail, raw, body, own, inside=inside)
    if over or body.cut:
        mail = replace(mail, flags=mail.flags | {"truncated"})
    return mail


def _described(head: header.Headers, body: mime.Body, own: frozenset[str]) -> Mail:
    """Return everything about a mail but its text."""
    message_ids = _ids(head.raw("message-id"))
    sender = author(head, own)
    subject = head.text("subject")[:1000]
    why = mail_kind.automatic(head, body, subject)
    ours = not why and is_own(sender.email, own)
    return Mail(
        message_id=message_ids[0] if message_ids else "",
        parents=_parents(head),
        list_id=head.text("list-id")[:200],
        subject=subject,
        from_name=sender.name[:200],
        from_email=sender.email,
        to=tuple(one.email for one in head.addresses("to") if one.email)[:20],
        sent_at=head.date("date"),
        received_at=_arrival(head) or head.date("date"),
        kind=Kind.AUTO if why else Kind.AGENT if ours else Kind.FEEDBACK,
        why=why or (f"written from {sender.email}" if ours else ""),
        attachments=tuple(_attachments(body)),
        flags=frozenset({"encrypted"} if _is_encrypted(body) else ()),
    )


def _parents(head: header.Headers) -> tuple[str, ...]:
    """Return the messages it answers: the first and the last twenty, each once."""
    found = dict.fromkeys(_ids(head.raw("references")))
    ancestors = [*list(found)[:1], *list(found)[1:][-_THREAD:]]
    answered = [one for one in _ids(head.raw("in-reply-to")) if one not in found]
    if answered:
        # Some programs name in it who wrote, too: an address is nobody's message.
        sides = ("from", "to", "cc")
        people = {one.email for side in sides for one in head.addresses(side)}
        answered = [one for one in answered[:_ANSWERED] if one not in people]
    return (*ancestors, *answered)


def _ids(value: bytes) -> list[str]:
    """Return the message ids in a field, in order, without their brackets."""
    text = value.decode("latin-1").lower()
    told = _BRACKETED.findall(text) or text.replace("<", " ").replace(">", " ").split()
    return [word[:250] for word in told[:200] if len(word) > 2]


def _arrival(head: header.Headers) -> datetime | None:
    received = head.raw("received")
    return header.moment(received.rpartition(b";")[2][:200].decode("latin-1"))


def _attachments(body: mime.Body) -> list[Attachment]:
    return [
        Attachment(part.name, part.type[:100], part.size)
        for part in body.parts
        if not _is_text(part) and not part.embedded and part.type not in _SIGNATURES
    ][:_FILES]


def _is_encrypted(body: mime.Body) -> bool:
    return any(part.type in _ENCRYPTED for part in body.parts)


def _is_text(part: mime.Part) -> bool:
    return part.type in _SHOWN and not part.attached and not part.name


def _with_text(
    mail: Mail, raw: bytes, body: mime.Body, own: frozenset[str], *, inside: bool
) -> Mail:
    shown = [part for part in body.parts if _is_text(part)]
    if not shown:
        shown = [
            part for part in body.parts if part.type in _SHOWN and not part.attached
        ]
    plain, guessed = _joined([p for p in shown if p.type != "text/html"], raw)
    page, page_guessed = _joined([p for p in shown if p.type == "text/html"], raw)
    whole = fresh = plain
    flags = set(mail.flags)
    if page.strip() and not _says_enough(plain, page):
        seen = html.to_text(page, cut_quotes=False)
        if _is_stub(plain, seen):
            whole, fresh = seen, html.to_text(page, mark=reply.QUOTED)
            guessed = page_guessed
            flags.add("html")
    if guessed:
        flags.add("guessed")
    if len(page) > html.LIMIT or any(part.size > mime.TEXT for part in shown):
        flags.add("truncated")
    mail = replace(mail, whole=whole.strip("\n").rstrip(), flags=frozenset(flags))
    if mail.kind is Kind.AUTO:
        return replace(mail, text=mail.whole)
    if not inside and (inner := _inner_mail(mail, raw, body, own)):
        return inner
    return _unwrapped(mail, own) or replace(
        mail, text=reply.latest(fresh, whole=mail.whole, author=mail.from_name)
    )


def _joined(parts: Sequence[mime.Part], raw: bytes) -> tuple[str, bool]:
    found = [part.text(raw) for part in parts[:20]]
    texts = [one.text.strip("\n") for one in found if one.text.strip()]
    return "\n\n".join(texts), not all(one.sure for one in found)


def _says_enough(plain: str, page: str) -> bool:
    """Tell, without reading the page, that it cannot make the plain text a stub."""
    # A tag adds two words at most (a bullet or an address), an entity may be a space.
    most = len(page.split()) + 2 * page.count("<") + page.count("&")
    return (
        bool(plain.strip())
        and not _names_a_page(plain)
        and len(plain.split()) * 5 >= most
    )


def _is_stub(plain: str, seen: str) -> bool:
    """Tell whether the plain text only says that there is a better one."""
    return (
        len(plain.split()) * 5 < len(seen.split())
        or not plain.strip()
        or (_names_a_page(plain) and reply.is_enough(seen))
    )


def _names_a_page(plain: str) -> bool:
    """Tell a few words about HTML: whoever wrote them wrote them on the page too."""
    said = plain[:400].casefold()
    return len(plain) < 400 and ("html" in said or "browser" in said)


def _unwrapped(mail: Mail, own: frozenset[str]) -> Mail | None:
    """Return a forwarded mail as its first author's; None if nothing is forwarded."""
    found = reply.forwarded(mail.whole, mail.subject)
    if found is None or not reply.is_enough(found.text):
        return None
    if is_own(found.email, own) or (
        own and not is_own(mail.from_email, own) and reply.is_enough(found.note)
    ):
        # A customer passes on what somebody wrote to them: their note is what they say.
        note = found.note or mail.whole
        return replace(mail, text=reply.latest(note, author=mail.from_name))
    text = reply.latest(found.text, author=found.name)
    return _passed_on(mail, found.name, found.email, text)


def _passed_on(mail: Mail, name: str, email: str, text: str) -> Mail:
    return replace(
        mail,
        text=text,
        from_name=name[:200],
        from_email=email,
        forwarded_by=mail.from_email,
        kind=Kind.FEEDBACK,
        why="",
        flags=mail.flags | {"forwarded"},
    )


def _inner_mail(
    mail: Mail, raw: bytes, body: mime.Body, own: frozenset[str]
) -> Mail | None:
    """Return a mail forwarded as an attachment as its author's; None if none is."""
    told = reply.is_forward(mail.subject) or not reply.is_enough(mail.whole)
    if not told or len(body.inner) != 1:
        return None
    start, end = body.inner[0]
    inner = _read(raw[start:end], own, inside=True)
    if inner.unreadable or inner.kind is not Kind.FEEDBACK or not inner.text:
        return None
    passed = _passed_on(mail, inner.from_name, inner.from_email, inner.text)
    whole = f"{mail.whole}\n\n{inner.whole}".strip("\n")
    return replace(passed, whole=whole, subject=inner.subject or mail.subject)
