"""What one run of `ingest` did: the files, the values, the fate of every number, and the findings."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from fiveless.finding import SEVERITIES, Finding, Severity
from fiveless.grid import column_number
from fiveless.language import Words
from fiveless.observation import Reading

Outcome = Literal["read", "unchanged", "refused", "skipped"]
OUTCOMES: tuple[Outcome, ...] = ("read", "unchanged", "refused", "skipped")
_CELL = re.compile(r"([A-Z]{1,3})(\d+)")


@dataclass(frozen=True, slots=True)
class Input:
    """One file that was found, and what was done with it; `why` says it for those that were skipped."""

    file: str
    outcome: Outcome
    why: Words | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The whole run. `reasons` counts the numbers that were set aside by the code of the finding that says why."""

    inputs: tuple[Input, ...]
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    taken: int = 0
    checked: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    dry_run: bool = False

    @property
    def set_aside(self) -> int:
        """How many numbers were set aside."""
        return sum(self.reasons.values())

    @property
    def needs_attention(self) -> bool:
        """Whether a person has something to decide or to mend: a refused file, a warning or an error."""
        return self.files("refused") > 0 or any(each.severity != "note" for each in self.findings)

    @property
    def nothing_read(self) -> bool:
        """Whether not one file could be read or was known already."""
        return self.files("read") + self.files("unchanged") == 0

    def files(self, outcome: Outcome) -> int:
        """The number of files with an outcome."""
        return sum(each.outcome == outcome for each in self.inputs)

    def count(self, severity: Severity) -> int:
        """The number of findings of a severity."""
        return sum(each.severity == severity for each in self.findings)


def fates(readings: Iterable[Reading]) -> tuple[int, int, dict[str, int]]:
    """The numbers taken, used as checks, and set aside by reason (most frequent first)."""
    fate: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for reading in readings:
        counts = reading.accounts.counts()
        for (name, reason), count in counts.items():
            fate[name] += count
            reasons[reason] += count if name == "set_aside" else 0
    return fate["taken"], fate["check"], dict(sorted(((code, n) for code, n in reasons.items() if n), key=lambda item: (-item[1], item[0])))


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings with the gravest first, then by file and sheet, cells in the order in which they came."""
    return tuple(sorted(findings, key=lambda each: (SEVERITIES.index(each.severity), each.file, each.sheet, each.code)))


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one kind on one sheet, to be told in one breath; never empty."""

    findings: Sequence[Finding]

    @property
    def first(self) -> Finding:
        """The finding that speaks for all."""
        return self.findings[0]

    @property
    def cells(self) -> list[str]:
        """Where they are, each place once."""
        return list(dict.fromkeys(each.cell for each in self.findings if each.cell))


def grouped(findings: Iterable[Finding]) -> list[Group]:
    """Equal findings (same code, file and sheet) together, in the order of their first."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for each in findings:
        groups.setdefault((each.code, each.file, each.sheet), []).append(each)
    return [Group(members) for members in groups.values()]


def span(cells: Sequence[str]) -> str:
    """Cells in A1 form as `C7`, as `C7:C12` where they fill a rectangle, or as the first three and `…`."""
    places = [_CELL.fullmatch(cell) for cell in cells]
    columns = [column_number(place[1]) for place in places if place]
    rows = [int(place[2]) for place in places if place]
    if len(cells) > 1 and len(columns) == len(cells) == (max(columns) - min(columns) + 1) * (max(rows) - min(rows) + 1):
        corners = sorted(zip(columns, rows, cells, strict=True))
        return f"{corners[0][2]}:{corners[-1][2]}"
    return ", ".join(cells[:3]) + (", …" if len(cells) > 3 else "")
