"""What people say when they are glad."""

from __future__ import annotations

from triage.demo.story import Story, ios, mail, play, post, survey

PRAISE_STORIES = (
    Story(
        key="praise",
        title="Glad to use it",
        area="Praise",
        importance=0,
        wordings=(
            ios(
                5,
                "Wrote my whole book in it",
                "Four years, 480 pages, one app. I cried a little when I typed the last word, and [[the little owl on the finish page]] made it worse.",
                by="writer",
            ),
            play(5, "Love it"),
            play(5, "best app for long texts"),
            play(5, "Great app!"),
            play(5, "sehr gut", "de"),
            ios(
                5,
                "Einfach gut",
                "Ruhig, schnell, aufgeräumt. Mehr brauche ich nicht.",
                "de",
            ),
            survey(10, "It gets out of the way."),
            survey(9, "Reliable, calm, and the people behind it answer."),
            survey(10, "Beste Software, die ich für lange Texte kenne.", "de"),
            survey(9, "Simple et efficace.", "fr"),
            ios(
                5,
                "Parfait pour ma thèse",
                "Je ne sais pas comment je faisais avant. [[Le plan à gauche, le texte à droite, et rien d'autre.]]",
                "fr",
                by="writer",
            ),
            play(5, "최고예요 👍", "ko"),
            ios(5, "使いやすい", "長い文章を書くならこれ一択。動作も軽いです。", "ja"),
            play(5, "Muito bom! Recomendo para quem escreve TCC.", "pt", by="writer"),
            play(5, "Muy buena aplicación, gracias", "es"),
            survey(
                10, "Our board reads our reports now. They didn't before.", by="analyst"
            ),
            post(
                "finished the first draft 🎉 412 pages, all of it in @papermoor. thank you for never once making me think about margins",
                by="writer",
            ),
            play(4, "Bra app! Lite dyr bara.", "sv"),
            survey(9, "Fint program, gör precis det jag behöver.", "sv"),
            play(5, "ottima app, la uso ogni giorno", "it"),
            survey(9, "Prettig programma, duidelijke structuur.", "nl"),
            play(4, "good"),
            survey(
                8, "It's fine. It does what I need and doesn't try to be my friend."
            ),
        ),
    ),
    Story(
        key="praise-outline",
        title="Love for the outline",
        area="Praise",
        importance=0,
        wordings=(
            ios(
                5,
                "The outline!",
                "[[Dragging whole chapters around in the outline]] is the reason I switched and the reason I stay.",
                by="writer",
            ),
            survey(10, "The outline. I think in it."),
            survey(9, "Die Gliederung ist genial.", "de"),
            play(5, "the outline view is chef's kiss"),
            mail(
                "Just a compliment",
                "no question, no problem. [[The outline has changed how I structure reports]] and my boss noticed. Please tell whoever built it.",
                by="analyst",
                who="Astrid Nygaard",
            ),
            survey(10, "Le plan. Tout simplement.", "fr"),
        ),
    ),
    Story(
        key="thanks-support",
        title="Thanks to the support team",
        area="Praise",
        importance=0,
        wordings=(
            mail(
                "Thank you!",
                "just wanted to say thank you to Ines, who found my lost chapter within an hour on a Sunday. [[She saved my semester.]]",
                by="writer",
                who="Deja Monroe",
            ),
            survey(9, "Support answers like people, not like a script."),
            mail(
                "Vielen Dank",
                "herzlichen Dank für die schnelle Hilfe, jetzt läuft alles wieder!",
                "de",
            ),
            mail("Merci", "Merci beaucoup pour votre réponse, c'est résolu.", "fr"),
            mail("Re: your answer", "That did it, thanks!"),
            mail("Tack!", "Tack för snabb hjälp, nu fungerar det.", "sv"),
            post(
                "shoutout to the support human at @papermoor who wrote me a four paragraph answer about footnotes and clearly enjoyed it"
            ),
        ),
    ),
    Story(
        key="praise-focus",
        title="Love for the quiet page",
        area="Praise",
        importance=0,
        wordings=(
            ios(
                5,
                "Quiet",
                "Focus mode is the only place on my phone where nothing wants something from me.",
            ),
            survey(10, "Focus mode."),
            play(
                5,
                "modo foco é perfeito, finalmente consigo escrever no ônibus",
                "pt",
                by="writer",
            ),
        ),
    ),
)
