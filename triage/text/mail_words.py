"""What mail programs write around a message, in the languages they speak."""

from __future__ import annotations

import re
from typing import Final

from triage.text.listed import phrases, spelt

WROTE: Final = re.compile(
    r"\b(?:wrote|writes|schrieb|a écrit|escribió|ha scritto|scritto|escreveu|schreef"
    r"|skrev|geschreven|napisał(?:a|\(a\))?|napisana przez|pisze|napsal(?:a|\(a\))?"
    r"|написал(?:а|\(а\))?|пишет|писал(?:а|\(а\))?"
    r"|kirjoitti|yazdı|írta|a scris|έγραψε)(?![^\W_])"
    r"|写道|寫道|작성|님이 쓴|쓴 글|さんは書きました|のメール",
    re.IGNORECASE,
)
"""The verb in "On Monday Ann wrote:"."""

WHEN: Final = re.compile(r"(?<!\d)(?:\d{1,2}[:.h]\d{2}|(?:19|20)\d\d)(?!\d)")
"""A time or a year: what tells such a line from a customer's own sentence."""

DATED: Final = re.compile(
    r"@|(?<!\d)(?:(?:19|20)\d\d|\d{1,2}[./-] ?\d{1,2}[./-] ?\d{2})(?!\d)"
)
"""A whole date or an address: what a line has where no quotation mark follows."""

ADDRESS_AND_COLON: Final = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,255}[>)\]]{0,2}[:：]$")

FORWARDED: Final = spelt(
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
        转发邮件 | 转发邮件信息 | 转发的消息 | 以下是转发的邮件 | 开始转发的邮件 |
        轉寄郵件 | 轉寄的郵件 | 전달된 메시지 시작 | 전달된 메일 | 転送メール |
        以下は転送されたメッセージです | videresendt besked |
        start på videresendt melding | påbegynd videresendt besked |
        vidarebefordrat mail | välitetty viesti alkaa | välitetty viesti alkoi |
        początek przekazanej wiadomości | treść przekazanej wiadomości |
        wiadomość przekazana | začátek přeposílané zprávy |
        začátek přeposlané zprávy | přeposílaná zpráva | перенаправленное сообщение |
        переадресованное сообщение | iletilen ileti başlangıcı | iletilmiş mesaj |
        iletilmiş ileti | továbbított levél kezdete | továbbított üzenet |
        továbbított levél | videresendt e-mail | inizio del messaggio inoltrato |
        message réexpédié |
        転送メッセージ | 転送されたメッセージ | 전달된 메시지
        """
    )
)
"""A line of its own over a forwarded message, dashes and colon taken off; folded."""

ORIGINAL: Final = spelt(
    phrases(
        """
        original message | original-message | original mail | reply message |
        ursprüngliche nachricht | originalnachricht | original-nachricht |
        message d'origine | message d’origine | message original |
        mensaje original | messaggio originale | mensagem original |
        oorspronkelijk bericht | oprindelig meddelelse | opprinnelig melding |
        ursprungligt meddelande | originalmeddelande | alkuperäinen viesti |
        oryginalna wiadomość | wiadomość oryginalna | původní zpráva |
        исходное сообщение | оригинальное сообщение | orijinal mesaj | özgün ileti |
        orijinal ileti | 邮件原件 | 原始郵件 | 郵件原件 | 원본 메일 | 元のメール |
        původní e-mail | wiadomość pierwotna | opprinnelig e-post | eredeti üzenet |
        原始邮件 |
        原始邮件信息 | 元のメッセージ | 원본 메시지
        """
    )
)
"""A line of its own over the message that is answered; folded."""

FORWARD_SUBJECT: Final = re.compile(
    r"\s{0,9}(?:re\s{0,3}:\s{0,9})?(?:fwd?|fw|wg|tr|rv|enc|doorst|vs|vb|vl|i|pd|ilt"
    r"|i̇lt|tov|转发|轉寄|転送|전달)\s{0,3}[:：]",
    re.IGNORECASE,
)

HEADER_ROLES: Final = {
    word: role
    for role, words in {
        "from": "from|von|de|da|van|fra|från|od|от|от кого|lähettäjä|kimden"
        "|gönderen|feladó"
        "|发件人|寄件者|差出人|보낸 사람|보낸사람",
        "sent": "sent|date|gesendet|gesendet am|datum|envoyé|envoyé le|enviado"
        "|enviado el|enviada em|enviado em|fecha|inviato|data|verzonden|sendt|dato"
        "|skickat|wysłano|wysłane|odesláno|отправлено|дата|lähetetty|päivämäärä|gönderilen"
        "|gönderildi|gönderme tarihi|tarih|küldve|elküldve|dátum"
        "|发送时间|发送日期|發送日期|寄件日期|日期|送信日時|日付|보낸 날짜|날짜",
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
    sent with proton | sent with | télécharger outlook | obtenez outlook |
    obtenir outlook | obtener outlook | obter o outlook | ottieni outlook |
    scarica outlook | download outlook | hent outlook | hämta outlook |
    diese nachricht wurde von meinem
    """
)
"""How a line begins that a phone adds under a message, whatever it is."""

ANSWERS: Final = re.compile(
    r"\b(?:answers|comments|replies|responses|antworten|kommentare|anmerkungen"
    r"|réponses|commentaires|respuestas|comentarios|risposte|commenti|respostas"
    r"|comentários|antwoorden|opmerkingen|reacties|svar|kommentarer|vastaukset"
    r"|kommentit|odpowiedzi|komentarze|odpovědi|komentáře|ответы|комментарии"
    r"|yanıtlarım|cevaplarım|válaszaim|válaszok)\b|回答|回复|回覆|答复|コメント|답변",
    re.IGNORECASE,
)
BELOW: Final = re.compile(
    r"\b(?:below|inline|in-line|in red|in blue|in green|in bold|unten|in rot|in blau"
    r"|in grün|dazwischen|ci-dessous|en rouge|en bleu|abajo|en rojo|en azul|sotto"
    r"|in rosso|in blu|abaixo|em vermelho|em azul|hieronder|in het rood|in het blauw"
    r"|nedenfor|med rødt|nedan|i rött|alla|punaisella|poniżej|na czerwono|níže"
    r"|červeně|ниже|красным|aşağıda|kırmızı|alább|lent|pirossal)\b"
    r"|以下|下記|赤字|下面|红色|紅色|아래|빨간",
    re.IGNORECASE,
)
"""Together: answers stand in what looks like a quotation."""

_REGARDS: Final = phrases(
    """
    best regards | kind regards | warm regards | many regards | with regards |
    regards | best wishes | all the best | sincerely | yours sincerely |
    yours truly | yours faithfully | respectfully | thanks and regards |
    thanks & regards | kindest regards | warmest regards | with best regards |
    with kind regards | cheers | mit freundlichen grüßen |
    mit freundlichen grüssen | mit besten grüßen | mit freundlichem gruß |
    mit freundlichem gruss | freundliche grüße | freundliche grüsse | beste grüße |
    viele grüße | liebe grüße | lg | vg | mfg | schöne grüße | herzliche grüße |
    viele grüsse | liebe grüsse | beste grüsse | gruß | gruss | grüße |
    mit freundlichen gruessen | viele gruesse | hochachtungsvoll | cordialement |
    bien cordialement | sincères salutations | salutations | bien à vous |
    meilleures salutations | salutations distinguées | bonne journée |
    bonne soirée | amicalement | cdlt | saludos | un saludo | saludos cordiales |
    atentamente | cordialmente | un cordial saludo | muchas gracias y saludos |
    cordiali saluti | distinti saluti | saluti | un saluto | un cordiale saluto |
    atenciosamente | cumprimentos | abraços | com os melhores cumprimentos |
    melhores cumprimentos | att | met vriendelijke groet |
    met vriendelijke groeten | vriendelijke groet | vriendelijke groeten | groet |
    groeten | groetjes | mvg | hartelijke groeten | hartelijke groet |
    med venlig hilsen | venlig hilsen | de bedste hilsner | hilsen | mvh |
    med vennlig hilsen | vennlig hilsen | beste hilsen | med vänlig hälsning |
    med vänliga hälsningar | vänlig hälsning | vänliga hälsningar | hälsningar |
    bästa hälsningar | ystävällisin terveisin | parhain terveisin | terveisin |
    z poważaniem | pozdrawiam | z wyrazami szacunku | pozdrawiam serdecznie |
    serdecznie pozdrawiam | s pozdravem | s přátelským pozdravem | hezký den |
    с уважением | с наилучшими пожеланиями | всего доброго | saygılarımla |
    saygılarımızla | iyi çalışmalar | selamlar | üdvözlettel | tisztelettel |
    köszönettel | szép napot | 此致 | 祝好 | 顺祝商祺 | 谨上 | 敬上 | 敬具 |
    よろしくお願いします | よろしくお願いいたします | よろしくお願い致します |
    以上、よろしくお願いいたします | 宜しくお願い致します | 宜しくお願いします |
    감사합니다 | 고맙습니다
    """
)
_THANKS: Final = phrases(
    """
    thanks | thank you | many thanks | thanks a lot | thanks in advance | thx |
    best | danke | vielen dank | danke im voraus | besten dank | merci |
    merci d'avance | merci beaucoup | gracias | muchas gracias | grazie |
    grazie mille | obrigado | obrigada | muito obrigado | bedankt | dank u |
    alvast bedankt | tak | på forhånd tak | mange tak | tack | tack på förhand |
    takk | på forhånd takk | kiitos | kiitos etukäteen | dziękuję |
    z góry dziękuję | děkuji | děkuji předem | спасибо | заранее спасибо |
    teşekkürler | şimdiden teşekkürler | köszönöm | előre is köszönöm | 谢谢 |
    謝謝 | ありがとうございます | kh | dbh | knus | br | rgds | regards
    """
)


REGARDS: Final = spelt(_REGARDS)
"""A line of its own that opens a signature; folded."""

REGARDS_BEGIN: Final = tuple(f"{said} " for said in sorted(REGARDS))

THANKS: Final = spelt(_THANKS)
"""A line that opens a signature only where a name follows; folded."""

SENT: Final = phrases(
    """
    sent from | gesendet von | gesendet mit | gesendet aus | von meinem | envoyé de |
    envoyé depuis | envoyé à partir | enviado desde | enviado de | enviado do |
    enviado a partir | inviato da | verstuurd v | verzonden v | sendt fra |
    skickat från | skickat via | lähetetty | wysłane z | wysłano z | odesláno z |
    отправлено с | отправлено из | 发自 | 發自
    """
)
"""How a line begins that says from which device it was sent."""

SENT_LAST: Final = ("gönderildi", "küldve", "から送信", "에서 보냄", "에서 전송")
"""How it ends where that comes last."""

DEVICES: Final = phrases(
    """
    iphon | ipad | ipod | android | galax | samsung | huawei | xiaomi | redmi |
    pixel | blackberry | smartphone | phone | mobil | mobiel | handy | tablet |
    gmx | web.de | yahoo | outlook | mail | proton | яндекс | телефон | móvil |
    cellulare | portable | toestel | telefon | puhelime | スマートフォン | 手机 |
    手機 | 휴대전화
    """
)
"""What such a line names."""

OUTLOOK_FOR: Final = phrases(
    """
    ios | android | ios beziehen | android beziehen | edinin | letöltése | 入手する |
    を入手 | downloaden | 다운로드
    """
)
"""How a line ends that says where to get Outlook."""

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

SCANNED: Final = phrases(
    """
    this email has been scanned | this e-mail has been scanned | virus-free. |
    this email was scanned | virenfrei. | please consider the environment |
    think before you print | denken sie an die umwelt | bitte prüfen sie, ob diese |
    pensez à l'environnement | antes de imprimir | prima di stampare |
    denk aan het milieu | cet e-mail a été vérifié | este correo electrónico ha sido |
    questa e-mail è stata controllata
    """
)
"""How a paragraph begins that a scanner adds, or who spares paper."""

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
