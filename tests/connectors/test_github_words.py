"""Of what is written on GitHub, what somebody said is kept."""

from __future__ import annotations

import time

import pytest

from triage_connectors.github_words import attachments, said


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("It hangs\r\nalways", "It hangs\nalways"),
        ("<!-- Describe it -->\nIt hangs<!-- not shown -->", "It hangs"),
        ("> Since when?\n\nSince May\n> Really?\n\nYes", "Since May\n\nYes"),
        ("```\n> a prompt\n```\nfails", "```\n> a prompt\n```\nfails"),
        ("See [the manual](https://acme.example/x), and ![shot](https://x.example/y.png)",
         "See the manual, and shot"),
        ('It shows <img width="9" alt="a wheel" src="https://x.example/a">', "It shows a wheel"),
        ("<details><summary>Log</summary>\n\nboom\n</details>", "Log\n\nboom"),
        ("> only a quotation", ""),
        ("an unclosed <!-- stays", "an unclosed <!-- stays"),
    ],
)  # fmt: skip
def test_said(markdown: str, text: str) -> None:
    """Templates' hints, quotations and addresses are left out; code stays."""
    assert said(markdown) == text


def test_by_mail() -> None:
    """Of an answer by mail, the notification it answers is left out."""
    text = (
        "It is still so, sadly\n\nOn Mon, 2 Mar 2026 at 10:00, Olga <x@github.com> wrote:\n\n"
        "> Mended?\n> Reply to this email directly, view it on GitHub\n"
    )
    assert said(text) == "It is still so, sadly"


def test_attachments() -> None:
    """Files that were uploaded are told by their names."""
    text = (
        "[log.txt](https://github.com/user-attachments/files/12/log.txt)"
        " [other](https://acme.example/x)"
    )
    assert attachments(text) == ["log.txt"]


@pytest.mark.parametrize("piece", ["<!--", "![", "<img ", "> ", "](", "```\n", "[a]("])
def test_long_texts(piece: str) -> None:
    """The longest text GitHub takes is read in no time, whatever it is made of."""
    began = time.process_time()
    said(piece * (65_536 // len(piece)))
    assert time.process_time() - began < 1
