"""Sources set up, changed, tried, signed in to and removed; their secrets elsewhere."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, Callable, Coroutine, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from triage import config, plugins
from triage.config import Config, SourceSettings
from triage.connector import Connector, OAuth, Page, Report, Secret
from triage.errors import ConfigError, NotFound, TriageError, UsageError
from triage.model import RoadmapStatus
from triage.store.database import Database
from triage.workspace.asking import client

if TYPE_CHECKING:
    # Looking at feedback needs none of it.
    from triage import secrets
    from triage.settings import Setting
    from triage.transport import Http
    from triage.transport.device import GoThere


class Accounts:
    """What is configured, and the secrets it refers to."""

    db: Database
    config: Config
    path: Path

    def connector(self, settings: SourceSettings) -> Connector:
        """The connector a source is configured with, its secrets looked up."""
        from triage import secrets

        folder = self._folder()

        def secret(name: str, text: str) -> Secret:
            if text.startswith("command:"):
                _refuse_if_others_write(self.config.path)
            return secrets.resolve(name, text, folder)

        built: Connector = plugins.build(
            _kind(settings), settings.settings, folder, secret
        )
        statuses_of(settings)
        return built

    def sketch(self, settings: SourceSettings) -> Connector:
        """The same without its secrets: whether the settings fit, and nothing more."""
        built: Connector = plugins.build(
            _kind(settings), settings.settings, self._folder()
        )
        statuses_of(settings)
        return built

    def add_source(
        self, name: str, connector: str, settings: Mapping[str, Any]
    ) -> SourceSettings:
        """
        Write a source into the settings, once they are known to fit.

        A relative path is one of where the person stands now; it is kept whole. A
        secret that is told, not referred to, goes into the keyring or a file of the
        person's own; the settings refer to it. ``writes`` is no setting of the
        connector: whether anything may be sent there.
        """
        if not name.strip() or set(name) & set("\n\r\t[]\"'"):
            raise UsageError(
                f"{name!r} is no name for a source; use letters and digits"
            )
        self.db.refuse_if_read_only()
        if name in self.config.sources:
            raise ConfigError(
                f"a source is called {name} already; choose another name, or"
                f" `triage sources remove {name}` first"
            )
        told = _from_here(plugins.one(plugins.CONNECTORS, connector), settings)
        writes = _writes(told, before=False)
        source = SourceSettings(name, connector, told, writes)
        self.sketch(source)
        _refuse_without_acts(source)
        source = self._kept(source, told)
        try:
            config.add_source(self.config.path, source)
        except TriageError:
            self._forget(source)
            raise
        self.config = config.load(self.path)
        return source

    def change_source(
        self, name: str, changes: Mapping[str, Any]
    ) -> tuple[SourceSettings, list[str]]:
        """
        Set some settings of a source anew; an empty one is taken away, of a table an
        empty entry.

        A secret of ours that is replaced is replaced where it is. Returns the source,
        and what was kept for it before and is no more.
        """
        self.db.refuse_if_read_only()
        before = self.configured(name)
        told = _from_here(_kind(before), changes)
        writes = _writes(told, before=before.writes)
        for key in told:
            if told[key] == "" and key not in before.settings:
                raise ConfigError(f"{name} has no setting {key} to take away")
        left = {
            key: _entries(before.settings.get(key), value)
            for key, value in told.items()
            if value != ""
        }
        rest = {key: one for key, one in before.settings.items() if key not in told}
        source = replace(before, settings={**rest, **left}, writes=writes)
        self.sketch(source)
        _refuse_without_acts(source)
        source = self._kept(source, left, before)
        config.change_source(self.config.path, source)
        self.config = config.load(self.path)
        return source, self._forget(before)

    def remove_source(self, name: str) -> list[str]:
        """Stop pulling a source; what it brought stays. What was kept for it is not."""
        self.db.refuse_if_read_only()
        before = self.configured(name)
        config.remove_source(self.config.path, name)
        self.config = config.load(self.path)
        return self._forget(before)

    def configured(self, name: str) -> SourceSettings:
        """A configured source by its name."""
        if name not in self.config.sources:
            raise NotFound(
                f"no source is called {name}; `triage sources list` shows them"
            )
        return self.config.sources[name]

    def plain_secrets(self) -> list[tuple[str, str]]:
        """Sources and their settings that are secrets and stand in the file as such."""
        from triage import secrets

        found = []
        for source in self.config.sources.values():
            kind = plugins.every(plugins.CONNECTORS)[0].get(source.connector)
            for setting in secrets_of(kind) if kind else ():
                told = source.settings.get(setting.name)
                if told and not secrets.is_reference(str(told)):
                    found.append((source.name, setting.name))
        return found

    async def check(self, name: str) -> Report | None:
        """
        What a source says of itself, nothing pulled; None where it cannot tell.

        Raises:
            TriageError: It cannot be reached, or a setting or secret is not right.
        """
        connector = await self._looked_up(self.configured(name))
        probe = getattr(connector, "check", None)
        if probe is None:
            return None
        async with client(self.db, connector, name) as http:
            report: Report = await probe(http)
        return report

    async def first_page(self, name: str) -> tuple[Connector, Page | None]:
        """What a source begins with, nothing stored; None where it has nothing."""
        connector = await self._looked_up(self.configured(name))
        if not plugins.pulls(connector):
            raise UsageError(f"{name} only sends; nothing comes from it")
        async with client(self.db, connector, name) as http:
            if not hasattr(connector, "pull"):
                raise UsageError(
                    f"{name} is a tracker: it has plans and no feedback;"
                    f" `triage roadmap find {name} WORDS` finds some"
                )
            # A connector of files is given no client and asks for none.
            pages = connector.pull(cast("Http", http), None)
            try:
                return connector, await anext(aiter(pages), None)
            finally:
                await cast("AsyncGenerator[Page, None]", pages).aclose()

    async def sign_in(
        self,
        name: str,
        tell: Callable[[GoThere], object],
        paste: Callable[[], Coroutine[None, None, str]] | None = None,
    ) -> SourceSettings:
        """
        Sign in to a source with OAuth; its ``token`` is kept and referred to.

        Args:
            tell: Is given where a person has to go, once.
            paste: Waits for the address a browser elsewhere was sent back to.

        Raises:
            SignInFailed: They said no, or nobody did anything in time.
        """
        from triage import secrets
        from triage.transport import Http
        from triage.transport.device import by_device
        from triage.transport.redirect import by_redirect

        self.db.refuse_if_read_only()
        source = self.configured(name)
        rest = {key: one for key, one in source.settings.items() if key != "token"}
        # The token that is there may be gone, which is why somebody signs in.
        connector = await self._looked_up(replace(source, settings=rest))
        oauth: OAuth | None = getattr(connector, "oauth", lambda: None)()
        if oauth is None:
            raise UsageError(
                f"{name} is not set up for OAuth; it signs in with what"
                " `triage sources set` gives it"
            )
        async with Http(ca_file=getattr(connector, "ca_file", None)) as http:
            if oauth.device_url:
                token = await by_device(http, oauth, tell)
            else:
                token = await by_redirect(http, oauth, tell, paste)
        kept = str(source.settings.get("token", ""))
        if not secrets.write_back(kept, token.reveal(), self._folder()):
            source, _ = self.change_source(name, {"token": token.reveal()})
        return source

    async def _looked_up(self, source: SourceSettings) -> Connector:
        """As ``connector``, beside the loop: a keyring or command may take its time."""
        import asyncio

        return await asyncio.to_thread(self.connector, source)

    def _kept(
        self,
        source: SourceSettings,
        told: Mapping[str, Any],
        before: SourceSettings | None = None,
    ) -> SourceSettings:
        """The source, its secrets told just now put where they belong."""
        from triage import secrets

        settings = dict(source.settings)
        for setting in secrets_of(_kind(source)):
            value = str(told.get(setting.name, ""))
            if not value or secrets.is_reference(value):
                continue
            place = self._place(source.name, setting.name)
            kept = str(before.settings.get(setting.name, "")) if before else ""
            if not place.replace(kept, value):
                kept = place.keep(value)
            settings[setting.name] = kept
        return replace(source, settings=settings)

    def _forget(self, before: SourceSettings) -> list[str]:
        """Take away what was kept for a source and nothing refers to any more."""
        used = {
            str(told)
            for source in self.config.sources.values()
            for told in source.settings.values()
        }
        gone = []
        for setting, told in before.settings.items():
            reference = str(told)
            place = self._place(before.name, setting)
            if reference not in used and place.forget(reference):
                gone.append(reference)
        return gone

    def _place(self, source: str, setting: str) -> secrets.Place:
        from triage import secrets

        return secrets.Place(
            f"{self.path.stem}:{source}:{setting}", config.secrets_folder()
        )

    def _folder(self) -> Path:
        return self.config.path.absolute().parent


def secrets_of(connector: type[Any]) -> list[Setting]:
    """The settings of a connector that are secrets."""
    from triage.settings import settings_of

    return [setting for setting in settings_of(connector) if setting.is_secret]


def statuses_of(source: SourceSettings) -> dict[str, str]:
    """
    What a person says the words of a tracker mean, by word.

    Raises:
        ConfigError: Something is meant that nothing planned can be.
    """
    told = source.settings.get("statuses")
    if not isinstance(told, Mapping):
        return {}
    for word, status in told.items():
        if status not in set(RoadmapStatus):
            raise ConfigError(
                f"{source.name}: statuses.{word}={status} is no status; say"
                f" {', '.join(RoadmapStatus)}"
            )
    return {str(word): str(status) for word, status in told.items()}


def _kind(source: SourceSettings) -> Any:
    return plugins.one(plugins.CONNECTORS, source.connector)


def _writes(told: dict[str, Any], *, before: bool) -> bool:
    """Take ``writes`` out of what was told: whether anything may be sent there."""
    if "writes" not in told:
        return before
    given = told.pop("writes")
    try:
        return given != "" and plugins.truth(given)
    except ValueError as error:
        raise ConfigError(
            f"the setting writes={given!r} does not fit: {error}"
        ) from error


def _refuse_without_acts(source: SourceSettings) -> None:
    if source.writes and not getattr(_kind(source), "acts", None):
        raise ConfigError(
            f"{source.name} can only be read: {source.connector} has nothing to send"
            " with; leave writes away"
        )


def _refuse_if_others_write(settings: Path) -> None:
    """What others may write into is no place to read a command from."""
    if os.name != "nt" and settings.stat().st_mode & 0o022:
        raise ConfigError(
            f"others may write into {settings}, so no command in it is run;"
            f" `chmod 600 {settings}`"
        )


def _entries(before: object, told: Any) -> Any:
    """A setting as it is told; of a table, its entries beside those there are."""
    if not isinstance(told, Mapping):
        return told
    kept = before if isinstance(before, Mapping) else {}
    return {key: value for key, value in {**kept, **told}.items() if value != ""}


def _from_here(connector: type[Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """What a person told, its paths beginning where they stand now."""
    from triage.settings import settings_of

    whole = dict(told)
    for setting in settings_of(connector):
        given = str(told.get(setting.name) or "")
        if given and setting.kind == "path":
            whole[setting.name] = _whole(given)
        elif setting.is_secret and given.startswith("file:"):
            whole[setting.name] = f"file:{_whole(given.removeprefix('file:').strip())}"
    return whole


def _whole(path: str) -> str:
    return str((Path.cwd() / Path(path).expanduser()).absolute())
