"""Customers' words for trackers: nobody is called, nothing is linked or referred to."""

from __future__ import annotations

import re

from triage.export.escaping import block, inline

# Behind any letter: what a word is differs between those who look for addresses.
_SCHEME = re.compile(
    r"(?i):(?=//|\\\\)"
    r"|(?:(?<=script)|(?<=data)|(?<=mailto)|(?<=tel)|(?<=sms)|(?<=file)|(?<=xmpp)"
    r"|(?<=callto)):(?=\S)"
)
_WWW = re.compile(r"(?i)(?<![a-z0-9])(www\d?)\.(?=\w)")
_DOMAIN = re.compile(
    r"(?i)(?<=[\w-])\.(?=(?:com|net|org|info|biz|edu|gov|example|test|app|dev|io|co|ai"
    r"|me|tv|cc|ly|gl|gg|to|eu|uk|us|ca|au|nz|in|de|at|ch|fr|es|it|nl|be|pl|se|no|dk|fi"
    r"|cz|ru|ua|cn|jp|kr|br|mx|tk|xyz|online|site|shop|link|click|page|cloud|tech|top)"
    r"(?![\w-]))"
)
_PATH = re.compile(r"(?<=[\w-])\.(?=[a-z][\w-]*/)", re.IGNORECASE)
_REFERENCE = re.compile(r"#(?=\w)")
_GITHUB = re.compile(r"(?i)\bGH-(?=\d)")


def neutral(text: str) -> str:
    """
    The text with what an app would act on written so that a person still reads it.

    ``@`` and ``#`` become their full-width forms, ``http://`` ``http[:]//`` and the
    dots of a domain ``[.]``: apps look for these in what they show, so that no way of
    escaping markup would keep them from it.
    """
    text = text.replace("@", "\uff20")
    text = _REFERENCE.sub("\uff03", text)
    text = _GITHUB.sub("GH\u2011", text)
    if ":" in text:
        text = _SCHEME.sub("[:]", text)
    if "." in text:
        text = _WWW.sub(r"\1[.]", text)
        text = _PATH.sub("[.]", _DOMAIN.sub("[.]", text))
    return text


def line(text: str, limit: int = 250) -> str:
    """One line for a title or a label, plain."""
    from triage.text.display import one_line

    return neutral(one_line(text, limit))


def markdown_line(text: str, limit: int = 500) -> str:
    """One line of Markdown that means nothing but itself, nothing in it acted on."""
    from triage.text.display import one_line

    return inline(neutral(one_line(text, limit)), limit * 2)


def markdown_block(text: str, prefix: str = "") -> list[str]:
    """The same of paragraphs; a line that would be a command of the app is none."""
    return block(neutral(text), prefix)
