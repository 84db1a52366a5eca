"""What people say about how it looks: dark mode, contrast, letters too small."""

from __future__ import annotations

from triage.demo.story import Story, ios, mail, play, post, survey, ticket

LOOKS_STORIES = (
    Story(
        key="dark-mode-resets",
        title="Dark mode is forgotten after a restart",
        area="Appearance",
        since=150,
        importance=1,
        wordings=(
            play(
                3,
                "Dark mode resets after restart. [[Every morning I get flashbanged]] by a white page",
            ),
            ios(
                3,
                "Dark mode forgets itself",
                "[[I switch to dark, close the app, open it again: white.]] My eyes.",
            ),
            survey(7, "Dark mode [[doesn't stay on]] when I restart."),
            play(3, "Der Dunkelmodus ist [[nach jedem Neustart wieder aus]].", "de"),
            mail(
                "Dark theme not remembered",
                "Small one: the dark theme [[isn't remembered between sessions]] on Windows 11. I have to switch it on every day. On my tablet it stays.",
                by="writer",
            ),
            play(3, "다크 모드가 [[앱을 다시 켜면 풀려요]].", "ko"),
            ios(
                3,
                "Modo escuro não fica",
                "[[Toda vez que abro volta para o claro.]] De noite é um susto.",
                "pt",
            ),
            ticket(
                "Mörkt läge sparas inte",
                "Mörkt läge [[sparas inte mellan omstarter]]. Gäller alla på kontoret.",
                "sv",
            ),
        ),
    ),
    Story(
        key="dark-mode-web",
        wish=True,
        title="No dark mode in the browser",
        area="Appearance",
        importance=1,
        wordings=(
            post(
                "Dear @papermoor, the apps have a dark mode and the web version doesn't. [[Please give the web a dark mode too.]] Signed, everyone who writes at night.",
                by="writer",
                echo=7,
            ),
            survey(8, "dark mode on the web, please, I write at night", by="writer"),
            mail(
                "Dark mode for the web version",
                "At work I may only use the browser version. [[Is dark mode planned for the web?]] The apps have it.",
                by="analyst",
            ),
            mail(
                "Dunkelmodus im Browser",
                "im Browser [[gibt es keinen Dunkelmodus]], in den Apps schon. Ist das Absicht?",
                "de",
            ),
            survey(8, "Il manque [[le mode sombre dans le navigateur]].", "fr"),
        ),
    ),
    Story(
        key="dark-mode-export",
        title="Pages come out black when exporting in dark mode",
        area="Appearance",
        importance=2,
        wordings=(
            ticket(
                "Export has black pages",
                "If dark mode is on while exporting, [[the PDF has black pages with white text]]. 200 pages. We printed it. The toner is gone.",
                by="producer",
            ),
            play(2, "dark mode + print = [[all black pages]]. lol. my poor printer"),
            mail(
                "Schwarze Seiten im PDF",
                "bei eingeschaltetem Dunkelmodus [[werden die Seiten im PDF schwarz]]. Das sollte doch nur die Anzeige betreffen?",
                "de",
            ),
            ios(
                2,
                "Black PDF",
                "Sent my agent a completely black manuscript because I write in dark mode. She asked whether it was a metaphor.",
                by="writer",
            ),
        ),
    ),
    Story(
        key="accessibility",
        title="Hard to use with a screen reader or weak sight",
        area="Appearance",
        importance=3,
        wordings=(
            mail(
                "Screen reader",
                "I'm blind and use a screen reader. In the editor it works quite well, thank you for that. In the outline [[every button is just called “button”]], so I cannot reorder chapters. I'd be glad to test a fix.",
                by="writer",
                who="Marguerite Olsen",
            ),
            ticket(
                "Contrast and accessibility statement",
                "As a public body we must buy accessible software. [[Grey text on a grey background in the side bar fails the contrast test]] (2.6 to 1). Is there an accessibility statement we can file?",
                by="analyst",
                who="Janet Ogden",
            ),
            play(
                2,
                "letters in the menu are TINY and cant be made bigger. [[not all of us are 25]]",
            ),
            survey(
                5,
                "[[Interface text can't be enlarged]], only the document. I use a magnifying glass for the menus.",
            ),
            mail(
                "Schriftgröße der Oberfläche",
                "kann man die [[Schrift der Menüs vergrößern]]? Ich bin 71 und schreibe meine Erinnerungen. Der Text selbst ist groß genug, aber die Knöpfe sehe ich kaum.",
                "de",
                by="writer",
                who="Heike Baumann",
            ),
            ios(
                2,
                "VoiceOver",
                "[[VoiceOver lit « bouton, bouton, bouton »]] dans le plan. Impossible de déplacer un chapitre.",
                "fr",
            ),
        ),
    ),
)
