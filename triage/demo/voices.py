"""How people open, close, repeat themselves and mistype."""

from __future__ import annotations

from triage.demo.dice import Dice
from triage.demo.people import Person

OPENINGS = {
    "en": (
        "Hi,",
        "Hello,",
        "Hi there,",
        "Hi team,",
        "Dear Papermoor team,",
        "Hello Papermoor,",
        "Good morning,",
    ),
    "de": (
        "Hallo,",
        "Guten Tag,",
        "Hallo zusammen,",
        "Liebes Papermoor-Team,",
        "Sehr geehrte Damen und Herren,",
    ),
    "fr": ("Bonjour,", "Bonjour à toute l'équipe,", "Madame, Monsieur,"),
    "es": ("Hola:", "Buenas tardes:", "Estimado equipo:"),
    "pt": ("Olá,", "Bom dia,", "Oi, pessoal,"),
    "ja": ("お世話になっております。", "いつも利用しています。"),
    "ko": ("안녕하세요.",),
    "sv": ("Hej!", "Hejsan,", "Hej Papermoor,"),
    "nl": ("Hallo,", "Beste team,"),
    "it": ("Buongiorno,", "Salve,"),
    "pl": ("Dzień dobry,",),
}
CLOSINGS = {
    "en": (
        "Thanks,\n{first}",
        "Best,\n{name}",
        "Kind regards\n{name}\n{company}",
        "Many thanks\n{name}",
        "{first}",
        "Cheers\n{first}",
        "Regards,\n{name}\n{company}",
        "Sent from my phone",
    ),
    "de": (
        "Viele Grüße\n{name}",
        "Mit freundlichen Grüßen\n{name}\n{company}",
        "Danke und Gruß\n{first}",
        "Beste Grüße\n{name}\n{company}",
    ),
    "fr": (
        "Cordialement,\n{name}\n{company}",
        "Merci d'avance,\n{name}",
        "Bien à vous\n{name}",
    ),
    "es": ("Un saludo,\n{name}", "Gracias y saludos,\n{name}\n{company}"),
    "pt": ("Atenciosamente,\n{name}\n{company}", "Abraço,\n{first}"),
    "ja": ("よろしくお願いいたします。\n{name}\n{company}",),
    "ko": ("감사합니다.\n{name}",),
    "sv": ("Hälsningar\n{name}\n{company}", "Mvh {first}"),
    "nl": ("Met vriendelijke groet,\n{name}\n{company}", "Groeten, {first}"),
    "it": ("Cordiali saluti\n{name}", "Grazie,\n{first}"),
    "pl": ("Pozdrawiam\n{name}\n{company}",),
}
AGAIN = {
    "en": (
        "I'm sending this again as I haven't had an answer.",
        "Resending this, in case it got lost.",
        "Second attempt:",
        "Still the same, so here it is once more.",
    ),
    "de": (
        "Ich schicke das noch einmal, da ich keine Antwort bekommen habe.",
        "Zweiter Versuch:",
    ),
    "fr": ("Je renvoie mon message, resté sans réponse.", "Nouvel envoi :"),
    "es": ("Reenvío mi mensaje porque no he recibido respuesta.",),
    "pt": ("Reenviando, pois não tive resposta.",),
    "ja": ("お返事がないため再送いたします。",),
    "sv": ("Skickar igen eftersom jag inte fått något svar.",),
}
COLLEAGUE = {
    "en": (
        "Same here, I'm just copying what my colleague wrote:",
        "My colleague reported this already, it affects my machine too. The description again:",
        "+1 from the next desk. As already reported:",
    ),
    "de": (
        "Bei mir genauso, ich übernehme die Beschreibung aus unserem Team:",
        "Betrifft mich ebenfalls:",
    ),
    "fr": ("Même problème chez moi, je reprends le message de notre équipe :",),
    "es": ("Me pasa lo mismo, copio el mensaje de mi equipo:",),
    "pt": ("Acontece comigo também, copio o texto da equipe:",),
    "ja": ("私の環境でも同じです。同僚の報告を転記します。",),
    "nl": ("Bij mij hetzelfde, ik neem de melding van mijn collega over:",),
    "sv": ("Samma sak hos mig, jag klistrar in kollegans text:",),
}
NEWS = {
    "en": (
        "Any news on this?",
        "Hello? Is anybody reading this?",
        "Just checking whether somebody has looked at this yet.",
        "Is there a date by now?",
        "Bumping this politely. Next time I'll bring cake.",
    ),
    "de": (
        "Gibt es hierzu etwas Neues?",
        "Ich wollte nur kurz nachfragen, ob sich das schon jemand angesehen hat.",
    ),
    "fr": ("Avez-vous du nouveau ?",),
    "es": ("¿Hay alguna novedad?",),
    "pt": ("Alguma novidade?",),
    "ja": ("その後、進捗はいかがでしょうか。",),
    "sv": ("Har ni hunnit titta på det här?",),
}
WORSE = {
    "en": (
        "We tried what you suggested. No difference.",
        "Update from our side: it happened again this morning, twice.",
        "It went away for two days and now it's back.",
        "Still there in today's version, I'm afraid.",
    ),
    "de": (
        "Wir haben Ihren Vorschlag ausprobiert, leider ohne Erfolg.",
        "Heute Morgen ist es wieder passiert.",
    ),
    "fr": ("J'ai essayé votre proposition, sans succès.",),
    "es": ("Sigue pasando.",),
    "pt": ("Continua acontecendo.",),
}
AGENT = {
    "trouble": (
        "Hi {first},\n\nthank you for the details. I could reproduce this and have passed it on to the developers. I'll write again as soon as I know more.\n\nInes, Papermoor Support",
        "Hello {first},\n\ncould you send us the log file? You find it under Help > Show logs. It holds no text of yours, only what the app was doing.\n\nDaniel, Papermoor Support",
        "Hi {first},\n\nsorry for the wait. This is a known problem and we are working on it. I can't promise a date, but you will hear from me, not from a robot.\n\nInes, Papermoor Support",
    ),
    "money": (
        "Hello {first},\n\nI'm sorry about that. I have asked accounting to correct it; please allow five working days. You will get a new document by mail.\n\nDaniel, Papermoor Support",
    ),
    "wish": (
        "Hello {first},\n\nI have added your company to the list of those who asked for this, so the request now counts yours as well.\n\nDaniel, Papermoor Support",
        "Hi {first},\n\nnot yet, I'm afraid. I've written down how you work around it today, that helps us more than a plus one.\n\nInes, Papermoor Support",
    ),
}
AWAY = {
    "en": (
        "Automatic reply: your message",
        "I am out of the office until Monday with no access to email. In urgent cases please contact my colleagues.",
    ),
    "de": (
        "Abwesenheitsnotiz",
        "Ich bin derzeit nicht im Büro und lese keine Mails. Ihre Nachricht wird nicht weitergeleitet.",
    ),
    "fr": (
        "Réponse automatique",
        "Je suis absent du bureau et répondrai à votre message à mon retour.",
    ),
}
PETITION_STARTS = (
    "+1. ",
    "This! ",
    "Same. ",
    "Copying because it's true: ",
    "",
    "",
    "",
)
PETITION_ENDS = (" 🙏", " +1", "", "", "")


def dressed(text: str, person: Person, language: str, dice: Dice, share: float) -> str:
    """The text with a greeting and a sign-off, each in ``share`` of the cases."""
    starts_small = language == "de" and text[:1].islower()
    opening = dice.pick(OPENINGS[language])
    closing = dice.pick(CLOSINGS[language]).format(
        first=person.first_name, name=person.name, company=person.company
    )
    parts = [text]
    if dice.chance(share) or starts_small:
        parts.insert(0, opening)
    if dice.chance(share):
        parts.append(closing.strip())
    return "\n\n".join(parts)


def mistyped(text: str, dice: Dice) -> str:
    """The text with one slip of the fingers; texts without Latin letters stay."""
    words = text.split(" ")
    long = [i for i, word in enumerate(words) if len(word) > 4 and word.isascii()]
    long = [i for i in long if words[i].isalpha()]
    if not long:
        return text
    at = dice.pick(long)
    word = words[at]
    cut = 1 + dice.below(len(word) - 2)
    if dice.chance(0.5):
        words[at] = word[:cut] + word[cut + 1] + word[cut] + word[cut + 2 :]
    else:
        words[at] = word[:cut] + word[cut + 1 :]
    return " ".join(words)


def echoed(text: str, dice: Dice, *, petition: bool) -> str:
    """The text as somebody else posts it: nearly word for word."""
    out = text
    if dice.chance(0.2):
        out = mistyped(out, dice)
    if dice.chance(0.4) and not out[1:2].isupper():
        out = out[:1].lower() + out[1:]
    if dice.chance(0.6):
        out = out.rstrip(".!。") + dice.pick(("", "", "!!", " ..."))
    if not petition:
        return out
    return dice.pick(PETITION_STARTS) + out + dice.pick(PETITION_ENDS)


def spoken(table: dict[str, tuple[str, ...]], language: str, dice: Dice) -> str:
    """One line of a table in this language, in English where it has none."""
    return dice.pick(table.get(language, table["en"]))
