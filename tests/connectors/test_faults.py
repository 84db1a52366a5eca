"""Whatever goes wrong on the way to a service, a pull ends, and the next is whole."""

from __future__ import annotations

import logging
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pytest

from connectors.disturbed import Ground, Pulled, files
from factories import told_as
from servers.faults import FAULTS
from servers.meeting import Fault
from servers.services import SERVICES, pair
from triage.errors import TriageError
from triage.plugins import EXPORTS, names
from triage.testing.failures import as_printed
from triage.testing.promise import promise
from triage.workspace import Workspace

Grounds: TypeAlias = Callable[[str], Ground]

EXCUSED: Mapping[tuple[str, str], str] = {
    ("app-store-connect", "404"): "a version that was taken away is no list any more,"
    " and its reviews come without one",
    **{
        ("app-store-feed", fault): "an app that is in no such storefront; one that is"
        " there comes with the next pull"
        for fault in ("400", "404", "400 that says back what was sent")
    },
    **{
        (desk, "404"): "a conversation that is listed and not found was deleted in"
        " between; were it not, it would come when something is said in it"
        for desk in ("zammad", "chatwoot", "gorgias")
    },
    **{
        (survey, "404"): "a form that was taken away; one that is there comes with the"
        " next pull"
        for survey in ("typeform", "surveymonkey")
    },
}
"""What means something else to a connector: less may come, and why."""


@pytest.fixture(scope="module")
def grounds(tmp_path_factory: pytest.TempPathFactory) -> Grounds:
    """The ground of each connector, laid when the first of its tests comes."""

    @cache
    def laid(name: str) -> Ground:
        return Ground(pair(name), tmp_path_factory.mktemp(name))

    return laid


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", SERVICES)
def test_fault(
    name: str,
    fault: str,
    grounds: Grounds,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """It ends in time and is told, keeps what it has, and the next run is whole."""
    caplog.set_level(logging.DEBUG)
    ground, wrong = grounds(name), FAULTS[fault]
    is_excused = (name, fault) in EXCUSED
    with ground.workspace() as workspace:
        met = ground.pull(workspace, wrong, int(ground.whole.asked * wrong.share))
        _check_told(ground, met, wrong, is_excused)
        _check_after(ground, workspace, met, wrong.is_altering, is_excused)
    if wrong.first:
        with ground.workspace(full=True) as workspace:
            met = ground.pull(workspace, wrong)
            _check_told(ground, met, wrong, is_excused)
            promise(met.rows == ground.whole.rows, "What was stored before stays.")
            _check_after(ground, workspace, met, wrong.is_altering, is_excused)
    shown = caplog.text + "".join(capfd.readouterr())
    promise(not ground.shown(shown.encode(), met), "No secret is logged or printed.")


def _check_told(ground: Ground, met: Pulled, wrong: Fault, is_excused: bool) -> None:
    """It ended in time, in an error of ours or with all there is."""
    promise(
        met.error is None or isinstance(met.error, TriageError),
        f"It ends in an error a person can read, not in {met.error!r}.",
    )
    promise(
        met.seconds <= wrong.seconds,
        f"It ends within {wrong.seconds:g} s, not after {met.seconds:g}.",
    )
    promise(
        met.error is None or not wrong.is_harmless,
        f"It is no reason to end, not even in: {met.error}",
    )
    if met.error is None and wrong.is_sure and not is_excused:
        missing = ground.whole.rows.keys() - met.rows.keys()
        promise(not missing, f"It is told, or all comes; not so: {sorted(missing)}.")
    if not (wrong.is_altering or is_excused):
        strange = met.rows.items() - ground.whole.rows.items()
        names = sorted(name for name, _ in strange)
        promise(not names, f"Only what the service holds is stored; not: {names}.")
    if met.error:
        promise(
            not ground.shown(as_printed(met.error).encode(), met),
            "No secret shows in an error.",
        )


def _check_after(
    ground: Ground,
    workspace: Workspace,
    met: Pulled,
    is_altered: bool,
    is_excused: bool,
) -> None:
    """The next run brings the rest, and no file holds a secret."""
    after = ground.pull(workspace)
    promise(after.error is None, f"The next run goes well, not: {after.error!r}")
    whole = ground.whole.rows
    names = after.rows.keys() - whole.keys()
    if not is_excused:
        names |= whole.keys() - after.rows.keys()
    if not (is_altered or is_excused):
        names |= {name for name, _ in after.rows.items() ^ whole.items()}
    promise(
        not names,
        "The next run ends in the rows of an undisturbed pull; these differ:"
        f" {sorted(names)}.",
    )
    promise(not ground.shown(files(workspace), met), "No secret lies in a file.")


@pytest.mark.parametrize("name", SERVICES)
def test_exports(name: str, grounds: Grounds, tmp_path: Path) -> None:
    """No format holds a secret, of a source that failed as of any other."""
    ground = grounds(name)
    with ground.workspace(full=True) as workspace:
        met = ground.pull(workspace, FAULTS["400 that says back what was sent"])
        said = told_as(workspace, *list(ground.whole.rows)[:3], source=name)
        workspace.accept(said, "It loses what I wrote")
        for kind in names(EXPORTS):
            workspace.export(kind, tmp_path / kind)
            written = b"".join(_written(tmp_path / kind))
            assert b"It loses what I wrote" in written
            assert not ground.shown(written, met), kind


def _written(path: Path) -> Iterator[bytes]:
    """What an export wrote: a file, several in a folder, or parts of a workbook."""
    if path.is_dir():
        for one in path.iterdir():
            yield one.read_bytes()
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as parts:
            yield from map(parts.read, parts.namelist())
    else:
        yield path.read_bytes()


def test_table() -> None:
    """There are forty faults and more, and each excuse is of a fault there is."""
    assert len(FAULTS) >= 40
    assert {fault for _, fault in EXCUSED} <= FAULTS.keys()
    assert {name for name, _ in EXCUSED} <= SERVICES.keys()
