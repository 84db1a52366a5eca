"""What ``--json`` prints of people and companies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from triage.people import Company
    from triage.workspace import CompanyView, Face, Likeness, Person

Json = dict[str, Any]


def of_person(person: Person) -> Json:
    """Somebody, the customers they are, where they spoke, whose they are."""
    return {
        "id": person.short,
        "name": person.name,
        "email": person.email,
        "company": of_company(person.whose),
        "count": person.count,
        "sources": _sources(person.sources),
        "faces": [of_face(face) for face in person.faces],
    }


def of_face(face: Face) -> Json:
    """One customer as a source or an address knows them."""
    return {
        "id": face.short,
        "name": face.name,
        "email": face.email,
        "company": face.company,
        "count": face.count,
        "sources": _sources(face.sources),
    }


def of_company(company: Company | None) -> Json | None:
    """What people wrote down of a company; null for nobody's."""
    if company is None:
        return None
    return {
        "domain": company.domain,
        "name": company.name,
        "attributes": dict(company.attributes),
    }


def of_company_view(view: CompanyView) -> Json:
    """The same, with how many of it spoke and how much they said."""
    return {
        "domain": view.company.domain,
        "name": view.company.name,
        "attributes": dict(view.company.attributes),
        "people": view.people,
        "feedback": view.feedback,
    }


def of_likeness(likeness: Likeness) -> Json:
    """Two people who may be one, and why."""
    return {
        "left": of_person(likeness.left),
        "right": of_person(likeness.right),
        "reasons": list(likeness.reasons),
    }


def _sources(sources: tuple[tuple[str, int], ...]) -> list[Json]:
    return [{"source": name, "count": many} for name, many in sources]
