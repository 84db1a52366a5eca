"""What trackers are told: a plan created, what is new, where it was said; as drafts."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from triage.connector import Act
from triage.draft import Draft
from triage.errors import UsageError
from triage.model import Extent, Horizon, PainPoint, RoadmapItem
from triage.operations import filing
from triage.operations.changes import edited
from triage.operations.roadmap import item_columns
from triage.store import decided
from triage.store.outbox import DraftView
from triage.store.views import PainView, Quote
from triage.workspace.drafting import Drafting, fitting
from triage.workspace.plans import Plans

CREATE, COMMENT, LINK = "create", "comment", "link"
"""Acts of trackers."""

_TITLE = 255


class Filing(Drafting, Plans):
    """Verbs: file comment refer, each a step; nobody is told anything here."""

    def file(
        self,
        pain_point: PainPoint,
        source: str,
        *,
        title: str = "",
        horizon: Horizon = Horizon.LATER,
        extent: Extent = Extent.FULL,
        names: bool = False,
    ) -> tuple[RoadmapItem, DraftView]:
        """
        Plan what settles a pain point, and draft its creation at a tracker.

        Args:
            title: What it is called there; the pain point's title unless said.
            names: Whether quotes say who said them.

        Raises:
            UsageError: That tracker takes nothing, or it waits to be created already.
        """
        from triage.export import filing as words

        act = self._act(source, CREATE)
        view = decided.pain_view(self.db.read(), pain_point.id)
        self._refuse_if_filed(view, source)
        letting = self.letting()
        put = letting.texts(view)
        item = RoadmapItem(
            id=self.reserve("roadmap_item", 1), horizon=horizon, tracker=source,
            title=_one_line(put(title or pain_point.title)),
        )  # fmt: skip
        link = self._link(pain_point, item, extent)
        assert link is not None
        text = words.created(letting.view(view), words.Telling(names), view)
        draft = self._drafted(
            source, CREATE, act, text, pain_point.id, {"item": item.id}, item.title
        )
        self.do(filing.file(pain_point, item, link, draft))
        return item, self.draft(draft.id)

    def file_item(
        self, item: RoadmapItem, source: str, *, names: bool = False
    ) -> DraftView:
        """Draft the creation of something planned here at a tracker."""
        from triage.export import filing as words

        act = self._act(source, CREATE)
        if item.key or self._waits(CREATE, item):
            raise UsageError(
                f"{item.short} is at {item.tracker} already, or on its way"
            )
        view = self._first_view(item)
        letting = self.letting()
        title = letting.item(item).title
        text = (
            words.created(letting.view(view), words.Telling(names), view)
            if view
            else title
        )
        draft = self._drafted(
            source, CREATE, act, text, view.pain_point.id if view else None,
            {"item": item.id}, _one_line(title),
        )  # fmt: skip
        before = decided.roadmap_row(self.db.read(), item.id)
        there = {**item_columns(before), "tracker": source}
        change = edited("roadmap_item", item.id, item_columns(before), there)
        self.do(filing.file_again(item, change, draft))
        return self.draft(draft.id)

    def comment(
        self,
        item: RoadmapItem,
        pain_point: PainPoint | None = None,
        *,
        names: bool = False,
    ) -> DraftView:
        """
        Draft what is new of a pain point since its tracker was told last.

        Raises:
            UsageError: Nothing is new, or the plan is at no tracker.
        """
        from triage.export import filing as words

        act = self._act_at(item, COMMENT)
        if self._waits(COMMENT, item):
            raise UsageError(
                f"a comment on {item.short} waits already; `triage outbox list`"
            )
        view = self._view(item, pain_point)
        since = self._told_at(item)
        fresh = [one for one in view.quotes if _is_after(one, since)]
        if not fresh:
            when = f"since {since:%Y-%m-%d %H:%M}" if since else "yet"
            raise UsageError(
                f"nothing new was said of {view.pain_point.short} {when};"
                f" {item.tracker} knows it all"
            )
        letting = self.letting()
        text = words.commented(
            letting.view(view).pain_point.title, view.quotes, fresh, since,
            words.Telling(names), letting.quotes(fresh),
        )  # fmt: skip
        draft = self._drafted(
            item.tracker, COMMENT, act, text, view.pain_point.id,
            {"item": item.id, "key": item.key}, _one_line(letting.item(item).title),
        )  # fmt: skip
        self.do(filing.comment(item, draft))
        return self.draft(draft.id)

    def refer(
        self, item: RoadmapItem, pain_point: PainPoint | None = None, url: str = ""
    ) -> DraftView:
        """
        Draft a link from a plan to where somebody said so.

        Args:
            url: Where it leads; the first quote's own address unless said.

        Raises:
            UsageError: There is no address to lead to.
        """
        act = self._act_at(item, LINK)
        view = self._view(item, pain_point)
        letting = self.letting()
        told = url.strip() or next(
            (
                one.feedback.url
                for one in letting.quotes(view.quotes)
                if one.feedback.url
            ),
            "",
        )
        if not told.startswith(("https://", "http://")):
            raise UsageError(
                f"no quote of {view.pain_point.short} has an address to lead to; give"
                " one with --url https://…"
            )
        point = letting.view(view).pain_point
        title = _one_line(f"{point.short}: {point.title}")
        draft = self._drafted(
            item.tracker, LINK, act, title, view.pain_point.id,
            {"item": item.id, "key": item.key, "url": told}, title,
        )  # fmt: skip
        self.do(filing.refer(item, draft))
        return self.draft(draft.id)

    def _act(self, source: str, name: str) -> Act:
        settings = self.tracker(source)
        act = self._acts(settings).get(name)
        if act is None:
            raise UsageError(
                f"{source} ({settings.connector}) cannot {name} anything; read only"
            )
        return act

    def _act_at(self, item: RoadmapItem, name: str) -> Act:
        if not item.tracker:
            raise UsageError(
                f"{item.short} is planned here alone; `triage roadmap file"
                f" {item.short} SOURCE` creates it at a tracker"
            )
        act = self._act(item.tracker, name)
        if not item.key:
            raise UsageError(
                f"{item.short} is not at {item.tracker} yet; send what creates it"
                " first: `triage outbox list`"
            )
        return act

    def _drafted(
        self,
        source: str,
        act_name: str,
        act: Act,
        text: str,
        pain_point_id: int | None,
        details: Mapping[str, Any],
        title: str = "",
    ) -> Draft:
        return Draft(
            id=self.reserve("draft", 1), source=source, act=act_name,
            key=os.urandom(16).hex(), text=fitting(text, act, act_name), title=title,
            pain_point_id=pain_point_id, details=dict(details), at=self.clock(),
            by=self.config.by,
        )  # fmt: skip

    def _view(self, item: RoadmapItem, pain_point: PainPoint | None) -> PainView:
        if pain_point is not None:
            return decided.pain_view(self.db.read(), pain_point.id)
        view = self._first_view(item)
        if view is None:
            raise UsageError(f"{item.short} settles no pain point; `triage link` one")
        return view

    def _first_view(self, item: RoadmapItem) -> PainView | None:
        """The pain point it settles; the one with most quotes where several are."""
        views = [
            view
            for view in decided.pain_views(self.db.read())
            if any(plan.item.id == item.id for plan in view.plans)
        ]
        return max(views, key=lambda view: len(view.quotes), default=None)

    def _refuse_if_filed(self, view: PainView, source: str) -> None:
        for plan in view.plans:
            if plan.item.tracker == source and self._waits(CREATE, plan.item):
                raise UsageError(
                    f"{view.pain_point.short} waits to be created at {source} already,"
                    f" as {plan.item.short}; `triage outbox list`"
                )

    def _told(self, act: str, item: RoadmapItem) -> list[DraftView]:
        return [
            view
            for view in self.drafts(every=True)
            if view.draft.act == act and view.draft.details.get("item") == item.id
        ]

    def _waits(self, act: str, item: RoadmapItem) -> bool:
        return any(
            view.state not in {"sent", "dropped"} for view in self._told(act, item)
        )

    def _told_at(self, item: RoadmapItem) -> datetime | None:
        """When its tracker was told last what customers say; None if never."""
        return max(
            (
                view.draft.at
                for act in (CREATE, COMMENT)
                for view in self._told(act, item)
                if view.state == "sent" and view.draft.at
            ),
            default=None,
        )


def _is_after(quote: Quote, since: datetime | None) -> bool:
    return since is None or quote.evidence.at is None or quote.evidence.at > since


def _one_line(title: str) -> str:
    from triage.text.display import one_line

    return one_line(title, _TITLE)
