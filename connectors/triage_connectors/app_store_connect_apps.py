"""The apps a key knows, and the versions of one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from triage.connector import ConfigError
from triage.text.display import one_line
from triage_connectors.app_store_connect_api import Api, inside, not_there
from triage_connectors.app_store_connect_rows import App, Version, moment

if TYPE_CHECKING:
    from triage.transport import Pages

_LIMIT: Final = 200
_FIELDS: Final[Mapping[str, str | int]] = {
    "fields[apps]": "bundleId,name",
    "limit": _LIMIT,
}
_NAMED: Final = 20
_SYSTEMS: Final = {
    "IOS": "iOS",
    "MAC_OS": "macOS",
    "TV_OS": "tvOS",
    "VISION_OS": "visionOS",
}


async def all_apps(api: Api, pages: Pages) -> list[App]:
    """Every app the key may see."""
    return [app async for app in _apps(api, pages, {})]


async def chosen(
    api: Api, guard: Callable[[], Pages], wanted: Sequence[str]
) -> list[App]:
    """
    The apps that are wanted, by bundle id or by Apple's number, in that order.

    Raises:
        ConfigError: One of them is not there; the message names those that are.
    """
    numbers = [one for one in wanted if _is_number(one)]
    bundles = [one for one in wanted if not _is_number(one)]
    found: dict[str, App] = {}
    for name, some in (("filter[bundleId]", bundles), ("filter[id]", numbers)):
        if not some:
            continue
        # A filter finds those whose id begins alike as well.
        async for app in _apps(api, guard(), {name: ",".join(some)}):
            found.setdefault(app.id if name == "filter[id]" else app.bundle, app)
    missing = [one for one in wanted if one not in found]
    if missing:
        raise _unknown(missing, await all_apps(api, guard()))
    return list({found[one].id: found[one] for one in wanted}.values())


async def versions(api: Api, pages: Pages, app: App) -> list[Version] | None:
    """An app's versions, the newest first; None where the key may not read them."""
    named: dict[str, Version] = {}
    page = ""
    while True:
        answer = await api.get(
            f"v1/apps/{app.id}/appStoreVersions",
            {
                "fields[appStoreVersions]": "versionString,platform,createdDate",
                "limit": _LIMIT,
                **({"cursor": page} if page else {}),
            },
            allow={403, 404},
        )
        if answer.status == 403:
            return None
        if answer.status == 404:
            raise not_there(f"the app {told(app)}")
        named |= {one.id: one for row in answer.rows for one in _version(row)}
        page = answer.next
        if not page:
            break
        pages.turn(page)
    # Without a time it comes last; of equal ones the order is always the same.
    by_name = sorted(named.values(), key=lambda one: one.id)
    return sorted(
        by_name,
        key=lambda one: one.created_at.timestamp() if one.created_at else 0.0,
        reverse=True,
    )


def told(app: App) -> str:
    """An app as a person knows it."""
    return f"{one_line(app.name, 60)} ({one_line(app.bundle, 80)})"


async def _apps(
    api: Api, pages: Pages, params: Mapping[str, str]
) -> AsyncIterator[App]:
    page = ""
    while True:
        asked = {**_FIELDS, **params, **({"cursor": page} if page else {})}
        answer = await api.get("v1/apps", asked)
        for row in answer.rows:
            name, bundle = inside(row, "id"), inside(row, "attributes", "bundleId")
            if isinstance(name, str) and _is_number(name) and isinstance(bundle, str):
                shown = inside(row, "attributes", "name")
                yield App(name, bundle, shown if isinstance(shown, str) else bundle)
        page = answer.next
        if not page:
            return
        pages.turn(page)


def _is_number(name: str) -> bool:
    return name.isascii() and name.isdigit()


def _version(row: Any) -> list[Version]:
    name, said = inside(row, "id"), inside(row, "attributes", "versionString")
    # What is not a plain name would lead to another path.
    if not isinstance(name, str) or not name.replace("-", "").isalnum():
        return []
    platform = inside(row, "attributes", "platform")
    return [
        Version(
            name,
            said if isinstance(said, str) else "",
            moment(inside(row, "attributes", "createdDate")),
            _SYSTEMS.get(platform, "") if isinstance(platform, str) else "",
        )
    ]


def _unknown(missing: Sequence[str], there: Sequence[App]) -> ConfigError:
    which = ", ".join(one_line(one, 80) for one in missing)
    names = [one_line(app.bundle, 80) for app in there[:_NAMED]]
    more = f" and {len(there) - _NAMED} more" if len(there) > _NAMED else ""
    known = ", ".join(names) + more if names else "none"
    return ConfigError(
        f"App Store Connect lets this key see no app {which}; there are: {known}."
        " Write apps= with their bundle ids, or give the key access to the app"
    )
