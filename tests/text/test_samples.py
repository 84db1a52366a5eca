"""Mails that others collected, where they are there: what a reader would keep of each."""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path

import pytest

from triage.text import html, mail, reply

# Path, program, language; how many words a reader keeps, the first and the last of
# them (their first and last thirty letters). Where fewer than three were written, as in
# most one-word answers, that is the whole message: so the rule has it.
_READERS = """
    talon/tests__fixtures__OLK_SRC_BODY_SECTION.html | outlook | en | 17 | Reply | Hi
    talon/tests__fixtures__html_replies__gmail.html | gmail | en | 4 | Hi. | fine.
    talon/tests__fixtures__html_replies__hotmail.html | hotmail | en | 4 | Hi. | fine.
    talon/tests__fixtures__html_replies__mail_ru.html | mail.ru | ru | 4 | Hi. | fine.
    talon/tests__fixtures__html_replies__ms_outlook_2003.html | outlook | en | 4 | Hi. | fine.
    talon/tests__fixtures__html_replies__ms_outlook_2007.html | outlook | en | 4 | Hi. | fine.
    talon/tests__fixtures__html_replies__ms_outlook_2010.html | outlook | en | 4 | Hi. | fine.
    talon/tests__fixtures__html_replies__thunderbird.html | thunderbird | en | 4 | Hi. | fine.
    talon/tests__fixtures__html_replies__windows_mail.html | windows_mail | ru | 4 | Hi. | fine.
    talon/tests__fixtures__html_replies__yandex_ru.html | yandex | ru | 4 | Hi. | fine.
    talon/tests__fixtures__reply-quotations-share-block.eml | plain | en | 67 | Hi | XXX
    talon/tests__fixtures__reply-separated-by-hr.html | plain | en | 3 | Hi | Bob
    talon/tests__fixtures__signature__emails__P__102682_R_S | signature | en | 24 | I | xxx...ARHGGHRGHH!
    talon/tests__fixtures__signature__emails__P__johndoeexamplecom_body | signature | en | 245 | (Please | drawing!
    talon/tests__fixtures__signature__emails__P__unicode_msg | signature | ru | 31 | Добрый | письмо.
    talon/tests__fixtures__signature__emails__stripped__camel_case_body | signature | en | 27 | Martin, | shirts!
    talon/tests__fixtures__signature__emails__stripped__jeff_body | signature | en | 16 | Thanks | homepage.
    talon/tests__fixtures__signature__emails__stripped__long_body | signature | en | 86 | Lorem | lacus.
    talon/tests__fixtures__signature__emails__stripped__short_url_body | signature | en | 11 | Simone, | see.
    talon/tests__fixtures__signature__emails__stripped__sparse_body | signature | en | 86 | Lorem | lacus.
    talon/tests__fixtures__standard_replies__android.eml | android | ru | 11 | Hello | >
    talon/tests__fixtures__standard_replies__aol.eml | aol | en | 29 | Hello | Hi
    talon/tests__fixtures__standard_replies__apple_mail.eml | apple | en | 12 | Hello | Hi
    talon/tests__fixtures__standard_replies__apple_mail_2.eml | apple | en | 16 | Hello | there!
    talon/tests__fixtures__standard_replies__comcast.eml | comcast | en | 24 | Hello | Hi
    talon/tests__fixtures__standard_replies__gmail.eml | gmail | en | 15 | Hello | Hi
    talon/tests__fixtures__standard_replies__hotmail.eml | hotmail | en | 26 | Hello | Hi
    talon/tests__fixtures__standard_replies__iphone.eml | iphone | en | 5 | Hello | iPhone
    talon/tests__fixtures__standard_replies__iphone_reply_text | iphone | en | 5 | Hello | iPhone
    talon/tests__fixtures__standard_replies__outlook.eml | outlook | en | 82 | Hello | 00554148256338956101abdf06406>
    talon/tests__fixtures__standard_replies__sparrow.eml | sparrow | en | 7 | Hello | //www.sparrowmailapp.com/?sig)
    talon/tests__fixtures__standard_replies__sparrow_reply_text | sparrow | en | 7 | Hello | //www.sparrowmailapp.com/?sig)
    talon/tests__fixtures__standard_replies__thunderbird.eml | thunderbird | en | 10 | On | Hello
    talon/tests__fixtures__standard_replies__yahoo.eml | yahoo | en | 26 | Hello | Hi
    mail-parser-reply/test__emails__begins_with_signature.txt | signature | en | 19 | Thank | join.
    mail-parser-reply/test__emails__caution.txt | gateway | en | 39 | Hi | end.
    mail-parser-reply/test__emails__caution2.txt | gateway | en | 53 | Hello, | Person.
    mail-parser-reply/test__emails__correct_sig.txt | signature | en | 9 | this | signature.
    mail-parser-reply/test__emails__email_1_1.txt | plain | en | 28 | Hi | API.
    mail-parser-reply/test__emails__email_1_3.txt | plain | en | 8 | Oh | great.
    mail-parser-reply/test__emails__email_1_4.txt | plain | en | 8 | Awesome! | it.
    mail-parser-reply/test__emails__email_1_5.txt | plain | en | 87 | One: | while.
    mail-parser-reply/test__emails__email_1_6.txt | plain | en | 6 | I | well.
    mail-parser-reply/test__emails__email_1_7.txt | plain | en | 52 | :+1: | >
    mail-parser-reply/test__emails__email_1_8.txt | plain | en | 9 | I | this.
    mail-parser-reply/test__emails__email_2_1.txt | outlook | en | 4 | Outlook | reply
    mail-parser-reply/test__emails__email_2_2.txt | outlook | en | 7 | Outlook | line
    mail-parser-reply/test__emails__email_2_3.txt | outlook | en | 9 | Outlook | format
    mail-parser-reply/test__emails__email_3_1.txt | plain | de | 10 | First | here!
    mail-parser-reply/test__emails__email_bullets.txt | plain | en | 20 | test | another
    mail-parser-reply/test__emails__email_danish_1.txt | plain | da | 9 | Hej | godt.
    mail-parser-reply/test__emails__email_danish_2.txt | outlook | da | 6 | Hej | filerne.
    mail-parser-reply/test__emails__email_danish_3.txt | plain | da | 18 | Hej, | besked.
    mail-parser-reply/test__emails__email_danish_4.txt | outlook | da | 17 | Hej, | Hej
    mail-parser-reply/test__emails__email_danish_5.txt | plain | da | 4 | Hej, | Peter
    mail-parser-reply/test__emails__email_gmail.txt | gmail | en | 11 | This | message.
    mail-parser-reply/test__emails__email_headers_no_delimiter.txt | outlook | en | 3 | And | reply!
    mail-parser-reply/test__emails__email_ja_1_1.txt | plain | ja | 1 | こんにちは、みなさん！ | こんにちは、みなさん！
    mail-parser-reply/test__emails__email_ja_1_2.txt | plain | ja | 5 | 田中様 | にお待ちしております。
    mail-parser-reply/test__emails__email_nl_1_1.txt | plain | nl | 30 | Hallo | API.
    mail-parser-reply/test__emails__email_nl_1_2.txt | outlook | nl | 4 | Outlook | antwoord
    mail-parser-reply/test__emails__email_one_is_not_on.txt | plain | en | 16 | Thank, | run...
    mail-parser-reply/test__emails__email_partial_quote_header.txt | plain | en | 29 | On | working.
    mail-parser-reply/test__emails__email_pl_1_1.txt | plain | pl | 5 | Czesc | masz?
    mail-parser-reply/test__emails__email_pl_1_2.txt | plain | pl | 5 | Czesc | masz?
    mail-parser-reply/test__emails__email_pl_1_3.txt | plain | pl | 5 | Cześć | masz?
    mail-parser-reply/test__emails__email_sent_from_BlackBerry.txt | BlackBerry | en | 4 | Here | email
    mail-parser-reply/test__emails__email_sent_from_iPhone.txt | iphone | en | 4 | Here | email
    mail-parser-reply/test__emails__email_sent_from_multi_word_mobile_device.txt | phone | en | 4 | Here | email
    mail-parser-reply/test__emails__email_sent_from_not_signature.txt | signature | en | 15 | Here | phone.
    mail-parser-reply/test__emails__email_sig_delimiter_in_middle_of_line.txt | signature | en | 16 | Hi | kthxbai
    mail-parser-reply/test__emails__email_sv_anon_1.txt | plain | sv | 22 | Hej | idag.
    mail-parser-reply/test__emails__email_swedish_1.txt | plain | sv | 19 | Hej | gäller?
    mail-parser-reply/test__emails__email_swedish_2.txt | plain | sv | 40 | Hello | available
    mail-parser-reply/test__emails__forward.txt | plain | en | 36 | FW: | invoice?
    mail-parser-reply/test__emails__greedy_on.txt | plain | en | 29 | On | working.
    mail-parser-reply/test__emails__multi_header.txt | plain | en | 8 | No | order.
    mail-parser-reply/test__emails__multiline_on.txt | plain | en | 52 | On | wrote:
    mail-parser-reply/test__emails__multiline_on_de.txt | plain | de | 3 | Am | Tage
    mail-parser-reply/test__emails__outlook.txt | outlook | en | 28 | Dear | 000
    mail-parser-reply/test__emails__pathological.txt | plain | en | 21 | I | computer.
    email_reply_parser/test__emails__email_1_1.txt | plain | en | 28 | Hi | API.
    email_reply_parser/test__emails__email_1_2.txt | plain | en | 111 | Hi, | individually."
    email_reply_parser/test__emails__email_1_7.txt | plain | en | 52 | :+1: | >
    email_reply_parser/test__emails__email_2_3.txt | outlook | en | 7 | Outlook | line
    email_reply_parser/test__emails__email_BlackBerry.txt | BlackBerry | en | 4 | Here | email
    email_reply_parser/test__emails__email_iPhone.txt | iphone | en | 4 | Here | email
    email_reply_parser/test__emails__email_multi_word_sent_from_my_mobile_device.txt | phone | en | 4 | Here | email
    email_reply_parser/test__emails__email_sent_from_my_not_signature.txt | signature | en | 15 | Here | phone.
    quotequail/tests__files__apple_forward.html | apple | en | 5 | Text | email
    quotequail/tests__files__apple_reply.html | apple | en | 13 | Foo | email
    quotequail/tests__files__gmail_forward.html | gmail | en | 2 | Some | text
    quotequail/tests__files__gmail_reply.html | gmail | en | 30 | foo | Company
    quotequail/tests__files__ios_mail_reply_unescaped_address.html | iphone | en | 7 | Sounds | 2.
    quotequail/tests__files__mailru_forward.html | mail.ru | ru | 4 | Дорогой | тест!
    quotequail/tests__files__outlook_forward.html | outlook | en | 4 | Original | text
    quotequail/tests__files__thunderbird_forward.html | thunderbird | en | 6 | Dear | test.
    quotequail/tests__files__yahoo_reply_unescaped_address.html | yahoo | en | 18 | Thanks | Dan
"""

KNOWN = {
    "mail-parser-reply/test__emails__email_pl_1_1.txt": "a header block on top is kept",
    "mail-parser-reply/test__emails__email_pl_1_2.txt": "a header block on top is kept",
    "mail-parser-reply/test__emails__email_pl_1_3.txt": "a header block on top is kept",
    "talon/tests__fixtures__signature__emails__P__johndoeexamplecom_body": (
        "a signature nothing announces, of a sender not named"
    ),
}
"""Which are not read as a reader would, and why."""


def samples() -> Path:
    given = os.environ.get("TRIAGE_SHARED", "")
    root = Path(given) if given else Path(__file__).parents[2].parent / "shared"
    if not (root / "samples" / "email").is_dir():
        pytest.skip("no sample mails: set TRIAGE_SHARED to the folder that has them")
    return root / "samples" / "email"


def kept(file: Path) -> str:
    raw = file.read_bytes()
    text = raw.decode("utf-8", "replace")
    if file.suffix == ".html":
        whole = html.to_text(text, cut_quotes=False)
        inner = reply.forwarded(whole)
        if inner:
            return reply.latest(inner.text, author=inner.name)
        return reply.latest(html.to_text(text, mark=reply.QUOTED), whole=whole)
    # What one collection annotates its lines with.
    text = text.replace("#reply#", "").replace("#sig#", "")
    if file.suffix == ".eml" or "__P__" in file.name:
        return mail.read(text.encode() if "__P__" in file.name else raw).text or (
            reply.latest(text)
        )
    sender = file.with_name(file.name.replace("_body", "_sender"))
    author = sender.read_text() if sender != file and sender.exists() else ""
    return reply.latest(text, author=author)


def test_what_is_kept_is_what_a_reader_would_keep() -> None:
    """At least 95 in 100 sample mails read as a reader has them; the rest are named."""
    root = samples()
    table: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    wrong = {}
    rows = [line.split(" | ") for line in _READERS.strip().splitlines()]
    for path, program, language, count, first, last in rows:
        words = kept(root / path.strip()).split()
        told = (len(words), words[0][:30], words[-1][-30:])
        right = told == (int(count), first, last)
        table[program, language][0] += int(right)
        table[program, language][1] += 1
        if not right:
            wrong[path.strip()] = told
    for (program, language), (agreed, all_of) in sorted(table.items()):
        print(f"{program:14}{language:4}{agreed:3} of {all_of}")
    assert len(wrong) <= len(rows) * 0.05, wrong
    assert set(wrong) == set(KNOWN), wrong
