"""
A desk read by dlt's source for REST APIs, as a program: NAME WAY URL NOW DATABASE.

Run by an interpreter that has dlt; nothing of ours is imported. What dlt yields is
counted and thrown away, as the plain script does it. Prints the same as ``asking.py``;
the key comes on its input.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from typing import Any

_ALL = [
    {"field": "updated_at", "operator": ">", "value": 0},
    {"field": "updated_at", "operator": "<", "value": 4_000_000_000},
]

DESKS: dict[str, dict[str, Any]] = {
    "shop": {
        "path": "/api/",
        "headers": {"Authorization": "Bearer KEY"},
        "list": {
            "path": "reviews", "data_selector": "reviews", "paginator": "single_page",
        },
    },
    "zendesk": {
        "path": "/api/v2/",
        "headers": {"Host": "acme.zendesk.com"},
        "auth": {
            "type": "http_basic", "username": "eve@acme.example/token",
            "password": "KEY",
        },
        "list": {
            "path": "incremental/tickets/cursor", "data_selector": "tickets",
            "params": {"start_time": 0}, "paginator": "zendesk",
        },
        "messages": {
            "path": "tickets/{resources.list.id}/comments",
            "data_selector": "comments", "paginator": "single_page",
        },
    },
    "zammad": {
        "path": "/api/v1/",
        "headers": {"Authorization": "Token token=KEY"},
        "list": {
            "path": "tickets/search", "data_selector": "$",
            "params": {
                "query": "updated_at:[2000-01-01T00:00:00Z TO 2100-01-01T00:00:00Z]",
                "sort_by": "updated_at", "order_by": "asc", "per_page": 100,
                "expand": "true",
            },
            "paginator": {"type": "page_number", "base_page": 1, "total_path": None},
        },
        "messages": {
            "path": "ticket_articles/by_ticket/{resources.list.id}",
            "data_selector": "$", "paginator": "single_page",
        },
    },
    "intercom": {
        "path": "/",
        "headers": {
            "Host": "api.intercom.io",
            "Authorization": "Bearer KEY",
            "Intercom-Version": "2.15",
        },
        "list": {
            "path": "conversations/search", "method": "POST",
            "data_selector": "conversations",
            "json": {
                "query": {"operator": "AND", "value": _ALL},
                "sort": {"field": "updated_at", "order": "ascending"},
                "pagination": {"per_page": 20},
            },
            "paginator": {
                "type": "cursor", "cursor_path": "pages.next.starting_after",
                "cursor_body_path": "pagination.starting_after",
            },
        },
        "messages": {
            "path": "conversations/{resources.list.id}",
            "data_selector": "conversation_parts.conversation_parts",
            "paginator": "single_page",
        },
    },
}  # fmt: skip
"""
Where a desk lists its conversations, how pages go on, and where messages are.

``KEY`` stands for the key.
"""


def config(name: str, url: str, key: str) -> dict[str, Any]:
    """What dlt wants to know of a desk: its list, and a call for each row of it."""
    desk = json.loads(json.dumps(DESKS[name]).replace("KEY", key))
    client = {"base_url": f"{url}{desk['path']}", "headers": desk.get("headers", {})}
    if "auth" in desk:
        client["auth"] = desk["auth"]
    resources: list[dict[str, Any]] = [{"name": "list", "endpoint": desk["list"]}]
    if desk["list"]["paginator"] == "zendesk":
        resources[0]["endpoint"]["paginator"] = _until_the_end_of_the_stream()
    if "messages" in desk:
        resources.append({"name": "messages", "endpoint": desk["messages"]})
    return {"client": client, "resources": resources}


def _until_the_end_of_the_stream() -> Any:
    """Zendesk gives a cursor on the last page too, and says there that it is the last."""
    from dlt.sources.helpers.rest_client.paginators import JSONResponseCursorPaginator

    class Paginator(JSONResponseCursorPaginator):  # type: ignore[misc]
        def update_state(self, response: Any, data: Any = None) -> None:
            super().update_state(response, data)
            if response.json()["end_of_stream"]:
                self._has_next_page = False

    return Paginator(cursor_path="after_cursor", cursor_param="cursor")


def main() -> None:
    """Read once and tell what it took."""
    # Nothing about this run is for anybody else.
    os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
    name, _, url, _, _ = sys.argv[1:]
    key = sys.stdin.readline().strip()
    if name not in DESKS:
        raise SystemExit(f"dlt_source.py does not know {name}")
    try:
        from dlt.sources.rest_api import rest_api_source
    except ImportError:
        raise SystemExit("dlt is not installed there") from None
    wall, cpu = time.perf_counter(), time.process_time()
    rows = sum(1 for _ in rest_api_source(config(name, url, key)))
    told = {
        "rows": rows, "changed": rows, "wall": time.perf_counter() - wall,
        "cpu": time.process_time() - cpu, "waited": 0.0,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
    }  # fmt: skip
    print(json.dumps(told))


if __name__ == "__main__":
    main()
