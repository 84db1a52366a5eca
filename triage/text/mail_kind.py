"""Which mails no person wrote: bounces, auto-replies, reports, bulk."""

from __future__ import annotations

from typing import Final

from triage.text.headers import Headers
from triage.text.listed import phrases
from triage.text.mime import Body

_DAEMONS = frozenset({"mailer-daemon", "postmaster", "mail-daemon", "mailerdaemon"})
_REPLY_FIELDS = (
    "x-auto-response-suppress",
    "x-autoreply",
    "x-autorespond",
    "x-autoresponder",
    "x-auto-reply",
    "x-ms-exchange-inbox-rules-loop",
)
_ABSENT: Final = phrases(
    """
    out of office | out of the office | automatic reply | auto reply | auto-reply |
    autoreply | automated reply | automatische antwort | automatische abwesen |
    abwesenheitsnotiz | abwesenheit: | réponse automatique | absence du bureau |
    respuesta automática | fuera de la oficina | risposta automatica |
    resposta automática | automatisch antwoord | afwezig: | autosvar |
    automatiskt svar | automatisk svar | automaattinen vastaus |
    automatyczna odpowiedź | автоматический ответ | автоответ |
    自动回复 | 自動回覆 | 自動返信 | 자동 회신
    """
)
_UNDELIVERED: Final = phrases(
    """
    undelivered mail returned | undeliverable: | mail delivery failed |
    delivery status notification | returned mail: | failure notice | unzustellbar: |
    mail delivery system | delivery failure
    """
)


def automatic(head: Headers, body: Body, subject: str) -> str:
    """Return why a machine must have sent the mail; "" where a person may have."""
    return (
        _report(head, body)
        or _bounce(head)
        or _reply(head)
        or _bulk(head)
        or _by_subject(subject.casefold())
    )


def _report(head: Headers, body: Body) -> str:
    content = head.token("content-type")
    if content.startswith("multipart/report"):
        if "delivery-status" in content:
            return "a bounce: delivery report"
        return "a report"
    if any(part.type == "message/delivery-status" for part in body.parts):
        return "a bounce: delivery report"
    packed = any(
        part.type in {"application/gzip", "application/zip", "application/tlsrpt+gzip"}
        for part in body.parts
    )
    if packed and "report domain" in head.text("subject").casefold():
        return "a DMARC or TLS report"
    return ""


def _bounce(head: Headers) -> str:
    if head.token("return-path") == "<>":
        return "a bounce: no return path"
    senders = head.addresses("from")
    if senders and senders[0].email.partition("@")[0] in _DAEMONS:
        return f"a bounce: from {senders[0].email}"
    return ""


def _reply(head: Headers) -> str:
    said = head.token("auto-submitted").partition(";")[0].strip()
    if said not in {"", "no"}:
        return f"an automatic mail: Auto-Submitted says {said[:40]}"
    found = next((name for name in _REPLY_FIELDS if head.has(name)), "")
    return f"an automatic mail: it has {found}" if found else ""


def _bulk(head: Headers) -> str:
    precedence = head.token("precedence")
    if precedence in {"auto_reply", "auto-reply"}:
        return f"an automatic mail: Precedence says {precedence}"
    from_list = head.has("list-post") or head.has("list-id")
    if precedence in {"bulk", "junk"} and not from_list:
        return f"a bulk mail: Precedence says {precedence}"
    return ""


def _by_subject(subject: str) -> str:
    if subject.startswith(_ABSENT):
        return "an automatic reply: so its subject says"
    if subject.startswith(_UNDELIVERED):
        return "a bounce: so its subject says"
    return ""
