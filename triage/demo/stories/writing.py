"""What people say about the writing itself: speed, numbering, history, tables, input."""

from __future__ import annotations

from triage.demo.story import Story, ios, mail, play, post, survey, ticket

WRITING_STORIES = (
    Story(
        key="typing-lag",
        title="Typing lags in long documents",
        area="Performance",
        since=130,
        shape="rising",
        importance=2,
        wordings=(
            mail(
                "Typing lag in long chapters",
                "Once a section is longer than about 40 pages, [[the letters appear a second after I type them]]. It's like writing by telegram. Splitting sections helps but my chapters are the length they are.",
                by="writer",
            ),
            ticket(
                "Editor slow in large sections",
                "In sections with many tables [[typing is delayed by one to two seconds]]. Tracked changes on. Without tracked changes it's better but not good.",
                by="analyst",
            ),
            play(2, "laggy. [[i type faster than it can show]]"),
            survey(
                5,
                "Speed when typing. [[I lose the sentence while it catches up.]]",
                by="writer",
            ),
            survey(
                4,
                "Beim Schreiben in langen Kapiteln [[hinkt die Anzeige hinterher]]. Ich schreibe inzwischen in einem anderen Editor und kopiere.",
                "de",
                by="writer",
            ),
            ios(
                3,
                "Ça rame",
                "[[Le texte s'affiche avec une seconde de retard]] dans les longs chapitres.",
                "fr",
            ),
            ios(
                2,
                "入力が遅い",
                "長い章だと[[文字が遅れて表示されます]]。書くリズムが崩れる。",
                "ja",
                by="writer",
            ),
            ticket(
                "Segt att skriva",
                "I långa avsnitt [[släpar texten efter]] när man skriver. Dator: ny, 32 GB.",
                "sv",
            ),
            post(
                "papermoor in a 300 page project: I have finished the sentence. the screen has not.",
                by="writer",
            ),
            play(
                2,
                "Trava muito ao digitar em documento longo. [[Cada letra demora.]]",
                "pt",
            ),
            survey(6, "[[typing lag. on an M3. in a text editor. how]]"),
        ),
    ),
    Story(
        key="startup-slow",
        title="The app takes long to start",
        area="Performance",
        importance=1,
        wordings=(
            survey(7, "[[Starting takes half a minute]], then it's fast."),
            play(3, "slow to open. once open its great"),
            ticket(
                "Slow start on managed PCs",
                "Start-up takes 50 seconds on our standard laptops. [[Staff leave it open for days]], which then collides with forced updates.",
                by="analyst",
            ),
            mail(
                "Start dauert lange",
                "das Programm [[braucht fast eine Minute zum Starten]], danach läuft es flüssig.",
                "de",
            ),
            ios(3, "Lento al abrir", "[[Tarda mucho en abrir]], luego bien.", "es"),
        ),
    ),
    Story(
        key="cross-references",
        title="Cross-references and numbering break",
        area="Editor",
        importance=2,
        wordings=(
            ticket(
                "Figure numbers wrong after moving a section",
                "After moving section 5 before section 4, [[all references still point to the old figure numbers]]. We found 61 wrong references in a report that was about to be signed.",
                by="analyst",
            ),
            mail(
                "“Error: reference not found”",
                "The finished PDF says “reference not found” in four places, in bold. [[On screen they were fine.]] Of course the professor opened exactly those pages.",
                by="writer",
            ),
            survey(
                6,
                "Numbering. [[I check every figure number by hand before submission.]]",
                by="analyst",
            ),
            ticket(
                "Querverweise springen nicht mit",
                "Nach dem Verschieben von Abschnitten [[stimmen die Querverweise nicht mehr]]. Ein Befehl „alle aktualisieren“ würde reichen.",
                "de",
                by="analyst",
            ),
            mail(
                "Numérotation des tableaux",
                "La [[numérotation des tableaux recommence à 1]] dans chaque section, quoi que je choisisse dans les réglages.",
                "fr",
                by="analyst",
            ),
            survey(
                6,
                "図表番号がずれる。[[提出前に全部手で確認しています]]。",
                "ja",
                by="analyst",
            ),
        ),
    ),
    Story(
        key="version-history",
        wish=True,
        title="Compare and restore older versions",
        area="Editor",
        importance=2,
        wordings=(
            survey(
                7,
                "[[Show me what changed between two versions]], side by side. Today I export both and compare them in another program.",
                by="analyst",
            ),
            ios(
                4,
                "Love it, one wish",
                "Let me [[restore a single paragraph from an older version]], not the whole chapter.",
                by="writer",
            ),
            ticket(
                "Restore deleted section",
                "A colleague deleted a section with 30 pages. [[History of a deleted section cannot be opened]], because the section isn't there. Could you restore it on your side? Project name in the attachment.",
                by="producer",
            ),
            mail(
                "Versionen vergleichen",
                "gibt es eine Möglichkeit, [[zwei Fassungen nebeneinander zu vergleichen]]? Unser Lektorat braucht das bei jeder Korrekturrunde.",
                "de",
                by="producer",
            ),
            survey(8, "Comparer deux versions, [[ce serait un vrai plus]].", "fr"),
            mail(
                "history only 30 days?",
                "I wanted the version from January and [[history only goes back 30 days on Pro]]. I knew nothing about that limit until I needed it. Is the old text really gone?",
                by="writer",
                who="Miles Draycott",
            ),
        ),
    ),
    Story(
        key="tables-wide",
        wish=True,
        title="Wide tables are cut off on the page",
        area="Editor",
        importance=1,
        wordings=(
            ticket(
                "Landscape pages for wide tables",
                "Tables with more than nine columns [[are cut off at the right margin]]. We need single pages in landscape.",
                by="analyst",
            ),
            survey(
                6,
                "Wide tables. [[I paste them as pictures]], which is embarrassing.",
                by="analyst",
            ),
            mail(
                "Querformat für einzelne Seiten",
                "breite Tabellen [[werden am Rand abgeschnitten]]. Einzelne Seiten im Querformat wären die Lösung.",
                "de",
                by="analyst",
            ),
        ),
    ),
    Story(
        key="undo-jumps",
        title="Undo takes back more than one step",
        area="Editor",
        importance=2,
        wordings=(
            play(2, "undo deletes like 3 paragraphs at once. [[scary]]"),
            survey(6, "[[Undo jumps back ten minutes]] instead of one word."),
            ios(
                2,
                "Undo is broken",
                "One undo and [[a whole page is gone]]. Redo brings back half of it. Which half is a surprise every time.",
            ),
            mail(
                "Rückgängig macht zu viel",
                "ein einziges Rückgängig [[nimmt gleich mehrere Absätze zurück]], und Wiederholen holt nicht alles zurück.",
                "de",
                by="writer",
            ),
        ),
    ),
    Story(
        key="ime-input",
        title="Japanese and Korean input drops characters",
        area="Editor",
        since=110,
        importance=3,
        wordings=(
            ios(
                2,
                "変換中に文字が消える",
                "日本語入力で[[変換を確定すると前の文字が消えることがあります]]。文章アプリとして致命的です。",
                "ja",
            ),
            ticket(
                "日本語入力の不具合",
                "Windows版で[[確定した文字が二重に入力されます]]。以前のバージョンでは起きませんでした。チーム全員で再現しています。",
                "ja",
                by="analyst",
            ),
            play(
                2,
                "한글 입력할 때 [[마지막 글자가 사라져요]]. 받침이 자꾸 날아갑니다.",
                "ko",
            ),
            mail(
                "Korean input loses the last syllable",
                "I write in English and Korean. In Korean [[the last syllable disappears when I press Enter]]. It doesn't happen in any other program on my Mac.",
                by="analyst",
                who="Min-ho Seo",
            ),
            play(
                1,
                "韓国語じゃなく日本語でも起きます。[[確定前の文字が勝手に消える]]。直してください。",
                "ja",
            ),
        ),
    ),
    Story(
        key="spellcheck-languages",
        wish=True,
        title="Spell-check with two languages in one document",
        area="Editor",
        importance=1,
        wordings=(
            survey(
                7,
                "Zwei Sprachen in einem Dokument: [[die Rechtschreibprüfung unterkringelt alles Englische]].",
                "de",
            ),
            mail(
                "Spell-check in two languages",
                "Our reports mix English and Swedish. [[Half of every page is underlined in red.]] Can a paragraph have a language?",
                by="analyst",
                who="Ebba Sandström",
            ),
            ios(
                3,
                "Corrector",
                "El corrector [[no deja mezclar español e inglés]]. Todo en rojo.",
                "es",
            ),
        ),
    ),
)
