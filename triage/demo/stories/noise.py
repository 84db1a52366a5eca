"""What lands in a mailbox besides feedback: questions, complaints about us, spam."""

from __future__ import annotations

from triage.demo.story import Story, ios, mail, play, post, survey, ticket


def _spam(key: str, title: str, text: str, language: str = "en", *, who: str) -> Story:
    return Story(
        key=f"spam-{key}",
        title="Spam",
        area="Noise",
        importance=0,
        wordings=(mail(title, text, language, who=who),),
    )


NOISE_STORIES = (
    Story(
        key="support-slow",
        title="Support takes too long to answer",
        area="Support",
        since=60,
        importance=2,
        wordings=(
            mail(
                "Still waiting for an answer",
                "I wrote nine days ago and [[got nothing but an automatic confirmation]]. Is anybody there?",
            ),
            play(1, "support never answers. [[3 tickets, 0 replies]]"),
            survey(4, "Support used to answer in a day. [[Now it's two weeks]]."),
            ticket(
                "Second reminder",
                "Our contract says four business hours for urgent matters. [[It has been six days.]] Please escalate this, I'd rather not involve our lawyers in a footnote problem.",
                by="analyst",
            ),
            mail(
                "Keine Antwort vom Support",
                "seit zwölf Tagen [[warte ich auf eine Antwort]]. Ich möchte nur wissen, ob meine Anfrage angekommen ist.",
                "de",
            ),
            ios(
                1,
                "Aucune réponse",
                "[[Le support ne répond pas]] depuis deux semaines.",
                "fr",
            ),
            survey(3, "O suporte [[demora demais para responder]].", "pt"),
            post("hello @papermoor support, blink twice if you're being held"),
        ),
    ),
    Story(
        key="howto-page-numbers",
        title="How to start page numbers later",
        area="Questions",
        importance=0,
        wordings=(
            mail(
                "Page numbers",
                "how do I make the page numbers start on page 3? I've looked everywhere, probably not in the right place.",
            ),
            ticket(
                "Seitenzahlen ab Seite 3",
                "Wie lasse ich die Seitenzahlen erst ab Seite 3 beginnen?",
                "de",
            ),
            mail(
                "start numbering later",
                "Quick question: can numbering start after the table of contents?",
                by="writer",
            ),
        ),
    ),
    Story(
        key="howto-move-project",
        title="How to hand a project to somebody else",
        area="Questions",
        importance=0,
        wordings=(
            ticket(
                "Transfer project to a colleague",
                "Jack is leaving us on Friday. How do I move his projects to my account?",
                by="producer",
                who="Bea Lindsay",
            ),
            mail(
                "Projekt übertragen",
                "wie übertrage ich ein Projekt an eine Kollegin? Ich wechsle die Abteilung.",
                "de",
                by="analyst",
            ),
            mail(
                "change the owner of a project",
                "How can I make someone else the owner of a project? Can't find it.",
            ),
        ),
    ),
    Story(
        key="howto-delete-account",
        title="How to delete an account",
        area="Questions",
        importance=0,
        wordings=(
            mail(
                "Delete my account",
                "Please delete my account and all data. Nothing wrong with it, I finished my degree.",
                by="writer",
                who="Noor Haddad",
            ),
            mail(
                "Löschung meiner Daten",
                "hiermit bitte ich um Löschung aller meiner personenbezogenen Daten nach Art. 17 DSGVO und um eine kurze Bestätigung.",
                "de",
            ),
            play(2, "how do i delete account?? no option in app"),
        ),
    ),
    Story(
        key="howto-invoice-copy",
        title="Where to find old invoices",
        area="Questions",
        importance=0,
        wordings=(
            mail(
                "Copy of invoice",
                "where can I download the invoice for February? Tax time.",
            ),
            mail(
                "Factura de marzo",
                "¿Dónde descargo la factura de marzo? La necesito para mi gestoría.",
                "es",
            ),
            ticket(
                "Copie de facture",
                "Bonjour, où puis-je télécharger nos factures de l'an dernier ?",
                "fr",
            ),
        ),
    ),
    Story(
        key="howto-install-proxy",
        title="How to install behind a proxy",
        area="Questions",
        importance=0,
        wordings=(
            ticket(
                "Proxy settings",
                "Which hosts must be reachable for sync? Our proxy blocks everything that isn't on a list.",
                by="analyst",
            ),
            ticket(
                "Welche Adressen freischalten?",
                "Welche Adressen und Ports müssen wir in der Firewall für die Synchronisation freischalten?",
                "de",
                by="analyst",
            ),
        ),
    ),
    _spam(
        "rank",
        "Rank #1 this month",
        "Dear Sir/Madam, I was looking at your website and found some SEO errors. We can put you on first page guaranteed. Reply with your phone number for FREE audit.",
        who="Brad Sterling",
    ),
    _spam(
        "guest-post",
        "Guest post on your blog?",
        "Hello webmaster, we would like to publish a sponsored article with two do-follow links on your amazing blog. What is your price?",
        who="Content Team",
    ),
    _spam(
        "coins",
        "Your payment is ready",
        "Congratulation!! Your wallet was selected for 0,84 BTC. Confirm within 24 hours to receive.",
        who="Wallet Desk",
    ),
    _spam(
        "leads",
        "Quick question",
        "Are you the right person to talk to about lead generation? We helped a company like yours add 40 meetings a month. Worth a 15 minute chat on Tuesday?",
        who="Tyler Banks",
    ),
    _spam(
        "toner",
        "Toner & Drucker bis 70 % günstiger",
        "Sehr geehrte Damen und Herren, sichern Sie sich jetzt Toner zu Sonderkonditionen. Nur noch heute.",
        "de",
        who="Toner-Discount24",
    ),
    _spam(
        "leads-again",
        "Re: Quick question",
        "Just floating this to the top of your inbox! Did you get a chance to look at my previous email about lead generation?",
        who="Tyler Banks",
    ),
)
