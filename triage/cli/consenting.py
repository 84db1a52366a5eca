"""research consent: who that was heard in person lets what out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from triage.cli.output import count, day, emit_json, moment, note, table
from triage.cli.research import research
from triage.cli.session import Session
from triage.cli.steps import tell
from triage.cli.verbs import verb
from triage.errors import UsageError
from triage.research import Consent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from triage.model import Feedback

_NAMED = {one.word: one for one in Consent}


@verb(
    "consent", within=research, schemas=("consents", "steps"),
    example="triage research consent f12 anonymous",
)  # fmt: skip
@click.argument("words", nargs=-1, metavar="[F|I ...] [CONSENT]")
def consent(session: Session, words: tuple[str, ...], as_json: bool) -> None:
    """
    List who that was heard in person lets what out, or write it down.

    CONSENT is no, anonymous, named or unasked. Without anonymous or named nothing of
    it leaves the file: no export, brief, comment, reply or mail holds it; anonymous
    lets the words out, and not who said them. Looking at it stays possible. What is
    written here counts more than what a source told as “consent”.
    """
    workspace = session.open()
    named = [word for word in words if word not in _NAMED]
    told = [word for word in words if word in _NAMED]
    if len(told) > 1 or (told and words[-1] != told[0]):
        raise UsageError("say one consent, after those who gave it: f12 f13 anonymous")
    if told:
        said = [workspace.heard_in_person(word) for word in named]
        tell(workspace.consent_to(said, _NAMED[told[0]]), as_json=as_json)
        return
    every = workspace.every_heard_in_person()
    if named:
        wanted = {workspace.heard_in_person(word).id: word for word in named}
        every = [(one, agreed) for one, agreed in every if one.id in wanted]
        if missing := set(wanted) - {one.id for one, _ in every}:
            word = wanted[min(missing)]
            raise UsageError(f"{word} was not heard in person; nobody has to be asked")
    _show(every, as_json=as_json)


def _show(every: Sequence[tuple[Feedback, Consent]], *, as_json: bool) -> None:
    if as_json:
        emit_json(
            "consents",
            {
                "consents": [
                    {
                        "id": one.short,
                        "consent": agreed.word,
                        "channel": one.channel.value,
                        "source": one.source,
                        "author": one.author,
                        "received_at": moment(one.received_at),
                        "title": one.title,
                    }
                    for one, agreed in every
                ]
            },
        )
        return
    table(
        ("consent", "id", "when", "channel", "who", "about"),
        [
            (
                agreed.word,
                one.short,
                day(one.received_at),
                one.channel.value.replace("_", " "),
                one.author,
                one.title or one.body,
            )
            for one, agreed in every
        ],
    )
    kept = sum(not agreed.lets_words_out for _, agreed in every)
    many = count(len(every), "conversation")
    note(f"{many}, of which {kept:,} stay in the file" if every else "nobody was heard")
