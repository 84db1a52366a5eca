"""What mail programs write around a message, in the languages they speak."""

from __future__ import annotations

import re
from typing import Final

from triage.text.listed import phrases

WROTE: Final = re.compile(
    r"\b(?:wrote|schrieb|a écrit|escribió|ha scritto|scritto|escreveu|schreef|skrev"
    r"|napisał(?:a|\(a\))?|napsal(?:a|\(a\))?|написал(?:а|\(а\))?|пишет|писал(?:а|\(а\))?"
    r"|kirjoitti|yazdı|írta|a scris|έγραψε)(?![^\W_])"
    r"|写道|寫道|님이 작성|님이 쓴|さんは書きました",
    re.IGNORECASE,
)
"""The verb in "On Monday Ann wrote:"."""

WHEN: Final = re.compile(r"(?<!\d)(?:\d{1,2}[:.h]\d{2}|(?:19|20)\d\d)(?!\d)")
"""A time or a year: what tells such a line from a customer's own sentence."""

ADDRESS_AND_COLON: Final = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,255}[>)\]]{0,2}[:：]$")

FORWARDED: Final = frozenset(
    phrases(
        """
        forwarded message | begin forwarded message | weitergeleitete nachricht |
        anfang der weitergeleiteten nachricht | anfang der weitergeleiteten e-mail |
        message transféré | début du message transféré | début du message réexpédié |
        mensaje reenviado | inicio del mensaje reenviado | messaggio inoltrato |
        inizio messaggio inoltrato | mensagem encaminhada | mensagem reencaminhada |
        início da mensagem reencaminhada | início da mensagem encaminhada |
        doorgestuurd bericht | begin doorgestuurd bericht | videresendt meddelelse |
        start på videresendt besked | videresendt melding | vidarebefordrat meddelande |
        vidarebefordrat brev | välitetty viesti | przekazana wiadomość |
        wiadomość przekazana dalej | początek przekazywanej wiadomości |
        přeposlaná zpráva | пересылаемое сообщение | пересланное сообщение |
        начало переадресованного сообщения | iletilen mesaj | 转发的邮件 |
        转发邮件 | 转发邮件信息 |
        転送メッセージ | 転送されたメッセージ | 전달된 메시지
        """
    )
)
"""A line of its own over a forwarded message, dashes and colon taken off."""

ORIGINAL: Final = frozenset(
    phrases(
        """
        original message | reply message | ursprüngliche nachricht | originalnachricht |
        original-nachricht | message d'origine | message d’origine | message original |
        mensaje original | messaggio originale | mensagem original |
        oorspronkelijk bericht | oprindelig meddelelse | opprinnelig melding |
        ursprungligt meddelande | originalmeddelande | alkuperäinen viesti |
        oryginalna wiadomość | wiadomość oryginalna | původní zpráva |
        исходное сообщение | orijinal mesaj | eredeti üzenet | 原始邮件 |
        原始邮件信息 | 元のメッセージ |         원본 메시지
        """
    )
)
"""A line of its own over the message that is answered."""

FORWARD_SUBJECT: Final = re.compile(
    r"\s*(?:re\s*:\s*)?(?:fwd?|fw|wg|tr|rv|enc|doorst|vs|vb|vl|i|pd|转发|轉寄|転送)\s*[:：]",
    re.IGNORECASE,
)

HEADER_ROLES: Final = {
    word: role
    for role, words in {
        "from": "from|von|de|da|van|fra|från|od|от|от кого|lähettäjä|kimden|feladó"
        "|发件人|寄件者|差出人|보낸 사람|보낸사람",
        "sent": "sent|date|gesendet|gesendet am|datum|envoyé|envoyé le|enviado"
        "|enviado el|enviada em|enviado em|fecha|inviato|data|verzonden|sendt|dato"
        "|skickat|wysłano|odesláno|отправлено|дата|lähetetty|päivämäärä|gönderilen"
        "|gönderildi|tarih|küldve|dátum"
        "|发送时间|發送日期|日期|送信日時|日付|보낸 날짜|날짜",
        "to": "to|an|à|para|a|aan|til|till|do|komu|кому|vastaanottaja|kime|címzett"
        "|收件人|收件者|宛先|받는 사람|받는사람",
        "cc": "cc|kopie|copie|kopia|kopi|копия|bcc|抄送|참조",
        "subject": "subject|betreff|objet|asunto|oggetto|assunto|onderwerp|emne|ämne"
        "|temat|předmět|тема|aihe|konu|tárgy|主题|主旨|件名|제목",
        "other": "reply-to|antwort an|organization|organisation|attachments|anlagen"
        "|importance|priority|resent-from",
    }.items()
    for word in words.split("|")
}
"""What stands before the colon in a quoted header, by what it means."""

SENT_FROM: Final = phrases(
    """
    sent from my | sent from a | sent from outlook | sent from yahoo |
    sent from mail for windows | sent from proton | sent via | get outlook for |
    sent with | von meinem | gesendet von | gesendet mit | gesendet aus |
    diese nachricht wurde von meinem | envoyé de mon | envoyé depuis |
    envoyé à partir | télécharger outlook | obtenez outlook | enviado desde |
    enviado do meu | enviado de mi | obtener outlook | obter o outlook |
    inviato da | inviato dal | ottieni outlook | verzonden vanaf | verstuurd vanaf |
    sendt fra | hent outlook | skickat från | hämta outlook | lähetetty |
    wysłane z | wysłano z | odesláno z | отправлено с | отправлено из | iphoneから送信 |
    发自我的 | 内 iphone에서 | 나의 iphone에서 | iphone'umdan
    """
)
"""How a line begins that a phone adds under a message."""

REGARDS: Final = phrases(
    """
    best regards | kind regards | warm regards | many regards | with regards |
    regards | best wishes | all the best | sincerely | yours sincerely |
    yours truly | yours faithfully | respectfully | thanks and regards |
    thanks & regards | kindest regards | cheers | mit freundlichen grüßen |
    mit freundlichen grüssen | mit besten grüßen | mit freundlichem gruß |
    mit freundlichem gruss | freundliche grüße | freundliche grüsse | beste grüße |
    viele grüße | liebe grüße | lg | vg | mfg | schöne grüße | herzliche grüße |
    viele grüsse | liebe grüsse | beste grüsse | gruß | gruss | grüße |
    hochachtungsvoll | cordialement | bien cordialement | sincères salutations |
    salutations | bien à vous | meilleures salutations | bonne journée |
    amicalement | saludos | un saludo | saludos cordiales | atentamente |
    cordialmente | un cordial saludo | muchas gracias y saludos | cordiali saluti |
    distinti saluti | saluti | atenciosamente | cumprimentos | abraços |
    com os melhores cumprimentos | met vriendelijke groet |
    met vriendelijke groeten | vriendelijke groet | groeten | mvg |
    hartelijke groeten | med venlig hilsen | venlig hilsen | hilsen | mvh |
    med vennlig hilsen | vennlig hilsen | med vänliga hälsningar |
    vänliga hälsningar | hälsningar | ystävällisin terveisin | terveisin |
    z poważaniem | pozdrawiam | s pozdravem | с уважением | saygılarımla |
    üdvözlettel | 此致 | 祝好 | 以上、よろしくお願いいたします | 감사합니다
    """
)
"""A line of its own that opens a signature."""

THANKS: Final = frozenset(
    phrases(
        """
        thanks | thank you | many thanks | thanks a lot | thanks in advance | thx |
        best | danke | vielen dank | danke im voraus | merci | merci d'avance |
        gracias | muchas gracias | grazie | obrigado | obrigada | bedankt | dank u |
        tak | på forhånd tak | tack | tack på förhand | kiitos | dziękuję | děkuji |
        спасибо | teşekkürler | 谢谢 |
        ありがとうございます | kh | dbh | knus | br | rgds | regards
        """
    )
)
"""A line that opens a signature only where a name follows."""

DISCLAIMERS: Final = phrases(
    """
    confidentiality notice | confidentiality note | confidentiality: | disclaimer |
    privileged and confidential | private and confidential | legal notice |
    this e-mail and any | this email and any | this message and any |
    this e-mail message and | this communication is | this e-mail is confidential |
    this email is confidential | this message is confidential |
    this message (including | this e-mail (including | this email (including |
    the information contained in this | the contents of this e | notice: this e |
    important notice: | please consider the environment | diese e-mail enthält |
    der inhalt dieser e-mail | diese nachricht ist vertraulich |
    vertraulichkeitshinweis | wichtiger hinweis: | rechtlicher hinweis |
    ce message et  | ce courriel  | ce message est confidentiel | este mensaje y  |
    este mensaje va dirigido | este correo electrónico y | aviso legal |
    aviso de confidencialidad | questo messaggio e  | le informazioni contenute |
    esta mensagem  | dit bericht is  | de informatie
    """
)
"""How a paragraph begins that a company adds under every message."""

CAUTIONS: Final = phrases(
    """
    caution: this e | caution: external | caution: this message | external email |
    external sender | warning: this e | warning: external | [external] |
    achtung: diese e-mail | achtung: externe | attention : ce | attention: ce |
    you don't often get email from | sie erhalten nicht häufig e-mails von
    """
)
"""How a paragraph begins that a mail gateway puts above a message."""

LIST_FOOTERS: Final = phrases(
    """
    unsubscribe | mailing list | mailing-list | listinfo | abmelden | abbestellen |
    désabonner | désinscrire | cancelar la suscripción | darse de baja
    """
)
"""What a mailing list writes under its ruler."""
