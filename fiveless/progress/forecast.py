"""Forecasts."""

from decimal import Decimal
from typing import NamedTuple


class Forecast(NamedTuple):
    """A forecast."""

    value: Decimal
    low: Decimal
    high: Decimal
    error: Decimal | None
    naive_error: Decimal | None
    trials: int
