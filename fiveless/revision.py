"""What was known when: each revision of a number, and the numbers that differ between two times."""

import datetime as dt
from decimal import Decimal
from typing import Literal, NamedTuple

from fiveless.observation import NO_VALUE, Basis, Scenario, Status

Ending = Literal["superseded", "withdrawn", "moved"]


class Revision(NamedTuple):
    """One value that a number has had, and where it stood; `revision` counts from 1, times are in UTC, names are Japanese as in exports.

    `ended` is None while it holds. It was superseded (another value, or the same file said it otherwise), moved (the same value stands
    in another cell or file) or withdrawn (its file was sent again without it) at the time `ended_at` by the file `ended_by`.
    """

    bureau: str
    bureau_name: str
    office: str
    less: str
    measure: str
    measure_name: str
    period: str
    basis: Basis
    scenario: Scenario
    revision: int
    value: Decimal
    unit: str
    status: Status
    note: str
    file: str
    sheet: str
    cell: str
    sha256: str
    received_at: dt.datetime
    ended: Ending | None
    ended_at: dt.datetime | None
    ended_by: str | None

    @property
    def number(self) -> tuple[str, ...]:
        """What it is a revision of: the key of its observation."""
        return (self.bureau, self.office, self.measure, self.period, self.basis, self.scenario)

    @property
    def amount(self) -> Decimal | None:
        """The value; None where its status says that there is none."""
        return None if self.status in NO_VALUE else self.value


class Source(NamedTuple):
    """Where a value stood, and when its file was received (UTC)."""

    file: str
    sheet: str
    cell: str
    received_at: dt.datetime


class Difference(NamedTuple):
    """A number whose value at one time is not the one at another; names are Japanese as in exports.

    A value without a source is one that was not known at the time: not yet before, withdrawn after. A value that is None with a source
    was reported as missing or not applicable, as its status says.
    """

    bureau: str
    bureau_name: str
    office: str
    less: str
    measure: str
    measure_name: str
    period: str
    basis: Basis
    scenario: Scenario
    before: Decimal | None
    after: Decimal | None
    unit: str
    status_before: Status | None
    status_after: Status | None
    source_before: Source | None
    source_after: Source | None
