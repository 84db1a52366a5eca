"""What strangers call our channels."""

from __future__ import annotations

from typing import Final

from triage.connector import Channel, ConfigError

ALIASES: Final = {
    **{channel.value: channel for channel in Channel},
    **{f"{channel.value}s": channel for channel in Channel},
    **{channel.value.replace("_", " "): channel for channel in Channel},
    **{f"{channel.value.replace('_', ' ')}s": channel for channel in Channel},
    "mail": Channel.EMAIL,
    "e-mail": Channel.EMAIL,
    "app store": Channel.REVIEW,
    "google play": Channel.REVIEW,
    "play store": Channel.REVIEW,
    "rating": Channel.REVIEW,
    "bewertung": Channel.REVIEW,
    "support": Channel.TICKET,
    "helpdesk": Channel.TICKET,
    "help desk": Channel.TICKET,
    "chat": Channel.TICKET,
    "case": Channel.TICKET,
    "nps": Channel.SURVEY,
    "csat": Channel.SURVEY,
    "ces": Channel.SURVEY,
    "form": Channel.SURVEY,
    "questionnaire": Channel.SURVEY,
    "umfrage": Channel.SURVEY,
    "call": Channel.INTERVIEW,
    "phone": Channel.INTERVIEW,
    "meeting": Channel.INTERVIEW,
    "user interview": Channel.INTERVIEW,
    "customer interview": Channel.INTERVIEW,
    "usability test": Channel.USABILITY,
    "usability session": Channel.USABILITY,
    "usability study": Channel.USABILITY,
    "user test": Channel.USABILITY,
    "contextual inquiry": Channel.OBSERVATION,
    "field study": Channel.OBSERVATION,
    "shadowing": Channel.OBSERVATION,
    "group discussion": Channel.FOCUS_GROUP,
    "focusgroup": Channel.FOCUS_GROUP,
    "customer visit": Channel.VISIT,
    "site visit": Channel.VISIT,
    "concept": Channel.CONCEPT_TEST,
    "concept testing": Channel.CONCEPT_TEST,
    "prototype test": Channel.CONCEPT_TEST,
    "price": Channel.PRICING,
    "price sensitivity": Channel.PRICING,
    "van westendorp": Channel.PRICING,
    "willingness to pay": Channel.PRICING,
    "tweet": Channel.SOCIAL,
    "twitter": Channel.SOCIAL,
    "x": Channel.SOCIAL,
    "reddit": Channel.SOCIAL,
    "forum": Channel.SOCIAL,
    "facebook": Channel.SOCIAL,
    "post": Channel.SOCIAL,
    "notes": Channel.NOTE,
}


def find(name: str) -> Channel | None:
    """Return the channel people call so; None if there is none."""
    return ALIASES.get(name.strip().casefold())


def named(name: str) -> Channel:
    """Return the channel people call so; ConfigError if there is none."""
    channel = find(name)
    if channel is None:
        known = ", ".join(one.value for one in Channel)
        raise ConfigError(f"there is no channel “{name}”; use one of {known}")
    return channel
