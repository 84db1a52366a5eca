"""A story leaves with a quote that bears it out, or as an assumption."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from export.backlogs import backlog, quoted, said, text_of, view
from triage.export.to_json import Json
from triage.export.to_markdown import Markdown
from triage.model import PainPoint
from triage.operations.story_text import whole
from triage.planning import Story


def story(key: int = 1, **told: Any) -> Story:
    values: dict[str, Any] = {
        "id": key, "pain_point_id": 1, "role": "analyst", "want": "all rows",
        "benefit": "I can trust it", "evidence": (1,),
    }  # fmt: skip
    return Story(**(values | told))


def test_it_is_told_as_people_say_it() -> None:
    """Its context stands behind the sentence, and an assumption is named so."""
    told = story(role="user", benefit="", context="at night", assumption=True)
    assert whole(told) == "As a user, I want all rows. Context: at night. (assumption)"
    assert whole(story()) == "As an analyst, I want all rows so that I can trust it."


def test_what_rests_on_nothing_is_left_out_and_named() -> None:
    """A story without a quote, or whose quote is gone, is in no export; it is named."""
    stories = (story(1), story(2, evidence=()), story(3, evidence=(9,)),
               story(4, evidence=(), assumption=True))  # fmt: skip
    one = replace(view(PainPoint(id=1, title="x"), [quoted(said(1))]), stories=stories)
    told_of = backlog(one)
    assert [told.id for told in told_of.rows[0].view.stories] == [1, 4]
    assert [(told.pain_point, told.story) for told in told_of.refused] == [
        ("p1", "s2"), ("p1", "s3"),
    ]  # fmt: skip
    assert "no quote" in told_of.refused[0].why
    assert "no more" in told_of.refused[1].why
    assert text_of(Json(), told_of).count('"role": "analyst"') == 2
    assert "(assumption)" in text_of(Markdown(), told_of).replace("\\", "")


def test_free_text_needs_a_quote_too() -> None:
    """The old text of a pain point nobody is quoted on stays here."""
    point = PainPoint(id=1, title="x", story="As an analyst …", acceptance="All rows.")
    without = backlog(view(point))
    assert without.rows[0].story == without.rows[0].acceptance == ""
    assert [told.story for told in without.refused] == [""]
    with_one = backlog(view(point, [quoted(said(1))]))
    assert with_one.rows[0].story == "As an analyst …"
    assert not with_one.refused
