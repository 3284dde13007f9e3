"""What ingesting costs, as a multiple of a bare parse of the same files by python-calamine: `python tests/benchmarks/ingesting.py`.

A thousand workbooks of five sheets of 40 × 16, and one sheet of 200,000 × 16, each read, located, normalised, checked and stored. The
bare parse runs in one process; fiveless reads many files in several and stores in one.
"""

import datetime as dt
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

# The processes that read import this file anew, as they do the command line: what only this one needs is imported where it is used.
if TYPE_CHECKING:
    import xlsxwriter.worksheet

MEASURES = ("コピー用紙調達量", "コピー件数", "FAX送信件数", "FAX受信件数", "窓口来庁件数")
BUREAUS = ("環境局", "水道局", "下水道局", "港湾局", "建設局", "主税局", "財務局", "総務局", "交通局", "産業労働局")
MONTHS = tuple(f"{month}月" for month in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3))
RECEIVED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def small(folder: Path, count: int) -> list[Path]:
    """Workbooks of ten bureaus: a sheet for each measure, 37 offices down, twelve months and their total across."""
    import xlsxwriter

    made = []
    for number in range(count):
        bureau, year = BUREAUS[number % 10], 2017 + number // 10 % 25
        path = folder / f"{bureau}_{year}年度_{number // 250}.xlsx"
        with xlsxwriter.Workbook(path) as book:
            for measure in MEASURES:
                page = book.add_worksheet(measure)
                page.write(0, 0, f"{measure} 月別実績（{year}年度）")
                page.write_row(2, 0, ["部署名", "項目", "単位", *MONTHS, "計"])
                offices = [f"第{number // 250}{group}{place}課" for place in range(1, 13) for group in ("総務", "事業", "管理")]
                _fill(page, 3, [(office, measure, _unit(measure)) for office in (*offices, f"第{number // 250}秘書室")])
        made.append(path)
    return made


def large(folder: Path, offices: int) -> list[Path]:
    """One sheet of 200,000 × 16: so many offices, each with five measures in as many years as it takes."""
    import xlsxwriter

    path = folder / f"水道局_{offices}.xlsx"
    years = range(2016, 2016 + 40_000 // offices)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        page = book.add_worksheet("実績")
        page.write(0, 0, "月別実績")
        page.write_row(2, 0, ["年度", "部署名", "項目", *MONTHS, "計"])
        _fill(page, 3, [(f"{year}年度", f"第{place}課", measure) for year in years for place in range(offices) for measure in MEASURES])
    return [path]


def _unit(measure: str) -> str:
    return "枚" if measure == MEASURES[0] else "人" if measure == MEASURES[4] else "件"


def _fill(page: "xlsxwriter.worksheet.Worksheet", top: int, heads: Sequence[tuple[str, ...]]) -> None:
    for row, head in enumerate(heads, top):
        values = [random.randint(10, 99_999) for _ in MONTHS]  # noqa: S311 - no secret
        page.write_row(row, 0, [*head, *values, sum(values)])


def bare(paths: Sequence[Path]) -> None:
    """The values alone, as the parser gives them."""
    from python_calamine import CalamineWorkbook

    for path in paths:
        with CalamineWorkbook.from_path(path) as book:
            for name in book.sheet_names:
                book.get_sheet_by_name(name).to_python()


def whole(paths: Sequence[Path]) -> None:
    """Into a new store."""
    from fiveless import pipeline, project, reference

    with tempfile.TemporaryDirectory() as folder:
        here, _ = project.create(Path(folder), "")
        receipt = pipeline.ingest(here, paths, reference.load(None), received_at=RECEIVED)
        sys.stdout.write(f"    {receipt.taken:,} numbers taken, {receipt.checked:,} used as checks, {receipt.set_aside:,} set aside\n")


def spent(job: Callable[[], None]) -> tuple[float, float]:
    """Seconds by the clock, and of all processors."""
    began, used = time.perf_counter(), _processor()
    job()
    return time.perf_counter() - began, _processor() - used


def _processor() -> float:
    return sum(each.ru_utime + each.ru_stime for each in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def compared(name: str, paths: Sequence[Path], times: int) -> None:
    """Print each pair, taken in turn so that a busy machine hits both."""
    bare(paths[:20])
    whole(paths[:1])
    for _ in range(times):
        parse, parse_cpu = spent(lambda: bare(paths))
        ingest, ingest_cpu = spent(lambda: whole(paths))
        sys.stdout.write(
            f"{name}: bare {parse:.2f} s, ingest {ingest:.2f} s ({ingest_cpu:.2f} s of processors): "
            f"{ingest / parse:.2f} times by the clock, {ingest_cpu / parse_cpu:.2f} times of processors\n"
        )


def main() -> None:
    """Compare on many small workbooks and on one large sheet."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        compared(f"{count:,} workbooks of 5 × 40 × 16", small(place, count), 3)
        for offices in (2_000, 40_000):
            compared(f"1 sheet of 200,000 × 16, {offices:,} offices", large(place, offices), 2)


if __name__ == "__main__":
    main()
