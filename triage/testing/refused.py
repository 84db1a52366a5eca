"""What can be asked before a pull, and how a service that refuses is told."""

from __future__ import annotations

import re

from triage.connector import Connector, Report
from triage.errors import ConfigError, SignInFailed, TriageError
from triage.testing.lies import LIKELY, SURE, lying
from triage.testing.promise import check_hidden, promise
from triage.testing.trial import Fault, Run, Trial, some
from triage.transport.answered import Answer, Request, said

_NAMES = re.compile(
    r"key|token|password|account|role|right|permission|access|sign|scope|credential"
    r"|subscription|setting",
    re.IGNORECASE,
)
"""What a person can see to when a service lets them not in."""

_REFUSALS = {401: "A key that is refused", 403: "A right that is missing"}


async def check_checking(trial: Trial) -> None:
    """``check`` tells whose account it is, and asks only what is allowed."""
    promise(
        hasattr(trial.make(), "check"),
        "A connector of a service has check(http), which says whose account it is.",
    )
    asked: list[Request] = []
    report = await check(trial, trial.make(), asked=asked)
    if not isinstance(report, Report):
        raise AssertionError(  # noqa: TRY004 - a broken promise, like all others
            f"check() of an account that works returns a Report, not {report!r}."
        )
    promise(
        bool(report.account.strip()) and "\n" not in report.account,
        f"A Report says in one line whose account it is, not {report.account!r}.",
    )
    check_hidden(trial.secrets, "a report", repr(report))
    for number in some(len(asked)):
        for name, lie in {**SURE, **LIKELY}.items():
            told = await check(trial, trial.make(), lying(lie, number))
            promise(
                isinstance(told, (Report, TriageError)),
                f"{name.capitalize()} at request {number + 1} of check() ends in a"
                f" report or an error, not: {told!r}",
            )


async def check_refusals(trial: Trial, whole: Run) -> None:
    """A key or right that is refused, at any request, is told as just that."""
    at = trial.service.now
    for status, what in _REFUSALS.items():
        told = await check(trial, trial.make(), _refusing(status, 0))
        _check_named(told, f"{what} is told by check()")
        for number in some(whole.asked):
            run = await trial.run(at=at, fault=_refusing(status, number))
            _check_named(run.error, f"{what}, at request {number + 1}, is told")
    if not trial.has("wrong"):
        return
    for word, connector in trial.do("wrong").items():
        for error in (
            await check(trial, connector),
            (await trial.run(connector=connector)).error,
        ):
            _check_kind(error, f"What is wrong with {word!r} is told")
            promise(
                word.casefold() in str(error).casefold(),
                f"What is wrong is named as {word!r}, not: {error}",
            )


async def check(
    trial: Trial,
    connector: Connector,
    fault: Fault | None = None,
    asked: list[Request] | None = None,
) -> Report | TriageError | None:
    """What ``check`` of a connector says, be it an error; ``asked`` is filled."""
    async with trial.client(fault, [] if asked is None else asked) as http:
        try:
            report: Report | None = await connector.check(http)  # type: ignore[attr-defined]
        except Exception as error:  # any: what kind it is, is the question
            return trial.explained(error)
    return report


def _refusing(status: int, since: int) -> Fault:

    def fault(number: int, request: Request, honest: Answer) -> Answer:
        del request
        return said(status) if number >= since else honest

    return fault


def _check_kind(told: object, sentence: str) -> None:
    promise(
        isinstance(told, (SignInFailed, ConfigError)),
        f"{sentence} as SignInFailed or ConfigError, not: {told!r}",
    )


def _check_named(told: object, sentence: str) -> None:
    _check_kind(told, sentence)
    promise(
        _NAMES.search(str(told)) is not None,
        f"{sentence} with what to see to, not: {told}",
    )
