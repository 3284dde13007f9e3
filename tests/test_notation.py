"""How labels and numbers are written."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiveless import notation
from fiveless.notation import Unit


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("合\u3000計", "合計"),
        ("総　務　局", "総務局"),
        ("ＦＡＸレス", "FAXレス"),
        ("コピー用紙調達量\n（枚）", "コピー用紙調達量(枚)"),
        ("ｺﾋﾟｰ件数_x000D_", "コピー件数"),
        ("①コピー件数", "コピー件数"),
        ("Faxes  sent", "Faxes sent"),
        ("−5", "-5"),
    ],
)
def test_layout_of_letters_is_no_meaning(written: str, plain: str) -> None:
    """Width, inner spaces, line breaks and bullets do not change a label."""
    assert notation.normalised(written) == plain


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234", "1234"),
        ("１，２３４", "1234"),
        ("約1,300", "1300"),
        ("12万", "120000"),
        ("1.3万枚", "13000"),
        ("12万3,456枚", "123456"),
        ("1万2千枚", "12000"),
        ("3万5000", "35000"),
        ("※1,234", "1234"),
        ("123（※1）", "123"),
        ("▲1,234", "-1234"),
        ("△5", "-5"),
        ("−5", "-5"),
        ("3千枚", "3000"),
        ("0.5", "0.5"),
        (" 42 件 ", "42"),
    ],
)
def test_numbers_in_text(text: str, value: str) -> None:
    """Grouping, width, 約, 万 and the signs for minus are read exactly."""
    number = notation.number(text)
    assert number is not None
    assert number.value == Decimal(value)


@pytest.mark.parametrize(
    "text", ["(1,234)", "2020.10", "2022/6", "12 34", "1,23", "R4.6", "6月", "第2", "-", "", "1-2", "約", "※1", "※１２"]
)
def test_what_is_no_number(text: str) -> None:
    """Parentheses, dates, broken grouping, two numbers and marks of footnotes are never read as one."""
    assert notation.number(text) is None


def test_unit_beside_a_number() -> None:
    """The unit in the cell is kept; 千 belongs to the value."""
    assert notation.number("1,234枚") == (Decimal(1234), Unit("枚", 1), False)
    assert notation.number("約2千枚") == (Decimal(2000), Unit("枚", 1), True)
    assert notation.number("90件程度") == (Decimal(90), Unit("件", 1), True)
    assert notation.unit("千枚") == Unit("枚", 1000)
    assert notation.unit("'000 sheets") == Unit("sheets", 1000)
    assert notation.unit("000枚") is None
    assert notation.unit("千円札") is None


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("－", "nil"),
        ("該当なし", "not_applicable"),
        ("…", "not_available"),
        ("***", "not_counted"),
        ("未集計", "not_counted"),
        ("同右", "not_counted"),
        ("総務課", None),
    ],
)
def test_marks_for_nothing_are_kept_apart(text: str, meaning: str | None) -> None:
    """Nil, not available, not applicable and not counted are four things."""
    assert notation.mark(text) == meaning


@given(st.decimals(-(10**12), 10**12, places=3))
def test_a_float_is_the_decimal_that_it_shows(value: Decimal) -> None:
    """What a spreadsheet stores of a decimal with up to 15 digits comes back as that decimal."""
    assert notation.exact(float(value)) == value


@pytest.mark.parametrize("text", ["1 521", "1, 521", "1 ,521", "1,521（速報）"])
def test_spaces_between_groups_of_digits(text: str) -> None:
    """Thousands may stand apart, and a remark that the number is preliminary behind it."""
    read = notation.number(text)
    assert read
    assert read.value == 1521
