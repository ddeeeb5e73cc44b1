"""What the tables hold and how whole they are, as counts.

Nothing is said or printed here: the command line makes text or JSON of a
:class:`Report`, a page may show it as it likes.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from geo.language import Language, speaker
from layers.facts.inventory import citations
from layers.facts.package import Package


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
    completeness : {"complete", "open", "incomplete"}
        As for :class:`layers.facts.variables.Variable`.
    completeness_label : str
        The same in words: a message id.
    """

    stated: int | None
    named: int | None
    derived: int | None
    matched: int
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
    sources: tuple[SourceUse, ...]
    without_membership: tuple[Named, ...]
    evidence: tuple[EvidenceCount, ...]
    targets_by_section: tuple[TargetCount, ...]
    targets_by_sector: tuple[TargetCount, ...]


def build(package: Package) -> Report:
    """Count what a checked package holds."""
    label = package.descriptions["targets"].field("sector").labels
    targets = package.tables["targets"]
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
    return tuple(
        ProgrammeCount(
            id=p.id,
            name_zh=p.name_zh,
            name_en=p.name_en,
            stated=p.stated_count,
            named=None if p.basis == "derived" else p.named_count,
            derived=p.named_count if p.basis == "derived" else None,
            matched=len(counties & package.members(p.id)),
            completeness=p.completeness,
            completeness_label=package.label(
                "variables", "completeness", p.completeness
            ),
        )
        for p in package.programmes.values()
    )


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
    for row in package.tables["evidence"].to_dict("records"):
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
    division = package.divisions[adcode]
    return Named(id=adcode, name_zh=division.name, name_en=division.name_en)
