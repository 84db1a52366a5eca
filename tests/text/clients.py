"""Mails in the shapes that mail programs make: none was ever sent, all are invented."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from html import escape

from text.tongues import Tongue

WHO, AT = "Bo Berg", "help@shop.example"
NAME, FROM = "Ann Lee", "ann@example.com"
OLD_SUBJECT = "Ihre Anfrage 4711"
DAYS = "2026-01-05 10:00"

Client = Callable[[Tongue], bytes]


def head(subject: str = f"Re: {OLD_SUBJECT}", sender: str = f"{NAME} <{FROM}>") -> str:
    return (
        f"From: {sender}\nTo: {WHO} <{AT}>\nSubject: {subject}\n"
        "Message-ID: <m1@example.com>\nIn-Reply-To: <m0@shop.example>\n"
        "Date: Tue, 6 Jan 2026 09:00:00 +0100\nMIME-Version: 1.0\n"
    )


def plain(body: str, *, more: str = "", subject: str = "", sender: str = "") -> bytes:
    first = head(subject or f"Re: {OLD_SUBJECT}", sender or f"{NAME} <{FROM}>")
    kind = f'Content-Type: text/plain; charset="utf-8"{more}\n'
    return f"{first}{kind}Content-Transfer-Encoding: 8bit\n\n{body}\n".encode()


def page(body: str, *, subject: str = "", sender: str = "") -> bytes:
    first = head(subject or f"Re: {OLD_SUBJECT}", sender or f"{NAME} <{FROM}>")
    kind = "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n"
    coded = b64encode(f"<html><body>{body}</body></html>".encode())
    lines = [coded[n : n + 76] for n in range(0, len(coded), 76)]
    return f"{first}{kind}\n".encode() + b"\n".join(lines) + b"\n"


def both(text: str, html: str) -> bytes:
    return (
        f"{head()}Content-Type: multipart/alternative; boundary=b1\n\n"
        f"--b1\nContent-Type: text/plain; charset=utf-8\n\n{text}\n"
        f"--b1\nContent-Type: text/html; charset=utf-8\n\n{html}\n--b1--\n"
    ).encode()


def quoted(text: str) -> str:
    return "\n".join(f"> {line}" if line else ">" for line in text.split("\n"))


def intro(form: str) -> str:
    return form.format(who=WHO, at=AT)


def divs(text: str) -> str:
    return "".join(
        f"<div>{escape(line)}</div>" if line else "<div><br></div>"
        for line in text.split("\n")
    )


def older(t: Tongue) -> str:
    return f"{t.older}\n\n{t.regards}\n{WHO}"


def signed(t: Tongue) -> str:
    return f"{t.said}\n\n{t.regards}\n{NAME}"


def header(t: Tongue, *, to: str = FROM) -> str:
    sender, sent, at, subject = t.head
    return (
        f"{sender}: {WHO} <{AT}>\n{sent}: {DAYS}\n{at}: {to}\n{subject}: {OLD_SUBJECT}"
    )


def bold_header(t: Tongue) -> str:
    lines = (escape(line).partition(":") for line in header(t).split("\n"))
    return "<br>".join(f"<b>{name}:</b>{value}" for name, _, value in lines)


# Replies


def gmail(t: Tongue) -> bytes:
    line = intro(t.gmail)
    text = f"{signed(t)}\n\n{line}\n\n{quoted(older(t))}\n"
    html = (
        f'<div dir="ltr">{divs(signed(t))}</div><br><div class="gmail_quote">'
        f'<div dir="ltr" class="gmail_attr">{escape(line)}<br></div>'
        '<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:'
        f'1px solid rgb(204,204,204)">{divs(older(t))}</blockquote></div>'
    )
    return both(text, html)


def gmail_wrapped(t: Tongue) -> bytes:
    """The line over the quotation is broken at the address."""
    line = intro(t.gmail).replace(" <help", "\n<help")
    return plain(f"{t.said}\n\n{line}\n\n{quoted(older(t))}\n")


def gmail_page(t: Tongue) -> bytes:
    return page(
        f'<div dir="ltr">{divs(t.said)}</div><br><div class="gmail_quote '
        f'gmail_quote_container"><div dir="ltr" class="gmail_attr">'
        f"{escape(intro(t.gmail))}<br></div><blockquote class=gmail_quote>"
        f"{divs(older(t))}</blockquote></div>"
    )


def gmail_app_signature(t: Tongue) -> bytes:
    return plain(
        f"{t.said}\n\n-- \n{NAME}\nHead of Notes\n+49 30 1234567\n\n"
        f"{intro(t.gmail)}\n\n{quoted(older(t))}\n"
    )


def gmail_inline(t: Tongue) -> bytes:
    """Answers stand between the quoted lines."""
    first, second = t.said.split("\n\n")
    return plain(
        f"{intro(t.gmail)}\n\n> {t.older}\n>\n\n{first}\n\n> {t.regards}\n> {WHO}\n\n{second}\n"
    )


def gmail_inline_page(t: Tongue) -> bytes:
    first, second = t.said.split("\n\n")
    return page(
        '<div dir="ltr"><br></div><div class="gmail_quote"><div class="gmail_attr">'
        f"{escape(intro(t.gmail))}</div><blockquote class=gmail_quote>{t.older}"
        f"</blockquote><div><br></div><div>{escape(first)}</div><div><br></div>"
        f"<blockquote class=gmail_quote>{t.regards}</blockquote><div><br></div>"
        f"<div>{escape(second)}</div></div>"
    )


def apple(t: Tongue) -> bytes:
    return plain(f"{t.said}\n\n{NAME}\n\n> {intro(t.apple)}\n> \n{quoted(older(t))}\n")


def apple_page(t: Tongue) -> bytes:
    return page(
        f"{divs(t.said)}<div><br><blockquote type=cite><div>{escape(intro(t.apple))}"
        f"</div><br><div>{divs(older(t))}</div></blockquote></div><br>"
    )


def apple_old(t: Tongue) -> bytes:
    return plain(f"{t.said}\n\n{intro(t.apple)}\n\n{quoted(older(t))}\n")


def iphone(t: Tongue) -> bytes:
    return plain(
        f"{t.said}\n\n{t.phone[0]}\n\n> {intro(t.apple)}\n> \n{quoted(older(t))}\n"
    )


def iphone_page(t: Tongue) -> bytes:
    return page(
        f'{divs(t.said)}<br id="lineBreakAtBeginningOfSignature"><div dir="ltr">'
        f'{t.phone[0]}</div><div dir="ltr"><br><blockquote type="cite">'
        f"{escape(intro(t.apple))}<br><br></blockquote></div>"
        f'<blockquote type="cite"><div>{divs(older(t))}</div></blockquote>'
    )


def outlook(t: Tongue) -> bytes:
    return plain(
        f"{signed(t)}\n\n\n-----{t.original}-----\n{header(t)}\n\n{older(t)}\n"
    )


def outlook_page(t: Tongue) -> bytes:
    said = "".join(
        f"<p class=MsoNormal>{escape(line) or '<o:p>&nbsp;</o:p>'}</p>"
        for line in signed(t).split("\n")
    )
    return page(
        f"<div class=WordSection1>{said}<div><div style='border:none;border-top:solid "
        "#E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal>"
        f"{bold_header(t)}<o:p></o:p></p></div></div><p class=MsoNormal>{t.older}</p></div>"
    )


def outlook_web(t: Tongue) -> bytes:
    return page(
        f'<div class="elementToProof">{divs(signed(t))}</div><div id="appendonsend">'
        '</div><hr style="display:inline-block;width:98%" tabindex="-1">'
        f'<div id="divRplyFwdMsg" dir="ltr"><font>{bold_header(t)}</font></div>'
        f"<div>{divs(older(t))}</div>"
    )


def outlook_web_plain(t: Tongue) -> bytes:
    return plain(f"{signed(t)}\n{'_' * 32}\n{header(t)}\n\n{older(t)}\n")


def outlook_mobile(t: Tongue) -> bytes:
    return plain(
        f"{t.said}\n\n{t.phone[1]}<https://aka.ms/o0ukef>\n{'_' * 32}\n{header(t)}\n\n"
        f"{older(t)}\n"
    )


def outlook_mobile_page(t: Tongue) -> bytes:
    return page(
        f'<div dir="auto">{divs(t.said)}</div><div id="ms-outlook-mobile-signature">'
        f'{t.phone[1]}</div><div id="mail-editor-reference-message-container">'
        f'<hr><div id="divRplyFwdMsg">{bold_header(t)}</div>{divs(older(t))}</div>'
    )


def thunderbird(t: Tongue) -> bytes:
    """The answer stands below; long lines are flowed."""
    said = t.said.replace(", ", ", \n", 1)
    return plain(
        f"{intro(t.bird)}\n{quoted(older(t))}\n\n{said}\n\n-- \n{NAME}\n",
        more="; format=flowed",
    )


def thunderbird_top(t: Tongue) -> bytes:
    return plain(f"{signed(t)}\n\n{intro(t.bird)}\n{quoted(older(t))}\n")


def thunderbird_page(t: Tongue) -> bytes:
    return page(
        f'<p>{t.said.replace(chr(10) + chr(10), "</p><p>")}</p><div class="moz-cite-prefix">'
        f'{escape(intro(t.bird))}<br></div><blockquote type="cite" cite="mid:m0@x">'
        f'{divs(older(t))}</blockquote><pre class="moz-signature" cols=72>-- \n{NAME}</pre>'
    )


def yahoo(t: Tongue) -> bytes:
    """What is quoted has no marks, in the plain part nor in the page."""
    line = intro(t.apple)
    body = "\n".join(f"  {one}" for one in older(t).split("\n"))
    return plain(f" {t.said}\n\n    {line}  \n \n {body}\n")


def yahoo_page(t: Tongue) -> bytes:
    return page(
        f'<div class="yahoo-style-wrap">{divs(t.said)}</div><div id="yahoo_quoted_1" '
        f'class="yahoo_quoted"><div><div>{escape(intro(t.apple))}</div><div><br></div>'
        f"<div>{divs(older(t))}</div></div></div>"
    )


def aol(t: Tongue) -> bytes:
    sender, sent, at, subject = t.head
    return plain(
        f"{t.said}\n\n\n-----Original Message-----\n{sender}: {WHO} <{AT}>\n{at}: {FROM}\n"
        f"{sent}: {DAYS}\n{subject}: {OLD_SUBJECT}\n\n{older(t)}\n"
    )


def proton(t: Tongue) -> bytes:
    return plain(
        f"{t.said}\n\nSent with Proton Mail secure email.\n\n{intro(t.apple)}\n\n"
        f"{quoted(older(t))}\n"
    )


def proton_old(t: Tongue) -> bytes:
    dashes = "\u2010" * 7
    return plain(
        f"{t.said}\n\n{dashes} Original Message {dashes}\n{intro(t.apple)}\n\n{older(t)}\n"
    )


def proton_page(t: Tongue) -> bytes:
    return page(
        f'{divs(t.said)}<div class="protonmail_signature_block">Sent with Proton</div>'
        f'<div class="protonmail_quote">{escape(intro(t.apple))}<br><blockquote '
        f'class="protonmail_quote" type="cite">{divs(older(t))}</blockquote><br></div>'
    )


def fastmail(t: Tongue) -> bytes:
    return plain(f"{t.said}\n\n{intro(t.bird)}\n{quoted(older(t))}\n\n")


def samsung(t: Tongue) -> bytes:
    sender, sent, at, subject = t.head
    return plain(
        f"{t.said}\n\n\n{t.phone[0].replace('iPhone', 'Galaxy')}\n\n"
        f"-------- {t.original} --------\n{sender}: {WHO} <{AT}> \n{sent}: {DAYS} "
        f"(GMT+01:00) \n{at}: {FROM} \n{subject}: {OLD_SUBJECT} \n\n{older(t)}\n"
    )


def gmx(t: Tongue) -> bytes:
    sender, sent, at, subject = t.head
    inner = (
        f"<b>{sent}:</b>&nbsp;{DAYS}<br><b>{sender}:</b>&nbsp;{WHO}<br>"
        f"<b>{at}:</b>&nbsp;{FROM}<br><b>{subject}:</b>&nbsp;{OLD_SUBJECT}"
    )
    return page(
        f"{divs(signed(t))}<div>&nbsp;<div name=quote style='margin:10px 5px 5px 10px; "
        f"border-left:2px solid #C3D9E5;'><div>{inner}</div>{divs(older(t))}</div></div>"
    )


def gmx_plain(t: Tongue) -> bytes:
    sender, sent, at, subject = t.head
    return plain(
        f'{signed(t)}\n\n{sent}: {DAYS}\n{sender}: "{WHO}" <{AT}>\n{at}: {FROM}\n'
        f"{subject}: {OLD_SUBJECT}\n\n{older(t)}\n"
    )


def mail_ru(t: Tongue) -> bytes:
    return page(
        f"{divs(signed(t))}<br><blockquote style='border-left:1px solid #0857A6; "
        f"margin:10px; padding:0 0 0 10px;'>{DAYS} +03:00 от {WHO} &lt;{AT}&gt;:<br>"
        f"{divs(older(t))}</blockquote>"
    )


def yandex(t: Tongue) -> bytes:
    return page(
        f'{divs(t.said)}<div> </div><div>05.01.2026, 10:00, "{WHO}" &lt;{AT}&gt;:</div>'
        f"<blockquote>{divs(older(t))}</blockquote>"
    )


def zimbra(t: Tongue) -> bytes:
    return plain(
        f"{signed(t)}\n\n----- Original Message -----\n{header(t)}\n\n{older(t)}\n"
    )


def zimbra_page(t: Tongue) -> bytes:
    return page(
        f"{divs(signed(t))}<hr id=zwchr data-marker=__DIVIDER__><div "
        f"data-marker=__HEADERS__>{bold_header(t)}</div>{divs(older(t))}"
    )


def notes(t: Tongue) -> bytes:
    return plain(
        f"{signed(t)}\n\n-----{WHO} <{AT}> wrote: -----\nTo: {FROM}\nFrom: {WHO} <{AT}>\n"
        f"Date: {DAYS}\nSubject: {OLD_SUBJECT}\n\n{older(t)}\n"
    )


def hotmail_page(t: Tongue) -> bytes:
    return page(
        f'<div dir="ltr">{divs(t.said)}</div><hr id="stopSpelling">{bold_header(t)}<br>'
        f"{divs(older(t))}"
    )


def new_mail(t: Tongue) -> bytes:
    """No reply at all: a greeting, two paragraphs, a signature."""
    return plain(
        f"{signed(t)}\nNotes & Sons\nTel. +49 30 1234567\nwww.example.com\n",
        subject="Export",
    )


def shouted_ps(t: Tongue) -> bytes:
    """A postscript under the signature is the customer's own."""
    first, second = t.said.split("\n\n")
    return plain(f"{first}\n\n{t.regards}\n{NAME}\n\nPS: {second}\n", subject="Export")


# Not read right yet: see KNOWN in test_clients


def header_on_top(t: Tongue) -> bytes:
    """A program that writes the mail's own header into its text."""
    return plain(f"{header(t)}\n\n{t.said}\n", subject="Export")


def nickname(t: Tongue) -> bytes:
    """A signature nothing announces, by a name that is not the sender's."""
    return plain(f"{t.said}\n\nNine Lives\n", subject="Export")


def bare_indent(t: Tongue) -> bytes:
    """The older message is only indented: no mark, no line says whose it is."""
    return plain(f"{t.said}\n\n    {t.older}\n")


HARD: tuple[Client, ...] = (header_on_top, nickname, bare_indent)

REPLIES: tuple[Client, ...] = (
    gmail, gmail_wrapped, gmail_page, gmail_app_signature, gmail_inline,
    gmail_inline_page, apple, apple_page, apple_old, iphone, iphone_page, outlook,
    outlook_page, outlook_web, outlook_web_plain, outlook_mobile, outlook_mobile_page,
    thunderbird, thunderbird_top, thunderbird_page, yahoo, yahoo_page, aol, proton,
    proton_old, proton_page, fastmail, samsung, gmx, gmx_plain, mail_ru, yandex, zimbra,
    zimbra_page, notes, hotmail_page, new_mail,
)  # fmt: skip


# What our side forwards: the inner author's words


def _forwarded(t: Tongue, text: str) -> bytes:
    return plain(text, subject=f"{t.forward}: Export", sender=f"{WHO} <{AT}>")


def gmail_forward(t: Tongue) -> bytes:
    return _forwarded(
        t,
        f"---------- {t.passed[0]} ---------\n{t.head[0]}: {NAME} <{FROM}>\nDate: {DAYS}\n"
        f"Subject: Export\nTo: <{AT}>\n\n\n{signed(t)}\n",
    )


def gmail_forward_page(t: Tongue) -> bytes:
    inner = (
        f"---------- {t.passed[0]} ---------<br>{t.head[0]}: <b>{NAME}</b> &lt;{FROM}&gt;"
        f"<br>Date: {DAYS}<br>Subject: Export<br>To: &lt;{AT}&gt;<br>"
    )
    return page(
        f'<div dir="ltr"><br><br><div class="gmail_quote"><div class="gmail_attr">{inner}'
        f"</div><br><br>{divs(signed(t))}</div></div>",
        subject=f"{t.forward}: Export", sender=f"{WHO} <{AT}>",
    )  # fmt: skip


def apple_forward(t: Tongue) -> bytes:
    sender, sent, at, subject = t.head
    lines = f"{sender}: {NAME} <{FROM}>\n{subject}: Export\n{sent}: {DAYS}\n{at}: {AT}"
    return _forwarded(
        t, f"\n> {t.passed[1]}:\n> \n{quoted(lines)}\n> \n{quoted(signed(t))}\n"
    )


def thunderbird_forward(t: Tongue) -> bytes:
    sender, sent, at, subject = t.head
    lines = f"{subject}: Export\n{sent}: {DAYS}\n{sender}: {NAME} <{FROM}>\n{at}: {AT}"
    return _forwarded(
        t, f"\n\n\n-------- {t.passed[2]} --------\n{lines}\n\n\n\n{signed(t)}\n"
    )


def outlook_forward(t: Tongue) -> bytes:
    sender, sent, at, subject = t.head
    lines = f"{sender}: {NAME} <{FROM}>\n{sent}: {DAYS}\n{at}: {AT}\n{subject}: Export"
    return _forwarded(t, f"FYI\n\n{lines}\n\n{signed(t)}\n")


def outlook_forward_page(t: Tongue) -> bytes:
    lines = "<br>".join(
        f"<b>{name}:</b> {escape(value)}"
        for name, value in zip(
            t.head, (f"{NAME} <{FROM}>", DAYS, AT, "Export"), strict=True
        )
    )
    return page(
        '<div id="appendonsend"></div><hr><div id="divRplyFwdMsg" dir="ltr">'
        f"{lines}</div><div>{divs(signed(t))}</div>",
        subject=f"{t.forward}: Export", sender=f"{WHO} <{AT}>",
    )  # fmt: skip


FORWARDS: tuple[Client, ...] = (
    gmail_forward, gmail_forward_page, apple_forward, thunderbird_forward,
    outlook_forward, outlook_forward_page,
)  # fmt: skip


def away(t: Tongue) -> bytes:
    """An answer nobody wrote, told by its subject alone."""
    return plain(t.said, subject=f"{t.absent}: {OLD_SUBJECT}")
