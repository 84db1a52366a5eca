from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.model import Kind
from triage.text import headers
from triage.text.mail import Attachment, read

HEAD = b"From: Ann Lee <Ann@Example.com>\nTo: help@shop.example\nSubject: Export\n"
BODY = b"The export is empty since Monday."


def mail(*more: bytes, head: bytes = HEAD, body: bytes = BODY) -> bytes:
    return head + b"".join(line + b"\n" for line in more) + b"\n" + body


def parts(*inside: bytes, kind: bytes = b"mixed") -> bytes:
    body = b"".join(b"--x\n" + part + b"\n" for part in inside) + b"--x--\n"
    declared = b'Content-Type: multipart/%s; boundary="x"' % kind
    return mail(declared, body=body)


def test_a_plain_mail_is_read() -> None:
    """Who, what, when and about what are told, in one form."""
    found = read(
        mail(
            b"Message-ID: <A1@Example.com>",
            b"References: <r0@x> <r1@x>",
            b"Date: Mon, 5 Jan 2026 10:00:00 +0100",
            b"Received: from a by b; Mon, 5 Jan 2026 09:00:05 +0000",
        )
    )
    assert (found.from_name, found.from_email) == ("Ann Lee", "ann@example.com")
    assert (found.subject, found.text) == ("Export", BODY.decode())
    assert found.to == ("help@shop.example",)
    assert found.message_id == "a1@example.com"
    assert (found.parents, found.thread) == (("r0@x", "r1@x"), "r0@x")
    assert found.sent_at == datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
    assert found.received_at == datetime(2026, 1, 5, 9, 0, 5, tzinfo=UTC)
    assert (found.kind, found.why, found.flags) == (Kind.FEEDBACK, "", frozenset())


def test_line_ends_make_no_difference() -> None:
    """CRLF, LF and empty lines before the header are all the same mail."""
    raw = mail(b"Date: Mon, 5 Jan 2026 10:00:00 +0100")
    assert read(raw.replace(b"\n", b"\r\n")) == read(raw) == read(b"\n\n" + raw)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (b"Content-Type: multipart/report; report-type=delivery-status; boundary=x", "bounce"),
        (b"Content-Type: multipart/report; report-type=feedback-report; boundary=x", "report"),
        (b"Return-Path: <>", "bounce"),
        (b"Auto-Submitted: auto-replied", "Auto-Submitted"),
        (b"X-Autoreply: yes", "x-autoreply"),
        (b"X-Auto-Response-Suppress: All", "x-auto-response-suppress"),
        (b"Precedence: bulk", "bulk"),
        (b"Precedence: auto_reply", "Precedence"),
    ],
)  # fmt: skip
def test_machines_are_told_from_people(more: bytes, why: str) -> None:
    """Bounces, auto-replies, reports and bulk mail are automatic, and say why."""
    found = read(mail(more))
    assert found.kind is Kind.AUTO
    assert why in found.why


@pytest.mark.parametrize(
    "subject",
    ["Out of Office: Ann", "Automatische Antwort: x", "Réponse automatique : x",
     "Respuesta automática: x", "Undelivered Mail Returned to Sender"],
)  # fmt: skip
def test_subjects_tell_machines_as_a_last_resort(subject: str) -> None:
    """Where no header tells an auto-reply, its subject does."""
    head = f"From: a@b.c\nSubject: {subject}\n".encode()
    assert read(mail(head=head)).kind is Kind.AUTO


@pytest.mark.parametrize(
    "more",
    [b"Auto-Submitted: no", b"Precedence: list", b"List-Id: <x>\nPrecedence: bulk"],
)
def test_people_are_not_taken_for_machines(more: bytes) -> None:
    """Mailing lists and mails that say they are not automatic come from people."""
    assert read(mail(more)).kind is Kind.FEEDBACK


def test_our_own_side_is_an_agent() -> None:
    """Mail from our domains, or below one, is an agent's; from lookalikes it is not."""
    assert read(mail(), ["example.com"]).kind is Kind.AGENT
    assert read(mail(), ["COM"]).kind is Kind.AGENT
    assert read(mail(), ["ample.com"]).kind is Kind.FEEDBACK


def test_behind_a_relay_the_customer_is_the_one_to_reply_to() -> None:
    """A help desk that writes in a customer's name names them in Reply-To."""
    head = b"From: Desk <desk@shop.example>\nReply-To: Zoe <zoe@x.org>\nSubject: s\n"
    found = read(mail(head=head), ["shop.example"])
    assert (found.from_name, found.from_email) == ("Zoe", "zoe@x.org")
    assert found.kind is Kind.FEEDBACK


def test_a_forwarded_complaint_is_its_authors() -> None:
    """What our side passes on is the inner author's feedback, not an agent's note."""
    body = (
        b"FYI please look\n\n---------- Forwarded message ---------\nFrom: Zoe <zoe@x.org>\n"
        b"Date: Mon\nSubject: Broken\nTo: desk\n\nIt crashes on every export.\n"
    )
    found = read(mail(body=body), ["example.com"])
    assert (found.from_email, found.kind) == ("zoe@x.org", Kind.FEEDBACK)
    assert found.text == "It crashes on every export."
    assert found.forwarded_by == "ann@example.com"
    assert "forwarded" in found.flags


def test_a_customer_who_forwards_our_mail_speaks_in_their_note() -> None:
    """What we wrote is no feedback, whoever sends it back to us."""
    body = (
        b"This invoice is plainly wrong.\n\nBegin forwarded message:\n\nFrom: billing@shop.example\n"
        b"Subject: Invoice\nDate: Mon\nTo: a\n\nYour invoice is attached.\n"
    )
    found = read(mail(body=body), ["shop.example"])
    assert found.text == "This invoice is plainly wrong."
    assert found.from_email == "ann@example.com"


def test_a_mail_forwarded_as_an_attachment_is_its_authors() -> None:
    """An attached message is read where the mail around it says nothing itself."""
    inner = (
        b"Content-Type: message/rfc822\n\nFrom: Zoe <zoe@x.org>\nSubject: Broken\n\n"
    )
    found = read(parts(b"\nFYI", inner + b"It crashes on every export."))
    assert (found.from_email, found.subject) == ("zoe@x.org", "Broken")
    assert found.text == "It crashes on every export."


def test_html_is_read_where_the_plain_text_says_nothing() -> None:
    """A stub beside a page yields to the page, and its quotation is cut."""
    page = (
        b"Content-Type: text/html; charset=utf-8\n\n<p>The export is empty since Monday, and so "
        b"are the lists.</p><div class=gmail_quote>On Monday wrote: old old old</div>"
    )
    found = read(parts(b"\nSee HTML.", page, kind=b"alternative"))
    assert found.text == "The export is empty since Monday, and so are the lists."
    assert "old old" in found.whole
    assert "html" in found.flags


def test_a_gmail_forward_is_not_cut_as_a_quotation() -> None:
    """A forward inside a quote container is unwrapped before anything is cut."""
    page = (
        b"Content-Type: text/html\n\n<div>FYI</div><div class=gmail_quote>---------- Forwarded "
        b"message ----------<br>From: Zoe &lt;zoe@x.org&gt;<br>Date: Mon<br>Subject: s<br>To: a"
        b"<br><br>It crashes on every export.</div>"
    )
    found = read(parts(page))
    assert (found.text, found.from_email) == (
        "It crashes on every export.",
        "zoe@x.org",
    )


def test_transfer_encodings_and_charsets_are_read() -> None:
    """Base64, quoted-printable and what lies about itself all become the words."""
    text = "Größe ändern geht nicht"
    quoted = b"Gr=C3=B6=C3=9Fe =C3=A4ndern =\ngeht nicht"
    plain = b"Content-Type: text/plain; charset=utf-8"
    assert (
        read(
            mail(plain, b"Content-Transfer-Encoding: quoted-printable", body=quoted)
        ).text
        == text
    )
    base = b"R3LDtsOfZSDDpG5kZXJuIGdlaHQgbmljaHQ"
    assert (
        read(mail(plain, b"Content-Transfer-Encoding: base64", body=base)).text == text
    )
    wrong = mail(b"Content-Type: text/plain; charset=x-nobody", body=text.encode())
    assert read(wrong).text == text
    assert "guessed" in read(wrong).flags


def test_flowed_lines_are_joined() -> None:
    """Lines that a mail program broke are whole again."""
    kind = b"Content-Type: text/plain; format=flowed"
    body = b"The export is \nempty since \nMonday.\n\nReally.\n"
    assert (
        read(mail(kind, body=body)).text
        == "The export is empty since Monday.\n\nReally."
    )


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (
            b"=?utf-8?q?Gr=C3=B6=C3=9Fe?= =?utf-8?b?w6RuZGVybg==?= now",
            "Größeändern now",
        ),
        ("Größe".encode(), "Größe"),
        ("Größe".encode("latin-1"), "Größe"),
        (b"=?x-none?q?abc?= d", "abc d"),
        (b"=?utf-8?q?broken", "=?utf-8?q?broken"),
        (b"a\r\n b", "a b"),
    ],
)
def test_header_words_are_decoded(raw: bytes, text: str) -> None:
    """Encoded words, raw letters and broken ones are all shown as well as can be."""
    assert headers.words(raw) == text


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        (
            b'"Lee, Ann" <a@b.c>, bob@x.de (Bob)',
            [("Lee, Ann", "a@b.c"), ("Bob", "bob@x.de")],
        ),
        (b"=?utf-8?q?Lee=2C_Ann_=3B=29?= <a@b.c>", [("Lee, Ann ;)", "a@b.c")]),
        (b"Team: a@b.c, <d@e.f>;", [("", "a@b.c"), ("", "d@e.f")]),
        (b"undisclosed-recipients:;", []),
        (b"nobody at all", [("nobody at all", "")]),
    ],
)
def test_addresses_are_told(raw: bytes, names: list[tuple[str, str]]) -> None:
    """Names with commas, comments, groups and nonsense are told apart."""
    assert [(one.name, one.email) for one in headers.addresses(raw)] == names


def test_attachments_are_named_and_measured() -> None:
    """What is attached is told by name, type and size; embedded pictures are not."""
    picture = b"Content-Type: image/png\nContent-ID: <a>\n\nxxxx"
    table = (
        b"Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n"
        b"Content-Disposition: attachment; filename*=utf-8''%e2%82%ac.pdf\n\nAAAA"
    )
    found = read(parts(b"\n" + BODY, picture, table))
    assert found.attachments == (Attachment("€.pdf", "application/pdf", 3),)
    assert found.text == BODY.decode()


@pytest.mark.parametrize(
    "raw", [b"", b"\n\n", b"just words\nand more\n", b"id,text\n1,a"]
)
def test_what_is_no_mail_says_so(raw: bytes) -> None:
    """Without a header that mails have, it is unreadable, with a reason."""
    assert read(raw).unreadable


def nested(depth: int) -> bytes:
    out = b"From: a@b.c\nContent-Type: multipart/mixed; boundary=b0\n\n"
    for level in range(1, depth):
        out += b"--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n" % (
            level - 1,
            level,
        )
    return out + b"--b%d\n\nhello\n" % (depth - 1)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(nested(1000), id="depth"),
        pytest.param(nested(30), id="depth over the cap"),
        pytest.param(parts(*[b"\nx"] * 10_000), id="parts"),
        pytest.param(b"X: y\n" * 100_000 + mail(), id="headers"),
        pytest.param(b"To: " + b"," * 64_000 + b"\n" + mail(), id="commas"),
        pytest.param(b"From: " + b"a <a@b.c>, " * 10_000 + b"\n\nb", id="addresses"),
        pytest.param(b"From: " + b"(" * 2000 + b"\n\nb", id="comments"),
        pytest.param(
            b"Subject: " + b"=?utf-8?q?a?= " * 50_000 + b"\n" + mail(), id="words"
        ),
        pytest.param(
            mail(b'Content-Type: text/plain; a="' + b";" * 99_999), id="parameters"
        ),
        pytest.param(mail(body=b"\n" * 3_000_000), id="lines"),
        pytest.param(mail(body=b"> \n" * 1_000_000), id="quotes"),
        pytest.param(mail(body=b"a" * 3_000_000), id="one line"),
        pytest.param(parts(b"\n--xY" * 500_000), id="almost boundaries"),
        pytest.param(
            mail(b"Content-Type: text/html", body=b"<div>" * 400_000), id="html"
        ),
        pytest.param(mail(b"X: y\n" + b" \n" * 300_000), id="folded"),
    ],
)
def test_hostile_mails_cost_little(raw: bytes) -> None:
    """What exhausts a mail library is capped before it is parsed."""
    begun = time.process_time()
    read(raw)
    assert time.process_time() - begun < 2


@given(st.binary(max_size=400))
def test_no_bytes_crash_it(data: bytes) -> None:
    """Any bytes at all are read, or said to be no mail."""
    for raw in (data, HEAD + data, HEAD + b"\n" + data):
        found = read(raw, ["example.com"])
        for text in (found.text, found.whole, found.subject, found.from_name):
            text.encode("utf-8")
            assert "\x00" not in text


lines = st.sampled_from(
    [b"Content-Type: multipart/mixed; boundary=x", b"Content-Type: text/html",
     b"Content-Type: text/plain; charset=utf-7", b"Content-Type: message/rfc822", b"--x",
     b"--x--", b"", b"Subject: =?utf-8?b?!!?=", b"From: <<>>", b"Date: never", b"On 2026 wrote:",
     b"Content-Transfer-Encoding: base64", b"Content-Type: a; b*0*=unicode_escape''%41", b"> q",
     b"Content-Type: text/plain; format=flowed", b"Begin forwarded message:", b"From: a@b.c",
     b"Content-Disposition: attachment; filename*=utf-7''+AGE-"]
)  # fmt: skip


@given(st.lists(lines, max_size=25))
def test_no_structure_crashes_it(found: list[bytes]) -> None:
    """However the pieces of mails are put together, reading them ends well."""
    read(b"\n".join(found), ["b.c"])


def shared() -> Path:
    given_path = os.environ.get("TRIAGE_SHARED", "")
    beside = Path(__file__).parents[2].parent / "shared"
    root = Path(given_path) if given_path else beside
    if not (root / "corpora" / "mail").is_dir():
        pytest.skip("no shared corpora: set TRIAGE_SHARED to the folder that has them")
    return root


def test_the_worlds_mails_are_read() -> None:
    """Over 95 % of awkward real mails become feedback, none takes a second."""
    files = [one for one in (shared() / "corpora" / "mail").rglob("*") if one.is_file()]
    unreadable = 0
    for file in files:
        begun = time.process_time()
        unreadable += bool(read(file.read_bytes()).unreadable)
        assert time.process_time() - begun < 1, file.name
    assert unreadable < len(files) * 0.05


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (b"Content-Type: text/calendar; method=REPLY", "calendar"),
        (b"List-Unsubscribe: <x>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click", "newsletter"),
        (b'Content-Type: application/gzip; name="mx.example!shop.example!1767225600!1767311999.xml.gz"', "DMARC"),
        (b"Content-Type: application/tlsrpt+gzip", "TLS"),
        (b"Content-Type: multipart/report; report-type=tlsrpt; boundary=x", "report"),
        (b"X-MS-Exchange-Inbox-Rules-Loop: a@b.c", "inbox-rules-loop"),
        (b"X-Autorespond: yes", "x-autorespond"),
        (b"Precedence: junk", "bulk"),
    ],
)  # fmt: skip
def test_reports_newsletters_and_calendars_are_no_feedback(
    more: bytes, why: str
) -> None:
    """What a server, a shop or a calendar sends is kept and never triaged."""
    found = read(mail(more))
    assert found.kind is Kind.AUTO
    assert why in found.why


@pytest.mark.parametrize(
    "more",
    [
        b"List-Unsubscribe: <x>\nList-Unsubscribe-Post: a\nList-Post: <mailto:l@x.org>",
        b"List-Unsubscribe: <x>\nList-Unsubscribe-Post: a\nIn-Reply-To: <a@b>",
        b"List-Unsubscribe: <mailto:x@y.z>",
    ],
)
def test_people_on_lists_are_people(more: bytes) -> None:
    """Who writes to a list, or answers a newsletter, is heard."""
    assert read(mail(more)).kind is Kind.FEEDBACK


@pytest.mark.parametrize(
    ("fields", "name", "email"),
    [
        ("From: 'Zoe Ray' via Team <team@lists.example>\nReply-To: zoe@x.org", "Zoe Ray", "zoe@x.org"),
        ("From: Zoe Ray über Team <team@lists.example>\nX-Original-From: Zoe Ray <zoe@x.org>", "Zoe Ray", "zoe@x.org"),
        ("From: Forms <no-reply@forms.example>\nReply-To: Zoe Ray <zoe@x.org>", "Zoe Ray", "zoe@x.org"),
        ("From: Desk <help@shop.example>\nReply-To: Zoe Ray <zoe@x.org>", "Zoe Ray", "zoe@x.org"),
        ("From: News <noreply@x.org>\nReply-To: office@x.org", "News", "noreply@x.org"),
        ("From: Zoe Ray <zoe@x.org>\nReply-To: someone@y.org", "Zoe Ray", "zoe@x.org"),
        ("From: Zoe via List <l@lists.example>\nReply-To: l@lists.example, zoe@x.org", "Zoe", "zoe@x.org"),
    ],
)  # fmt: skip
def test_the_author_stands_behind_relays_lists_and_forms(
    fields: str, name: str, email: str
) -> None:
    """Whoever sends in another's name is not who wrote; who sends in their own is."""
    found = read(mail(head=f"{fields}\nSubject: s\n".encode()), ["shop.example"])
    assert (found.from_name, found.from_email) == (name, email)
    assert found.kind is Kind.FEEDBACK


def test_an_address_of_ours_is_an_agent_without_its_domain() -> None:
    """Where our side writes from a public provider, its addresses are ours, no more."""
    assert read(mail(), ["ann@example.com"]).kind is Kind.AGENT
    assert read(mail(), ["bob@example.com"]).kind is Kind.FEEDBACK


def test_a_stub_that_names_the_page_yields_to_it() -> None:
    """A plain part that only says to look at the HTML is not what was written."""
    page = b"Content-Type: text/html\n\n<p>The export is empty since Monday.</p>"
    stub = b"\nPlease view this message in an HTML capable program."
    assert read(parts(stub, page, kind=b"alternative")).text == BODY.decode()


def test_flowed_lines_without_their_spaces_are_joined() -> None:
    """With DelSp the space that marks a break is no part of the text."""
    kind = b"Content-Type: text/plain; format=flowed; delsp=yes; charset=utf-8"
    body = "これは長い \n行です。\n次の行。\n".encode()
    assert read(mail(kind, body=body)).text == "これは長い行です。\n次の行。"


def test_a_boundary_that_never_comes_is_read_off_the_mail() -> None:
    """Where the header names another boundary than the parts have, theirs counts."""
    body = b"--y\nContent-Type: text/html\n\n<p>The export is empty since Monday.</p>\n--y--\n"
    kind = b'Content-Type: multipart/mixed; boundary="x"'
    assert read(mail(kind, body=body)).text == BODY.decode()


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        (b"In-Reply-To: <a@b>", ("a@b",)),
        (b"References: <r@x> <a@b>\nIn-Reply-To: <c@d>", ("r@x", "a@b", "c@d")),
        (b"References: <a@b>\nIn-Reply-To: <A@B>", ("a@b",)),
        (b'In-Reply-To: Your message of "Mon, 5 Jan" <a@b>', ("a@b",)),
        (b"In-Reply-To: a mail of <help@shop.example> <a@b>", ("a@b",)),
        (b"References: <a@b>\n\t<c@d>", ("a@b", "c@d")),
        (b"References: " + b" ".join(b"<%d@x>" % n for n in range(50)), ("0@x", *(f"{n}@x" for n in range(30, 50)))),
        (b"X: y", ()),
    ],
)  # fmt: skip
def test_a_mail_names_what_it_answers(fields: bytes, found: tuple[str, ...]) -> None:
    """The first and the last twenty ids, from both fields, and nobody's address."""
    assert read(mail(b"Message-ID: <m@x>", fields)).references == ("m@x", *found)


ODD = st.lists(
    st.sampled_from(
        ["text/plain", "text/HTML", "multipart/mixed", "text", "a/b/c", ";", "; ", " ;",
         "charset=utf-8", 'charset="utf-8"', "boundary=x", 'boundary="x y"', "format=flowed",
         "delsp=Yes", 'name="a b.txt"', "name*=utf-8''a", "charset", "=", '"', "(c)", "\\",
         "name=a", "name=b", "charset='x'", "é"]
    ),
    max_size=8,
).map("".join)  # fmt: skip


@given(ODD)
def test_a_plain_content_type_is_read_as_the_grammar_has_it(value: str) -> None:
    """What is read the short way is what the whole grammar would have said."""
    from triage.text import mime

    raw = f"From: a@b.c\nContent-Type: {value}\n\nx".encode()
    head = headers.read(raw)
    section = mime._Section(0, len(raw))
    short = mime._described(head, section)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mime, "_simply", lambda _: None)
        assert short == mime._described(head, section)


BLOCKS = st.lists(
    st.sampled_from(
        [b"A: b", b"From: x", b" folded", b"\tfolded ", b"", b"", b"no field", b":", b"B :c",
         b"x\r", b"\r", b" ", b"C:" + b"y" * 17_000, b"D: \xff", b"E:\x00", b"F" * 101 + b": z"]
    ),
    max_size=9,
)  # fmt: skip


@given(BLOCKS, st.sampled_from([b"\n", b"\r\n"]), st.integers(0, 40))
def test_a_sound_header_is_read_as_a_broken_one_is(
    lines: list[bytes], end: bytes, start: int
) -> None:
    """The quick way to read a header and the patient one tell the same."""
    raw = end.join(lines)
    start = min(start, len(raw))
    stop = len(raw)
    patient = headers._line_by_line(raw, start, stop, stop)
    assert headers.read(raw, start) == patient
