"""Reviews of Google Play as its API tells them, page by page."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from servers.described import at_hand
from servers.google_play import APP, BUCKET, NOW, PlayServer, a_review, key_file
from servers.google_play_pulls import (
    a_server,
    bucket,
    ids,
    items,
    last_cursor,
    ours,
    pages,
    theirs_described,
)
from servers.google_play_service import GooglePlayService
from triage.connector import (
    ConfigError,
    Cursor,
    Kind,
    Page,
    RateLimited,
    Secret,
    SourceError,
    SourceUnavailable,
    Unreadable,
)
from triage.plugins import CONNECTORS, one
from triage.testing import check_service
from triage_connectors import android
from triage_connectors.google_play import GooglePlay

OTHER = "com.acme.photos"


def reviews(found: list[Page]) -> dict[str, Any]:
    return {told.external_id: told for told in items(found)}


def test_entry_point() -> None:
    """It is found by its name."""
    assert one(CONNECTORS, "google-play") is GooglePlay


def test_contract() -> None:
    """Alone, the API gives what a service has to: killed, limited, edited, lied to."""
    check_service(ours, GooglePlayService)


def test_contract_with_reports() -> None:
    """So it does where each review is in a report of the bucket as well."""
    check_service(lambda: ours(**bucket()), lambda: GooglePlayService(reports=True))


def test_vendors_description() -> None:
    """Where the vendor's description is at hand, every request is held to it."""
    theirs = at_hand(theirs_described())
    server = a_server(5, page=2)
    pages(server, translate_to="en")
    theirs.check(server.asked("/androidpublisher"))
    stranger = httpx.Request("GET", "https://androidpublisher.googleapis.com/x")
    assert theirs.refused(stranger)


def test_fields() -> None:
    """Stars, language, phone, system, version and thumbs are where they are found."""
    server = PlayServer()
    server.reviews[APP] = [
        a_review(3, NOW, "Tags\tThe export\nloses my tags", reply="Mended in 5.3.")
    ]
    told = reviews(pages(server))
    said = told["gp:AOqpTOE000003"]
    assert (said.title, said.body) == ("Tags", "The export\nloses my tags")
    assert (said.rating, said.scale, said.metric) == (4.0, "1-5", "stars")
    assert (said.language, said.app_version, said.author) == ("pt", "5.2", "Ann 3")
    assert said.kind is Kind.FEEDBACK
    assert said.edited_at == NOW
    assert said.url.endswith(f"?id={APP}&reviewId=gp:AOqpTOE000003")
    assert said.context == {
        "app": APP, "locale": "pt-BR", "device": "Pixel 5", "codename": "redfin",
        "manufacturer": "Google", "device_class": "phone", "os": "Android 15",
        "api_level": 35, "version_code": 520, "thumbs_up": 2, "thumbs_down": 0,
    }  # fmt: skip
    assert "country" not in said.context
    reply = told["gp:AOqpTOE000003/reply"]
    assert (reply.kind, reply.body) == (Kind.AGENT, "Mended in 5.3.")
    assert reply.received_at == NOW + timedelta(hours=1)
    assert reply.thread == said.thread == "gp:AOqpTOE000003"


def test_translation() -> None:
    """What was written stays the text; its translation is kept apart."""
    server = PlayServer()
    server.reviews[APP] = [a_review(1, NOW, "Ruim\tPerde tudo")]
    (said,) = items(pages(server, translate_to="en"))
    assert (said.title, said.body) == ("Ruim", "Perde tudo")
    assert said.context["translation"] == "[en] Ruim\nPerde tudo"
    (said,) = items(pages(server))
    assert "translation" not in said.context


def test_seconds() -> None:
    """Times are whole seconds, as in reports, so that both tell one moment."""
    server = PlayServer()
    server.reviews[APP] = [a_review(1, NOW.replace(microsecond=713_000))]
    assert items(pages(server))[0].edited_at == NOW


@pytest.mark.parametrize(
    ("code", "language", "locale"),
    [
        ("pt_BR", "pt", "pt-BR"), ("en", "en", None), ("iw", "he", None),
        ("in_ID", "id", "id-ID"), ("zh-Hant-TW", "zh", "zh-Hant-TW"),
        ("fil", "fil", None), ("", "", None), ("!", "", None), ("x" * 999, "", None),
    ],
)  # fmt: skip
def test_languages(code: str, language: str, locale: str | None) -> None:
    """A phone's language is an ISO code; its region is no country of anybody."""
    server = PlayServer()
    server.reviews[APP] = [a_review(1, NOW, reviewerLanguage=code)]
    (said,) = items(pages(server))
    assert said.language == language
    assert said.context.get("locale") == locale


@pytest.mark.parametrize(
    ("level", "name"),
    [
        (23, "Android 6"), (32, "Android 12L"), (36, "Android 16"),
        (37, "Android 17"), (99, "Android (API 99)"),
    ],
)  # fmt: skip
def test_systems(level: int, name: str) -> None:
    """A system is called as people call it; one not known yet by its level."""
    assert android.system(level) == name


@pytest.mark.parametrize("lies", ["one", "texts", "bare"])
def test_other_shapes(lies: str) -> None:
    """One object for a list, texts for numbers and missing fields are read all the same."""
    server = PlayServer(lies=lies)
    server.reviews[APP] = [a_review(1, NOW)]
    (said,) = items(pages(server))
    assert (said.rating, said.edited_at) == (2.0, NOW)
    assert said.body == "The export loses my tags, case 1."


@pytest.mark.parametrize(
    "broken",
    [
        {"reviewId": "gp:x"},
        {"reviewId": "gp:x", "comments": [{"userComment": {"text": "no time"}}]},
        {"comments": []},
        {"reviewId": 7, "comments": {"userComment": 5}},
    ],
)
def test_unreadable(broken: dict[str, Any]) -> None:
    """A review that cannot be one is kept as such; the others come."""
    server = a_server(2)
    server.reviews[APP].append(a_review(9, NOW))
    whole = json.dumps({"reviews": [broken, *server.reviews[APP]]})
    server.before = lambda request: (
        httpx.Response(200, text=whole) if "reviews" in request.url.path else None
    )
    told = [one for page in pages(server) for one in page.items]
    assert sum(isinstance(one, Unreadable) for one in told) == 1
    assert len(told) == 4


def test_edited() -> None:
    """An edit comes with the next pull, under the same id and with its time."""
    server = a_server(3)
    found = pages(server)
    server.now += timedelta(hours=5)
    server.reviews[APP].insert(
        0, a_review(1, server.now, "It works now.", starRating=5)
    )
    del server.reviews[APP][2]
    said = reviews(pages(server, last_cursor(found)))["gp:AOqpTOE000001"]
    assert (said.body, said.rating, said.edited_at) == ("It works now.", 5, server.now)


def test_reply_taken_back() -> None:
    """A review told without a reply has none any more."""
    server = a_server(3)
    found = pages(server)
    assert "gp:AOqpTOE000002/reply" in ids(found)
    del server.reviews[APP][2]["comments"][1]
    gone = [name for page in pages(server, last_cursor(found)) for name in page.gone]
    assert "gp:AOqpTOE000002/reply" in gone


def test_several_apps() -> None:
    """A source of several apps is left at any page of any of them, and goes on there."""
    server = a_server(5, page=2)
    server.reviews[OTHER] = [
        a_review(100 + number, NOW - timedelta(hours=number)) for number in range(5)
    ]
    apps: dict[str, Any] = {"packages": (APP, OTHER)}
    whole = pages(server, **apps)
    wanted = reviews(whole)
    assert {one.context["app"] for one in wanted.values()} == {APP, OTHER}
    for count, page in enumerate(whole, 1):
        rest = pages(server, page.cursor, **apps)
        assert reviews([*whole[:count], *rest]).keys() == wanted.keys()


def test_page_forgotten() -> None:
    """Where the page a pull was left at is known no more, the walk begins again."""
    server = a_server(7, page=3)
    whole = pages(server)
    server.forgotten = {"page-3"}
    server.page = 4
    rest = pages(server, whole[0].cursor)
    assert reviews(rest).keys() == reviews(whole).keys()


def test_page_never_known() -> None:
    """A page that Google names and does not know ends the pull with a sentence."""
    server = a_server(7, page=3)
    server.forgotten = {"page-3"}
    with pytest.raises(SourceUnavailable, match="the page it named itself"):
        pages(server)


def test_first_gap() -> None:
    """A first pull without reports says once that there are older ones, and where."""
    server = a_server(2)
    found = pages(server)
    assert "last seven days" in found[-1].gap
    assert "bucket=" in found[-1].gap
    assert not pages(server, last_cursor(found))[-1].gap
    assert not pages(a_server(2), since=NOW - timedelta(days=3))[-1].gap


def test_gap() -> None:
    """Days between two pulls that nothing tells any more are named, once."""
    server = a_server(2)
    found = pages(server)
    server.now += timedelta(days=12, hours=3)
    late = pages(server, last_cursor(found))
    assert f"{APP} from 2026-11-20 to 2026-11-25" in late[-1].gap
    assert "bucket=" in late[-1].gap
    assert not pages(server, last_cursor(late))[-1].gap


def test_no_gap() -> None:
    """Seven days are no gap, and the bucket's reports leave none."""
    server = a_server(2)
    found = pages(server)
    server.now += timedelta(days=6, hours=23)
    assert not pages(server, last_cursor(found))[-1].gap
    server = a_server(2)
    found = pages(server, **bucket())
    server.now += timedelta(days=60)
    assert not pages(server, last_cursor(found), **bucket())[-1].gap


def test_gap_of_each_app() -> None:
    """Of several apps each is named, and a broken walk does not hide its gap."""
    server = a_server(5, page=2)
    server.reviews[OTHER] = list(server.reviews[APP])
    apps: dict[str, Any] = {"packages": (APP, OTHER)}
    found = pages(server, **apps)
    server.now += timedelta(days=20)
    for name in (APP, OTHER):
        server.reviews[name] = [
            a_review(n, server.now - timedelta(hours=n)) for n in range(5)
        ]
    late = pages(server, last_cursor(found), **apps)
    assert APP in late[-1].gap
    assert OTHER in late[-1].gap
    resumed = pages(server, late[0].cursor, **apps)
    assert APP in resumed[-1].gap


def test_since() -> None:
    """What was last edited before the date is left out, with the reply to it."""
    server = a_server(7)
    found = ids(pages(server, since=NOW - timedelta(minutes=90)))
    assert found == ["gp:AOqpTOE000000", "gp:AOqpTOE000001"]


def test_budget() -> None:
    """An app is asked two hundred times an hour at most, then it says until when."""
    server = PlayServer(page=1)
    server.reviews[APP] = [
        a_review(number, NOW - timedelta(minutes=number)) for number in range(230)
    ]
    with pytest.raises(RateLimited, match="200 calls") as limited:
        pages(server)
    assert limited.value.until
    assert len(server.asked("/androidpublisher")) == 200


@pytest.mark.parametrize("reason", ["rateLimitExceeded", "quotaExceeded"])
def test_spent(reason: str) -> None:
    """A quota that is spent is no missing right."""
    server = a_server(2)
    error = {"code": 403, "message": "Quota", "errors": [{"reason": reason}]}
    server.trouble["/androidpublisher"] = 403, {"error": error}
    with pytest.raises(RateLimited, match="sync again later"):
        pages(server)


def test_circles() -> None:
    """A service that goes round in circles is left."""
    server = a_server(3)
    told = {
        "reviews": server.reviews[APP],
        "tokenPagination": {"nextPageToken": "page-1"},
    }
    server.before = lambda request: (
        httpx.Response(200, json=told) if "reviews" in request.url.path else None
    )
    with pytest.raises(SourceUnavailable, match="in circles"):
        pages(server)


@pytest.mark.parametrize(
    "cursor",
    [
        "{", "[]", '{"v":2,"turn":"","apps":{}}', '{"v":1}',
        '{"v":1,"turn":1,"apps":{}}', '{"v":1,"turn":"","apps":{"a.b":[]}}',
        '{"v":1,"turn":"","apps":{"a.b":{"offset":-1}}}',
        '{"v":1,"turn":"","apps":{"a.b":{"reports":{"x":1}}}}',
        '{"v":1,"turn":"","apps":{"a.b":{"walked":"soon"}}}',
        '{"v":1,"turn":"","apps":{"a.b":{"walked":"2026-01-01T00:00:00"}}}',
        '{"v":1,"turn":"","apps":{"a.b":{"walked":"2036-01-01T00:00:00+00:00"}}}',
    ],
)  # fmt: skip
def test_strange_cursors(cursor: str) -> None:
    """A cursor of another version, damaged or of the future says what to do."""
    with pytest.raises(SourceError, match="add it again"):
        pages(a_server(1), Cursor(cursor))


@pytest.mark.parametrize(
    ("settings", "said", "missing"),
    [
        ({"packages": ()}, "packages is empty", "packages"),
        ({"packages": ("https://play.google.com/x",)}, "no name of an app", ""),
        ({"packages": ("notes",)}, "no name of an app", ""),
        ({"key": None}, "key is missing", "key"),
        ({"key": None, "bucket": BUCKET}, "key is missing", "key"),
        ({"key": None, "bucket": BUCKET, "folder": Path()}, "key is missing", "key"),
        ({"bucket": "gs://Not A Bucket"}, "is no bucket", ""),
    ],
)
def test_settings(settings: dict[str, Any], said: str, missing: str) -> None:
    """Settings that cannot work are refused at once; what is missing is named."""
    with pytest.raises(ConfigError, match=said) as refused:
        ours(**settings)
    assert refused.value.missing == missing


@pytest.mark.parametrize(
    "told", [BUCKET, f"gs://{BUCKET}", f"gs://{BUCKET}/", f"gs://{BUCKET}/reviews/"]
)
def test_bucket_as_copied(told: str) -> None:
    """A bucket is taken as the console gives its address."""
    assert ours(bucket=told).bucket_name == BUCKET


def test_sketch() -> None:
    """Settings are looked at without the key itself."""
    assert ours(key=Secret("env:PLAY_KEY")).packages == (APP,)
    assert "canary" not in repr(ours(key=Secret(key_file(name="canary-key"))))


def test_check() -> None:
    """A check tells whose key it is, what it may do, what is left and how far it goes."""
    server = a_server(5)
    for month in ("202410", "202609", "202610"):
        server.put(month, b"\xff\xfe" + b"x" * 100_000)

    async def checked() -> Any:
        async with server.http() as http:
            return await ours(**bucket()).check(http)

    told = asyncio.run(checked())
    assert told.account == "triage@acme-1.iam.gserviceaccount.com (project acme-1)"
    assert told.facts["may"] == "read reviews, read the bucket"
    assert told.facts["calls left"] == f"199 of 200 this hour for {APP}"
    assert told.facts["API reaches back to"] == "2026-11-13"
    assert told.facts[f"reports of {APP}"] == "3 months, 2024-10 to 2026-10, 0.3 MB"
    assert told.facts["calls of a first pull"] == "about 7"
    assert told.waiting is None
