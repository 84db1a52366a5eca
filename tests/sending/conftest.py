"""A shop whose reviews can be answered, and a workspace that has pulled them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import shops
from answering import a_shop, synced
from servers.served import served
from servers.shop import Shop, review
from triage.workspace import Workspace


@pytest.fixture
def shop() -> Shop:
    """A shop with three reviews."""
    return Shop(
        reviews=[
            review("a"),
            review("b", "Love it", rating=5, language="en", author=""),
            review("c", "Too expensive", context={"country": "DE"}),
        ]
    )


@pytest.fixture
def url(shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Where it is; its connectors are installed, as a package that is not ours."""
    folder = shops.install(tmp_path / "installed")
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setenv("TRIAGE_HOME", str(tmp_path / "home"))
    with served(shop.answer) as address:
        yield address
    shops.forget()


@pytest.fixture
def workspace(tmp_path: Path, url: str) -> Iterator[Workspace]:
    """A workspace that has pulled them, and may answer."""
    with Workspace(a_shop(tmp_path, url)) as opened:
        synced(opened)
        yield opened
