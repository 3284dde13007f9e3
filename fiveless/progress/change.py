"""What changed between two periods, and what each bureau or office made of it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from fiveless.period import Period
from fiveless.structure import Less

Basis = Literal["ytd", "month", "as_of", "period"]


@dataclass(frozen=True, slots=True)
class Move:
    """What one bureau (or office of it, or all `members` that a reorganisation joins) did between two periods.

    `now` and `then` are amounts in the measure's unit, of a share its n; `rate_now` and `rate_then` what the indicator comes to.
    `made` is what the move gave to the change of all: in units, of a share in points (0.01 = 1 point); `part` is made / change of all,
    and `upto` the sum of the parts from the largest to this one. `per_head_now` is None where nobody has said how many people there
    are, and `turned` tells of a rate that rose after it had fallen, or fell after it had risen.
    """

    bureau: str
    office: str
    members: tuple[str, ...]
    now: Decimal
    then: Decimal
    rate_now: Decimal | None
    rate_then: Decimal | None
    made: Decimal
    part: Decimal | None = None
    upto: Decimal | None = None
    per_head_now: Decimal | None = None
    per_head_then: Decimal | None = None
    turned: bool = False

    @property
    def points(self) -> Decimal | None:
        """The change of the rate."""
        return self.rate_now - self.rate_then if self.rate_now is not None and self.rate_then is not None else None


@dataclass(frozen=True, slots=True)
class Change:
    """An indicator in two periods, of the bureaus that can be compared in both; `moves` are sorted by what they made of the change.

    `basis` tells what is compared: the months to date, the months alone, stocks on a date, or whole quarters or years. `left_out`
    are bureaus that have not given all that the comparison needs in both periods, or did not exist in one of them. The rates are
    those of `rated` of the `counted` bureaus: a reduction or the use of a cap also needs what it is compared with.
    """

    indicator: str
    less: Less
    period: Period
    other: Period
    basis: Basis
    now: Decimal | None
    then: Decimal | None
    rate_now: Decimal | None
    rate_then: Decimal | None
    counted: int
    rated: int
    due: int
    left_out: tuple[str, ...]
    joined: bool
    moves: tuple[Move, ...]

    @property
    def change(self) -> Decimal | None:
        """Now - then."""
        return self.now - self.then if self.now is not None and self.then is not None else None

    @property
    def relative(self) -> Decimal | None:
        """The change as a part of what was."""
        return self.change / self.then if self.change is not None and self.then else None

    @property
    def points(self) -> Decimal | None:
        """The change of the rate."""
        return self.rate_now - self.rate_then if self.rate_now is not None and self.rate_then is not None else None


def best_and_worst(change: Change, better: int = 1) -> tuple[Move | None, Move | None]:
    """The moves with the greatest gain and the greatest loss of the rate; `better` is -1 where a lower rate is better."""
    told = sorted((each for each in change.moves if each.points), key=lambda each: better * (each.points or 0))
    worst, best = (told[0], told[-1]) if told else (None, None)
    return best if best and better * (best.points or 0) > 0 else None, worst if worst and better * (worst.points or 0) < 0 else None
