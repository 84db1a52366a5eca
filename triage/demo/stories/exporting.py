"""What people say about getting a project out again: PDF, Word, templates, e-books."""

from __future__ import annotations

from triage.demo.story import Story, ios, mail, play, post, survey, talk, ticket

LARGE_EXPORT = Story(
    key="export-crash-large",
    title="Export crashes on large projects",
    area="Export",
    since=49,
    shape="rising",
    importance=3,
    wordings=(
        ticket(
            "Export crashes on our 600-page report",
            "Since we rolled out 5.2.1 [[the export dies at about 70 %]] and the whole app closes. The project is our annual risk report: 612 pages, roughly 40 tables and 90 figures. Smaller projects export fine. We tried on three machines (all Windows 11) with the same result.\n\nThis is blocking a filing on our side, so please treat it as urgent.",
            by="analyst",
            who="Denise Calloway",
        ),
        play(
            1,
            "[[crashes every single time i export]] my big project since the update. small ones ok. fix it pls",
        ),
        ios(
            1,
            "Lost an hour of work",
            "[[I lose an hour of work every time]] I try to export. The bar goes to about three quarters, then the app is simply gone and my last edits with it. Project has a bit over 500 pages.",
        ),
        mail(
            "Absturz beim Export",
            "Seit dem Update [[stürzt der Export ab, sobald ein Projekt mehr als 500 Seiten hat]]. Ich verliere jedes Mal eine Stunde Arbeit, weil danach auch die letzten Änderungen fehlen. PDF und Word, beides gleich.\n\nWir geben am Monatsende einen Solvenzbericht mit 780 Seiten ab. Gibt es einen Weg zurück auf 5.2.0?",
            "de",
            by="analyst",
            who="Jonas Weber",
        ),
        survey(
            3,
            "Was a 9 before 5.2.1. [[Exporting anything over 500 pages crashes]] and nobody tells us when it will be fixed.",
        ),
        post(
            "@papermoor is anybody else's export just… dying? 540 page manuscript, 5.2.1, [[app closes at 72% every time]]. deadline is friday, no pressure 🙃",
            by="writer",
        ),
        play(
            1,
            "내보내기 중 앱이 멈춰요. 업데이트하고 나서 [[600페이지 프로젝트는 한 번도 성공한 적이 없어요]]. 빨리 고쳐주세요.",
            "ko",
        ),
        mail(
            "PDF export closes the application",
            "I hope you can help. When I export my thesis (around 560 pages with appendices) to PDF, [[the window closes without any message]]. No error, no file, nothing in the export folder. If I split the thesis into two halves each of them exports, but then the page numbers and the table of contents are wrong, so that isn't really a way out.\n\nI submit in three weeks and I'm starting to get nervous.",
            by="writer",
            who="Owen Tregear",
        ),
        ticket(
            "Export of large projects fails since 5.2.1",
            "We see this on every workstation in the department. Steps:\n1. Open a project > 500 pages\n2. Export > PDF (defaults)\n3. [[App terminates between 65 and 75 percent]]\n\nMemory climbs to about 11 GB right before. Downgrading to 5.2.0 makes it go away, so I'm fairly sure it is something in 5.2.1. Crash dump is available if you tell me where to put it.",
            by="analyst",
            who="Sindre Haugland",
        ),
        ios(
            2,
            "Export broken",
            "Used to be rock solid. Now [[the export crashes on my large project]] and I have to cut it in pieces and glue the PDFs together like it's 2003.",
        ),
        play(
            2,
            "Export eines großen Projekts geht nicht mehr, [[App schließt sich einfach]]. Vor dem Update lief es wunderbar.",
            "de",
        ),
        mail(
            "Exportation impossible depuis la 5.2.1",
            "Depuis la mise à jour 5.2.1, [[l'exportation plante dès que le projet dépasse 500 pages]]. L'application se ferme sans message. Nous avons réessayé sur deux postes, même résultat.\n\nNotre document d'enregistrement fait 640 pages et doit partir vendredi. Merci de nous indiquer un contournement.",
            "fr",
            by="analyst",
        ),
        survey(
            4,
            "Export. [[We had to move the quarterly report to another tool]] because the export would not survive it.",
            by="analyst",
        ),
        ticket(
            "Exportación se cierra sola",
            "Buenos días. Al exportar un proyecto grande (unas 700 páginas) [[la aplicación se cierra sola]] cuando va por el 70 %. Ocurre con PDF y también con Word. Con proyectos pequeños no pasa. Empezó con la última versión.",
            "es",
        ),
        play(
            1,
            "Depois da atualização [[não consigo mais exportar projeto grande]], o app fecha do nada. Perdi a tarde inteira 😡",
            "pt",
        ),
        mail(
            "書き出し中にアプリが終了する件",
            "バージョン5.2.1に更新してから、[[500ページを超えるプロジェクトを書き出すと必ずアプリが終了します]]。エラーは表示されません。小さいプロジェクトでは問題ありません。監査報告書の提出が迫っているため、早めのご対応をお願いできますでしょうか。",
            "ja",
            by="analyst",
        ),
        ios(
            1,
            "大きなプロジェクトの書き出しで落ちる",
            "アップデート後、[[長い原稿を書き出すと毎回落ちます]]。600ページくらい。締め切り前なのに本当に困る。",
            "ja",
        ),
        ticket(
            "Exporten kraschar",
            "Sedan 5.2.1 [[kraschar exporten av stora projekt]]. Vår solvensrapport är på 830 sidor och går inte att få ut, varken som PDF eller Word. Mindre projekt fungerar. Fem kollegor har samma problem.",
            "sv",
            by="analyst",
            who="Maria Lindqvist",
        ),
        post(
            "Exporting a 700-page project in Papermoor: a tragedy in three acts. Act one: hope. Act two: 68%. Act three: desktop."
        ),
        survey(
            2,
            "I can't hand in what I can't export. [[Big projects crash halfway through the export]], has been like this for weeks.",
        ),
        play(
            1,
            "Was soll das? 5.2.2 sollte den Export reparieren, aber [[bei 620 Seiten stürzt er immer noch ab]].",
            "de",
        ),
        ticket(
            "5.2.2 does not fix the export crash",
            "The notes for 5.2.2 say “improved stability of exports”. For us nothing changed: [[the 900-page master file still takes the app down]], now at 81 % instead of 70 %, which I suppose is progress of a kind.\n\nWe are an Enterprise customer with 120 seats and this is the third time I write. I need a date, not an apology.",
            by="analyst",
            who="Marcus Whitfield",
        ),
        ios(
            1,
            "Still crashing",
            "5.2.2 claims to fix exports. It doesn't. [[Anything long and it's gone.]]",
        ),
        mail(
            "Export crash: escalation",
            "I am writing on behalf of the regulatory reporting team. Our statutory filing runs to about 1,100 pages, and since the last release [[every export attempt ends with the application closing]]. We have lost roughly two working days between four people.\n\nI would like (a) a workaround we can use today, (b) an honest estimate for a fix, (c) confirmation that the project file itself is not being damaged by these crashes. The last one worries me most.",
            by="analyst",
            who="Renee Halvorsen",
        ),
        mail(
            "client book won't export",
            "so the 530 page yearbook we're making for a client [[blows up on export, every format]]. it's due at the printer on monday. i have a designer, a proofreader and one very patient client waiting on a progress bar. please help??",
            by="producer",
            who="Megan Foxglove",
        ),
        play(
            2,
            "L'export d'un gros projet fait planter l'appli. [[J'ai perdu mes dernières corrections]] deux fois cette semaine.",
            "fr",
        ),
        survey(
            5,
            "Der Export großer Projekte ist seit Wochen kaputt. [[Ich exportiere jetzt kapitelweise]], das kostet mich jedes Mal einen halben Tag.",
            "de",
        ),
        post(
            "anyone found a workaround for the papermoor export crash on long projects? switching off images gets me to 74% instead of 70, yay"
        ),
        ticket(
            "Export PDF se bloque puis quitte",
            "Projet de 550 pages, version 5.2.1, Windows 11. [[L'export se bloque à 70 % et l'application quitte.]] Le fichier PDF produit fait 0 octet.",
            "fr",
        ),
        play(1, "large project export = crash. every. time."),
        ios(
            2,
            "Se cierra al exportar",
            "Me encanta para escribir, pero [[cada vez que exporto la novela entera se cierra]]. Son 580 páginas. Por capítulos sí funciona.",
            "es",
            by="writer",
        ),
        mail(
            "Wysypuje się eksport",
            "Po aktualizacji do 5.2.1 [[eksport dużego projektu kończy się zamknięciem programu]]. Raport ma 670 stron. Próbowałem na dwóch komputerach. Proszę o pilną pomoc.",
            "pl",
            by="analyst",
        ),
        ticket(
            "Grote export crasht",
            "Bij een project van ruim 500 pagina's [[sluit het programma zichzelf tijdens het exporteren]]. Sinds de laatste versie. We leveren volgende week een MER-rapport op, dus graag snel een oplossing.",
            "nl",
            by="analyst",
        ),
        survey(
            6,
            "Great for writing, but [[I don't trust the export any more]]. It crashed four times on my 520 pages before it finally worked at night with nothing else open.",
        ),
        talk(
            "Call with the reporting lead at Brunner & Alder",
            "She exports the full report twice a day in closing week. Since 5.2.1 it fails almost every time. “[[I sit there and watch the bar because I'm afraid to touch anything.]]” Workaround: exports in four parts, a colleague merges them by hand, cross-references break. They have started to test another tool for the year-end report. Not price, only this.",
            by="analyst",
            who="Sabine Krämer",
            consent="named",
        ),
        play(
            3,
            "Good app but export of long documents crashes on my {device} and also on the desktop, so it's not the phone.",
        ),
        ios(
            1,
            "Esporta e si chiude",
            "Da quando ho aggiornato, [[con il manoscritto completo l'esportazione fa chiudere l'app]]. Capitolo per capitolo funziona.",
            "it",
            by="writer",
        ),
    ),
)

EXPORT_STORIES = (
    LARGE_EXPORT,
    Story(
        key="export-slow",
        title="Export takes many minutes",
        area="Export",
        wordings=(
            ticket(
                "Export is very slow",
                "Exporting our 200-page handbook takes about 14 minutes. It does finish and the PDF is fine, [[it is just painfully slow]]. Two years ago the same document took two.",
            ),
            play(
                3,
                "export works but [[takes forever on large projects]]. i make coffee, drink it, still 60%",
            ),
            survey(
                7,
                "Faster exports please. [[Ten minutes for a PDF]] is a long time when a client is on the phone.",
                by="producer",
            ),
            mail(
                "Export dauert ewig",
                "der Export unseres Handbuchs läuft durch, aber er [[dauert inzwischen über zehn Minuten]]. Früher waren es zwei. Gibt es eine Einstellung für die Bildqualität, die das beschleunigt?",
                "de",
            ),
            ios(
                3,
                "Slow export",
                "Everything else is quick. Export isn't. [[No idea whether it's working or frozen]], a bar that moves would help already.",
            ),
            survey(
                6,
                "エクスポートに時間がかかりすぎる。[[進み具合がわからない]]のも不安です。",
                "ja",
            ),
        ),
    ),
    Story(
        key="export-pdf-fonts",
        title="PDF export swaps our fonts",
        area="Export",
        wordings=(
            ticket(
                "Corporate font missing in PDF",
                "In the editor our corporate typeface shows correctly. In the exported PDF [[all headings fall back to Arial]]. Our brand team sent the report back twice.",
                by="analyst",
            ),
            mail(
                "Wrong fonts in PDF export",
                "[[The PDF comes out in a different font]] than what we see on screen. Licensed font, installed on the machine, embedding is allowed. Only happens with PDF, Word is right.",
                by="producer",
            ),
            survey(
                6,
                "PDF fonts. [[I check every heading by hand before I send anything to a client.]]",
                by="producer",
            ),
            mail(
                "Schriften im PDF",
                "im exportierten PDF wird unsere Hausschrift [[durch eine Standardschrift ersetzt]], obwohl sie eingebettet werden darf. Im Word-Export stimmt alles.",
                "de",
                by="producer",
            ),
            ios(
                3,
                "Typo remplacée",
                "Bonne application, mais [[le PDF remplace ma police par une autre]]. Pour un livre c'est gênant.",
                "fr",
                by="writer",
            ),
            play(
                3,
                "PDF 내보내기에서 [[한글 글꼴이 다른 글꼴로 바뀌어요]]. 화면에서는 정상인데요.",
                "ko",
            ),
            post(
                "Papermoor, my PDF export has decided that my elegant serif is now Arial. We need to talk."
            ),
        ),
    ),
    Story(
        key="export-docx-footnotes",
        title="Word export loses footnotes and comments",
        area="Export",
        wordings=(
            mail(
                "Footnotes missing in Word export",
                "Exporting chapter 4 to Word, [[about a third of my footnotes are gone]]. They are there in Papermoor and in the PDF. My supervisor only reads Word, so he thinks I don't cite anything.",
                by="writer",
            ),
            ticket(
                "DOCX export drops comments",
                "When we export to DOCX for outside counsel, [[comments on table cells are not exported]]. Comments on normal paragraphs are. This is a compliance matter for us because the comments are part of the file.",
                by="analyst",
            ),
            survey(
                5,
                "[[Word export eats footnotes.]] For academic work that's a deal breaker.",
                by="writer",
            ),
            mail(
                "Fußnoten fehlen im Word-Export",
                "beim Export nach Word [[fehlen einzelne Fußnoten]], im PDF sind sie vorhanden. Es betrifft offenbar nur Fußnoten, die in Aufzählungen stehen.",
                "de",
            ),
            ios(
                2,
                "Notes perdues",
                "[[Les notes de bas de page disparaissent]] quand j'exporte en Word. Il a fallu tout recopier, 140 notes. Plus jamais.",
                "fr",
                by="writer",
            ),
            ticket(
                "Notas de rodapé somem no Word",
                "Na exportação para Word [[as notas de rodapé dentro de tabelas somem]]. No PDF aparecem normalmente.",
                "pt",
            ),
        ),
    ),
    Story(
        key="export-templates",
        wish=True,
        title="Agencies need their clients' look in exports",
        area="Export",
        importance=2,
        wordings=(
            mail(
                "Export templates per client",
                "We produce reports for eleven clients and each has its own cover, fonts and footer. Today [[we fix every single export by hand in another program]]. A template per client that we pick in the export dialog would save us about a day a week. I'm not exaggerating, we counted.",
                by="producer",
            ),
            survey(
                8,
                "Would be a 10 with [[export templates we can share in the team]].",
                by="producer",
            ),
            ticket(
                "Kann man Exportvorlagen teilen?",
                "Jede Kollegin hat ihre eigenen Exporteinstellungen, und [[jeder Bericht sieht ein bisschen anders aus]]. Gibt es eine Möglichkeit, Vorlagen im Team zu teilen? Falls nicht: bitte!",
                "de",
                by="producer",
            ),
            mail(
                "Modèles d'export",
                "Serait-il possible d'enregistrer des modèles d'export (couverture, marges, pied de page) par client ? Aujourd'hui [[nous refaisons les réglages à chaque livraison]].",
                "fr",
                by="producer",
            ),
            talk(
                "Workflow interview, Sixpenny Studio",
                "Twenty client projects, six people. Exports happen on Thursdays, “[[Thursday is footer day]]”, because every client's footer is typed again. They keep a shared document with the right margins for each client. Would pay more for templates. Asked for it in two surveys and never heard anything.",
                by="producer",
                who="Tess Holloway",
                consent="named",
            ),
            survey(
                7,
                "Plantillas de exportación por cliente, por favor. [[Perdemos horas con portadas y pies de página.]]",
                "es",
                by="producer",
            ),
        ),
    ),
    Story(
        key="export-epub",
        wish=True,
        title="No e-book (EPUB) export",
        area="Export",
        importance=1,
        wordings=(
            ios(
                4,
                "Only missing EPUB",
                "I wrote two novels in this. [[Please add EPUB export]] so I can stop converting through three other programs.",
                by="writer",
            ),
            play(4, "great for writing!! [[epub pleaseee]] 🙏", by="writer"),
            mail(
                "E-Book-Export?",
                "ich schreibe Romane und liebe die Gliederung. Was fehlt: [[ein EPUB-Export]]. Ist das geplant? Ich konvertiere derzeit über Umwege und das Inhaltsverzeichnis geht dabei jedes Mal kaputt.",
                "de",
                by="writer",
            ),
            survey(
                8,
                "epub export! my readers don't read PDFs on their phones",
                by="writer",
            ),
            survey(
                9,
                "J'adore. Il manque juste [[l'export EPUB pour mes romans]].",
                "fr",
                by="writer",
            ),
            post(
                "one more year of asking @papermoor for EPUB export, like a birthday candle wish",
                by="writer",
            ),
        ),
    ),
    Story(
        key="export-csv-tables",
        title="CSV export of tables is malformed",
        area="Export",
        importance=2,
        wordings=(
            ticket(
                "CSV export puts everything in one column",
                "When I export a table as CSV and open it in a spreadsheet, [[all values land in the first column]]. We use semicolons here because the comma is our decimal sign. Could the separator be a choice?",
                by="analyst",
            ),
            mail(
                "CSV-Export: Umlaute kaputt",
                "im CSV-Export werden [[aus Umlauten Sonderzeichen]], sobald man die Datei in der Tabellenkalkulation öffnet. Trennzeichen lässt sich auch nicht wählen.",
                "de",
                by="analyst",
            ),
            survey(
                6,
                "CSV export of tables loses the last row. Small thing, but [[I only noticed after the numbers had gone out]].",
                by="analyst",
            ),
        ),
    ),
)
