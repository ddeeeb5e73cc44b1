"""What the tables hold and how whole they are, as counts.

Nothing is said or printed here: the command line makes text or JSON of a
:class:`Report`, a page may show it as it likes.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from geo.language import Language, speaker
from layers.facts.inventory import citations, unsaid
from layers.facts.package import Package
from layers.facts.rows import records
from layers.facts.variables import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Something with an id and a name in two languages."""

    id: str
    name_zh: str
    name_en: str

    def name(self, language: Language) -> str:
        """Return the name in one language."""
        return speaker(language).pick(self.name_zh, self.name_en)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCount:
    """A file of the package; `title` is a message id."""

    file: str
    title: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeCount(Named):
    """How many counties a programme has, by whose word.

    Attributes
    ----------
    stated : int or None
        Counties that the source counts.
    named, derived : int or None
        Counties that a source names, or that a rule yields; one of both is None.
    matched : int
        Counties of today that those lead to: what is drawn on the map.
    no, not_said, reported : int
        The other counties by what is known of them: see
        :data:`layers.facts.values.Standing`. With `matched` they are all counties.
    completeness : {"complete", "open", "incomplete"}
        As for :class:`layers.facts.variables.Variable`.
    completeness_label : str
        The same in words: a message id.
    """

    kind: Kind
    stated: int | None
    named: int | None
    derived: int | None
    matched: int
    no: int
    not_said: int
    reported: int
    completeness: str
    completeness_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VariableCount(Named):
    """How many counties have a value of a variable that is no programme.

    Attributes
    ----------
    kind_label, completeness_label : str
        Message ids.
    unit_zh, unit_en : str
        Of a number; ``""`` for other kinds.
    matched : int
        Counties with a value that is known for sure.
    no : int
        Counties of which it is known that they have none: it does not apply to them,
        or the list is complete and does not name them.
    not_said : int
        Counties with a value that is only inferred or in part, or of which nothing is
        said.
    reported : int
        Of a relation: counties with a partner by other reports, outside the list.
    """

    kind: Kind
    kind_label: str
    unit_zh: str
    unit_en: str
    matched: int
    no: int
    not_said: int
    reported: int
    completeness: str
    completeness_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceUse(Named):
    """A source, and how many rows of all tables rest on it."""

    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceCount(Named):
    """A programme with reports from outside its source.

    Attributes
    ----------
    counted : int or None
        Counties that the source counts.
    named : int
        Counties that the source names.
    beyond : tuple of Named
        Counties not among the named ones for which there is a report from outside.
    """

    counted: int | None
    named: int
    beyond: tuple[Named, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetCount:
    """Targets of one section or sector; `label` is a message id or a section."""

    value: str
    label: str
    targets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The state of a package; every tuple is in the order of its table."""

    digest: str
    boundary_vintage: str
    counties: int
    tables: tuple[TableCount, ...]
    programmes: tuple[ProgrammeCount, ...]
    variables: tuple[VariableCount, ...]
    sources: tuple[SourceUse, ...]
    without_membership: tuple[Named, ...]
    evidence: tuple[EvidenceCount, ...]
    targets_by_section: tuple[TargetCount, ...]
    targets_by_sector: tuple[TargetCount, ...]


def build(package: Package) -> Report:
    """Count what a checked package holds."""
    label = package.descriptions["targets"].field("sector").labels
    targets = package.tables["targets"]
    targets = targets[targets["nature"] == "target"]
    # A figure that the plan repeats is counted where the plan says it first; a table
    # in a section ("一(三) 表1") belongs to the section.
    sections = Counter(cell.split(";")[0].split(" ")[0] for cell in targets["section"])
    sectors = Counter(targets["sector"])
    members = {
        a for programme in package.programmes for a in package.members(programme)
    }
    counties = package.divisions.of_level("county")
    return Report(
        digest=package.digest,
        boundary_vintage=package.boundaries.metadata().vintage,
        counties=len(counties),
        tables=tuple(
            TableCount(file=t.path, title=t.title, rows=len(package.tables[name]))
            for name, t in package.descriptions.items()
        ),
        programmes=programme_counts(package),
        variables=variable_counts(package),
        sources=source_uses(package),
        without_membership=tuple(
            _county(package, adcode) for adcode in counties if adcode not in members
        ),
        evidence=evidence_counts(package),
        targets_by_section=tuple(
            TargetCount(value=v, label=v, targets=n) for v, n in sections.items()
        ),
        targets_by_sector=tuple(
            TargetCount(value=v, label=label[v], targets=sectors[v])
            for v in label
            if v in sectors
        ),
    )


def programme_counts(package: Package) -> tuple[ProgrammeCount, ...]:
    """Count the counties of every programme."""
    counties = {*package.divisions.of_level("county")}
    standings = {
        programme: Counter(package.standing(programme, a) for a in counties)
        for programme in package.programmes
    }
    return tuple(
        ProgrammeCount(
            id=p.id,
            name_zh=p.name_zh,
            name_en=p.name_en,
            kind=p.kind,
            stated=p.stated_count,
            named=None if p.basis == "derived" else p.named_count,
            derived=p.named_count if p.basis == "derived" else None,
            matched=standings[p.id]["yes"],
            no=standings[p.id]["no"],
            not_said=standings[p.id]["not_said"],
            reported=standings[p.id]["reported"],
            completeness=p.completeness,
            completeness_label=package.label(
                "variables", "completeness", p.completeness
            ),
        )
        for p in package.programmes.values()
    )


def variable_counts(package: Package) -> tuple[VariableCount, ...]:
    """Count the counties of every variable that is no programme."""
    counties = {*package.divisions.of_level("county")}
    found = []
    for variable in package.variables.values():
        if variable.is_programme:
            continue
        values = package.values_by_county(variable.id)
        known = {a for a, own in values.items() if any(v.is_known for v in own)}
        open_ended = unsaid(package, variable)
        reported = {
            a for a, own in values.items() if not any(v.listed for v in own)
        } - known
        unit = package.units.get(variable.unit)
        found.append(
            VariableCount(
                id=variable.id,
                name_zh=variable.name_zh,
                name_en=variable.name_en,
                kind=variable.kind,
                kind_label=package.label("variables", "kind", variable.kind),
                unit_zh=unit.name_zh if unit else "",
                unit_en=unit.name_en if unit else "",
                matched=len(known & counties),
                no=len(counties - known - reported - open_ended),
                not_said=len(open_ended),
                reported=len(reported),
                completeness=variable.completeness,
                completeness_label=package.label(
                    "variables", "completeness", variable.completeness
                ),
            )
        )
    return tuple(found)


def source_uses(package: Package) -> tuple[SourceUse, ...]:
    """Count the rows, of whatever table, that rest on each source."""
    return tuple(
        SourceUse(
            id=cited.source.id,
            name_zh=cited.source.title_zh,
            name_en=cited.source.title_en,
            rows=sum(cited.rows.values()),
        )
        for cited in citations(package)
    )


def evidence_counts(package: Package) -> tuple[EvidenceCount, ...]:
    """Count, by programme, the counties that only reports from outside name."""
    reported: dict[str, set[str]] = {}
    for row in records(package.tables["evidence"]):
        found = reported.setdefault(row["variable"], set())
        if row["scope"] == "county":
            code, name = row["published_adcode"], row["published_name"]
            found.add(package.divisions.current(code, name))
    return tuple(
        EvidenceCount(
            id=p.id,
            name_zh=p.name_zh,
            name_en=p.name_en,
            counted=p.stated_count,
            named=p.named_count,
            beyond=tuple(
                _county(package, adcode)
                for adcode in sorted(reported[p.id] - package.members(p.id))
            ),
        )
        for p in package.programmes.values()
        if p.id in reported
    )


def _county(package: Package, adcode: str) -> Named:
    called = package.divisions.called
    return Named(id=adcode, name_zh=called(adcode, "zh"), name_en=called(adcode, "en"))
