"""Who is one person, and whose they are: asking, ruling, writing companies down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from triage.errors import NotFound, UsageError
from triage.model import Verdict
from triage.operations import companies as company_steps
from triage.operations import people as person_steps
from triage.people import Company
from triage.store import companies, company_list, faces, persons
from triage.store.companies import folded
from triage.store.journal import Entry
from triage.store.people_views import CompanyView, Likeness, Person
from triage.text.domains import is_public, registered
from triage.workspace.company_files import Row, rows_of
from triage.workspace.deciding import Deciding
from triage.workspace.hearing import Hearing


class People(Hearing, Deciding):
    """Verbs: join part set_company import_companies."""

    # People

    def person(self, name: str | int) -> Person:
        """The person behind a name (as ``customer`` takes it) or a customer's id."""
        found = name if isinstance(name, int) else self.customer_id(name)
        return faces.person(self.db.read(), found)

    def people(self, words: str = "", limit: int = 0) -> list[Person]:
        """Who ever spoke, the latest first; with these words in a name or address."""
        read = self.db.read()
        return faces.people(read, faces.listed(read, words=words, limit=limit))

    def likenesses(self, limit: int = 0) -> list[Likeness]:
        """People who may be one and on whom nobody ruled, the surest first."""
        # Comparing brings numpy, which a first frame does without.
        from triage.store import likenesses

        return likenesses.suggested(self.db.read(), limit=limit)

    def join(self, one: int, other: int) -> Entry | None:
        """Two customers are one person, with all that either was joined with."""
        ours, theirs = self._called(one), self._called(other)
        rulings = persons.rulings_among(self.db.read(), [*ours[0], *theirs[0]])
        first_id = self.reserve("person_ruling", 1)
        return self.do(person_steps.join(ours, theirs, rulings, first_id))

    def part(self, one: int, other: int) -> Entry | None:
        """Two customers are two people, now and for ever."""
        ours, theirs = self._called(one), self._called(other)
        rulings = persons.rulings_among(self.db.read(), [*ours[0], *theirs[0]])
        first_id = self.reserve("person_ruling", 1)
        return self.do(person_steps.part(ours, theirs, rulings, first_id))

    def are_two(self, one: int, other: int) -> bool:
        """Whether somebody ruled that the people behind two customers are two."""
        read = self.db.read()
        ours = set(persons.customers_of(read, one))
        theirs = set(persons.customers_of(read, other))
        return any(
            ruling.verdict is Verdict.DIFFERENT
            and {ruling.left_id, ruling.right_id} & ours
            and {ruling.left_id, ruling.right_id} & theirs
            for ruling in persons.rulings_among(read, sorted(ours))
        )

    def _called(self, customer_id: int) -> person_steps.Called:
        read = self.db.read()
        everyone = persons.customers_of(read, customer_id)
        others = [one for one in everyone if one != customer_id]
        known = faces.person(read, customer_id)
        face = next(one for one in known.faces if one.id == customer_id)
        called = face.name or face.email or known.called
        return [customer_id, *others], f"{face.short} {called}"

    # Companies

    def companies(self) -> list[CompanyView]:
        """Every company, whoever has most people first."""
        return company_list.listed(self.db.read())

    def company(self, name: str | Company) -> tuple[CompanyView, list[Person]]:
        """The company of that domain or name, and everybody of it who spoke."""
        found = self._named(name) if isinstance(name, str) else name
        people = company_list.people_of(self.db.read(), found)
        if not people and not found.id:
            raise NotFound(
                f"nobody is of {found.called!r}; `triage companies` lists whom there is"
            )
        view = CompanyView(
            company=next((one.whose for one in people if one.whose), found),
            people=len(people),
            feedback=sum(one.count for one in people),
        )
        return view, people

    def set_company(self, name: str, told: Mapping[str, str]) -> Entry | None:
        """
        Write down what is known of a company; what is not told stays.

        Args:
            name: Its domain, or its name where no domain is known.
            told: ``name`` and ``domain``, and attributes; an empty one goes.
        """
        before = self._named(name)
        known = dict(told)
        row = Row(
            domain=known.pop("domain", before.domain),
            name=known.pop("name", before.name),
            attributes=known,
        )
        after = self._after(row, before)
        if not before.id:
            after = replace(after, id=self.reserve("company", 1))
        return self.do(company_steps.note(after, before if before.id else None))

    def import_companies(self, path: Path) -> Entry | None:
        """Write down every company of a CSV file, in one step."""
        there = companies.known(self.db.read())
        planned: dict[int, Company] = {}
        before: dict[int, Company] = {}
        by_domain, by_name = dict(there.by_domain), dict(there.by_name)
        rows = rows_of(path)
        next_id = self.reserve("company", len(rows))
        for line, row in rows:
            domain = _domain(row.domain, where=f"line {line}: ")
            found = by_domain.get(domain) if domain else None
            namesake = by_name.get(folded(row.name))
            if found is None and namesake and not (domain and namesake.domain):
                found = namesake
            if found is None:
                found = Company(id=next_id)
                next_id += 1
            elif found.id not in planned:
                before[found.id] = found
            after = self._after(
                Row(domain or found.domain, row.name or found.name, row.attributes),
                found, where=f"line {line}: ", by_domain=by_domain, by_name=by_name,
            )  # fmt: skip
            planned[after.id] = after
            if after.domain:
                by_domain[after.domain] = after
            if after.name:
                by_name[folded(after.name)] = after
        pairs = [(one, before.get(one.id)) for one in planned.values()]
        return self.do(company_steps.bring_in(pairs, path.name))

    def _after(
        self,
        row: Row,
        before: Company,
        where: str = "",
        by_domain: Mapping[str, Company] | None = None,
        by_name: Mapping[str, Company] | None = None,
    ) -> Company:
        """The company as a row has it; whoever goes by that already is in the way."""
        if by_domain is None or by_name is None:
            there = companies.known(self.db.read())
            by_domain, by_name = there.by_domain, there.by_name
        domain = _domain(row.domain, where=where)
        name = " ".join(row.name.split())
        if not domain and not name:
            raise UsageError(f"{where}a company needs a domain or a name")
        for other in (by_domain.get(domain), by_name.get(folded(name))):
            if other is not None and other.id != before.id:
                raise UsageError(
                    f"{where}{other.called} is a company of its own already"
                )
        try:
            return company_steps.told(
                replace(before, domain=domain, name=name), row.attributes
            )
        except UsageError as error:
            raise UsageError(f"{where}{error}") from error

    def _named(self, name: str) -> Company:
        """The company somebody means; id 0 where nobody wrote it down."""
        there = companies.known(self.db.read())
        domain = registered(name)
        found = (there.by_domain.get(domain) if domain else None) or there.by_name.get(
            folded(name)
        )
        if found is not None:
            return found
        if not name.strip():
            raise UsageError("name a company by its domain or its name")
        if domain:
            return Company(id=0, domain=_domain(name))
        return Company(id=0, name=" ".join(name.split()))


def _domain(text: str, where: str = "") -> str:
    """The registered domain a person typed, or had in a file; "" for none."""
    host = text.strip().casefold().partition("://")[2] or text.strip().casefold()
    host = host.partition("/")[0].removeprefix("www.")
    if not host:
        return ""
    domain = registered(host)
    if not domain:
        raise UsageError(f"{where}{text!r} is no domain; one looks like acme.example")
    if is_public(domain):
        raise UsageError(
            f"{where}{domain} gives addresses to anybody; it is no company"
        )
    return domain
