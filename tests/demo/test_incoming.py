"""The demo's feedback as its sources deliver it."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.connector import Channel, Incoming, Kind
from triage.demo.incoming import copies, sources, truth
from triage.demo.timeline import RELEASES

TODAY = datetime(2026, 7, 8, 14, 30, tzinfo=UTC)
LARGE = "export-crash-large"


def everything(today: datetime = TODAY) -> dict[tuple[str, str], Incoming]:
    return {
        (name, one.external_id): one
        for name, delivered in sources(today).items()
        for one in delivered
    }


def digest() -> str:
    told = (repr(sources(TODAY)), repr(truth(TODAY)), repr(copies(TODAY)))
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def test_the_same_every_time() -> None:
    """Another process with another hash seed makes the same bytes."""
    code = "from demo.test_incoming import digest; print(digest())"
    paths = os.pathsep.join(["tests", *filter(None, sys.path)])
    env = {**os.environ, "PYTHONHASHSEED": "4242", "PYTHONPATH": paths}
    other = subprocess.run(
        [sys.executable, "-c", code],
        env=env,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert other.stdout.strip() == digest()


def test_about_six_hundred_over_all_channels() -> None:
    """580 to 640 pieces, five channels and a few interviews, ids used once."""
    feedback = everything()
    assert sum(len(each) for each in sources(TODAY).values()) == len(feedback)
    assert 580 <= len(feedback) <= 640
    channels = Counter(one.channel for one in feedback.values())
    five = ("email", "review", "ticket", "survey", "social")
    assert all(channels[Channel(name)] >= 40 for name in five)
    assert 3 <= channels[Channel.INTERVIEW] <= 12


def test_many_languages() -> None:
    """At least eight languages; English is the most common, not the only one."""
    languages = Counter(one.language for one in everything().values())
    assert sum(count >= 2 for count in languages.values()) >= 8
    assert 0.5 < languages["en"] / languages.total() < 0.75


@settings(max_examples=12, deadline=None)
@given(
    st.integers(0, 7000),
    st.integers(0, 24 * 60 - 1),
    st.integers(-11, 12),
)
def test_within_six_months_of_any_day(day: int, minute: int, hours: int) -> None:
    """Times are aware, never later than today, never older than six months."""
    zone = timezone(timedelta(hours=hours))
    today = datetime(2020, 1, 1, tzinfo=zone) + timedelta(days=day, minutes=minute)
    for one in everything(today).values():
        assert one.received_at is not None
        assert one.received_at.tzinfo is not None
        assert today - timedelta(days=183) < one.received_at < today


def test_ids_do_not_depend_on_the_day() -> None:
    """A demo made tomorrow has the ids of today's, so importing it twice is harmless."""
    assert everything().keys() == everything(TODAY + timedelta(days=77)).keys()


def test_today_needs_a_time_zone() -> None:
    """A naive today is refused."""
    with pytest.raises(ValueError, match="time zone"):
        sources(datetime(2026, 7, 8, 14, 30))  # noqa: DTZ001


def test_export_crashes_grow_since_5_2_1() -> None:
    """The big story starts with its release and grows from week to week."""
    told = truth(TODAY)
    weeks: Counter[int] = Counter()
    for key, one in everything().items():
        if told.get(key) == LARGE and one.received_at is not None:
            weeks[(TODAY - one.received_at).days // 7] += 1
    assert weeks.total() >= 45
    assert max(weeks) == 6
    oldest_first = [weeks[n] for n in range(6, -1, -1)]
    pairs = [sum(oldest_first[n : n + 2]) for n in range(6)]
    assert pairs == sorted(pairs)
    assert oldest_first[-1] > 5 * oldest_first[0]


def test_nobody_runs_a_version_before_its_release() -> None:
    """The version a feedback comes from was out when it was written."""
    released = dict(RELEASES)
    for one in everything().values():
        if one.app_version and one.received_at is not None:
            age = (TODAY - one.received_at) / timedelta(days=1)
            assert age <= released[one.app_version] + 1, one


def test_truth_covers_what_customers_said() -> None:
    """Every piece of feedback has a story; automatic mail and our answers have none."""
    told = truth(TODAY)
    for key, one in everything().items():
        assert (key in told) == (one.kind is Kind.FEEDBACK)
    kinds = Counter(one.kind for one in everything().values())
    assert kinds[Kind.AUTO] >= 1
    assert kinds[Kind.AGENT] >= 1


def test_copies_share_words_and_story() -> None:
    """What must group by itself comes in groups of at least two of one story."""
    told, groups = truth(TODAY), copies(TODAY)
    sizes = Counter(groups.values())
    assert min(sizes.values()) >= 2
    assert len(sizes) >= 60
    for key, label in groups.items():
        assert label.startswith(f"{told[key]}/")


def test_same_words_in_two_channels() -> None:
    """Some copies cross from one channel to another."""
    feedback = everything()
    channels: dict[str, set[Channel]] = {}
    for key, label in copies(TODAY).items():
        channels.setdefault(label, set()).add(feedback[key].channel)
    assert sum(len(each) > 1 for each in channels.values()) >= 15


def test_what_each_source_knows() -> None:
    """Mail knows the account, a review the device, a post neither; metrics are named."""
    for one in everything().values():
        if one.kind is Kind.AGENT:
            continue
        if one.channel in (Channel.REVIEW, Channel.SOCIAL):
            assert not one.email
            assert "plan" not in one.context
        if one.channel is Channel.REVIEW:
            assert (one.metric, one.scale) == ("stars", "1-5") or one.rating is None
            assert one.context["device"]
            assert one.app_version
        if one.channel is Channel.SURVEY:
            assert (one.metric, one.scale) == ("nps", "0-10")
            assert one.context["plan"]


def test_threads_hold_together() -> None:
    """Every answer and reminder lies in the thread of an earlier message."""
    feedback = everything()
    for (name, _), one in feedback.items():
        if one.thread and one.thread != one.external_id:
            opener = feedback[name, one.thread]
            assert opener.received_at is not None
            assert one.received_at is not None
            assert opener.received_at <= one.received_at


def test_raw_is_json_of_the_thing() -> None:
    """The raw bytes are JSON and say the same as the feedback."""
    for one in everything().values():
        sent = json.loads(one.raw)
        assert sent["body"] == one.body
        assert sent["external_id"] == one.external_id
