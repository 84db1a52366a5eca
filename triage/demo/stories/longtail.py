"""What only one or two people say: most of what is in any inbox, counted by kind."""

from __future__ import annotations

from triage.demo.story import (
    Story,
    Wording,
    ios,
    mail,
    play,
    post,
    survey,
    talk,
    ticket,
)


def _once(key: str, title: str, area: str, *wordings: Wording) -> Story:
    return Story(
        key=key, title=title, area=area, importance=1, wish=True, wordings=wordings
    )


LONGTAIL_STORIES = (
    _once(
        "right-to-left",
        "Right-to-left paragraphs",
        "Editor",
        mail(
            "Hebrew quotations",
            "I quote Hebrew and Arabic in an English text. The punctuation lands on the wrong side and the cursor walks backwards. Could single paragraphs be right-to-left?",
            by="writer",
            who="Ruth Abelson",
        ),
    ),
    _once(
        "word-count-notes",
        "Word count without footnotes",
        "Editor",
        survey(
            7,
            "Word count should be able to leave footnotes out. My faculty counts without them.",
            by="writer",
        ),
    ),
    _once(
        "print-margins",
        "Mirror margins for binding",
        "Export",
        ticket(
            "Margins for bound theses",
            "For binding we need a wider inner margin, alternating left and right. I can only set one for all pages.",
            by="writer",
        ),
    ),
    _once(
        "emoji-heading",
        "Emoji in a heading breaks the outline",
        "Editor",
        play(
            3,
            "put a 🦊 in my chapter title and the whole outline went blank. removed the fox, outline back. sad for the fox",
        ),
    ),
    _once(
        "time-zone",
        "Comments show the wrong time",
        "Sharing",
        ticket(
            "Comment times are an hour off",
            "Since the clocks changed, comments are one hour in the future. It looks as if people replied before they were asked.",
            by="analyst",
            who="Gareth Pugh-Jones",
        ),
    ),
    _once(
        "colour-blind",
        "Tags told apart by colour only",
        "Appearance",
        mail(
            "Tag colours",
            "Red and green tags look the same to me and to about one man in twelve. A letter or a shape inside the dot would do.",
            by="producer",
        ),
    ),
    _once(
        "watch",
        "A watch app for dictation",
        "Mobile",
        ios(
            4,
            "Watch?",
            "Ideas come when I run. A watch app that takes dictation would be splendid.",
            by="writer",
        ),
    ),
    _once(
        "smart-quotes",
        "Quotation marks per language",
        "Editor",
        mail(
            "Anführungszeichen",
            "die automatischen Anführungszeichen sind immer englisch, auch in deutschen Texten. „So“ muss es aussehen, nicht “so”.",
            "de",
            by="writer",
        ),
        ios(
            3,
            "Guillemets",
            "Impossible d'avoir de vrais guillemets « français » avec les espaces insécables.",
            "fr",
        ),
    ),
    _once(
        "data-residency",
        "Where the data is stored",
        "Security",
        ticket(
            "Data residency",
            "Before the renewal our DPO needs a written statement where backups are kept. “In the EU” for the live system isn't enough.",
            by="analyst",
        ),
        ticket(
            "Auftragsverarbeitung",
            "Bitte senden Sie uns die aktuelle Liste der Unterauftragsverarbeiter, die im Portal stammt vom vorletzten Jahr.",
            "de",
            by="analyst",
        ),
    ),
    _once(
        "pentest",
        "Customers ask for the security report",
        "Security",
        mail(
            "Security questionnaire",
            "Attached our vendor questionnaire (218 questions, sorry). Deadline is the end of next month. If you have a recent penetration test report we can skip half of it.",
            by="analyst",
        ),
    ),
    _once(
        "image-captions",
        "Captions move away from their pictures",
        "Editor",
        survey(
            6,
            "Captions end up on the next page, alone, like someone who missed the train.",
            by="producer",
        ),
    ),
    _once(
        "update-forced",
        "Updates interrupt work",
        "Platforms",
        ticket(
            "Forced update during a presentation",
            "The app updated itself while I was presenting to the supervisory board. Two minutes of progress bar, live, on a four-metre screen. Please let admins set the time.",
            by="analyst",
        ),
        play(2, "stop updating while im in the middle of writing!!"),
    ),
    _once(
        "drag-images",
        "Dragging pictures on a tablet",
        "Mobile",
        ios(
            3,
            "Images",
            "Moving a picture with a finger is a lottery. It goes anywhere but where I want it.",
        ),
    ),
    _once(
        "trash",
        "Trash is emptied too soon",
        "Projects",
        mail(
            "Trash emptied after 7 days",
            "I deleted a project, went on a two-week holiday and came back to an empty trash. Seven days is short for a thing called a safety net.",
            by="producer",
        ),
    ),
    _once(
        "favourites",
        "Pin projects to the top",
        "Projects",
        survey(
            8,
            "Let me pin three projects to the top. I have 70 and use 3.",
            by="producer",
        ),
        play(4, "favoritos por favor", "es"),
    ),
    _once(
        "sort-order",
        "Projects sort 1, 10, 2",
        "Projects",
        post(
            "papermoor sorting my chapters 1, 10, 11, 2 is the kind of chaos that built the modern world"
        ),
    ),
    _once(
        "math",
        "Formulas",
        "Editor",
        mail(
            "Formulas",
            "Do you plan support for mathematical formulas? I insert them as pictures now and cannot correct a minus sign without redoing the picture.",
            by="writer",
        ),
        survey(
            7, "LaTeX-Formeln, bitte. Alles andere ist wunderbar.", "de", by="writer"
        ),
    ),
    _once(
        "dictation",
        "Dictation stops after a minute",
        "Mobile",
        ios(
            3,
            "Dictation",
            "Dictation stops after one minute and throws away the last sentence.",
        ),
    ),
    _once(
        "read-aloud",
        "Read the text aloud",
        "Editor",
        survey(9, "Read it to me! I hear mistakes that I don't see.", by="writer"),
    ),
    _once(
        "handwriting-font",
        "Own fonts on the tablet",
        "Appearance",
        ios(
            3,
            "Fonts",
            "My fonts are on the Mac but not on the iPad, so lines break differently and I get a surprise every evening.",
        ),
    ),
    _once(
        "onboarding",
        "First steps are confusing",
        "Onboarding",
        play(
            3,
            "downloaded it, opened it, empty page, no idea what to do. took me an hour to find out what a section is",
        ),
        survey(
            6,
            "The beginning is hard. I almost left in the first week and would have been wrong.",
            by="writer",
        ),
    ),
    _once(
        "usability-outline",
        "Outline drag target is too small",
        "Editor",
        talk(
            "Usability session, first-time user",
            "Task: move chapter 2 behind chapter 5. Took four attempts; drops it *into* chapter 5 three times. “[[Where did it go? Did I delete it?]]” Finds undo by herself. Likes the preview while dragging, once she sees it.",
            by="writer",
            who="Tamsin Yeo",
        ),
    ),
    _once(
        "guest-seat-cost",
        "Seats for seasonal staff",
        "Billing",
        mail(
            "Seasonal seats",
            "We need twelve more seats in January and February and none in March. Your plan only goes up. Can it also go down?",
            by="analyst",
            who="Liam Donnelly",
        ),
    ),
    _once(
        "currency",
        "Invoices in local currency",
        "Billing",
        mail(
            "Invoice currency",
            "We are billed in euros and our bank takes 2.5 % each time. Could we pay in Canadian dollars?",
            by="analyst",
            who="Scott MacAllister",
        ),
    ),
    _once(
        "press",
        "Press and speaking requests",
        "Other",
        mail(
            "Interview request",
            "I'm writing a piece about software for very long texts and would love to speak with somebody from your team next week. Twenty minutes, on the record, friendly.",
            who="Naomi Feldstein",
        ),
    ),
    _once(
        "job",
        "Job applications",
        "Other",
        mail(
            "Bewerbung als Texter",
            "anbei meine Bewerbung. Ich habe meinen letzten Roman mit Ihrem Programm geschrieben und würde gern Ihre Hilfetexte verbessern, sie haben es verdient.",
            "de",
            by="writer",
        ),
    ),
    _once(
        "hotkey-conflict",
        "Shortcut clashes with the Polish keyboard",
        "Editor",
        play(
            2,
            "Skrót zapisu blokuje literę „ś” na polskiej klawiaturze. Nie mogę jej napisać!",
            "pl",
        ),
        mail(
            "Polish letter cannot be typed",
            "On a Polish keyboard AltGr+S should give “ś”. In Papermoor it opens the share dialog. I have shared my novel with my dentist.",
            by="writer",
            who="Zofia Kaczmarek",
        ),
    ),
    _once(
        "map-embed",
        "Maps in a report",
        "Editor",
        survey(7, "Embedding maps. Site reports live from them.", by="analyst"),
    ),
    _once(
        "signature",
        "Sign-off of a section",
        "Sharing",
        ticket(
            "Approval of sections",
            "We need a formal approval per section: who, when, which version, and locked afterwards. At the moment we keep a spreadsheet next to Papermoor for that.",
            by="analyst",
        ),
    ),
    _once(
        "chat-bot",
        "No chat bot, please",
        "Support",
        survey(
            6,
            "Please don't replace the support people with a bot. I read that everyone does that now.",
        ),
    ),
    _once(
        "logo",
        "New icon",
        "Appearance",
        ios(4, "the old icon was nicer", "bring back the owl"),
        post(
            "who approved the new papermoor icon, it looks like a toaster that went to art school"
        ),
    ),
    _once(
        "vocabulary",
        "Glossary across projects",
        "Editor",
        mail(
            "Shared glossary",
            "We write for the same client in nine projects, and the spelling of product names differs in each. A glossary shared between projects would help.",
            by="producer",
        ),
    ),
    _once(
        "ai-off",
        "Switch off writing suggestions",
        "Editor",
        play(
            2,
            "how do I turn OFF the writing suggestions. i want to write my own sentences thx",
        ),
        mail(
            "Textvorschläge abschalten",
            "lassen sich die Textvorschläge für unsere ganze Organisation abschalten? Der Betriebsrat hat nicht zugestimmt.",
            "de",
            by="analyst",
        ),
    ),
)
