"""The people who talk to us: three personas, thirty-five companies, and many alone."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from triage.demo.dice import Dice
from triage.demo.roster import ALONE, COMPANIES, OUTSIDERS, STRANGERS, Company

LANGUAGES = {
    "AR": "es",
    "AT": "de",
    "BE": "fr",
    "BR": "pt",
    "CH": "de",
    "CL": "es",
    "DE": "de",
    "ES": "es",
    "FR": "fr",
    "IT": "it",
    "JP": "ja",
    "KR": "ko",
    "MX": "es",
    "NL": "nl",
    "PL": "pl",
    "PT": "pt",
    "SE": "sv",
}
"""What people of a country write in; English where it is not listed."""

DESKTOPS = (
    "Windows 11",
    "Windows 11",
    "Windows 10",
    "macOS 15",
    "macOS 15",
    "macOS 14",
)
ANDROIDS = (
    "Pixel 8",
    "Pixel 9",
    "Galaxy S24",
    "Galaxy A54",
    "Galaxy Tab S9",
    "Xperia 1 V",
    "Redmi Note 13",
)
APPLES = ("iPhone 15", "iPhone 14", "iPhone 16", "iPhone SE", "iPad Air", "iPad Pro")

_PLAIN = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "ł": "l", "ı": "i"})
_WORK = {"Enterprise": "analyst", "Mid-market": "analyst", "Agency": "producer"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """A kind of customer with a face."""

    key: str
    name: str
    sentence: str
    segments: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """
    One customer as our books know them.

    Attributes:
        handle: What they are called in stores and in public.
        revenue: What their company (or they) pay per month, in whole euros.
        persona: Key of one of ``PERSONAS``.
    """

    name: str
    email: str
    handle: str
    company: str
    plan: str
    segment: str
    revenue: int
    country: str
    persona: str
    language: str
    desktop: str
    phone: str

    @property
    def first_name(self) -> str:
        """What they sign with among friends."""
        return self.name.split()[0]

    def device_for(self, store: str) -> str:
        """The phone or tablet a review in this store was written on."""
        made = {"play": ANDROIDS, "app-store": APPLES}.get(store, (self.phone,))
        if self.phone in made:
            return self.phone
        return Dice(f"{store} of {self.handle}").pick(made)


PERSONAS: tuple[Persona, ...] = (
    Persona(
        key="analyst",
        name="Astrid, the analyst",
        sentence="Writes reports of hundreds of pages that a regulator or a board waits for; the export is the product.",
        segments=("Enterprise", "Mid-market"),
    ),
    Persona(
        key="producer",
        name="Paul, the producer",
        sentence="Runs twenty client projects at an agency; lives by reviews, permissions and invoices that add up.",
        segments=("Agency",),
    ),
    Persona(
        key="writer",
        name="Wren, the writer",
        sentence="Writes a book or a thesis alone, on trains and at night, and pays for it herself.",
        segments=("Individual", "Education"),
    ),
)


def people() -> tuple[Person, ...]:
    """Everybody, always in the same order."""
    employed = (
        _employee(company, name, country)
        for company in COMPANIES
        for name, country in _staff(company)
    )
    alone = (
        _person(
            name=name,
            email=f"{handle.lower()}@{_mailbox(handle)}",
            handle=handle,
            company="",
            plan=plan,
            segment="Individual",
            revenue=12 if plan == "Pro" else 0,
            country=country,
            persona="writer",
        )
        for name, handle, plan, country in ALONE
    )
    return (*employed, *alone)


def strangers() -> tuple[Person, ...]:
    """Reviewers and posters known only by the name they chose."""
    homes = {"en": "US", "pt": "BR", "ja": "JP", "ko": "KR", "sv": "SE"}
    return tuple(
        _person(
            name=handle,
            email="",
            handle=handle,
            company="",
            plan="",
            segment="",
            revenue=0,
            country=homes.get(language, language.upper()),
            persona="",
        )
        for language, handles in STRANGERS.items()
        for handle in handles
    )


def outsiders() -> tuple[Person, ...]:
    """Senders who are no customers: spam and the press."""
    return tuple(
        _person(
            name=name,
            email=email,
            handle=name,
            company="",
            plan="",
            segment="",
            revenue=0,
            country="",
            persona="",
        )
        for name, email in OUTSIDERS
    )


def _staff(company: Company) -> list[tuple[str, str]]:
    return [
        (name, country or company.country)
        for name, _, country in (entry.partition("@") for entry in company.staff)
    ]


def _employee(company: Company, name: str, country: str) -> Person:
    mailbox = ".".join(_ascii(part) for part in name.split())
    return _person(
        name=name,
        email=f"{mailbox}@{company.domain}",
        handle=_handle(name),
        company=company.name,
        plan=company.plan,
        segment=company.segment,
        revenue=company.revenue,
        country=country,
        persona=_WORK.get(company.segment, "writer"),
    )


def _person(
    *,
    name: str,
    email: str,
    handle: str,
    company: str,
    plan: str,
    segment: str,
    revenue: int,
    country: str,
    persona: str,
) -> Person:
    dice = Dice(f"devices of {email or handle}")
    return Person(
        name=name,
        email=email,
        handle=handle,
        company=company,
        plan=plan,
        segment=segment,
        revenue=revenue,
        country=country,
        persona=persona,
        language=LANGUAGES.get(country, "en"),
        desktop=dice.pick(DESKTOPS),
        phone=dice.pick(ANDROIDS if dice.chance(0.5) else APPLES),
    )


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    return "".join(c for c in plain if c.isascii() and c.isalnum()).lower()


def _handle(name: str) -> str:
    dice = Dice(f"handle of {name}")
    first, *_, last = (_ascii(part) for part in name.split())
    number = 10 + dice.below(89)
    return dice.pick(
        (
            f"{first}{last[0]}",
            f"{first[0]}{last}",
            f"{first}_{last}",
            f"{first}{number}",
            f"{last}.{first[0]}",
            f"{first.capitalize()} {last[0].upper()}.",
        )
    )


def _mailbox(handle: str) -> str:
    return Dice(f"mailbox of {handle}").pick(
        ("mail.example", "post.example", "inbox.example", "letters.example")
    )
