"""What people say about getting old documents in: tables and Word files."""

from __future__ import annotations

from triage.demo.story import Story, ios, mail, play, survey, ticket

IMPORT_STORIES = (
    Story(
        key="import-csv-crash",
        title="CSV import closes the app on large files",
        area="Import",
        since=120,
        wordings=(
            ticket(
                "Import crashes on our 600,000-row table",
                "Since last month [[the import dies at about 70 %]] and the whole app closes. The file is a CSV with 600,000 rows. Smaller files import fine. Same result on two machines.",
                by="analyst",
            ),
            mail(
                "CSV never finishes, app closes",
                "I'm trying to bring in a CSV with our inspection results, about 45 MB. [[The import never finishes and then the app closes.]] Splitting it into ten files works, but we get a new one every week.",
                by="analyst",
                who="Maria Lindqvist",
            ),
            play(1, "crashes every time i import a big csv. small ones ok."),
            mail(
                "Absturz beim Import",
                "beim [[Import einer großen CSV-Datei stürzt das Programm ab]]. Die Datei hat 52 Spalten und gut 300.000 Zeilen. Kleinere Dateien gehen.",
                "de",
                by="analyst",
            ),
            survey(
                5,
                "[[Importing large tables crashes]], so I copy them in by hand in chunks. In this day and age.",
                by="analyst",
            ),
            ticket(
                "Importación de CSV se cierra sola",
                "Al importar un CSV grande [[la aplicación se cierra sola]] cuando va por la mitad. Con archivos pequeños no pasa.",
                "es",
            ),
            ticket(
                "CSVの取り込みで落ちる",
                "30万行ほどのCSVを取り込むと、[[途中でアプリが終了します]]。分割すれば取り込めます。",
                "ja",
                by="analyst",
            ),
        ),
    ),
    Story(
        key="import-docx-styles",
        title="Word import loses headings and styles",
        area="Import",
        wordings=(
            mail(
                "Word import flattens everything",
                "We are moving about 80 old reports into Papermoor. After importing from Word [[all headings become normal text]], so the outline is empty and somebody has to mark them again. That somebody is me.",
                by="analyst",
            ),
            ticket(
                "Import from DOCX: numbering lost",
                "Imported a contract template, [[the clause numbers are gone]]. 1.1, 1.2, (a), (b), all of it is plain text now. For a law firm this makes the import useless.",
                by="analyst",
                who="Eleanor Marsh",
            ),
            survey(
                6,
                "Importing from Word is a mess. [[Headings gone, footnotes turned into endnotes.]] After that it's lovely.",
                by="writer",
            ),
            mail(
                "Word-Import ohne Überschriften",
                "beim Import aus Word [[gehen die Überschriften verloren]] und die Gliederung bleibt leer. Deutsche Word-Version, Formatvorlagen „Überschrift 1“ usw. Vielleicht erkennt der Import nur die englischen Namen?",
                "de",
            ),
            ios(
                3,
                "Import Word approximatif",
                "L'import d'un document Word [[perd les titres et les notes]]. Une fois tout refait à la main, l'outil est très agréable.",
                "fr",
            ),
        ),
    ),
)
