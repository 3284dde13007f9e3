"""What the door to files costs, as a multiple of a bare parse by python-calamine: `python tests/benchmarks/reading.py`."""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

from fiveless import workbook

FORMULAS, NOTHING = True, False


def made(path: Path, sheets: int, rows: int, columns: int, *, told: bool) -> Path:
    """A workbook of words and numbers; with `told`, also totals by formulas, a column of per cent, one with a word, and a hidden row."""
    with xlsxwriter.Workbook(path, {"constant_memory": rows > 10_000}) as book:
        share, sheaf = book.add_format({"num_format": "0.0%"}), book.add_format({"num_format": '#,##0"枚"'})
        for number in range(sheets):
            page = book.add_worksheet(f"シート{number}")
            for row in range(rows):
                page.write_string(row, 0, f"第{row % 50}課")
                for column in range(1, columns):
                    if told and column == columns - 1:
                        page.write_formula(row, column, f"=SUM(B{row + 1}:D{row + 1})", None, row)
                    else:
                        page.write_number(row, column, row * column, {1: share, 2: sheaf}.get(column) if told else None)
            if told:
                page.set_row(rows - 1, None, None, {"hidden": True})
    return path


def bare(path: Path) -> object:
    """The values alone, as the parser gives them."""
    with CalamineWorkbook.from_path(path) as book:
        return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def whole(path: Path) -> object:
    """Everything, as fiveless reads it."""
    return workbook.load(path.read_bytes(), path)


def seconds(read: Callable[[Path], object], path: Path) -> float:
    """How much of a processor one reading takes, which on a busy machine differs less than how long it takes."""
    began = time.process_time()
    read(path)
    return time.process_time() - began


def compared(name: str, path: Path, times: int) -> None:
    """Print the best of several readings of each kind, taken in turn so that a busy machine hits both."""
    both = [(seconds(bare, path), seconds(whole, path)) for _ in range(times)]
    parse, load = (min(each) for each in zip(*both, strict=True))
    sys.stdout.write(f"{name:<44} {parse * 1e3:9.2f} ms  {load * 1e3:9.2f} ms  {load / parse:5.2f}\n")


def main() -> None:
    """Compare on small and large workbooks, with and without anything to tell."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for told in (NOTHING, FORMULAS):
            more = ", formulas and formats" if told else ""
            compared(f"5 sheets of 40 × 16{more}", made(place / f"small{told}.xlsx", 5, 40, 16, told=told), 200)
            compared(f"1 sheet of 20,000 × 16{more}", made(place / f"middle{told}.xlsx", 1, 20_000, 16, told=told), 7)
            compared(f"1 sheet of 200,000 × 16{more}", made(place / f"large{told}.xlsx", 1, 200_000, 16, told=told), 3)


if __name__ == "__main__":
    main()
