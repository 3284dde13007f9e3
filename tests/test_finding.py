"""The catalogue of findings."""

import re
from string import Formatter

import pytest

from fiveless.finding import REASONS, RULES, Finding, Rule


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_every_rule_speaks_both_languages_with_the_same_fields(rule: Rule) -> None:
    """Both languages say the same: each sentence and mend exists in both and has the same fields."""
    for words in (rule.title, rule.says, rule.mend):
        fields = [{field for _, field, _, _ in Formatter().parse(text) if field} for text in words]
        assert fields[0] == fields[1]
        assert re.search("[ぁ-ん一-龠ァ-ヶ]", words.ja)
        assert not re.search("[ぁ-ん]", words.en)


def test_every_reason_has_a_rule() -> None:
    """A number is never set aside for a reason that cannot be told."""
    assert set(REASONS.values()) <= set(RULES)


def test_where() -> None:
    """A finding names file, sheet and cell as far as they are known."""
    assert Finding("F04", "a.xlsx").where == "a.xlsx"
    assert Finding("T01", "a.xlsx", "FAX", "B5", {"stated": "1", "sum": "2"}).where == "a.xlsx › FAX › B5"
    assert Finding("T01", "a.xlsx", "FAX", "B5", {"stated": "1", "sum": "2"}).says("en") == "The total 1 is not the sum of its parts, 2."
