"""
A desk read by dlt's source for REST APIs, as a program: NAME WAY URL NOW DATABASE.

Run by an interpreter that has dlt; nothing of ours is imported. What dlt yields is
counted and thrown away, as the plain script does it. Prints the same as ``asking.py``.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from typing import Any

LISTS: dict[str, dict[str, Any]] = {
    "shop": {
        "path": "/api/",
        "auth": {"type": "bearer", "token": "canary-shop-5f3a91c2"},
        "list": {"path": "reviews", "data_selector": "reviews"},
        "paginator": "single_page",
    },
}
"""Where a desk lists its conversations, how pages go on, and where messages are."""


def config(name: str, url: str) -> dict[str, Any]:
    """What dlt wants to know of a desk: its list, and a call for each row of it."""
    desk = LISTS[name]
    client = {
        "base_url": f"{url}{desk['path']}", "auth": desk["auth"],
        "paginator": desk["paginator"], "headers": desk.get("headers", {}),
    }  # fmt: skip
    resources: list[dict[str, Any]] = [{"name": "list", "endpoint": desk["list"]}]
    if "messages" in desk:
        resources.append({"name": "messages", "endpoint": desk["messages"]})
    return {"client": client, "resources": resources}


def main() -> None:
    """Read once and tell what it took."""
    # Nothing about this run is for anybody else.
    os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
    name, _, url, _, _ = sys.argv[1:]
    if name not in LISTS:
        raise SystemExit(f"dlt_source.py does not know {name}")
    try:
        from dlt.sources.rest_api import rest_api_source
    except ImportError:
        raise SystemExit("dlt is not installed there") from None
    wall, cpu = time.perf_counter(), time.process_time()
    rows = sum(1 for _ in rest_api_source(config(name, url)))
    told = {
        "rows": rows, "changed": rows, "wall": time.perf_counter() - wall,
        "cpu": time.process_time() - cpu, "waited": 0.0,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
    }  # fmt: skip
    print(json.dumps(told))


if __name__ == "__main__":
    main()
