"""Which mails no person wrote: bounces, auto-replies, reports, bulk."""

from __future__ import annotations

import re
from typing import Final

from triage.text.headers import Headers
from triage.text.listed import folded, phrases, spelt
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
_ABSENT: Final = tuple(
    sorted(
        spelt(
            phrases(
                """
                out of office | out of the office | automatic reply | auto reply |
                auto-reply | autoreply | automated reply | automatic response |
                automatische antwort | automatische abwesen | abwesenheitsnotiz |
                abwesenheit: | réponse automatique | absence du bureau |
                respuesta automática | fuera de la oficina | risposta automatica |
                fuori ufficio | resposta automática | fora do escritório |
                ausência temporária | automatisch antwoord | afwezig: |
                afwezigheidsbericht | autosvar | automatiskt svar | automatisk svar |
                fraværende: | frånvarande: | automaattinen vastaus | poissa: |
                automatyczna odpowiedź | odpowiedź automatyczna | poza biurem |
                automatická odpověď | mimo kancelář | автоматический ответ |
                автоответ | вне офиса | otomatik yanıt | otomatik cevap |
                ofis dışında | automatikus válasz | házon kívül | 自动回复 | 自動回覆 |
                自动答复 | 自動答覆 | 自動返信 | 自動応答 | 不在通知 |
                자동 회신 | 자동 응답 | 자동응답 | 부재중
                """
            )
        )
    )
)
"""How the subject of an answer begins that nobody wrote; folded."""
_UNDELIVERED: Final = tuple(
    sorted(
        spelt(
            phrases(
                """
                undelivered mail returned | undeliverable: | mail delivery failed |
                delivery status notification | returned mail: | failure notice |
                unzustellbar: | mail delivery system | delivery failure |
                non remis : | no se puede entregar: | non recapitabile: |
                não entregue: | onbestelbaar: | kan ikke leveres: | niet bezorgd: |
                nie dostarczono: | nedoručitelné: | недоставлено: | teslim edilemedi: |
                kézbesíthetetlen: | 配信不能: | 无法送达: | 전송할 수 없음:
                """
            )
        )
    )
)
"""How the subject of a bounce begins; folded."""


# RFC 7489 §7.2.1.1 and RFC 8460 §5.1: receiver, our domain, begin and end.
_REPORT_FILE: Final = re.compile(
    r"[\w.-]{1,100}![\w.-]{1,100}!\d{9,11}!\d{9,11}[!.]", re.ASCII
)


def automatic(head: Headers, body: Body, subject: str) -> str:
    """Return why a machine must have sent the mail; "" where a person may have."""
    return (
        _report(head, body)
        or _bounce(head)
        or _reply(head)
        or _bulk(head)
        or _by_subject(folded(subject[:200]))
    )


def machine(email: str, subject: str) -> str:
    """The same of a mail whose headers nobody tells: by its sender and subject."""
    if email.partition("@")[0].casefold() in _DAEMONS:
        return f"a bounce: from {email}"
    return _by_subject(folded(subject[:200]))


def _report(head: Headers, body: Body) -> str:
    content = head.token("content-type")
    if content.startswith("multipart/report"):
        if "delivery-status" in content:
            return "a bounce: delivery report"
        return "a report"
    if any(part.type == "message/delivery-status" for part in body.parts):
        return "a bounce: delivery report"
    if any(part.type == "text/calendar" and not part.attached for part in body.parts):
        return "a calendar message"
    if any(_REPORT_FILE.match(part.name) for part in body.parts if part.name):
        return "a DMARC or TLS report"
    if any(part.type.startswith("application/tlsrpt") for part in body.parts):
        return "a DMARC or TLS report"
    packed = any(
        part.type in {"application/gzip", "application/zip"} for part in body.parts
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
    if (
        head.has("list-unsubscribe-post")
        and not head.has("list-post")
        and not head.has("in-reply-to")
        and not head.has("references")
    ):
        return "a newsletter: one click unsubscribes"
    return ""


def _by_subject(subject: str) -> str:
    if subject.startswith(_ABSENT):
        return "an automatic reply: so its subject says"
    if subject.startswith(_UNDELIVERED):
        return "a bounce: so its subject says"
    return ""
