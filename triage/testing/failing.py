"""A service that fails, limits or lies at any request: nothing is lost by it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from triage.errors import ConfigError, RateLimited, SourceError
from triage.testing.kept import Kept
from triage.testing.lies import LIKELY, SURE, Circling, elsewhere, lying, moved
from triage.testing.limited import Limiting, TooOften, forms
from triage.testing.promise import promise
from triage.testing.trial import Fault, Run, Trial, differ, some
from triage.transport.answered import Answer, Request, said

_TROUBLE = 6
"""Answers of 500 in a row: one more than a question is asked again."""


@dataclass(frozen=True, slots=True)
class Pulling:
    """
    A pull in which something goes wrong.

    Attributes:
        name: Which pull it is, in a sentence.
        start: What the store held before; None before a first pull.
        honest: How it goes where nothing goes wrong.
    """

    name: str
    start: Kept | None
    at: datetime
    honest: Run

    def requests(self) -> Iterator[tuple[int, str]]:
        """Some of its requests by number, and each in words."""
        for number in some(self.honest.asked):
            yield number, f"at request {number + 1} of {self.name}"


async def check_failing(trial: Trial, whole: Run) -> None:
    """Go wrong in every way, in a first pull and in one that goes on."""
    for _ in range(2):
        trial.add()
    trial.settle()
    at = trial.service.now
    following = await trial.whole(whole.kept, at=at)
    first = await trial.whole(at=at)
    await _go_wrong(trial, Pulling("a first pull", None, at, first))
    await _go_wrong(trial, Pulling("a pull that goes on", whole.kept, at, following))


async def check_failing_alone(trial: Trial) -> None:
    """Go wrong in every way where one feedback is all there is."""
    trial.add()
    trial.settle()
    at = trial.service.now
    alone = await trial.whole(at=at)
    await _go_wrong(trial, Pulling("a pull of one", None, at, alone))


async def _go_wrong(trial: Trial, pulling: Pulling) -> None:
    await _check_trouble(trial, pulling)
    await _check_too_often(trial, pulling)
    await _check_lies(trial, pulling)
    await _check_circles(trial, pulling)
    await _check_other_hosts(trial, pulling)


async def _check_trouble(trial: Trial, pulling: Pulling) -> None:

    for number, where in pulling.requests():

        def fault(
            asked: int,
            request: Request,
            honest: Answer,
            number: int = number,
        ) -> Answer:
            del request
            return said(500) if number <= asked < number + _TROUBLE else honest

        failed = await _failed(trial, pulling, fault, f"500 six times {where}")
        promise(
            isinstance(failed.error, SourceError),
            f"500 six times {where} ends the pull with a SourceError, not:"
            f" {failed.error!r}",
        )


async def _check_too_often(trial: Trial, pulling: Pulling) -> None:
    """Each form somewhere, and the one of an hour everywhere."""
    numbers = some(pulling.honest.asked)
    told = forms(pulling.at)
    hour = next(form for form in told if form.seconds > 900)
    plan: list[tuple[TooOften, int]] = [
        *((form, numbers[turn % len(numbers)]) for turn, form in enumerate(told)),
        *((hour, number) for number in numbers),
    ]
    for form, number in plan:
        limiting = Limiting(form, number)

        def fault(
            asked: int,
            request: Request,
            honest: Answer,
            limiting: Limiting = limiting,
        ) -> Answer:
            del request
            return limiting.fault(trial.service.now, asked, honest)

        where = f"“Too often” ({form.name}) at request {number + 1} of {pulling.name}"
        limited = await _failed(trial, pulling, fault, where)
        promise(
            limited.error is None or isinstance(limited.error, RateLimited),
            f"{where} is waited for or told as RateLimited, not: {limited.error!r}",
        )


async def _check_lies(trial: Trial, pulling: Pulling) -> None:
    for number, where in pulling.requests():
        for name, lie in {**SURE, **LIKELY}.items():
            if name == "an empty object" and not trial.has("empty"):
                continue
            told = _Told(lying(lie, number))
            what = f"{name.capitalize()} {where}"
            failed = await _failed(trial, pulling, told.fault, what)
            promise(
                isinstance(failed.error, (SourceError, ConfigError))
                or not (told.lied and name in SURE)
                or not failed.kept.differing(pulling.honest.kept),
                f"{what} ends the pull with a SourceError or with all there is; it went"
                " on as if all were well.",
            )


async def _check_circles(trial: Trial, pulling: Pulling) -> None:
    for number, where in pulling.requests():
        await _failed(trial, pulling, Circling(number).fault, f"A circle {where}")


async def _check_other_hosts(trial: Trial, pulling: Pulling) -> None:
    for number, where in pulling.requests():
        failed = await _failed(
            trial, pulling, moved(number), f"A redirect to another host {where}"
        )
        promise(
            isinstance(failed.error, (SourceError, ConfigError)),
            f"A redirect to another host {where} ends the pull with a SourceError, not:"
            f" {failed.error!r}",
        )
        led = await trial.run(pulling.start, at=pulling.at, fault=elsewhere(number))
        trial.settle()
        final = await trial.whole(led.kept)
        missing = sorted(pulling.honest.kept.told.keys() - final.kept.told.keys())[:5]
        promise(
            not missing,
            f"An address of another host {where} is refused and loses nothing; these"
            f" are missing: {missing}.",
        )


async def _failed(trial: Trial, pulling: Pulling, fault: Fault, what: str) -> Run:
    """A pull in which that goes wrong; the next is complete."""
    failed = await trial.run(pulling.start, at=pulling.at, fault=fault)
    trial.settle()
    final = await trial.whole(failed.kept)
    differ(final.kept, pulling.honest.kept, f"{what} loses nothing: the next is whole")
    return failed


class _Told:
    """A fault, and whether it changed anything."""

    def __init__(self, fault: Fault) -> None:
        self._fault = fault
        self.lied = False

    def fault(self, number: int, request: Request, honest: Answer) -> Answer:
        """As ``Fault``."""
        told = self._fault(number, request, honest)
        self.lied |= told is not honest
        return told
