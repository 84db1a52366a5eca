"""What a review of Apple's store is called, whichever way it is read."""

from __future__ import annotations

from hashlib import blake2b


def also(app: str, country: str, nickname: str, title: str, body: str) -> str:
    """
    The name App Store Connect and the public feed can both give one review.

    Their ids differ. One person has one review of an app in one country, but nicknames
    are not unique, so the words are part of it.

    Args:
        app: Apple's number of the app, which is its id in App Store Connect.
        country: ISO 3166 alpha-2, in capitals.
    """
    words = "\n".join(" ".join(said.split()) for said in (nickname, title, body))
    mark = blake2b(words.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return f"app-store {app} {country} {mark}"
