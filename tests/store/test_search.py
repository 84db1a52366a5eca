"""Search finds words in every script, newest first, and no text is syntax."""

from __future__ import annotations

import contextlib
import unicodedata
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import NOON, a_workspace, an_incoming, imported
from triage.errors import UsageError
from triage.model import State
from triage.workspace import Workspace

SAID = {
    "en": "The export is broken, again: naïve café résumé.",
    "de": "Der Übermittlungsfehler stört; Größe 12.5 geht nicht",
    "ja": "検索機能が遅いです。タグも消えました",
    "zh": "导出功能无法使用，标签全部丢失",
    "ko": "검색이 너무 느려요 태그가 사라졌습니다",
    "th": "ค้นหาช้ามาก แท็กหายหมดเลย ไม่ไหวแล้ว",
    "ko-macos": unicodedata.normalize("NFD", "글자가 깨져서 보입니다"),
    "ru": "Экспорт теряет все метки",
    "ar": "التصدير يفقد كل الوسوم",
    "hi": "खोज बहुत धीमी है",
    "emoji": "🎉🎉 love it 👍🏽",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A workspace with something said in each script."""
    with a_workspace(tmp_path_factory.mktemp("library")) as workspace:
        imported(
            workspace,
            [
                an_incoming(name, body, received_at=NOON + timedelta(hours=hour))
                for hour, (name, body) in enumerate(SAID.items())
            ],
        )
        yield workspace


def found(workspace: Workspace, text: str) -> list[str]:
    ids = workspace.ids(None, text)
    return [one.external_id for one in workspace.feedback_many(ids)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("export", "en"), ("EXPORT", "en"), ("expo", "en"), ("broken export", "en"),
        ("cafe", "en"), ("naive", "en"), ("Größe", "de"), ("12.5", "de"),
        ("Übermittlung", "de"), ("ubermittlungsfehler", "de"), ("検索", "ja"),
        ("タグ", "ja"), ("検索機能", "ja"), ("索", "ja"), ("签", "zh"), ("タグも消えました", "ja"), ("导出功能", "zh"),
        ("标签", "zh"), ("검색이", "ko"), ("태그가", "ko"), ("검색", "ko"), ("태그", "ko"),
        ("깨져서", "ko-macos"), ("글자", "ko-macos"),
        ("ค้นหา", "th"), ("แท็ก", "th"), ("ช้ามาก", "th"), ("ไม่ไหว", "th"),
        ("метки", "ru"), ("мет", "ru"), ("الوسوم", "ar"), ("खोज", "hi"), ("love", "emoji"),
    ],
)  # fmt: skip
def test_words_of_every_script_are_found(
    library: Workspace, text: str, language: str
) -> None:
    """A word, or its beginning, finds what was said, whatever it is written in."""
    assert found(library, text) == [language]


@pytest.mark.parametrize("text", ["検能", "exporter", "zzz", "!!!", "🎉", "   x1x"])
def test_what_nobody_said_is_not_found(library: Workspace, text: str) -> None:
    """Other words, and signs that are no words, find nothing."""
    assert found(library, text) == []


SYNTAX = st.sampled_from(
    ['"', "'", "*", "(", ")", ":", "^", "-", "+", "NEAR", "AND", "OR", "NOT", "title:",
     "\x00", "\ud800", "\\", "{a b}", "; DROP TABLE feedback", "%", "_", "🎉", "検", " "]
)  # fmt: skip


@given(st.lists(SYNTAX | st.text(max_size=8), max_size=12).map("".join))
@settings(max_examples=400)
def test_whatever_is_typed_is_answered(library: Workspace, text: str) -> None:
    """Whatever a person types or pastes, the answer is a list or a sentence."""
    with contextlib.suppress(UsageError):
        assert len(library.ids(None, text)) <= len(SAID)


@given(
    st.text(st.characters(categories=["Lu", "Ll", "Lo", "Nd"]), min_size=2, max_size=9)
)
@settings(max_examples=60)
def test_a_word_finds_what_it_is_in(
    tmp_path_factory: pytest.TempPathFactory, word: str
) -> None:
    """Any word of letters finds the feedback that says it, among others."""
    with a_workspace(Path(tmp_path_factory.mktemp("word"))) as workspace:
        imported(
            workspace, [an_incoming("1", f"see: {word}!"), an_incoming("2", "see")]
        )
        assert "1" in found(workspace, word)


def test_long_input_is_refused(library: Workspace) -> None:
    """A pasted megabyte is refused at once; as much as a query may hold is found."""
    assert found(library, "export " * 200) == ["en"]
    assert found(library, "! " * 1000) == []
    for pasted in ("export " * 150_000, '"' * 1_000_000):
        with pytest.raises(UsageError, match="at most"):
            found(library, pasted)


def test_newest_first_whatever_order_they_came(workspace: Workspace) -> None:
    """Matches are in order of time, in pages as large as asked for."""
    hours = [5, 1, 9, 3, 7, 2, 8]
    for hour in hours:
        at = NOON + timedelta(hours=hour)
        imported(workspace, [an_incoming(str(hour), "sync fails", received_at=at)])
    assert found(workspace, "sync") == [
        str(hour) for hour in sorted(hours, reverse=True)
    ]
    assert len(workspace.ids(None, "sync", limit=3)) == 3


def test_search_keeps_to_a_state_and_a_source(workspace: Workspace) -> None:
    """A search can be narrowed to where feedback stands and where it came from."""
    for source in ("mail", "desk"):
        told = [an_incoming("1", "sync fails often"), an_incoming("2", "sync is slow")]
        imported(workspace, told, source=source)
    first = workspace.feedback("f1")
    workspace.archive([first])
    assert first.id not in workspace.ids(State.INBOX, "sync")
    assert list(workspace.ids(State.ARCHIVED, "sync")) == [first.id]
    assert len(workspace.ids(None, "sync source:desk")) == 2
    assert len(workspace.ids(State.INBOX, "sync source:mail")) == 1


def test_edited_words_are_found_old_ones_are_not(workspace: Workspace) -> None:
    """After an edit, search knows what is said now."""
    imported(workspace, [an_incoming("1", "the toolbar vanished", title="Toolbar")])
    imported(workspace, [an_incoming("1", "検索バーが消えた", title="Searchbar")])
    assert found(workspace, "toolbar") == []
    assert found(workspace, "searchbar") == found(workspace, "検索バー") == ["1"]
    assert workspace.doctor()["full_text"] == "ok"
