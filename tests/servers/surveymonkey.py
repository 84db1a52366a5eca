"""A made-up SurveyMonkey account: surveys, and what people answered to them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from servers.described import Described
from servers.filling import answered_in_a_day
from triage.connector import Connector, Secret
from triage_connectors.surveymonkey import SurveyMonkey

HOST = "https://api.surveymonkey.com"
CANARY = "canary-surveymonkey-4d07b2"
NETWORK = "203.0.113.77"
EDIT = "canary-edit-link-66ab"
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SPRING, SUMMER = "105723396", "105723397"

_DESCRIBED = Described.at(Path(__file__).with_name("surveymonkey.openapi.json"))


def _choices(texts: Sequence[str], weights: Sequence[int] = ()) -> list[dict[str, Any]]:
    found = []
    for position, text in enumerate(texts, 1):
        one: dict[str, Any] = {"id": f"c-{text}", "text": text, "position": position, "visible": True}  # fmt: skip
        if weights:
            one |= {"weight": weights[position - 1], "is_na": False, "description": ""}
        found.append(one)
    return found


def _asked(name: str, heading: str, family: str, subtype: str, **more: Any) -> dict[str, Any]:  # fmt: skip
    return {
        "id": name, "headings": [{"heading": heading}], "family": family,
        "subtype": subtype, "visible": True, "validation": None, **more,
    }  # fmt: skip


_ROW = [{"id": "r1", "text": "", "position": 1, "visible": True}]
ASKED: list[dict[str, Any]] = [
    _asked(
        "q-nps", "How likely would you <strong>recommend</strong>&nbsp;us?", "matrix", "rating",
        display_options={"display_type": "", "display_subtype": ""},
        answers={"rows": _ROW, "choices": _choices(
            ["Not at all likely - 0", *map(str, range(1, 10)), "Extremely likely - 10"],
            [-100] * 7 + [0] * 2 + [100] * 2,
        )},
    ),
    _asked("q-why", "<p>Why?</p>", "open_ended", "essay"),
    _asked("q-wish", "What is missing?", "open_ended", "single"),
    _asked("q-three", "Three words", "open_ended", "multi", answers={"rows": [{"id": "w1", "text": "First"}, {"id": "w2", "text": "Second"}]}),
    _asked("q-role", "What do you do?", "single_choice", "vertical", answers={"choices": _choices(["Designer", "Writer"]), "other": {"id": "o1", "text": "Other"}}),
    _asked("q-uses", "What for?", "multiple_choice", "vertical", answers={"choices": _choices(["Work", "Home"])}),
    _asked(
        "q-stars", "Stars?", "matrix", "rating",
        display_options={"display_type": "emoji", "display_subtype": "star"},
        answers={"rows": _ROW, "choices": [*_choices(["*", "**", "***", "****", "*****"], [1, 2, 3, 4, 5]), {"id": "c-na", "text": "N/A", "weight": 0, "is_na": True}]},
    ),
    _asked("q-often", "How often?", "matrix", "rating", answers={"rows": _ROW, "choices": _choices(["never", "seldom", "daily"], [0, 1, 2]), "other": {"id": "o2", "text": "Details"}}),
    _asked("q-odd", "How odd?", "matrix", "rating", answers={"rows": _ROW, "choices": _choices(["odd", "even"], [-2, 5])}),
    _asked("q-parts", "Parts", "matrix", "rating", answers={"rows": [{"id": "p1", "text": "Speed"}, {"id": "p2", "text": "Price"}], "choices": _choices(["bad", "fine", "good"], [1, 2, 3])}),
    _asked("q-menu", "Menus", "matrix", "menu", answers={"rows": [{"id": "m1", "text": "Export"}], "cols": [{"id": "k1", "text": "Use", "choices": _choices(["often"])}]}),
    _asked("q-slide", "Slide", "open_ended", "single", display_options={"display_type": "slider"}, validation={"min": "0", "max": "10", "type": "integer"}),
    _asked("q-file", "File", "open_ended", "single", display_options={"display_type": "file_upload"}),
    _asked("q-who", "Who are you?", "demographic", "international", answers={"rows": [
        {"id": "d-name", "type": "name", "text": "Your Name"}, {"id": "d-company", "type": "company"},
        {"id": "d-email", "type": "email"}, {"id": "d-phone", "type": "phone"}, {"id": "d-country", "type": "country"},
    ]}),
]  # fmt: skip


def given(question: str, *answers: Mapping[str, Any]) -> dict[str, Any]:
    """One question's answers as the API tells them."""
    return {"id": question, "answers": [dict(one) for one in answers]}


def wrote(question: str, text: str) -> dict[str, Any]:
    """An open answer."""
    return given(question, {"tag_data": [], "text": text})


def recommends(number: int) -> dict[str, Any]:
    """An answer to the Net Promoter question."""
    choice = ASKED[0]["answers"]["choices"][number]
    return given("q-nps", {"row_id": "r1", "choice_id": choice["id"], "choice_metadata": {"weight": choice["weight"]}})  # fmt: skip


@dataclass(slots=True)
class SurveyMonkeyService:
    """
    Two surveys; three responses a page.

    Attributes:
        size: Responses of a page at most.
        granted: The scopes of the token.
        counts: Whether the list tells how many responses a survey has.
        calls: How many more it answers today; no end where it is None.
    """

    now: datetime = NOW
    size: int = 3
    cannot: Mapping[str, str] = field(
        default_factory=lambda: {
            "remove": "SurveyMonkey tells of no deletion",
            "reply": "nobody answers a response",
        }
    )
    settles: timedelta = timedelta(hours=7)
    granted: tuple[str, ...] = (
        "surveys_read", "responses_read", "responses_read_detail", "users_read",
    )  # fmt: skip
    counts: bool = True
    calls: int | None = None
    secrets: list[str] = field(default_factory=lambda: [NETWORK, EDIT])
    requests: list[httpx.Request] = field(default_factory=list)
    surveys: dict[str, str] = field(
        default_factory=lambda: {SPRING: "NPS in <b>spring</b>", SUMMER: "Summer"}
    )
    rows_there: dict[str, dict[str, Any]] = field(default_factory=dict)
    sorted: dict[str, tuple[list[str], list[dict[str, Any]]]] = field(
        default_factory=dict
    )

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if request.headers.get("authorization") != f"Bearer {CANARY}":
            return _error(401, "1011", "Authorization Error")
        if self.calls is not None:
            self.calls -= 1
            if self.calls < 0:
                return _error(429, "1040", "Rate limit reached", self._limits())
        match request.url.path.strip("/").split("/"):
            case ["v3", "users", "me"]:
                return self._me()
            case ["v3", "surveys"] if "surveys_read" in self.granted:
                return self._list(request.url.params)
            case ["v3", "surveys", name, "details"] if "surveys_read" in self.granted:
                return self._details(name)
            case ["v3", "surveys", name, "responses", "bulk"] if (
                "responses_read_detail" in self.granted
            ):
                return self._bulk(name, request.url.params)
            # What follows is asked by plain scripts alone.
            case ["v3", "surveys", name, "responses"] if name in self.surveys:
                rows = [{"id": row["id"]} for row in self._rows(name)[1]]
                size = int(request.url.params.get("per_page", 50))
                return self._page(rows, size, request.url.params, "responses")
            case ["v3", "surveys", _, "responses", name, "details"] if (
                name in self.rows_there
            ):
                return httpx.Response(200, json=self.rows_there[name])
            case ["v3", "surveys", *_]:
                return _error(403, "1014", "Permission has not been granted")
        return _error(404, "1020", "No such resource")

    def add(self) -> str:
        number = len(self.rows_there)
        survey = (SPRING, SUMMER)[number % 2]
        return self.say(survey, recommends(3), wrote("q-why", f"It is slow, {number}"))

    def edit(self, name: str) -> str:
        words = f"It is slow still, {name}"
        row = self.rows_there[name]
        row["pages"] = [{"id": "1", "questions": [wrote("q-why", words)]}]
        self.change(name)
        return words

    def change(self, name: str, **more: Any) -> None:
        """A response is changed now."""
        row = self.rows_there[name]
        row |= {"date_modified": self._time(), **more}
        self.sorted.pop(row["survey_id"], None)

    def say(self, survey: str, *questions: Mapping[str, Any], **more: Any) -> str:
        """Somebody fills a survey in; returns the response's id."""
        name = f"{12000000000 + len(self.rows_there)}"
        self.rows_there[name] = {
            "id": name,
            "survey_id": survey,
            "collector_id": "446111201",
            "recipient_id": "",
            "collection_mode": "default",
            "response_status": "completed",
            "custom_value": "",
            "first_name": "",
            "last_name": "",
            "email_address": "",
            "ip_address": NETWORK,
            "logic_path": {},
            "page_path": [],
            "metadata": {"contact": {}},
            "custom_variables": {},
            "edit_url": f"https://www.surveymonkey.com/r/?sm={EDIT}",
            "analyze_url": f"https://www.surveymonkey.com/analyze/browse/X?respondent_id={name}",
            "total_time": 40,
            "date_modified": self._time(),
            "date_created": self._time(),
            "href": f"{HOST}/v3/surveys/{survey}/responses/{name}",
            "pages": [{"id": "1", "questions": list(questions)}],
            **more,
        }
        self.sorted.pop(survey, None)
        return name

    def fill(self, conversations: int) -> int:
        """So many responses within a day, in pages as large as there are."""
        self.size = 100
        return answered_in_a_day(self, conversations)

    def refused(self, request: httpx.Request) -> str:
        return _DESCRIBED.refused(request)

    def wrong(self) -> Mapping[str, Connector]:
        return {
            "key": SurveyMonkey(Secret("canary-another-token")),
            "999": SurveyMonkey(Secret(CANARY), surveys=("999",)),
        }

    def _me(self) -> httpx.Response:
        if "users_read" not in self.granted:
            return _error(403, "1014", "Permission has not been granted")
        scopes = {"available": list(self.granted), "granted": list(self.granted)}
        me = {"id": "1", "username": "eve", "email": "eve@acme.example", "scopes": scopes}  # fmt: skip
        return httpx.Response(200, json=me, headers=self._limits())

    def _list(self, asked: httpx.QueryParams) -> httpx.Response:
        rows = []
        for name, title in self.surveys.items():
            row: dict[str, Any] = {"id": name, "title": title, "nickname": "", "href": f"{HOST}/v3/surveys/{name}"}  # fmt: skip
            if self.counts and "response_count" in asked.get("include", ""):
                row["response_count"] = len(self._rows(name)[1])
            rows.append(row)
        return self._page(rows, int(asked.get("per_page", 50)), asked, "surveys")

    def _details(self, name: str) -> httpx.Response:
        if name not in self.surveys:
            return _error(404, "1020", "No such survey")
        told = {
            "id": name, "title": self.surveys[name], "language": "en",
            "pages": [{"id": "1", "title": "", "questions": ASKED}],
        }  # fmt: skip
        return httpx.Response(200, json=told)

    def _bulk(self, name: str, asked: httpx.QueryParams) -> httpx.Response:
        if name not in self.surveys:
            return _error(404, "1020", "No such survey")
        times, rows = self._rows(name)
        since = asked.get("start_modified_at", "")
        rows = rows[bisect_right(times, since) :]
        if "status" in asked:
            rows = [row for row in rows if row["response_status"] == asked["status"]]
        size = min(self.size, int(asked.get("per_page", 50)))
        return self._page(rows, size, asked, f"surveys/{name}/responses/bulk")

    def _rows(self, survey: str) -> tuple[list[str], list[dict[str, Any]]]:
        """A survey's responses by when they changed, and those times."""
        if survey not in self.sorted:
            rows = [
                row for row in self.rows_there.values() if row["survey_id"] == survey
            ]
            rows.sort(key=lambda row: (row["date_modified"], row["id"]))
            self.sorted[survey] = [row["date_modified"] for row in rows], rows
        return self.sorted[survey]

    def _page(
        self,
        rows: Sequence[Mapping[str, Any]],
        size: int,
        asked: httpx.QueryParams,
        path: str,
    ) -> httpx.Response:
        page = int(asked.get("page", 1))
        links = {"self": f"{HOST}/v3/{path}?page={page}&per_page={size}"}
        if page * size < len(rows):
            links["next"] = f"{HOST}/v3/{path}?page={page + 1}&per_page={size}"
        told = {
            "data": rows[(page - 1) * size : page * size],
            "per_page": size, "page": page, "total": len(rows), "links": links,
        }  # fmt: skip
        return httpx.Response(200, json=told, headers=self._limits())

    def _limits(self) -> dict[str, str]:
        if self.calls is None:
            return {}
        midnight = (self.now + timedelta(days=1)).replace(hour=0, minute=0, second=0)
        return {
            "X-Ratelimit-App-Global-Day-Limit": "500",
            "X-Ratelimit-App-Global-Day-Remaining": f"{max(0, self.calls)}",
            "X-Ratelimit-App-Global-Day-Reset": f"{(midnight - self.now).seconds}",
            "X-Ratelimit-App-Global-Minute-Limit": "120",
            "X-Ratelimit-App-Global-Minute-Remaining": "100",
            "X-Ratelimit-App-Global-Minute-Reset": "30",
        }

    def _time(self) -> str:
        return f"{self.now:%Y-%m-%dT%H:%M:%S}+00:00"


def connector(**settings: Any) -> SurveyMonkey:
    """A connector that fits the service."""
    return SurveyMonkey(token=Secret(CANARY), **settings)


def _error(
    status: int, name: str, said: str, headers: Mapping[str, str] | None = None
) -> httpx.Response:
    told = {"id": name, "name": said, "message": said, "http_status_code": status, "docs": "https://developer.surveymonkey.com/api/v3/#error-codes"}  # fmt: skip
    return httpx.Response(status, json={"error": told}, headers=dict(headers or {}))
