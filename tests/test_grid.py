"""Cells and their addresses."""

import pytest

from fiveless.grid import address, column_name


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")])
def test_column_names(column: int, name: str) -> None:
    """Columns are named as Excel names them, to its last."""
    assert column_name(column) == name


def test_address() -> None:
    """A1 is row 0, column 0."""
    assert address(0, 0) == "A1"
    assert address(11, 27) == "AB12"
