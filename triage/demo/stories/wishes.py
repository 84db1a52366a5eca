"""What people wish for beyond the editor: other systems, other programs, goals."""

from __future__ import annotations

from triage.demo.story import Story, ios, mail, play, post, survey, ticket

WISH_STORIES = (
    Story(
        key="linux-app",
        wish=True,
        title="A Linux app",
        area="Platforms",
        importance=1,
        wordings=(
            post(
                "Petition time: @papermoor has apps for Windows, Mac, iOS and Android. [[We would like a Linux app, please.]] Repost if you would pay for it.",
                echo=5,
            ),
            mail(
                "Linux version",
                "Is [[a native Linux version]] planned? The browser works, but without offline. I'd settle for an AppImage and a shrug.",
                by="writer",
            ),
            survey(8, "Linux. [[It's the last program that keeps me on Windows.]]"),
            mail(
                "Linux-Version",
                "unsere Hochschule stellt auf Linux um. [[Gibt es Pläne für eine Linux-App?]] Sonst müssen wir leider wechseln.",
                "de",
                by="writer",
                who="Clara Neumann",
            ),
            survey(8, "linux app et je signe pour dix ans", "fr"),
        ),
    ),
    Story(
        key="citations",
        wish=True,
        title="Citations from a reference manager",
        area="Integrations",
        importance=2,
        wordings=(
            mail(
                "Reference manager",
                "I have 900 sources in my reference manager and [[I type every citation into Papermoor by hand]]. Is an integration planned? Even a plain BibTeX import would be heaven.",
                by="writer",
            ),
            survey(
                6,
                "Citations. [[A tool for long documents that can't do citations]] is half a tool.",
                by="writer",
            ),
            ios(
                4,
                "For thesis writers",
                "Nearly perfect for a thesis. Missing: [[citations and a bibliography]]. I paste them at the end and pray.",
                by="writer",
            ),
            mail(
                "Literaturverwaltung",
                "für wissenschaftliche Arbeiten fehlt [[eine Anbindung an die Literaturverwaltung]]. Das Literaturverzeichnis pflege ich derzeit von Hand, 340 Titel.",
                "de",
                by="writer",
            ),
            survey(
                7,
                "Citations BibTeX, [[sinon impossible pour une thèse]].",
                "fr",
                by="writer",
            ),
            play(
                3,
                "no citation support. [[had to leave for my dissertation]] :(",
                by="writer",
            ),
            survey(
                7,
                "Integração com gerenciador de referências, por favor.",
                "pt",
                by="writer",
            ),
        ),
    ),
    Story(
        key="api",
        wish=True,
        title="An API to fill projects from other systems",
        area="Integrations",
        importance=2,
        wordings=(
            ticket(
                "API to update tables",
                "Every quarter [[we copy 70 tables from the data warehouse by hand]]. An API, or a table that refreshes from a file, would remove the most error-prone week we have.",
                by="analyst",
                who="Brian Tolliver",
            ),
            survey(
                7,
                "[[Live tables]] from our database. Copying figures is where the mistakes come from.",
                by="analyst",
            ),
            ticket(
                "Webhooks",
                "Is there a webhook when a section is approved? We'd like to start our print workflow from it.",
                by="producer",
            ),
            mail(
                "Schnittstelle",
                "gibt es eine Schnittstelle (REST o. ä.), um [[Tabellen automatisch zu aktualisieren]]? Wir übertragen pro Quartal rund 50 Tabellen von Hand.",
                "de",
                by="analyst",
            ),
        ),
    ),
    Story(
        key="writing-goals",
        wish=True,
        title="Daily word goals",
        area="Editor",
        importance=1,
        wordings=(
            ios(
                5,
                "Word goals?",
                "Best writing app I've had. [[A daily word count goal]] would make me unbearable, in a good way.",
                by="writer",
            ),
            play(
                5, "love love love. [[word count target per day]] please", by="writer"
            ),
            survey(9, "Tägliche Wortziele wären toll.", "de", by="writer"),
            survey(
                9, "Me gustaría [[una meta diaria de palabras]].", "es", by="writer"
            ),
        ),
    ),
    Story(
        key="project-templates",
        wish=True,
        title="Start new projects from a template",
        area="Projects",
        importance=1,
        wordings=(
            survey(
                8,
                "Start a project from a template. [[I duplicate an old client and delete everything, and one day I'll forget.]]",
                by="producer",
            ),
            ticket(
                "Projektvorlagen",
                "Wir legen jede Woche neue Projekte mit derselben Gliederung an. [[Eine Vorlage würde uns viel Klickerei ersparen.]]",
                "de",
                by="producer",
            ),
            mail(
                "Templates for new projects",
                "Can I save a project's outline as a starting point for the next one? [[Copying an old project carries the old client's comments along.]] Guess how I know.",
                by="producer",
            ),
        ),
    ),
    Story(
        key="split-view",
        wish=True,
        title="See two sections side by side",
        area="Editor",
        importance=1,
        wordings=(
            ios(
                4,
                "Two panes!",
                "I want chapter 3 on the left and chapter 17 on the right. [[Please give me a split view.]]",
                by="writer",
            ),
            survey(
                8,
                "Side-by-side view for translation. [[I keep two windows and scroll both.]]",
                by="producer",
            ),
            survey(
                8,
                "Zwei Abschnitte nebeneinander sehen, das fehlt mir am meisten.",
                "de",
            ),
        ),
    ),
)
