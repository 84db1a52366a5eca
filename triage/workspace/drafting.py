"""The outbox as people write it: drafts, what holds for them, and templates."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from triage import config, plugins
from triage.config import SourceSettings
from triage.connector import Act
from triage.draft import Draft
from triage.errors import ConfigError, UsageError
from triage.model import Feedback, Kind
from triage.operations import drafts as operations
from triage.store import outbox as stored
from triage.store.outbox import DraftView
from triage.text import filling
from triage.workspace.accounts import Accounts
from triage.workspace.consenting import NO_CONSENT, Consenting

REPLY = "reply"
"""The act that answers a feedback."""

_SHORT = re.compile(r"[dD]?(\d{1,18})")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyRules:
    """
    What holds for a reply to a feedback.

    Attributes:
        source: Where it would be sent; that of a copy where only that can be answered.
        act: How long it may be, and whether it replaces what stands there.
        writes: Whether anything may be sent there yet.
        drafted: The draft that waits already, which another would change.
        answered: Our side's reply that stands there, as far as is known; "" if none.
    """

    source: str
    act: Act
    writes: bool
    drafted: DraftView | None
    answered: str


class Drafting(Consenting, Accounts):
    """Verbs: reply redraft drop, each a step; nobody is told anything here."""

    def drafts(self, *, every: bool = False) -> list[DraftView]:
        """What waits to be sent, the oldest first; what was sent or dropped, too."""
        return stored.drafts(self.db.read(), self.clock(), every=every)

    def draft(self, name: str | int) -> DraftView:
        """The draft a person names (``d4``, ``4``)."""
        if isinstance(name, int):
            return stored.draft(self.db.read(), name, self.clock())
        match = _SHORT.fullmatch(name.strip())
        if match is None:
            raise UsageError(f"{name!r} is no draft; a draft looks like d4")
        return stored.draft(self.db.read(), int(match[1]), self.clock())

    def drafts_of(self, feedback: Sequence[Feedback]) -> list[DraftView]:
        """Every draft that answers one of these, dropped ones too, oldest first."""
        ids = [one.id for one in feedback]
        return stored.of_feedback(self.db.read(), ids, self.clock())

    def replied(self) -> dict[int, str]:
        """What became of the latest draft to a feedback, by its key."""
        return stored.replied(self.db.read())

    def waiting_count(self, source: str | None = None) -> int:
        """How many drafts wait to be sent, to one source or to all."""
        return stored.waiting(self.db.read(), source)

    def reply_rules(self, feedback: Feedback) -> ReplyRules:
        """
        What holds for a reply to a feedback.

        Raises:
            UsageError: It cannot be answered; the message says why.
        """
        told, act, settings = self._answerable(feedback)
        ids = [one.id for one in stored.tellings(self.db.read(), feedback)]
        views = stored.of_feedback(self.db.read(), ids, self.clock())
        waiting = [
            view for view in views
            if view.draft.act == REPLY and view.draft.source == told.source
            and view.state not in {"sent", "dropped"}
        ]  # fmt: skip
        return ReplyRules(
            source=told.source,
            act=act,
            writes=settings.writes,
            drafted=waiting[-1] if waiting else None,
            answered=stored.answered(self.db.read(), told, ids),
        )

    def draft_reply(self, feedback: Feedback, text: str) -> Draft:
        """A reply that waits; one that waits already says this from now on."""
        return self.draft_replies([(feedback, text)])[0]

    def draft_replies(self, replies: Sequence[tuple[Feedback, str]]) -> list[Draft]:
        """
        A reply to each of these, as one step: all of them or none.

        Raises:
            UsageError: One cannot be answered, or its text does not fit.
        """
        self.db.refuse_if_read_only()
        rules = [self.reply_rules(said) for said, _ in replies]
        texts = [
            fitting(text, rule.act, said.short)
            for (said, text), rule in zip(replies, rules, strict=True)
        ]
        ids = iter(range(self._reserved(rules), 2**63 - 1))
        pairs: list[tuple[Draft | None, Draft]] = []
        for (said, _), rule, text in zip(replies, rules, texts, strict=True):
            details = {"answered": rule.answered}
            if rule.drafted:
                before = rule.drafted.draft
                pairs.append((before, replace(before, text=text, details=details)))
                continue
            made = Draft(
                id=next(ids), source=rule.source, act=REPLY, key=os.urandom(16).hex(),
                text=text, feedback_id=said.id, details=details, at=self.clock(),
                by=self.config.by,
            )  # fmt: skip
            pairs.append((None, made))
        self.do(operations.reply(pairs, [said for said, _ in replies]))
        return [after for _, after in pairs]

    def _reserved(self, rules: Sequence[ReplyRules]) -> int:
        """The first id for those that have no draft yet."""
        return self.reserve("draft", sum(rule.drafted is None for rule in rules))

    def redraft(self, draft: Draft, text: str) -> Draft:
        """A draft says something else; what stands there now is what it replaces."""
        view = self.draft(draft.id)
        details = dict(view.draft.details)
        if view.feedback and draft.act == REPLY:
            rules = self.reply_rules(view.feedback)
            act, details["answered"] = rules.act, rules.answered
        else:
            act = self.act_of(draft)
        after = replace(
            draft, text=fitting(text, act, draft.short), details=details
        )  # fmt: skip
        self.do(operations.redraft(draft, after))
        return after

    def drop_drafts(self, drafts: Sequence[Draft]) -> None:
        """These are not to be sent after all."""
        gone = [one.short for one in drafts if one.dropped]
        if gone:
            raise UsageError(f"{', '.join(gone)} was dropped already")
        if drafts:
            self.do(operations.drop(drafts))

    def read_settings(self) -> None:
        """
        Take up what the settings say now.

        Whoever is told how to allow writes does so in a shell, beside what is open.
        """
        self.config = config.load(self.path)

    def templates(self) -> Mapping[str, str]:
        """Texts to begin a reply with, by name, as ``[replies]`` has them."""
        return self.config.replies

    def filled(
        self, name: str, feedback: Feedback, telling: Mapping[str, str] | None = None
    ) -> str:
        """
        A template with what this feedback says in place of its variables.

        Args:
            telling: What ``{pain}``, ``{plan}``, ``{promise}`` and ``{quote}`` stand
                for, where somebody is told what became of what they asked.

        Raises:
            UsageError: There is no such template, or the feedback says nothing of what
                it asks for.
        """
        if name not in self.config.replies:
            import difflib

            near = difflib.get_close_matches(name, self.config.replies, 1)
            known = ", ".join(self.config.replies) or "none yet"
            hint = f"did you mean {near[0]}?" if near else f"there are: {known}"
            raise UsageError(f"no template is called {name}; {hint}")
        text = self.config.replies[name]
        said = self.letting_out([feedback]).told(feedback)
        values = filling.values(said, telling)
        empty = filling.lacking(text, values)
        if empty:
            names = " and ".join(f"{{{one}}}" for one in empty)
            raise UsageError(
                f"{feedback.short} tells no {names}, which template {name} asks for;"
                f" write {{{empty[0]}|…}} with what stands there instead, or choose"
                " another template"
            )
        return filling.filled(text, values)

    def act_of(self, draft: Draft) -> Act:
        """What a draft does there, as its connector has it now."""
        act = self._acts(self.configured(draft.source)).get(draft.act)
        if act is None:
            raise ConfigError(f"{draft.source} cannot {draft.act} anything any more")
        return act

    def _acts(self, settings: SourceSettings) -> Mapping[str, Act]:
        known, name = self._acts_known, settings.connector
        if name not in known:
            known[name] = getattr(plugins.one(plugins.CONNECTORS, name), "acts", {})
        return known[name]

    @cached_property
    def _acts_known(self) -> dict[str, Mapping[str, Act]]:
        # Finding a connector reads what every package installed: a millisecond each.
        return {}

    def _answerable(self, feedback: Feedback) -> tuple[Feedback, Act, SourceSettings]:
        """The telling of a feedback that can be answered: itself, or a copy of it."""
        if feedback.kind not in {Kind.FEEDBACK, Kind.COPY}:
            raise UsageError(
                f"{feedback.short} was not written by a customer; nobody to answer"
            )
        if not self.letting_out([feedback]).words(feedback):
            raise UsageError(f"{feedback.short} cannot be answered: {NO_CONSENT}")
        for told in stored.tellings(self.db.read(), feedback):
            settings = self.config.sources.get(told.source)
            act = self._acts(settings).get(REPLY) if settings else None
            if settings and act and told.gone_at is None:
                return told, act, settings
        settings = self.config.sources.get(feedback.source)
        if settings is None:
            why = (
                f"{feedback.source} was imported, not pulled; `triage sources add` sets"
                " up a source that can be answered"
            )
        elif REPLY not in self._acts(settings):
            why = f"{feedback.source} ({settings.connector}) takes no replies"
        else:
            why = f"{feedback.source} has it no more"
        raise UsageError(f"{feedback.short} cannot be answered: {why}")


def fitting(text: str, act: Act, name: str) -> str:
    """The text as it is sent; ``UsageError`` where the act takes no such text."""
    try:
        return operations.checked(text, act.longest)
    except UsageError as error:
        raise UsageError(f"{name}: {error}") from error
