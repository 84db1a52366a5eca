"""What people say about Papermoor on phones and tablets."""

from __future__ import annotations

from triage.demo.story import Story, ios, mail, play, post, survey, ticket

MOBILE_STORIES = (
    Story(
        key="android-login-loop",
        title="Android app returns to the sign-in page",
        area="Mobile",
        since=62,
        importance=3,
        wordings=(
            play(
                1,
                "Since the last update I can't log in on Android. I enter my password and [[it sends me back to the login screen]].",
            ),
            play(
                1,
                "login loop!!! enter password, spinner, login screen, enter password, spinner…",
            ),
            play(
                2,
                "cannot log in since 5.2. [[it just goes round in circles]]. Works in the browser with the same password so it's not me",
            ),
            ticket(
                "Cannot log in since 5.2 (Android)",
                "Field team, 14 tablets (Galaxy Tab S9). Since 5.2 [[the app asks for the password again right after sign-in]]. Reinstalling helps for one day. Desktop is fine.",
                by="analyst",
                who="Bronwyn Keats",
            ),
            play(
                1,
                "Anmeldung auf Android geht seit dem Update nicht mehr. [[Nach der Eingabe lande ich wieder auf der Anmeldeseite.]]",
                "de",
            ),
            play(
                1,
                "Não consigo entrar! Coloco a senha e [[volta para a tela de login]]. Já reinstalei três vezes.",
                "pt",
            ),
            play(
                1,
                "로그인하면 [[다시 로그인 화면으로 돌아와요]]. 무한 반복입니다.",
                "ko",
            ),
            play(
                2,
                "Impossible de me connecter depuis la mise à jour, [[l'appli revient toujours à l'écran de connexion]].",
                "fr",
            ),
            mail(
                "Android sign-in keeps failing",
                "On my Pixel 8 the app takes my email and password, shows the spinner and then [[shows the sign-in page again]]. No error. Tried clearing the cache, reinstalling and swearing, in that order.",
                by="writer",
            ),
            play(
                1,
                "Desde la actualización [[no me deja iniciar sesión]], vuelve siempre a la pantalla de inicio.",
                "es",
            ),
        ),
    ),
    Story(
        key="ios-login-face",
        title="iPhone sign-in fails with Face ID",
        area="Mobile",
        since=95,
        importance=2,
        wordings=(
            ios(
                1,
                "Can't log in",
                "Since the last update I can't log in on my iPhone. Face ID says OK and then [[it sends me back to the login screen]].",
            ),
            ios(
                2,
                "Face ID broken",
                "[[Face ID works, then it wants the password anyway]]. Every time. My password is 24 characters, thank you very much.",
            ),
            ios(
                1,
                "Anmeldung mit Face ID klappt nicht",
                "Seit dem Update [[wird Face ID erkannt, aber ich bin trotzdem nicht angemeldet]]. Auf dem iPad dasselbe.",
                "de",
            ),
            mail(
                "Face ID sign-in on iPhone",
                "On my iPhone 14 Face ID is accepted but [[the app stays on the sign-in page]]. Typing the password works. Android colleagues have another problem, apparently.",
                by="producer",
            ),
            ios(
                2,
                "Face ID inutilizable",
                "[[Reconoce la cara y no entra.]] Tengo que escribir la contraseña cada mañana.",
                "es",
            ),
            ios(
                2,
                "Face IDでログインできない",
                "認証は成功するのに[[ログイン画面のまま]]です。パスワードなら入れます。",
                "ja",
            ),
            ticket(
                "Face ID prompt loops on managed iPads",
                "Managed iPads, MDM profile unchanged. [[Face ID prompt appears twice and then fails.]] Switching it off in the settings is our workaround.",
                by="analyst",
            ),
        ),
    ),
    Story(
        key="android-keyboard",
        title="Keyboard covers the line being typed on Android",
        area="Mobile",
        since=176,
        until=84,
        shape="fading",
        importance=2,
        wordings=(
            play(
                2,
                "[[keyboard covers the text im typing]]. have to scroll after every line",
            ),
            play(
                1,
                "Can't see what I write because the keyboard is on top of it. On a WRITING app.",
            ),
            play(
                3,
                "Die Tastatur [[verdeckt die Zeile, in der ich schreibe]]. Sonst gute App.",
                "de",
            ),
            play(
                2,
                "O teclado [[cobre o texto]] no meu {device}. Impossível escrever assim.",
                "pt",
            ),
            ticket(
                "Keyboard overlaps editor on tablets",
                "On a Galaxy Tab S9 in portrait [[the on-screen keyboard hides the last lines]]. In landscape it's fine.",
                by="analyst",
            ),
            play(2, "キーボードで[[入力中の行が隠れます]]。", "ja"),
            mail(
                "Typing blind on Android",
                "I love writing on the bus. At the moment I'm [[typing blind, the keyboard hides the last two lines]]. Is there a setting I'm missing?",
                by="writer",
            ),
        ),
    ),
    Story(
        key="tablet-pencil",
        wish=True,
        title="Mark up pages with the pencil",
        area="Mobile",
        importance=1,
        wordings=(
            ios(
                4,
                "Pencil please!",
                "Reading proofs on the iPad is lovely. [[Let me scribble on them]] with the pencil.",
            ),
            survey(
                8,
                "Handwritten mark-up on tablets. [[I print 300 pages to correct them with a pen]], which is silly.",
                by="writer",
            ),
            mail(
                "Korrekturen mit dem Stift",
                "meine Autorinnen korrigieren am liebsten mit dem Stift auf dem Tablet. [[Derzeit geht das nur über den Umweg PDF]] in einer anderen App und die Änderungen tippen wir dann ab.",
                "de",
                by="producer",
            ),
            ios(
                4,
                "Apple Pencil対応希望",
                "[[ペンで直接書き込めるように]]してほしいです。校正がとても楽になります。",
                "ja",
            ),
        ),
    ),
    Story(
        key="mobile-battery",
        title="Drains the battery in the background",
        area="Mobile",
        since=90,
        wordings=(
            ios(
                2,
                "Battery killer",
                "31 % of my battery yesterday and I didn't even open it. [[Background activity 6 hours.]]",
            ),
            play(
                2,
                "phone gets HOT when the app syncs in background. [[battery gone by 3pm]]",
            ),
            play(
                2,
                "Akkufresser. [[Lief über Nacht im Hintergrund]] und morgens war mein {device} leer.",
                "de",
            ),
            ios(
                3,
                "Consomme beaucoup",
                "[[La batterie fond]] même quand l'appli est fermée.",
                "fr",
            ),
            survey(
                6,
                "Battery use on the phone. [[I had to uninstall it there]], desktop only now.",
            ),
        ),
    ),
    Story(
        key="mobile-tables",
        title="Tables are unreadable on phones",
        area="Mobile",
        importance=1,
        wordings=(
            play(3, "tables on the phone are a joke, [[i see one and a half columns]]"),
            survey(
                7,
                "Wide tables can't be read on my phone. [[I ask colleagues to send me screenshots]].",
                by="analyst",
            ),
            ios(
                3,
                "Tabellen auf dem iPhone",
                "[[Breite Tabellen werden abgeschnitten]], seitlich scrollen geht nicht.",
                "de",
            ),
            post(
                "reading a Papermoor table on a phone is like looking at the sea through a letterbox"
            ),
        ),
    ),
)
