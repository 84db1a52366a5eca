"""What the demo's PMs heard in person, as they wrote it down."""

from __future__ import annotations

from triage.demo.heard import Heard

# fmt: off
SESSIONS: tuple[Heard, ...] = (
    Heard(key="vogt-visit", days=61, by="dana", due=-40, text="""\
kind: visit
title: A day in the reporting team of Brunner & Alder
participant: Katharina Vogt
email: katharina.vogt@brunner-alder.example
company: Brunner & Alder
segment: Enterprise
language: en
consent: named
asked: Walk me through the last report you sent to the regulator.
understood: yes
surprise: Three people take turns to watch the progress bar.
place: their office, fourth floor
device: Windows 11, two screens
noise: open plan, telephones
hurry: the regulator's deadline is at six
software: a spreadsheet for figures, a scanner for signatures
follow-ups:
- [x] send the list of known limits by {due}
---
She opened the report of 640 pages at two and pressed Export at ten past. ==I press it and then I do not dare to touch the machine== {worried 3 #export behaviour}, she said, and moved her tea away from the keyboard.

It stopped at page 611. ==The last hour before a deadline is the only hour in which I must not fail== {frustrated 3 #export need}. She began again with the chapters in three parts. ==So I cut it into three and glue it together by hand, every month== {frustrated 2 #export behaviour}.

Asked what a good month looks like: ==A good month is one in which nobody remembers the report== {hopeful 2 goal}.
"""),
    Heard(key="halvorsen", days=48, by="dana", text="""\
kind: interview
title: Reports at Castellan Mutual
participant: Renee Halvorsen
email: renee.halvorsen@castellan-mutual.example
company: Castellan Mutual
segment: Enterprise
language: en
consent: anonymous
asked: Tell me about the last time somebody outside your team read a draft.
understood: yes
place: video call
device: macOS 15
---
The last draft went to eleven reviewers. ==I found out from legal that they could change the sections above the one I had shared== {worried 3 #sharing worry}. She says it in a low voice and comes back to it twice.

==I want to hand out a draft the way I hand out paper: they read it, and it stays as it is== {hopeful 1 #sharing job}.

On the competitor they tried in spring: ==With Folioform sharing was right from the first day, but the export could not do our tables at all== {surprised 1 vs Folioform: better, sharing}. And later: ==For long tables nobody comes near you== {pleased 2 vs Folioform: worse, export}.
"""),
    Heard(key="holloway", days=26, by="dana", due=4, text="""\
kind: interview
title: Client reviews at Sixpenny Studio
guide: Client reviews
participant: Tess Holloway
email: tess.holloway@sixpenny.example
company: Sixpenny Studio
segment: Agency
language: en
consent: named
asked: What happened the last time a client had notes on a draft?
understood: yes
surprise: They print drafts and photograph the notes.
place: their studio
device: macOS 15, a phone for photographs
hurry: three clients that day
follow-ups:
- [ ] show her the guest links before anybody else by {due}
---
==Clients will not make an account to leave one comment, so I type their handwriting== {frustrated 2 #sharing behaviour}. She shows the photographs on her phone.

==Twenty clients, and every footer typed again on a Thursday== {disappointed 2 #export #thursday}.

==What I sell is that nothing of theirs gets lost; I cannot lose a comment== {worried 2 motivation}.

They looked at Folioform: ==Folioform lets a guest comment without signing up, that is the one thing I envy== {hopeful 2 vs Folioform: better, sharing}. But ==it is twice the price of yours== {pleased 1 vs Folioform: worse, price}.
"""),
    Heard(key="pike", days=17, by="jon", text="""\
kind: interview
title: Writing on trains
participant: Rosalind Pike
segment: Individual
language: en
consent: anonymous
asked: Take me through the last chapter you wrote away from home.
understood: no
place: a café at the station
device: iPad Air
noise: announcements
hurry: a train at half past
---
She writes between Leeds and London, where there is no network for an hour. ==I came home and the laptop had put Tuesday's chapter over Thursday's== {angry 3 #sync need}.

==Now I mail every chapter to myself before I close the lid== {worried 2 #sync behaviour}. She laughs about it, and says it twice.

==It is the only place where I am a writer and not somebody's mother== {delighted 2 motivation}.

Of the one before: ==Quillmark never lost a word, but it cost more than my rent in ink== {surprised 1 vs Quillmark: better, sync} and ==I could not have afforded another year of it== {relieved 2 vs Quillmark: worse, price}.
"""),
    Heard(key="focus-agencies", days=12, by="dana", text="""\
kind: focus_group
title: Four agencies on what a review is
guide: Client reviews
participant: four producers
segment: Agency
language: en
consent: anonymous
place: a room at the fair
---
Nora: ==If a client has to ask me how to comment, I have lost the afternoon== {frustrated 2 #sharing}.

Hugo: We use Folioform for that and yours for the text. ==Folioform's comments just arrive== {pleased 2 vs Folioform: better, sharing}.

Bea: ==Yours keeps every version, theirs forgot one last month== {pleased 1 vs Folioform: worse, sync}.

Larissa: ==We pay you less and ask you more, that is the truth of it== {pleased 1 vs Folioform: worse, price}.
"""),
    Heard(key="grantham", days=14, by="dana", due=-3, text="""\
kind: interview
title: Two tools side by side at Foxglove
guide: Client reviews
participant: Wes Grantham
email: wes.grantham@foxglove-daughters.example
company: Foxglove & Daughters
segment: Agency
language: en
consent: named
asked: Walk me through the last draft you sent to a client.
understood: yes
place: video call
software: Quillmark, on trial until the end of the month
follow-ups:
- [ ] send him the prices for twelve seats by {due}
---
They took the offer and ran both for a fortnight. ==On paper Quillmark is half the money, and my partner reads paper== {worried 2 vs Quillmark: better, price}.

==Sending a draft out of Quillmark meant an account for the client, for me and for the client's boss== {frustrated 2 vs Quillmark: worse, sharing}. He counts the mails: eleven, for one page.

==I stay where I do not have to explain== {relieved 2 preference}.
"""),
    Heard(key="gruber", days=10, by="jon", text="""\
kind: interview
title: Freigaben bei Kobalt Redaktion
guide: Client reviews
participant: Verena Gruber
email: verena.gruber@kobalt-redaktion.example
company: Kobalt Redaktion
segment: Agency
language: de
consent: anonymous
asked: Was geschah, als die Anmerkungen zum letzten Entwurf zurückkamen?
understood: yes
place: am Telefon
---
==Folioform war für uns schlicht zu teuer, da zahlt man jeden Leser mit== {disappointed 1 vs Folioform: worse, price}. Beim Freigeben nimmt es sich für sie nichts: ==Kommentare kommen bei Quillmark genauso spät an wie bei euch== {frustrated 1 vs Quillmark: same, sharing}.

==Ich brauche einen Stand, auf den sich alle berufen== {hopeful 2 #sharing need}.
"""),
    Heard(key="pimentel", days=7, by="dana", text="""\
kind: visit
title: A thesis seminar at Universidade do Vale
participant: Duarte Pimentel
email: duarte.pimentel@univale.example
company: Universidade do Vale
segment: Education
language: pt
consent: anonymous
asked: Conte como foi a última entrega.
understood: yes
place: sala de seminário
device: telemóveis e três portáteis
noise: vinte alunos
---
==Os alunos escolhem o Quillmark porque é de graça no primeiro ano== {worried 1 vs Quillmark: better, price}. Mas para comentar em conjunto: ==no Quillmark um comentário apaga o do colega== {frustrated 2 vs Quillmark: worse, sharing}.

==Na véspera da entrega ninguém quer aprender um menu== {worried 2 context}.
"""),
    Heard(key="observed-grading", days=9, by="jon", text="""\
kind: observation
title: An evening of grading at Hochschule Grünau
participant: P7
segment: Education
language: en
consent:
place: a shared office
device: macOS 14
noise: a colleague on the telephone
---
What they did, not what they said. Opens thirty theses one after the other, each in a window of its own. After the ninth the program asks to sign in again; they sigh and write the password from a note under the keyboard. Copies every comment into a spreadsheet, because the comments cannot be exported.
"""),
    Heard(key="pricing-nogueira", days=6, by="dana", text="""\
kind: pricing
title: What a team seat may cost
participant: Beatriz Nogueira
company: Mar Aberto Conteúdo
segment: Agency
language: en
consent: no
too cheap: 4
cheap: 9
expensive: 16
too expensive: 24
---
Asked us to keep it to ourselves. At four she would doubt that anybody reads the mail she writes to us; at twenty-four her partner would ask.
"""),
)
# fmt: on
