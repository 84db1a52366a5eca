"""What people say about the same project on several machines, or on none."""

from __future__ import annotations

from triage.demo.story import Story, ios, mail, play, post, survey, talk, ticket

SYNC_STORIES = (
    Story(
        key="sync-lost-changes",
        title="Sync overwrites newer changes",
        area="Sync",
        importance=3,
        wordings=(
            mail(
                "Sync ate my chapter",
                "I wrote for three hours on the laptop yesterday. This morning I opened the same project on my tablet and [[the old version from last week overwrote everything]]. Version history shows only the tablet's copy. Three hours, chapter nine, gone.\n\nI'm a calm person. I am not calm.",
                by="writer",
            ),
            ticket(
                "Edits disappear after sync",
                "Two colleagues worked in different sections of the same project. After sync [[one person's changes were replaced by the other's]] without any warning. We found out in the client meeting.",
                by="producer",
            ),
            ios(
                1,
                "DO NOT TRUST THE SYNC",
                "[[It replaced my new text with the old text.]] No question, no warning. Two days of writing. I keep copies in my mail drafts now like an animal.",
            ),
            play(
                2,
                "sync overwrote my newer changes with an older copy from my phone. [[why not just ASK which one to keep]]",
            ),
            survey(
                4,
                "Lost work twice through sync. [[I now copy everything into a text file before closing the laptop.]]",
                by="writer",
            ),
            mail(
                "Synchronisation überschreibt neuere Fassung",
                "nach dem Synchronisieren war meine Arbeit vom Vormittag weg: [[die ältere Fassung vom Notebook hat die neuere überschrieben]]. Im Versionsverlauf ist nichts zu finden. Das darf bei einem Schreibprogramm nicht passieren.",
                "de",
            ),
            survey(
                3,
                "La synchronisation [[a écrasé une journée de travail]]. Je n'ai plus confiance.",
                "fr",
            ),
            play(
                1,
                "[[Perdí cambios de dos días]] porque la sincronización puso la versión vieja encima. Sin avisar.",
                "es",
            ),
            ios(
                2,
                "同期で上書きされた",
                "[[新しい方の原稿が古い方で上書きされました]]。せめてどちらを残すか聞いてほしい。",
                "ja",
                by="writer",
            ),
            ticket(
                "Synken skrev över våra ändringar",
                "[[Synken skrev över ändringar som var nyare]] än de som låg på servern. Två kapitel fick skrivas om. Det kom ingen varning.",
                "sv",
            ),
            post(
                "day 1 of not trusting papermoor sync: wrote 2,000 words, got 800 of yesterday's words back. fair trade??",
                by="writer",
            ),
            mail(
                "conflict copies?",
                "When two machines disagree, could you please keep both versions, the way file sync tools do, instead of silently picking one? Last week [[it picked the wrong one]] and a whole tender section went back to its state from Monday.",
                by="producer",
            ),
            talk(
                "Diary study, solo novelist",
                "Keeps three copies of everything. Shows a folder called “just in case” with 41 exports. “[[I close the laptop and I count to sixty, because once I didn't.]]” Does not know what the little cloud symbol means. Would like one sentence: everything is safe, last saved at 14:02.",
                by="writer",
                who="Rosalind Pike",
                consent="anonymous",
            ),
        ),
    ),
    Story(
        key="sync-slow",
        title="Sync of large projects takes minutes",
        area="Sync",
        wordings=(
            ticket(
                "Sync takes 10+ minutes",
                "Opening the project in the morning means [[waiting ten minutes for the sync]]. Nothing is lost, it is only slow. Project is about 4 GB because of the scans.",
                by="analyst",
            ),
            play(3, "sync is slooow with pictures in the project"),
            survey(
                7,
                "Sync speed. [[The spinner greets me every morning]] like an old friend.",
            ),
            mail(
                "Synchronisation langsam",
                "die Synchronisation eines großen Projekts [[dauert jeden Morgen mehrere Minuten]]. Daten gehen nicht verloren, aber man kann so lange nichts tun.",
                "de",
                by="analyst",
            ),
            ios(
                3,
                "Sincronização lenta",
                "O app é bom, mas [[a sincronização demora demais]] em projetos com muitas imagens.",
                "pt",
            ),
        ),
    ),
    Story(
        key="offline-unavailable",
        title="Projects do not open offline",
        area="Offline",
        importance=2,
        wordings=(
            ios(
                2,
                "Useless on a plane",
                "Opened every project before boarding, as the help page says. [[In the air: “connect to the internet to continue”.]] Eleven hours, a window seat and nothing to write in.",
            ),
            play(
                2,
                "says works offline. [[it does not work offline.]] on the train i get a blank page",
            ),
            survey(
                4,
                "Love it, but [[offline is flaky]]. Half the time the project is not there when the train goes into the tunnel.",
            ),
            mail(
                "Offline mode on trains",
                "I commute two hours a day through the Highlands with no signal to speak of. [[Projects marked as available offline still ask for a connection]] about every third time. When it works it's wonderful, which makes it worse.",
                by="writer",
                who="Graham Stott",
            ),
            survey(
                6,
                "Im Zug [[lassen sich Projekte ohne Netz oft nicht öffnen]], obwohl sie als offline markiert sind.",
                "de",
            ),
            ticket(
                "Offline access on site visits",
                "Our inspectors are in pumping stations without reception. [[The offline copy opens empty]] on about one visit in four, and they write on paper instead. Tablets: Galaxy Tab S9.",
                by="analyst",
                who="Fiona Drummond",
            ),
            play(
                2,
                "Sem internet [[o projeto simplesmente não abre]]. Então para que serve o modo offline?",
                "pt",
            ),
            ios(
                3,
                "Hors ligne capricieux",
                "Dans le train, [[un projet sur deux refuse de s'ouvrir sans réseau]]. Dommage, le reste est très bien.",
                "fr",
            ),
            play(
                1,
                "오프라인에서 [[프로젝트가 열리지 않아요]]. 지하철에서 쓰려고 결제했는데...",
                "ko",
            ),
            post(
                "there is a special kind of silence when you open papermoor on a plane and it asks for wifi"
            ),
        ),
    ),
    Story(
        key="offline-choose",
        wish=True,
        title="Choose which projects are kept offline",
        area="Offline",
        importance=1,
        wordings=(
            survey(
                7,
                "Let me choose what is kept offline. [[It downloads all 60 client projects]] and my laptop is full.",
                by="producer",
            ),
            mail(
                "Choosing offline projects on the tablet",
                "Is there a way to keep only three projects on the tablet? [[It fills 38 GB with things I will never open there]].",
                by="producer",
            ),
            play(
                3,
                "wish i could pick which projects stay on the phone. [[it eats my storage]]",
            ),
            survey(
                8,
                "Je voudrais [[choisir les projets disponibles hors ligne]], pas tous à la fois.",
                "fr",
            ),
        ),
    ),
)
