"""What nineteen languages of mail programs write around what a customer writes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tongue:
    """
    One language; ``{who}`` and ``{at}`` stand for a name and an address.

    Attributes:
        said: What the customer writes, two paragraphs.
        older: What they answer to.
        regards: How they end.
        gmail: What Gmail writes over a quotation; apple and bird: Mail, Thunderbird.
        head: From, sent, to and subject in a quoted header.
        passed: What Gmail, Mail and Thunderbird write over a forwarded message.
        forward: How the subject of a forwarded message begins.
        original: What Outlook writes over a quoted header in plain text.
        phone: What an iPhone, and Outlook on a phone, add.
        absent: How the subject of an automatic reply begins.
    """

    code: str
    said: str
    older: str
    regards: str
    gmail: str
    apple: str
    bird: str
    head: tuple[str, str, str, str]
    passed: tuple[str, str, str]
    forward: str
    original: str
    phone: tuple[str, str]
    absent: str


def _tongues(*rows: str) -> tuple[Tongue, ...]:
    found = []
    for row in rows:
        cells = [cell.strip() for cell in row.strip().splitlines()]
        (code, first, second, older, regards, gmail, apple, bird, head, passed, forward,
         original, phone, absent) = cells  # fmt: skip
        heads = [one.strip() for one in head.split("|")]
        over = [one.strip() for one in passed.split("|")]
        adds = [one.strip() for one in phone.split("|")]
        found.append(
            Tongue(
                code, f"{first}\n\n{second}", older, regards, gmail, apple, bird,
                (heads[0], heads[1], heads[2], heads[3]), (over[0], over[1], over[2]),
                forward, original, (adds[0], adds[1]), absent,
            )
        )  # fmt: skip
    return tuple(found)


TONGUES = _tongues(
    """en
    The export has been empty since the last update, on both of my computers.
    Could you please tell me how to get my notes out of it?
    Thank you for writing, which version do you have?
    Kind regards,
    On Mon, Jan 5, 2026 at 10:00 AM {who} <{at}> wrote:
    On Jan 5, 2026, at 10:00 AM, {who} <{at}> wrote:
    On 05/01/2026 10:00, {who} wrote:
    From | Sent | To | Subject
    Forwarded message | Begin forwarded message | Forwarded Message
    Fwd
    Original Message
    Sent from my iPhone | Get Outlook for iOS
    Automatic reply""",
    """de
    Seit dem letzten Update ist der Export leer, auf beiden Rechnern.
    Können Sie mir bitte sagen, wie ich an meine Notizen komme?
    Danke für Ihre Nachricht, welche Version haben Sie denn?
    Mit freundlichen Grüßen
    Am Mo., 5. Jan. 2026 um 10:00 Uhr schrieb {who} <{at}>:
    Am 05.01.2026 um 10:00 schrieb {who} <{at}>:
    Am 05.01.26 um 10:00 schrieb {who}:
    Von | Gesendet | An | Betreff
    Forwarded message | Anfang der weitergeleiteten Nachricht | Weitergeleitete Nachricht
    WG
    Ursprüngliche Nachricht
    Von meinem iPhone gesendet | Outlook für iOS beziehen
    Automatische Antwort""",
    """fr
    Depuis la dernière mise à jour, l'export est vide sur mes deux ordinateurs.
    Pouvez-vous me dire comment récupérer mes notes ?
    Merci de votre message, quelle version avez-vous ?
    Cordialement,
    Le lun. 5 janv. 2026 à 10:00, {who} <{at}> a écrit :
    Le 5 janv. 2026 à 10:00, {who} <{at}> a écrit :
    Le 05/01/2026 à 10:00, {who} a écrit :
    De | Envoyé | À | Objet
    Forwarded message | Début du message transféré | Message transféré
    TR
    Message d'origine
    Envoyé de mon iPhone | Télécharger Outlook pour iOS
    Réponse automatique""",
    """es
    Desde la última actualización la exportación sale vacía en mis dos equipos.
    ¿Pueden decirme cómo recupero mis notas?
    Gracias por escribirnos, ¿qué versión tiene usted?
    Un saludo,
    El lun, 5 ene 2026 a las 10:00, {who} (<{at}>) escribió:
    El 5 ene 2026, a las 10:00, {who} <{at}> escribió:
    El 05/01/2026 a las 10:00, {who} escribió:
    De | Enviado | Para | Asunto
    Forwarded message | Inicio del mensaje reenviado | Mensaje reenviado
    RV
    Mensaje original
    Enviado desde mi iPhone | Obtener Outlook para iOS
    Respuesta automática""",
    """it
    Dall'ultimo aggiornamento l'esportazione è vuota su entrambi i computer.
    Potete dirmi come recupero le mie note?
    Grazie per averci scritto, quale versione usa?
    Cordiali saluti
    Il giorno lun 5 gen 2026 alle ore 10:00 {who} <{at}> ha scritto:
    Il giorno 5 gen 2026, alle ore 10:00, {who} <{at}> ha scritto:
    Il 05/01/2026 10:00, {who} ha scritto:
    Da | Inviato | A | Oggetto
    Forwarded message | Inizio messaggio inoltrato | Messaggio Inoltrato
    I
    Messaggio originale
    Inviato da iPhone | Ottieni Outlook per iOS
    Risposta automatica""",
    """pt
    Desde a última atualização a exportação sai vazia nos meus dois computadores.
    Podem dizer-me como recupero as minhas notas?
    Obrigado pela sua mensagem, que versão tem instalada?
    Com os melhores cumprimentos,
    {who} <{at}> escreveu (segunda, 5/01/2026 à(s) 10:00):
    No dia 05/01/2026, às 10:00, {who} <{at}> escreveu:
    Em 05/01/2026 10:00, {who} escreveu:
    De | Enviado | Para | Assunto
    Forwarded message | Início da mensagem reencaminhada | Mensagem encaminhada
    ENC
    Mensagem original
    Enviado do meu iPhone | Obter o Outlook para iOS
    Resposta automática""",
    """nl
    Sinds de laatste update is de export leeg op mijn beide computers.
    Kunt u mij zeggen hoe ik bij mijn notities kom?
    Dank voor uw bericht, welke versie gebruikt u?
    Met vriendelijke groet,
    Op ma 5 jan 2026 om 10:00 schreef {who} <{at}>:
    Op 5 jan 2026, om 10:00 heeft {who} <{at}> het volgende geschreven:
    Op 05-01-2026 om 10:00 schreef {who}:
    Van | Verzonden | Aan | Onderwerp
    Forwarded message | Begin doorgestuurd bericht | Doorgestuurd bericht
    Doorst
    Oorspronkelijk bericht
    Verstuurd vanaf mijn iPhone | Outlook voor iOS downloaden
    Automatisch antwoord""",
    """da
    Siden sidste opdatering er eksporten tom på begge mine computere.
    Kan I fortælle mig, hvordan jeg får mine noter ud?
    Tak for din besked, hvilken version har du?
    Med venlig hilsen
    Den man. 5. jan. 2026 kl. 10.00 skrev {who} <{at}>:
    Den 5. jan. 2026 kl. 10.00 skrev {who} <{at}>:
    Den 05.01.2026 kl. 10.00 skrev {who}:
    Fra | Sendt | Til | Emne
    Forwarded message | Start på videresendt besked | Videresendt meddelelse
    VS
    Oprindelig meddelelse
    Sendt fra min iPhone | Hent Outlook til iOS
    Automatisk svar""",
    """sv
    Sedan senaste uppdateringen är exporten tom på mina båda datorer.
    Kan ni säga hur jag får ut mina anteckningar?
    Tack för ditt meddelande, vilken version har du?
    Med vänlig hälsning
    Den mån 5 jan. 2026 kl 10:00 skrev {who} <{at}>:
    5 jan. 2026 kl. 10:00 skrev {who} <{at}>:
    Den 2026-01-05 kl. 10:00, skrev {who}:
    Från | Skickat | Till | Ämne
    Forwarded message | Vidarebefordrat brev | Vidarebefordrat meddelande
    VB
    Ursprungligt meddelande
    Skickat från min iPhone | Hämta Outlook för iOS
    Autosvar""",
    """no
    Siden siste oppdatering er eksporten tom på begge maskinene mine.
    Kan dere si meg hvordan jeg får ut notatene mine?
    Takk for at du skrev, hvilken versjon har du?
    Med vennlig hilsen
    man. 5. jan. 2026 kl. 10:00 skrev {who} <{at}>:
    5. jan. 2026 kl. 10:00 skrev {who} <{at}>:
    Den 05.01.2026 10:00, skrev {who}:
    Fra | Sendt | Til | Emne
    Forwarded message | Start på videresendt melding | Videresendt melding
    VS
    Opprinnelig melding
    Sendt fra min iPhone | Skaff deg Outlook for iOS
    Automatisk svar""",
    """fi
    Viimeisen päivityksen jälkeen vienti on tyhjä molemmilla koneillani.
    Voitteko kertoa, miten saan muistiinpanoni ulos?
    Kiitos viestistäsi, mikä versio sinulla on käytössä?
    Ystävällisin terveisin
    ma 5. tammik. 2026 klo 10.00 {who} ({at}) kirjoitti:
    {who} <{at}> kirjoitti 5.1.2026 kello 10.00:
    {who} kirjoitti 5.1.2026 klo 10.00:
    Lähettäjä | Lähetetty | Vastaanottaja | Aihe
    Forwarded message | Välitetty viesti alkaa | Välitetty viesti
    VL
    Alkuperäinen viesti
    Lähetetty iPhonesta | Hanki Outlook for iOS
    Automaattinen vastaus""",
    """pl
    Od ostatniej aktualizacji eksport jest pusty na obu moich komputerach.
    Czy mogą mi Państwo powiedzieć, jak odzyskać notatki?
    Dziękujemy za wiadomość, jaką wersję Pani posiada?
    Z poważaniem
    pon., 5 sty 2026 o 10:00 {who} <{at}> napisał(a):
    Wiadomość napisana przez {who} <{at}> w dniu 5 sty 2026, o godz. 10:00:
    W dniu 5.01.2026 o 10:00, {who} pisze:
    Od | Wysłane | Do | Temat
    Forwarded message | Początek przekazywanej wiadomości | Treść przekazanej wiadomości
    PD
    Oryginalna wiadomość
    Wysłane z iPhone'a | Pobierz program Outlook dla systemu iOS
    Automatyczna odpowiedź""",
    """cs
    Od poslední aktualizace je export prázdný na obou mých počítačích.
    Můžete mi prosím říct, jak se dostanu ke svým poznámkám?
    Děkujeme za zprávu, jakou verzi používáte?
    S pozdravem
    po 5. 1. 2026 v 10:00 odesílatel {who} <{at}> napsal:
    5. 1. 2026 v 10:00, {who} <{at}>:
    Dne 05. 01. 26 v 10:00 {who} napsal(a):
    Od | Odesláno | Komu | Předmět
    Forwarded message | Začátek přeposílané zprávy | Přeposlaná zpráva
    FW
    Původní zpráva
    Odesláno z iPhonu | Získat Outlook pro iOS
    Automatická odpověď""",
    """ru
    После последнего обновления экспорт пуст на обоих моих компьютерах.
    Подскажите, пожалуйста, как мне получить мои заметки?
    Спасибо за письмо, какая у вас версия программы?
    С уважением,
    пн, 5 янв. 2026 г. в 10:00, {who} <{at}>:
    5 янв. 2026 г., в 10:00, {who} <{at}> написал(а):
    05.01.2026 10:00, {who} пишет:
    От | Отправлено | Кому | Тема
    Forwarded message | Начало переадресованного сообщения | Перенаправленное сообщение
    FW
    Исходное сообщение
    Отправлено с iPhone | Скачать Outlook для iOS
    Автоматический ответ""",
    """tr
    Son güncellemeden beri dışa aktarma iki bilgisayarımda da boş çıkıyor.
    Notlarımı nasıl dışarı alabileceğimi söyler misiniz?
    Mesajınız için teşekkürler, hangi sürümü kullanıyorsunuz?
    Saygılarımla,
    {who} <{at}>, 5 Oca 2026 Pzt, 10:00 tarihinde şunu yazdı:
    {who} <{at}> şunları yazdı (5 Oca 2026 10:00):
    5.01.2026 10:00 tarihinde {who} yazdı:
    Gönderen | Gönderildi | Kime | Konu
    Forwarded message | İletilen ileti başlangıcı | İletilmiş Mesaj
    İLT
    Özgün İleti
    iPhone'umdan gönderildi | iOS için Outlook'u edinin
    Otomatik yanıt""",
    """hu
    Az utolsó frissítés óta az export üres mindkét gépemen.
    Meg tudják mondani, hogyan jutok hozzá a jegyzeteimhez?
    Köszönjük levelét, melyik verziót használja?
    Üdvözlettel,
    {who} <{at}> ezt írta (időpont: 2026. jan. 5., H, 10:00):
    {who} <{at}> írta (2026. jan. 5. dátummal, 10:00 időpontban):
    2026. 01. 05. 10:00 keltezéssel, {who} írta:
    Feladó | Elküldve | Címzett | Tárgy
    Forwarded message | Továbbított levél kezdete | Továbbított üzenet
    TOV
    Eredeti üzenet
    iPhone-omról küldve | Az iOS Outlook letöltése
    Automatikus válasz""",
    """ja
    前回の更新以降、二台のパソコンでエクスポートが空になります。
    メモを取り出す方法を教えていただけますか。
    ご連絡ありがとうございます。バージョンを教えてください。
    よろしくお願いいたします。
    2026年1月5日(月) 10:00 {who} <{at}>:
    2026/01/05 10:00、{who} <{at}>のメール:
    2026/01/05 10:00, {who} さんは書きました:
    差出人 | 送信日時 | 宛先 | 件名
    Forwarded message | 転送されたメッセージ | 転送メッセージ
    FW
    元のメッセージ
    iPhoneから送信 | iOS 版 Outlook を入手する
    自動応答""",
    """zh
    自从上次更新以后，我的两台电脑导出的文件都是空的。
    请告诉我怎样才能把笔记导出来？
    感谢您的来信，请问您使用哪个版本？
    此致
    {who} <{at}> 于2026年1月5日周一 10:00写道：
    2026年1月5日 10:00，{who} <{at}> 写道：
    在 2026/1/5 10:00, {who} 写道:
    发件人 | 发送时间 | 收件人 | 主题
    Forwarded message | 以下是转发的邮件 | 转发的消息
    转发
    邮件原件
    发自我的iPhone | 获取 Outlook for iOS
    自动答复""",
    """ko
    지난 업데이트 이후로 컴퓨터 두 대에서 내보내기 파일이 비어 있습니다.
    메모를 꺼내는 방법을 알려 주실 수 있나요?
    문의해 주셔서 감사합니다. 어떤 버전을 사용하시나요?
    감사합니다.
    2026년 1월 5일 (월) 오전 10:00, {who} <{at}>님이 작성:
    2026. 1. 5. 오전 10:00, {who} <{at}> 작성:
    26. 1. 5. 10:00에 {who} 이(가) 쓴 글:
    보낸 사람 | 보낸 날짜 | 받는 사람 | 제목
    Forwarded message | 전달된 메시지 시작 | 전달된 메시지
    전달
    원본 메시지
    나의 iPhone에서 보냄 | iOS용 Outlook 다운로드
    자동 회신""",
)
