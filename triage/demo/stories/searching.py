"""What people say about finding things in a thousand pages."""

from __future__ import annotations

from triage.demo.story import Story, ios, mail, play, post, survey, ticket

SEARCH_STORIES = (
    Story(
        key="search-misses",
        title="Search does not find text that is there",
        area="Search",
        importance=2,
        wordings=(
            mail(
                "Search misses footnotes",
                "[[Search doesn't look inside footnotes]]. I know I quoted Arendt somewhere. Search says no. Two hours later: footnote 212.",
                by="writer",
            ),
            ticket(
                "Search does not find text in tables",
                "Searching for a contract number that is visible on my screen, in a table, gives [[“no results”]]. Text in ordinary paragraphs is found.",
                by="analyst",
            ),
            survey(5, "Search. [[I can see the word and search can't.]]"),
            play(
                2, "search finds nothing in tables or notes. [[useless for research]]"
            ),
            ticket(
                "Suche findet Wörter in Tabellen nicht",
                "Die Suche [[findet Begriffe in Tabellen und Fußnoten nicht]]. Wir dachten tagelang, die Daten seien gelöscht worden.",
                "de",
                by="analyst",
            ),
            survey(6, "検索で[[表の中の文字が見つからない]]。", "ja"),
            ios(
                3,
                "Recherche incomplète",
                "[[La recherche ignore les notes de bas de page]], c'est gênant pour une thèse.",
                "fr",
                by="writer",
            ),
            ticket(
                "Sökningen missar träffar",
                "Sökningen [[hittar inte ord som har bindestreck]], till exempel ”IT-säkerhet”. Utan bindestreck går det.",
                "sv",
            ),
            play(
                3,
                "La búsqueda [[no encuentra palabras con acento]] si las escribo sin acento. En español eso es media búsqueda.",
                "es",
            ),
        ),
    ),
    Story(
        key="search-slow",
        title="Search is slow in large projects",
        area="Search",
        importance=1,
        wordings=(
            ticket(
                "Search takes 20 seconds",
                "Search finds what I need, but [[it takes twenty seconds in a large project]] and the window is frozen meanwhile.",
                by="analyst",
            ),
            survey(
                7, "Faster search. [[I type, I wait, I forget what I was looking for.]]"
            ),
            play(3, "search is slow in big projects"),
            mail(
                "Suche sehr langsam",
                "in großen Projekten [[braucht die Suche fast eine halbe Minute]]. Sie findet alles, aber man traut sich kaum noch zu suchen.",
                "de",
                by="analyst",
            ),
            survey(6, "A busca [[demora muito em projetos grandes]].", "pt"),
        ),
    ),
    Story(
        key="replace-across",
        wish=True,
        title="Find and replace across the whole project",
        area="Search",
        importance=1,
        wordings=(
            ios(
                4,
                "Almost perfect",
                "I renamed my main character in chapter 30. [[Replacing works per chapter only]], so I've done it 62 times. Please, a project-wide replace.",
                by="writer",
            ),
            ticket(
                "Replace in all sections",
                "The client changed its name. [[We opened 140 sections to replace it.]] A replace over the entire project, with a preview, would be appreciated.",
                by="producer",
            ),
            survey(
                7, "Find & replace across a project. [[It's 62 chapters.]]", by="writer"
            ),
            mail(
                "Suchen und Ersetzen im ganzen Projekt",
                "Suchen geht im ganzen Projekt, [[Ersetzen nur im geöffneten Abschnitt]]. Übersehe ich etwas?",
                "de",
            ),
            survey(
                8,
                "Rechercher-remplacer [[dans tout le projet]], s'il vous plaît.",
                "fr",
                by="producer",
            ),
            post(
                "me, replacing a name chapter by chapter in papermoor: I have made a huge mistake calling him Bartholomew",
                by="writer",
            ),
        ),
    ),
)
