"""One reported value, and what became of each number on a sheet."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

from fiveless.finding import Finding

Basis = Literal["month", "quarter", "year", "ytd", "as_of"]
Scenario = Literal["actual", "target", "plan", "cap"]
Status = Literal["normal", "estimated", "provisional", "missing", "not_applicable", "revised"]
Fate = Literal["taken", "check", "set_aside"]

KEY = ("bureau", "office", "measure", "period", "basis", "scenario")
HEADER = (
    "bureau",
    "bureau_name",
    "office",
    "less",
    "measure",
    "measure_name",
    "period",
    "basis",
    "scenario",
    "value",
    "unit",
    "status",
    "note",
    "file",
    "sheet",
    "cell",
    "sha256",
    "received_at",
)


class Observation(NamedTuple):
    """One value with its key, its quality and the cell it came from. `value` is exact and in the measure's unit."""

    bureau: str
    office: str
    measure: str
    period: str
    basis: Basis
    scenario: Scenario
    value: Decimal
    status: Status
    note: str
    sheet: str
    cell: str

    @property
    def key(self) -> tuple[str, ...]:
        """What the value is a value of."""
        return self[:6]


class Account(NamedTuple):
    """What became of one number: its cell, the number as it stands there, its fate, and for `set_aside` the reason (a finding's code)."""

    sheet: str
    cell: str
    number: str
    fate: Fate
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one file gave: `file` as shown to the user, its content hash, values, the fate of every number, and findings."""

    file: str
    sha256: str
    observations: list[Observation] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    refused: bool = False
