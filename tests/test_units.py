"""Units that labels state, and what is left of the labels."""

import pytest

from fiveless.units import names_unit, units_stated


@pytest.mark.parametrize(
    ("text", "units", "rest"),
    [
        ("コピー用紙調達量(千枚)", [("枚", 1000)], "コピー用紙調達量"),
        ("調達量(単位:千枚)", [("枚", 1000)], "調達量"),
        ("コピー用紙(A4、枚)", [("枚", 1)], "コピー用紙 A4"),
        ("FAX件数 単位:用紙は千枚、FAXは件", [("枚", 1000), ("件", 1)], "FAX件数"),
        ("枚数(枚)copies(sheets)", [("枚", 1), ("sheets", 1)], "枚数 copies"),
        ("千枚/thousand sheets", [("枚", 1000)], ""),
        ("copies in thousands of sheets", [("sheets", 1000)], "copies"),
        ("FAX送信/件", [("件", 1)], "FAX送信"),
        ("FAX送信", [], "FAX送信"),
        ("単位:袋", [], "単位:袋"),
    ],
)
def test_units_stated(text: str, units: list[tuple[str, int]], rest: str) -> None:
    """The unit is told with its factor, however it is written; the other words are kept, and what is no unit stays."""
    found, left = units_stated(text)
    assert ([tuple(unit) for unit in found], " ".join(left.strip("() \n").split())) == (units, rest)


def test_words_for_units() -> None:
    """単位 and （台） speak of a unit though it is not one of ours; 単位時間 and a date do not."""
    assert [names_unit(text) for text in ("単位:袋", "複合機(台)", "単位時間", "令和4年6月")] == [True, True, False, False]
