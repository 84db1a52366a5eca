from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.text.reply import forwarded, is_enough, latest

WORDS = "The export is empty since Monday."


@pytest.mark.parametrize(
    "intro",
    [
        "On Mon, 5 Jan 2026 at 10:00, Ann <ann@example.com> wrote:",
        "Am Mo., 5. Jan. 2026 um 10:00 Uhr schrieb Ann <ann@example.com>:",
        "Am 05.01.2026 um 10:00 schrieb Ann:",
        "Le lun. 5 janv. 2026 à 10:00, Ann <ann@example.com> a écrit :",
        "El lun, 5 ene 2026 a las 10:00, Ann (<ann@example.com>) escribió:",
        "Il giorno lun 5 gen 2026 alle ore 10:00 Ann <ann@example.com> ha scritto:",
        "Em seg., 5 de jan. de 2026 às 10:00, Ann <ann@example.com> escreveu:",
        "Op ma 5 jan 2026 om 10:00 schreef Ann <ann@example.com>:",
        "Den mån 5 jan. 2026 kl 10:00 skrev Ann <ann@example.com>:",
        "Den 5. jan. 2026 kl. 10.00 skrev Ann <ann@example.com>:",
        "pon., 5 sty 2026 o 10:00 Ann <ann@example.com> napisał(a):",
        "пн, 5 янв. 2026 г. в 10:00, Ann <ann@example.com>:",
        "2026年1月5日(月) 10:00 Ann <ann@example.com>:",
        "On Mon, 5 Jan 2026 at 10:00, Ann Somebody\n<ann@example.com>\nwrote:",
    ],
)
def test_quoted_replies_are_cut_in_many_languages(intro: str) -> None:
    """The line a mail program puts over a quotation ends the message."""
    assert latest(f"{WORDS}\n\n{intro}\n\n> old\n> words\n") == WORDS
    assert latest(f"{WORDS}\n\n{intro}\n\nold words without marks\n") == WORDS


@pytest.mark.parametrize(
    "block",
    [
        "From: Ann <a@b.c>\nSent: Monday, 5 January 2026\nTo: Bob\nSubject: Export",
        "*From:* Ann\n*Sent:* Monday\n*To:* Bob\n*Subject:* Export",
        "Von: Ann\nGesendet: Montag\nAn: Bob\nBetreff: Export",
        "De : Ann\nEnvoyé : lundi\nÀ : Bob\nObjet : Export",
        "De: Ann\nEnviado el: lunes\nPara: Bob\nAsunto: Export",
        "________________________________\nVan: Ann\nVerzonden: maandag\nAan: Bob",
        "-----Original Message-----\nFrom: Ann\nSubject: Export",
        "-----Ursprüngliche Nachricht-----\nVon: Ann",
    ],
)
def test_headers_of_an_older_mail_end_the_message(block: str) -> None:
    """A block of headers, or the line over it, begins what is older."""
    assert latest(f"{WORDS}\n\n{block}\n\nold words\n") == WORDS


def test_answers_between_quoted_lines_are_kept() -> None:
    """Who answers below the quotation, or inside it, is heard."""
    text = "On 5 Jan 2026, at 10:00, Ann wrote:\n> When?\nSince Monday.\n> Where?\nAt home."
    assert latest(text) == "Since Monday.\nAt home."


@pytest.mark.parametrize(
    "signature",
    [
        "-- \nBob\nACME Ltd.",
        "Best regards,\nBob",
        "Mit freundlichen Grüßen\nBob Builder\nTel. 123",
        "Cordialement,\nBob",
        "Un saludo,\nBob",
        "Thanks,\nBob",
        "Sent from my iPhone",
        "Von meinem iPhone gesendet",
        "Envoyé de mon iPhone",
        "Get Outlook for iOS<https://aka.ms/o0ukef>",
        "Best regards,\nBob\n\nSent from my phone",
        "CONFIDENTIALITY NOTICE: This e-mail and any files are confidential.",
        "_____________________\nlist mailing list\nunsubscribe: x",
        "-Bob Builder",
    ],
)
def test_signatures_are_cut(signature: str) -> None:
    """Names, greetings, phones and disclaimers under a message are no part of it."""
    assert latest(f"{WORDS}\n\n{signature}\n") == WORDS


@pytest.mark.parametrize(
    "text",
    [
        "Thanks, that fixed it, but now the export is empty.",
        "Steps:\n- open the app\n- press save\n- it hangs",
        "Sent from my desk, this is much easier than my phone.",
        "On my phone it wrote: no space left.",
        "It says -- and I quote -- nothing.",
        "From: what I can see, it is broken on all phones.",
        "> 5 GB of files fail to upload every time",
        "Best regards to the team that made this!\nBut the export is empty.",
    ],
)
def test_a_customers_own_words_are_kept(text: str) -> None:
    """What only resembles a quotation or a signature stays."""
    assert latest(text) == text


def test_too_little_left_means_the_whole() -> None:
    """Fewer than three words are no message: then nothing is cut."""
    text = "Yes.\n\nOn 5 Jan 2026, at 10:00, Ann wrote:\n> Is it broken?"
    assert latest(text) == text
    assert latest("こんにちは、落ちます。\n\n-- \nA") == "こんにちは、落ちます。"


def test_a_forwarded_mail_is_its_authors() -> None:
    """The inner message, its author and the forwarder's note are told apart."""
    text = (
        "FYI please look\n\n---------- Forwarded message ---------\n"
        "From: Ann Lee <Ann@X.com>\nDate: Mon, 5 Jan 2026\nSubject: Export\n"
        "To: <help@shop.example>\n\nIt crashes on export.\n\nAnn"
    )
    found = forwarded(text)
    assert found is not None
    assert (found.name, found.email) == ("Ann Lee", "ann@x.com")
    assert found.text == "It crashes on export.\n\nAnn"
    assert found.note == "FYI please look"


@pytest.mark.parametrize(
    ("subject", "marker", "block"),
    [
        ("WG: x", "", "Von: Ann <a@b.c>\nGesendet: Montag\nAn: Bob\nBetreff: x"),
        ("", "-------- Weitergeleitete Nachricht --------", "Betreff: x\nDatum: 5\nVon: Ann <a@b.c>"),
        ("", "Begin forwarded message:", "From: Ann <a@b.c>\nSubject: x\nDate: 5\nTo: B"),
        ("", "---------- Message transféré ----------", "De : Ann <a@b.c>\nDate : 5\nObjet : x"),
        ("", "---------- Mensaje reenviado ----------", "De: Ann <a@b.c>\nFecha: 5\nAsunto: x"),
    ],
)  # fmt: skip
def test_forwards_are_known_in_several_languages(
    subject: str, marker: str, block: str
) -> None:
    """A marker over a header, or "Fwd:" in the subject and a header, is a forward."""
    found = forwarded(f"{marker}\n{block}\n\nIt crashes on export.", subject)
    assert found is not None
    assert (found.email, found.text) == ("a@b.c", "It crashes on export.")


def test_a_forward_inside_a_reply_is_not_forwarded() -> None:
    """What somebody answers to is quoted, not passed on."""
    text = "No.\n\nOn 5 Jan 2026, at 10:00, Ann wrote:\n> Begin forwarded message:\n> From: x"
    assert forwarded(text) is None
    assert forwarded("Begin forwarded message: I never got it.") is None


@pytest.mark.parametrize(
    "unit",
    ["On 2026 ", "On 2026\n", "\n", "> ", "From: a\n", " \n", "a", "wrote: ", "-- ",
     "-----\n", "Sent from my\n", "2026 @ x:\n", "Best regards,\n", "a@", "> a\n"],
)  # fmt: skip
def test_no_text_takes_long(unit: str) -> None:
    """A hostile mail costs no more than its length: a tenth of a second a megabyte."""
    text = unit * (500_000 // len(unit))
    begun = time.process_time()
    latest(text)
    forwarded(text, "Fwd: x")
    assert time.process_time() - begun < 2


@given(st.text(max_size=300) | st.text("\n> -:FromOnwrte2026@", max_size=300))
def test_nothing_is_made_up(text: str) -> None:
    """Every line of the result stands in the text, and enough stays enough."""
    reply = latest(text)
    lines = {line.strip() for line in text.replace("\r", "\n").split("\n")}
    found = reply.replace("\r", "\n").split("\n")
    assert all(line.strip() in lines for line in found)
    assert is_enough(reply) or reply == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        "Yesterday at 10:30 your support wrote:\nwe will fix it. But nothing happened.",
        "My trip is wrong in the app.\nFrom: Berlin\nTo: Paris\nDate: 5 Jan 2026\nIt shows Rome.",
        "I tried it all day.\n\nThanks,\nbut the export is still empty when I open it.",
        "It hangs on start.\n\nRegards\nto the whole team, but please repair the export.",
        "Photos fail.\n\nVon meinem Handy aus klappt es leider gar nicht",
        "Photos fail.\n\nThe picture was sent from iPhone",
        "Disclaimer page is broken.\n\nDisclaimer: I am no expert, but it looks wrong.",
        "It leaks.\n\nMy confidential file was shown to the wrong person, please delete it.",
        "Hi.\n\nAnn from your team said it works, but it does not.",
        "I see this in the log:\n-----\nerror 17\nerror 18",
        "Please fix these:\n\n-- the export\n-- the import",
        "On page 3 it says:\nNothing to show here.",
    ],
)
def test_what_looks_cut_out_but_is_theirs_is_kept(text: str) -> None:
    """Precision of cutting first: a sentence of the customer is never a signature."""
    assert latest(text, author="Ann Lee") == text


@pytest.mark.parametrize(
    "notice",
    [
        "This e-mail is intended solely for the addressee and may contain confidential information. If you are not the intended recipient, please notify the sender and delete it.",
        "Diese Nachricht ist vertraulich. Sind Sie nicht der richtige Adressat, informieren Sie bitte sofort den Absender und löschen Sie sie; unbefugtes Kopieren ist nicht gestattet.",
        "Ce message est confidentiel et réservé à son destinataire. Si vous l'avez reçu par erreur, prévenez l'expéditeur et veuillez le supprimer.",
        "Este mensaje es confidencial y para su destinatario. Si lo recibe por error, avise al remitente; su uso está prohibido.",
        "Questo messaggio è riservato al destinatario. Se ricevuto per errore avvisare il mittente; ogni uso è vietato.",
        "Esta mensagem é confidencial e para o destinatário. Se a recebeu por engano, avise o remetente e apague-a.",
        "Dit bericht is vertrouwelijk en voor de geadresseerde. Als u het ten onrechte ontving, waarschuw de afzender en verwijder het.",
        "Denne mail er fortrolig. Er du ikke rette modtager, så giv afsender besked og slet den straks.",
        "Ta wiadomość jest poufna i przeznaczona dla adresata. Jeśli otrzymali ją Państwo omyłkowo, prosimy usunąć ją i powiadomić nadawcę.",
        "Данное сообщение конфиденциально. Если вы не получатель и оно пришло по ошибке, сообщите отправителю и удалите его.",
        "Please consider the environment before printing.",
        "________________\nThis email has been scanned for viruses by a scanner.",
    ],
)  # fmt: skip
def test_disclaimers_are_cut_in_many_languages(notice: str) -> None:
    """What a company adds is told by whom it names and what it forbids."""
    assert latest(f"{WORDS}\n\n{notice}\n") == WORDS
    assert latest(f"{WORDS}\n\nAnn Lee\nACME\n\n{notice}\n", author="Ann Lee") == WORDS


def test_a_sender_is_known_by_name() -> None:
    """Their own name over names and numbers is a signature, in the middle it is not."""
    assert latest(f"{WORDS}\n\nAnn\n+49 30 1234567", author="Ann Lee") == WORDS
    assert latest(f"{WORDS}\n\nAnn Lee | ACME", author="Bo Berg") != WORDS
    text = f"{WORDS}\n\nAnn\n\nThe import is empty as well, since Tuesday."
    assert latest(text, author="Ann Lee") == text


@pytest.mark.parametrize(
    "note",
    ["Hi, please see my answers below in red.", "Meine Antworten finden Sie unten in rot.",
     "Mes réponses sont ci-dessous, en rouge.", "Mis respuestas van abajo, en rojo.",
     "Le mie risposte sono sotto, in rosso.", "Mijn antwoorden staan hieronder in het rood.",
     "Мои ответы ниже, выделены красным."],
)  # fmt: skip
def test_answers_told_by_colour_alone_are_not_lost(note: str) -> None:
    """Who writes into the older message and says so is kept whole."""
    text = (
        f"{note}\n\nFrom: Bo <help@shop.example>\nSent: Monday\nTo: Ann\nSubject: Export\n\n"
        "Which version do you have?\nIt is the newest one.\nSince when?\nSince Monday."
    )
    assert latest(text) == text
    assert (
        latest(f"{note}\n\n{WORDS} {WORDS * 9}\n\nOn 5 Jan 2026, Bo wrote:\n> x")
        != text
    )
