"""A tracker that refuses, limits, fails or lies at any request is told as just that."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from triage.errors import ConfigError, RateLimited, SignInFailed, SourceError
from triage.testing.lies import LIKELY, SURE, elsewhere, lying, moved
from triage.testing.promise import promise
from triage.testing.tracker_telling import each_act
from triage.testing.tracker_trial import TrackerTrial
from triage.testing.trial import Fault, some
from triage.transport.answered import Answer, Request, said

Question: TypeAlias = "Callable[[TrackerTrial, Fault | None], Awaitable[Any]]"

_KINDS: dict[int, tuple[type[Exception], ...]] = {
    401: (SignInFailed, ConfigError),
    403: (SignInFailed, ConfigError),
    429: (RateLimited,),
    500: (SourceError,),
    503: (SourceError,),
}


async def check_faults(trial: Callable[[], TrackerTrial]) -> None:
    """Ask everything there is to ask, and have each request go wrong."""
    for name, question in _questions(trial()).items():
        honest = trial()
        answer = await question(honest, None)
        promise(not isinstance(answer, Exception), f"{name} ends well, not: {answer}")
        for number in some(len(honest.asked)):
            await _check_refusals(trial, name, question, number)
            await _check_lies(trial, name, question, number)


async def _check_refusals(
    trial: Callable[[], TrackerTrial], name: str, question: Question, number: int
) -> None:
    where = f"at request {number + 1} of {name}"
    for status, kinds in _KINDS.items():
        told = await question(trial(), _refusing(status, number))
        promise(
            isinstance(told, kinds),
            f"{status} {where} is told as {kinds[0].__name__}, not {told!r}.",
        )
    # What is not there may be told as nothing, or as what to see to.
    await question(trial(), _refusing(404, number))


async def _check_lies(
    trial: Callable[[], TrackerTrial], name: str, question: Question, number: int
) -> None:
    where = f"at request {number + 1} of {name}"
    for lie in (*SURE.values(), *LIKELY.values()):
        # It ends: with an error a person can read, or with what there is.
        await question(trial(), lying(lie, number))
    await question(trial(), elsewhere(number))
    told = await question(trial(), moved(number))
    promise(
        isinstance(told, (SourceError, ConfigError)),
        f"A redirect to another host {where} is a SourceError, not {told!r}.",
    )


def _questions(trial: TrackerTrial) -> dict[str, Question]:
    async def check(one: TrackerTrial, fault: Fault | None) -> Any:
        return await one.report(fault)

    async def find(one: TrackerTrial, fault: Fault | None) -> Any:
        one.tracker.add("Faster export")
        return await one.ask(lambda it, http: it.find(http, "faster", 5), fault)

    async def planned(one: TrackerTrial, fault: Fault | None) -> Any:
        keys = [one.tracker.add(f"Plan {number}") for number in range(5)]
        return await one.ask(lambda it, http: it.planned(http, keys), fault)

    def telling(act: str) -> Question:
        async def tell(one: TrackerTrial, fault: Fault | None) -> Any:
            wanted = next(told for told in each_act(one) if told.act == act)
            return await one.tell(wanted, fault)

        return tell

    told = {act: telling(act) for act in trial.make().acts}
    return {"check()": check, "find()": find, "planned()": planned, **told}


def _refusing(status: int, since: int) -> Fault:
    rest = {"Retry-After": "3600"} if status == 429 else {}

    def fault(number: int, request: Request, honest: Answer) -> Answer:
        del request
        return said(status, rest) if number >= since else honest

    return fault
