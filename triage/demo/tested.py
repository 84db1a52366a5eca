"""Sessions in which the demo's people watched somebody try something out."""

from __future__ import annotations

from triage.demo.heard import Heard

# fmt: off
TESTED: tuple[Heard, ...] = (
    Heard(key="partridge", days=33, by="jon", text="""\
kind: usability
title: Exporting 700 pages, think aloud
participant: Helen Partridge
email: helen.partridge@aldergate.example
company: Aldergate Actuarial
segment: Enterprise
language: en
consent: anonymous
task: export a report of 700 pages as PDF
success: no
time on task: 14:30
device: Windows 10, older laptop
noise: quiet
---
She finds Export at once. At four minutes she looks for a way to see how far it is. ==Is it doing anything? I cannot tell whether it is working or dead== {confused 2 #export}. At nine minutes she opens the task manager to look at the memory.

==I would rather wait an hour and know than ten minutes and not know== {worried 2 #export preference}.
"""),
    Heard(key="calloway-concept", days=24, by="dana", text="""\
kind: concept test
title: An export that goes on where it stopped
participant: Denise Calloway
email: denise.calloway@orbitfreight.example
company: Orbit Freight Group
segment: Enterprise
language: en
consent: anonymous
concept: an export that keeps what it has and resumes by itself
place: video call
understood: yes
surprise: She would rather have half a report on time than all of it late.
---
She reads the page twice and puts it down. ==If it remembers page six hundred, I can go to lunch== {relieved 2 #export}.

==What I would want to know is which pages are old== {worried 1 #export need}. She draws a mark into the margin where the resumed part begins.
"""),
    Heard(key="links-okonkwo", days=20, by="jon", text="""\
kind: usability
title: Guest links, first round, 1
guide: Guest links, think aloud
participant: Jack Okonkwo
email: jack.okonkwo@sixpenny.example
company: Sixpenny Studio
segment: Agency
language: en
consent: named
task: let a client comment on a draft without an account
success: yes
time on task: 1:55
device: macOS 15
---
Goes to Share without looking. ==That is all? I keep waiting for the form== {surprised 2 #sharing}. Sends it to himself first, on the telephone, to see what the client sees.
"""),
    Heard(key="links-kurz", days=20, by="jon", text="""\
kind: usability
title: Gastlinks, erste Runde, 2
guide: Guest links, think aloud
participant: Leonie Kurz
email: leonie.kurz@lichtspiel.example
company: Lichtspiel Agentur
segment: Agency
language: de
consent: anonymous
task: let a client comment on a draft without an account
success: yes
time on task: 2:40
device: Windows 11
---
Sucht zuerst unter „Einladen“. ==Einladen klingt, als müsste der Kunde bei uns einziehen== {confused 1 #sharing}. Danach geht es schnell: ==Das hätte mir am Montag drei Anrufe erspart== {pleased 2 #sharing}.
"""),
    Heard(key="links-lenoir", days=19, by="jon", text="""\
kind: usability
title: Liens d'invité, premier tour, 3
guide: Guest links, think aloud
participant: Margaux Lenoir
email: margaux.lenoir@atelier-brume.example
company: Atelier Brume
segment: Agency
language: fr
consent: anonymous
task: let a client comment on a draft without an account
success: yes
time on task: 3:20
device: macOS 14
---
Elle lit tout avant de cliquer. ==Et si le client transmet le lien à son avocat ?== {worried 2 #sharing worry} Elle cherche une date de fin et la trouve sous « Plus ».
"""),
    Heard(key="links-yeo", days=19, by="dana", text="""\
kind: usability
title: Guest links, first round, 4
guide: Guest links, think aloud
participant: P4
segment: Individual
language: en
consent: anonymous
task: let a friend comment on a chapter without an account
success: yes
time on task: 4:05
device: iPad Pro
---
Reads the word guest as somebody who pays less. ==I thought guest was a plan== {confused 2 #sharing}. Once the link is made she copies it three times to be sure.
"""),
    Heard(key="links-pacheco", days=18, by="dana", text="""\
kind: usability
title: Links de convidado, primeira rodada, 5
guide: Guest links, think aloud
participant: Thiago Pacheco
email: thiago.pacheco@maraberto.example
company: Mar Aberto Conteúdo
segment: Agency
language: pt
consent: named
task: let a client comment on a draft without an account
success: yes
time on task: 5:10
device: Windows 10
hurry: a client waits on the other line
---
Abre a ajuda antes do menu. ==Quando está escrito convidado eu penso em conta gratuita== {confused 2 #sharing}. No fim: ==o cliente vai comentar do celular, no elevador== {hopeful 2 #sharing context}.
"""),
    Heard(key="links-ogden", days=18, by="dana", text="""\
kind: usability
title: Guest links, first round, 6
guide: Guest links, think aloud
participant: Janet Ogden
email: janet.ogden@pendlehousing.example
company: Pendle Housing Trust
segment: Mid-market
language: en
consent: no
task: let a tenant comment on a letter without an account
success: no
time on task: 9:00
device: Windows 11
---
Makes the link, reads that anybody who has it can open it, and takes it away again. Asks to keep what she said among us, as it is about her own office. Gives up after nine minutes and writes a mail instead.
"""),
)
# fmt: on
