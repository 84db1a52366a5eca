"""What people say about money: invoices, charges, prices."""

from __future__ import annotations

from triage.demo.story import Story, ios, mail, play, post, survey, ticket

BILLING_STORIES = (
    Story(
        key="charged-twice",
        title="Subscription is charged twice",
        area="Billing",
        since=100,
        importance=3,
        wordings=(
            mail(
                "Charged twice this month",
                "My card statement shows [[two charges of 12.00 on the same day]] for my Pro subscription. I have one account. Please refund one of them.",
                by="writer",
                who="Ruth Abelson",
            ),
            ticket(
                "Double charge on our Team plan",
                "Accounts payable flagged that [[we were billed twice for the same period]]: once by card, once by invoice. We switched to invoice last month, so I guess the card wasn't switched off. Please credit the card payment.",
                by="producer",
            ),
            play(
                1, "CHARGED ME TWICE!!! [[two payments in one day]] and nobody answers"
            ),
            ios(
                1,
                "Subscription charged twice",
                "I subscribed on the website and in the app and now [[I pay double]]. Support says ask Apple, Apple says ask support.",
            ),
            mail(
                "Doppelt abgebucht",
                "für diesen Monat wurde [[mein Abo zweimal abgebucht]]. Bitte erstatten Sie einen der beiden Beträge. Belege kann ich schicken.",
                "de",
                by="writer",
            ),
            mail(
                "Double prélèvement",
                "Je constate [[deux prélèvements identiques]] pour mon abonnement ce mois-ci. Merci de me rembourser le second.",
                "fr",
                by="writer",
            ),
            ticket(
                "Cobrança em duplicidade",
                "Fomos [[cobrados duas vezes pela mesma assinatura]] neste mês. Segue o extrato em anexo. Aguardo o estorno.",
                "pt",
                by="producer",
            ),
            mail(
                "Me cobraron dos veces",
                "Este mes [[me cobraron dos veces la suscripción]]. Solo tengo una cuenta. ¿Me pueden devolver uno de los cargos?",
                "es",
                by="writer",
            ),
            post(
                "@papermoor you charged me twice, then sent me a survey asking how I feel about you. bold."
            ),
            survey(
                2,
                "Billing. [[Double charge took five weeks and nine mails to sort out.]]",
            ),
            ticket(
                "二重請求について",
                "今月分が[[二重に請求されています]]。ご確認と返金をお願いいたします。",
                "ja",
                by="analyst",
            ),
        ),
    ),
    Story(
        key="charged-after-cancel",
        title="Charged after cancelling",
        area="Billing",
        importance=3,
        wordings=(
            mail(
                "Charged after I cancelled",
                "My card statement shows [[a charge of 12.00 although I cancelled]] my Pro subscription three weeks ago. I have the confirmation mail. Please refund it.",
                by="writer",
                who="Caleb Norwood",
            ),
            play(1, "cancelled in march, [[still taking my money]]. scam"),
            ios(
                1,
                "Can't cancel",
                "Cancelled twice, [[charged anyway]]. The button says “see you soon” which sounds more like a threat.",
            ),
            mail(
                "Trotz Kündigung abgebucht",
                "ich habe fristgerecht gekündigt, und [[trotzdem wurde mein Abo wieder abgebucht]]. Bitte erstatten Sie den Betrag.",
                "de",
                by="writer",
            ),
            mail(
                "Cobro después de cancelar",
                "Cancelé la suscripción el mes pasado y [[me volvieron a cobrar]]. Solicito la devolución.",
                "es",
                by="writer",
            ),
            play(1, "J'ai résilié et [[on continue de me prélever]]. Honteux.", "fr"),
        ),
    ),
    Story(
        key="invoice-details",
        title="Invoices lack VAT and order numbers",
        area="Billing",
        importance=2,
        wordings=(
            ticket(
                "VAT number missing on invoices",
                "Our finance department [[rejects your invoices because the VAT number is missing]]. I have entered it in the settings twice and it vanishes when I save.",
                by="producer",
            ),
            mail(
                "Purchase order number on the invoice",
                "Our procurement will only pay invoices that carry our PO number. [[There is nowhere to enter it]], so every month I ask your support to reissue the PDF by hand. They are very nice about it, but surely nobody enjoys this.",
                by="analyst",
            ),
            mail(
                "Rechnung ohne USt-IdNr.",
                "auf der Rechnung [[fehlt unsere Umsatzsteuer-ID]]. Unsere Buchhaltung kann sie so nicht anerkennen. Bitte neu ausstellen.",
                "de",
                by="producer",
            ),
            survey(
                7,
                "Invoices. [[Let me put a cost centre on them]] and send them straight to accounting.",
                by="producer",
            ),
            ticket(
                "Facture sans numéro de TVA",
                "Le [[numéro de TVA intracommunautaire n'apparaît pas]] sur nos factures malgré la saisie dans les paramètres.",
                "fr",
                by="producer",
            ),
            ticket(
                "Invoice should go to accounting",
                "Can the invoice go to accounting directly? [[Only the account owner receives it]], and she is on leave for a year.",
                by="producer",
            ),
        ),
    ),
    Story(
        key="price-increase",
        title="Anger about the new prices",
        area="Billing",
        since=70,
        until=20,
        shape="fading",
        importance=2,
        wordings=(
            post(
                "40 % more for the Team plan and the headline is “exciting news about your plan”. Who is excited, exactly?",
                by="producer",
                echo=4,
            ),
            mail(
                "New prices",
                "I understand that prices go up. But [[forty percent with four weeks' notice]] when budgets are fixed in autumn isn't reasonable. We'd stay for the old price until the end of the year. Can you do that?",
                by="producer",
            ),
            survey(
                3,
                "The price increase. [[For that money I expect somebody to answer my mails.]]",
            ),
            ios(
                2,
                "Too expensive now",
                "Was fair, now isn't. [[I write one book every two years]], I don't need a team plan in disguise.",
                by="writer",
            ),
            play(2, "Zu teuer geworden. [[40 % mehr für nichts Neues.]]", "de"),
            mail(
                "Preiserhöhung",
                "die angekündigte Preiserhöhung von 40 % können wir [[unseren Kunden nicht weitergeben]]. Bitte teilen Sie mir mit, ob es eine Möglichkeit gibt, den alten Tarif bis Jahresende zu behalten. Andernfalls bitte ich um Bestätigung unserer Kündigung.",
                "de",
                by="producer",
            ),
            survey(
                5,
                "Augmentation trop brutale. [[Nous regardons ailleurs.]]",
                "fr",
                by="producer",
            ),
            play(1, "preço absurdo depois do aumento, [[cancelei]]", "pt"),
            ticket(
                "Renewal quote",
                "The renewal quote is 38 % above last year. I need [[a justification I can show to procurement]], ideally a list of what we now get that we didn't get before.",
                by="analyst",
                who="Simon Cray",
            ),
        ),
    ),
    Story(
        key="student-discount",
        wish=True,
        title="Students ask for a discount",
        area="Billing",
        importance=1,
        wordings=(
            mail(
                "Student discount?",
                "I'm a PhD student and [[12 a month is four lunches]]. Is there a discount for students? The tool is great, my stipend isn't.",
                by="writer",
                who="Chloe Sandhu",
            ),
            play(4, "good but pls [[student price]] 🥲", by="writer"),
            survey(8, "would be 10 with a student plan", by="writer"),
            mail(
                "Studierendenrabatt",
                "gibt es einen [[Rabatt für Studierende]]? Ich schreibe gerade meine Masterarbeit und würde danach gerne bleiben.",
                "de",
                by="writer",
                who="Felix Arnold",
            ),
            post(
                "does @papermoor have student pricing? asking for my entire reading group",
                by="writer",
            ),
        ),
    ),
)
