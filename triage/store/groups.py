"""Every question about what says the same; answers come from what is kept, at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from triage.errors import NotFound
from triage.measures import resends
from triage.model import Feedback, Match, PainPoint, PainStatus, Ruling
from triage.store import codec, queries, queue
from triage.store.chunks import chunks, marks
from triage.store.driver import sqlite3
from triage.store.views import Group, Member, Suggestion


def group_id_of(read: sqlite3.Connection, feedback_id: int) -> int:
    """The group a feedback is in; alone, its own id."""
    row = read.execute(
        "SELECT group_id FROM membership WHERE feedback_id = ?", (feedback_id,)
    ).fetchone()
    return int(row["group_id"]) if row else feedback_id


def group(read: sqlite3.Connection, group_id: int) -> Group:
    """The group with this id, its members newest first."""
    for found in many(read, [group_id]):
        return found
    raise NotFound(f"no group {group_id}; it may have been regrouped meanwhile")


def largest(read: sqlite3.Connection, limit: int) -> Iterator[Group]:
    """Groups of more than one, largest first; all of them where ``limit`` is 0."""
    rows = read.execute(
        "SELECT group_id FROM membership GROUP BY group_id HAVING count(*) > 1"
        " ORDER BY count(*) DESC, group_id DESC LIMIT ?",
        (limit or -1,),
    ).fetchall()
    return many(read, [row[0] for row in rows])


def many(read: sqlite3.Connection, group_ids: Sequence[int]) -> Iterator[Group]:
    """These groups in this order, as many at once as one may hold; no gone ones."""
    for chunk in chunks(group_ids):
        yield from _together(read, chunk)


def _together(read: sqlite3.Connection, group_ids: Sequence[int]) -> Iterator[Group]:
    members: dict[int, list[int]] = {group_id: [] for group_id in group_ids}
    for row in read.execute(
        "SELECT group_id, feedback_id FROM membership"
        f" WHERE group_id IN ({marks(group_ids)}) ORDER BY feedback_id DESC",
        group_ids,
    ):
        members[row[0]].append(row[1])
    group_of = {
        feedback_id: group_id
        for group_id, ids in members.items()
        for feedback_id in ids or [group_id]
    }
    ids = list(group_of)
    said = queries.feedback_many(read, ids)
    stands = queries.dispositions(read, ids)
    best = _reasoned(read, _best_within(read, group_of))
    ruled: dict[int, dict[int, Ruling]] = defaultdict(dict)
    for ruling in queries.rulings_among(read, ids).values():
        for end in (ruling.left_id, ruling.right_id):
            if end in group_of:
                ruled[group_of[end]][ruling.id] = ruling
    for group_id, own in members.items():
        if group_id not in said:
            continue
        heard = [said[key] for key in own or [group_id] if key in said]
        again = resends(heard)
        yield Group(
            id=group_id,
            short=f"g{said[group_id].number}",
            members=tuple(
                Member(
                    feedback=one,
                    disposition=stands.get(one.id),
                    match=best.get(one.id),
                    is_resend=one.id in again,
                )
                for one in heard
            ),
            rulings=tuple(ruled[group_id].values()),
            people=len({one.customer_id or -one.id for one in heard}),
            sources=len({one.source for one in heard}),
        )


def suggestions(read: sqlite3.Connection, of: Group, limit: int) -> list[Suggestion]:
    """Groups that may say the same, best first, unless a person ruled on them."""
    ids = [member.feedback.id for member in of.members]
    best: dict[int, Match] = {}
    for match in _matches_of(read, ids):
        other = match.right_id if match.left_id in ids else match.left_id
        group_id = group_id_of(read, other)
        if group_id == of.id:
            continue
        if group_id not in best or best[group_id].score < match.score:
            best[group_id] = match
    ruled = _ruled_groups(read, of)
    likest = sorted(best.items(), key=lambda one: (-one[1].score, one[0]))
    chosen = dict([one for one in likest if one[0] not in ruled][:limit])
    found = []
    for group_id, match in _reasoned(read, chosen).items():
        other = match.right_id if match.left_id in ids else match.left_id
        size = read.execute(
            "SELECT count(*) FROM membership WHERE group_id = ?", (group_id,)
        ).fetchone()[0]
        founder = queries.feedback(read, group_id)
        found.append(
            Suggestion(
                match=match,
                other=queries.feedback(read, other),
                group_id=group_id,
                group_short=f"g{founder.number}",
                size=max(1, size),
            )
        )
    return found


def explain(
    read: sqlite3.Connection, left: Feedback, right: Feedback
) -> dict[str, Any]:
    """Why two feedback do or do not say the same, computed now."""
    from triage.grouping.bands import ABOUT, GROUPED, SUGGESTED
    from triage.store import reasons

    (told,) = reasons.of_pairs(read, [(left.id, right.id)])
    ends = (min(left.id, right.id), max(left.id, right.id))
    ruled = queries.rulings_among(read, ends).get(ends)
    kept = [match for match in _matches_of(read, [left.id]) if right.id in match.ends]
    return {
        "grouped_from": GROUPED,
        "suggested_from": SUGGESTED,
        "about_from": ABOUT,
        "ruling": ruled.verdict.value if ruled else None,
        "same_group": group_id_of(read, left.id) == group_id_of(read, right.id),
        "kept_score": kept[0].score if kept else None,
        **told,
    }


def like(text: str, pain_points: Sequence[PainPoint], limit: int) -> list[PainPoint]:
    """Open pain points, those whose words are like the text first; newest if none."""
    still_open = [p for p in pain_points if p.status is PainStatus.OPEN]
    if not text.strip():
        return sorted(still_open, key=lambda p: -p.id)[:limit]
    from rapidfuzz import fuzz, process, utils

    found = process.extract(
        text,
        {p.id: f"{p.short} {p.title} {p.statement[:200]}" for p in still_open},
        scorer=fuzz.partial_token_set_ratio,
        processor=utils.default_process,
        score_cutoff=55,
        limit=limit,
    )
    by_id = {p.id: p for p in still_open}
    return [by_id[key] for _, _, key in found]


def _best_within(
    read: sqlite3.Connection, group_of: Mapping[int, int]
) -> dict[int, Match]:
    """Each member's best match with another member of its group."""
    best: dict[int, Match] = {}
    for match in _matches_of(read, list(group_of)):
        if group_of.get(match.left_id) == group_of.get(match.right_id):
            for end in match.ends:
                if end not in best or best[end].score < match.score:
                    best[end] = match
    for copy in _copies(read, group_of):
        best.setdefault(copy.right_id, copy)
        best[copy.left_id] = copy
    return best


def _copies(read: sqlite3.Connection, group_of: Mapping[int, int]) -> list[Match]:
    """Members that are word for word the same as an earlier one of their group."""
    rows = [
        row
        for chunk in chunks(list(group_of))
        for row in read.execute(
            "SELECT number, feedback_id, fingerprint FROM normal"
            f" WHERE feedback_id IN ({marks(chunk)})",
            chunk,
        )
    ]
    first: dict[tuple[int, int], int] = {}
    found = []
    for _, feedback_id, fingerprint in sorted(map(tuple, rows)):
        founder = first.setdefault((group_of[feedback_id], fingerprint), feedback_id)
        if founder != feedback_id:
            found.append(Match(left_id=feedback_id, right_id=founder, score=100.0))
    return found


def _matches_of(read: sqlite3.Connection, ids: Sequence[int]) -> list[Match]:
    found: dict[tuple[int, int], Match] = {}
    for chunk in chunks(ids):
        for column in ("left_id", "right_id"):
            for row in read.execute(
                f"SELECT * FROM match WHERE {column} IN ({marks(chunk)})", chunk
            ):
                found[row["left_id"], row["right_id"]] = _match(row)
    return list(found.values())


def _match(row: codec.Row) -> Match:
    return Match(left_id=row["left_id"], right_id=row["right_id"], score=row["score"])


def _reasoned(
    read: sqlite3.Connection, matches: Mapping[int, Match]
) -> dict[int, Match]:
    """The same matches, each with its reason; two members may share one."""
    if not matches:
        return {}
    from triage.store import reasons  # brings numpy

    once = {match.ends: match for match in matches.values()}
    told = {one.ends: one for one in reasons.reasoned(read, list(once.values()))}
    return {key: told[match.ends] for key, match in matches.items()}


def _ruled_groups(read: sqlite3.Connection, of: Group) -> set[int]:
    """Groups a person has already called different from, or only related to, this."""
    if not of.rulings:
        return set()
    from triage.store import asked_again  # comparing texts brings rapidfuzz

    ids = {member.feedback.id for member in of.members}
    others = [
        end
        for ruling in asked_again.standing(read, of.rulings)
        for end in (ruling.left_id, ruling.right_id)
        if end not in ids
    ]
    return set(queue.groups_of(read, others).values())
