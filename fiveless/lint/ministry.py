"""The ministries' rules for machine-readable tables: what they are called, and what of each is checked here."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal, cast

from fiveless.finding import Severity
from fiveless.language import Words

Level = Literal[1, 2, 3]
LEVELS: tuple[Level, ...] = (1, 2, 3)
Applies = Literal["any", "excel", "csv"]
APPLIES_NAMES: Mapping[str, Words] = {
    "any": Words("すべて", "any"),
    "excel": Words("Excel など", "workbooks"),
    "csv": Words("CSV", "CSV"),
}
_FILE = resources.files("fiveless") / "codelists" / "ministry_rules.csv"


@dataclass(frozen=True, slots=True)
class MinistryRule:
    """One rule of デジタル庁 (`code`) with the check item of 総務省 that says the same (`item`, or empty).

    `checked` is what is looked at here; empty where only a person can judge.
    """

    code: str
    item: str
    level: Level
    applies: Applies
    severity: Severity
    title: Words
    checked: Words

    @property
    def is_checked(self) -> bool:
        """Whether it is judged here at all."""
        return bool(self.checked.ja)


@cache
def ministry_rules() -> Mapping[str, MinistryRule]:
    """All rules by code, in their order."""
    return {row["code"]: _rule(row) for row in csv.DictReader(_FILE.read_text("utf-8").splitlines())}


def _rule(row: Mapping[str, str]) -> MinistryRule:
    return MinistryRule(
        row["code"],
        row["mic_item"],
        cast("Level", int(row["level"])),
        cast("Applies", row["applies"]),
        cast("Severity", row["severity"]),
        Words(row["title_ja"], row["title_en"]),
        Words(row["checked_ja"], row["checked_en"]),
    )
