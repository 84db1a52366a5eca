"""What people say about a competitor's offer, in the weeks since it was made."""

from __future__ import annotations

from triage.demo.story import Story, ios, mail, play, post, survey

RIVAL_STORIES = (
    Story(
        key="quillmark-offer",
        title="Quillmark undercuts our price",
        area="Other",
        since=25,
        until=4,
        importance=2,
        wordings=(
            survey(
                8,
                "Quillmark is forty percent off for anybody who comes over with a book. [[For that price I would have to think about it]], if my chapters did not live here.",
                by="writer",
            ),
            play(
                3,
                "does what it should, but [[quillmark costs half as much since this month]] and my thesis cannot tell the difference",
            ),
            ios(
                4,
                "Stayed after all",
                "Tried Quillmark for a weekend because of the offer. Came back: [[in Quillmark two of us could not open one chapter without treading on each other]].",
            ),
            mail(
                "What may I tell my director",
                "Quillmark rings us every other day with an offer for all our seats. I do not want to move four hundred reports, but [[their seat is half of yours]] and my director can read. What may I tell her about the renewal?",
                by="analyst",
            ),
            mail(
                "Angebot von Quillmark",
                "uns liegt ein Angebot von Quillmark vor, [[das für dieselben Plätze ein Drittel weniger kostet]]. Fachlich gefällt uns Ihres besser, nur wird der Einkauf fragen, was wir dafür bekommen.",
                "de",
                by="producer",
            ),
            survey(
                5,
                "[[O Quillmark ficou bem mais barato]] e aqui o preço só sobe. Fico pelo modo de foco, por enquanto.",
                "pt",
                by="writer",
            ),
            post(
                "quillmark gives a year away to whoever brings a manuscript. is it any good or is that why"
            ),
            post(
                "went to Quilmark for the price, came back for the export. [[a cheap tool is one that prints what I wrote]]"
            ),
        ),
    ),
)
