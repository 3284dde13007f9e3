"""Months, fiscal quarters and fiscal years (April to March), and how labels write them."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, Self

Kind = Literal["month", "quarter", "year"]
APRIL = 3  # the place in a year of the month with which fiscal years begin
_SPAN = {"month": 1, "quarter": 3, "year": 12}
_CODE = re.compile(r"(?P<month>(\d{4})-(0[1-9]|1[0-2]))|(?P<quarter>(\d{4})-Q([1-4]))|(?P<year>FY(\d{4}))")


@dataclass(frozen=True, slots=True)
class Period:
    """A month, fiscal quarter or fiscal year, held as its kind and the serial number (year × 12 + month − 1) of its first month."""

    kind: Kind
    first: int

    @classmethod
    def month(cls, year: int, month: int) -> Self:
        """The calendar month, `month` 1 to 12."""
        return cls("month", year * 12 + month - 1)

    @classmethod
    def quarter(cls, fiscal_year: int, quarter: int) -> Self:
        """The fiscal quarter, 1 (April to June) to 4 (January to March of the next calendar year)."""
        return cls("quarter", fiscal_year * 12 + 3 * quarter)

    @classmethod
    def year(cls, fiscal_year: int) -> Self:
        """The fiscal year that begins in April of `fiscal_year`."""
        return cls("year", fiscal_year * 12 + 3)

    @classmethod
    def of_code(cls, code: str) -> Self:
        """The inverse of `code`; ValueError for any other text."""
        found = _CODE.fullmatch(code)
        if not found:
            raise ValueError(code)
        if found["month"]:
            return cls.month(int(found[2]), int(found[3]))
        if found["quarter"]:
            return cls.quarter(int(found[5]), int(found[6]))
        return cls.year(int(found[8]))

    @property
    def code(self) -> str:
        """`2022-06`, `2022-Q1` or `FY2022`."""
        if self.kind == "month":
            return f"{self.first // 12}-{self.first % 12 + 1:02}"
        return f"{self.fiscal_year}-Q{self.fiscal_month // 3 + 1}" if self.kind == "quarter" else f"FY{self.fiscal_year}"

    @property
    def fiscal_year(self) -> int:
        """The fiscal year in which the period lies."""
        return (self.first - 3) // 12

    @property
    def fiscal_month(self) -> int:
        """0 for a period that begins in April … 11 for March."""
        return (self.first - 3) % 12

    @property
    def last(self) -> "Period":
        """The last month of the period."""
        return Period("month", self.first + _SPAN[self.kind] - 1)

    def shifted(self, months: int) -> "Period":
        """The period of the same kind that begins `months` later."""
        return replace(self, first=self.first + months)

    def in_fiscal_year(self, fiscal_year: int) -> "Period":
        """The same months of another fiscal year: January to March of FY2019 is January to March 2020."""
        return self.shifted(12 * (fiscal_year - self.fiscal_year))

    def months(self) -> Iterator["Period"]:
        """The months of the period, first to last."""
        return (Period("month", number) for number in range(self.first, self.first + _SPAN[self.kind]))

    def year_to_date(self) -> list["Period"]:
        """The months from April of the fiscal year to the last month of the period."""
        return [Period("month", number) for number in range(Period.year(self.last.fiscal_year).first, self.last.first + 1)]

    def label(self, lang: str) -> str:
        """`2022年6月` / `June 2022`, for reading."""
        if self.kind == "month":
            year, month = divmod(self.first, 12)
            return f"{year}年{month + 1}月" if lang == "ja" else f"{dt.date(year, month + 1, 1):%B %Y}"
        if self.kind == "quarter":
            number = self.fiscal_month // 3 + 1
            return f"{self.fiscal_year}年度第{number}四半期" if lang == "ja" else f"Q{number} FY{self.fiscal_year}"
        return f"{self.fiscal_year}年度" if lang == "ja" else f"FY{self.fiscal_year}"


def runs(months: Iterable[Period]) -> str:
    """Months as runs: `2021-04 – 2022-03, 2022-06`; nothing for none."""
    found: list[list[Period]] = []
    for each in sorted(months, key=lambda each: each.first):
        if found and found[-1][-1].first == each.first - 1:
            found[-1].append(each)
        else:
            found.append([each])
    return ", ".join(run[0].code if len(run) == 1 else f"{run[0].code} – {run[-1].code}" for run in found)
