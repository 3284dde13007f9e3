"""How clerks write measures, times, roles, totals, titles, values, offices and notes, listed by hands that had not seen the reader.

Each has what it means. One that is `asked` by choice must not be taken for anything; all others must be read as what they mean.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from drawn import Read
from fiveless.grid import Grid, Value
from fiveless.observation import Observation

WRITINGS = Path(__file__).parent / "files" / "writings"
STOCKS = {"seal.procedures", "seal.procedures_abolished", "cash.facilities", "cash.facilities_cashless", "face.procedures"}
STOCKS |= {"face.procedures_online"}


def _rows(table: str) -> Iterator[dict[str, str]]:
    """The rows of a table, in which line breaks are written as in Python."""
    with (WRITINGS / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {name: value.replace("\\n", "\n") for name, value in row.items()}


def _read(rows: list[list[Value]], cell: str, *, file: str = "水道局", sheet: str = "Sheet1", merged: bool = False) -> Observation | None:
    """What is taken from a cell of a sheet, if anything."""
    grid = Grid(sheet, rows, [(1, 1, 1, 2), (1, 0, 2, 0)] if merged else ())
    return next((each for each in Read(grid, file=file).observations if each.cell == cell), None)


def _measure(row: dict[str, str]) -> str:
    text, under = row["text"], row["context"]
    if under:
        rows: list[list[Value]] = [["５つのレス　令和5年8月分", "", ""], ["課", under, ""], ["", text, "備考"]]
        rows += [["総務課", 123.0, ""], ["用地課", 234.0, "あり"]]
        found = _read(rows, "B4", merged=True)
    else:
        found = _read([["５つのレス　令和5年8月分", ""], ["課", text], ["総務課", 123.0], ["用地課", 234.0]], "B3")
    return f"{found.measure} {found.period}" if found else "asked"


def test_measures() -> None:
    """Some 1,200 headings for the 18 measures, some of them under another heading."""
    wanted = {(row["text"], row["context"]): row["read"] or f"{row['code']} 2023-08" for row in _rows("measures")}
    assert len(wanted) > 1_000
    assert {(row["text"], row["context"]): _measure(row) for row in _rows("measures")} == wanted


def test_measures_as_items_and_captions() -> None:
    """Each heading is read as the same measure where it names a line, or a table below it."""
    for row in (row for row in _rows("measures") if not (row["context"] or row["read"])):
        items: list[list[Value]] = [["５つのレス　令和5年8月分", ""], ["項目", "実績"], [row["text"], 123.0], ["その他の事項", ""]]
        table: list[list[Value]] = [["５つのレス　令和5年8月分", ""], [row["text"], ""], ["総務課", 123.0], ["用地課", 234.0]]
        for rows in (items, table):
            found = _read(rows, "B3")
            assert found, row["text"]
            assert found.measure == row["code"], row["text"]


@pytest.mark.parametrize("people", ["県民", "市民", "住民", "都民等"])
def test_measures_of_other_people(people: str) -> None:
    """What 都民 use or come for is read alike where they are a prefecture's or a city's."""
    rows = [row for row in _rows("measures") if "都民" in row["text"] + row["context"]]
    theirs = [row | {name: row[name].replace("都民", people) for name in ("text", "context")} for row in rows]
    assert len(rows) > 80
    assert list(map(_measure, theirs)) == list(map(_measure, rows))


def test_headings_that_are_no_measures() -> None:
    """Money, boxes, machines, staff, rates and what is left over are not taken for what they resemble, wherever they stand."""
    for row in _rows("not_measures"):
        text = row["text"]
        assert _measure(row | {"context": ""}) == "asked", text
        assert _read([["５つのレス　令和5年8月分", ""], [text, ""], ["総務課", 123.0], ["用地課", 234.0]], "B3") is None, text
        assert _read([[f"{text}　令和5年8月分", ""], ["課", "実績"], ["総務課", 123.0], ["用地課", 234.0]], "B3") is None, text
        items: list[list[Value]] = [["５つのレス　令和5年8月分", ""], ["項目", "実績"], [text, 123.0], ["FAX送信件数", 55.0]]
        assert _read(items, "B3") is None, text


def _time(row: dict[str, str]) -> str:
    """The time, basis and scenario under a heading on a monthly sheet of August 2023, beside a column of that month if it is another."""
    stock = row["measure_kind"] == "stock"
    rows: list[list[Value]] = [[f"{'押印廃止済手続数' if stock else 'FAX送信件数'}　令和5年8月分", "", ""]]
    rows += [["課", row["text"], "8月末現在" if stock else "当月"], ["総務課", 123.0, 55.0], ["用地課", 234.0, 67.0]]
    same = row["period"] == "2023-08" and row["scenario"] == "actual"
    if same and (stock or row["basis"] == "month"):
        rows = [line[:2] for line in rows]
    found = _read(rows, "B3")
    return f"{found.period} {found.basis} {found.scenario}" if found else "asked"


def test_times_and_goals() -> None:
    """Some 1,700 headings of time, basis and scenario; rates, differences and forecasts are none."""
    rows = list(_rows("times"))
    wanted = {row["text"]: row["read"] or f"{row['period']} {row['basis']} {row['scenario']}" for row in rows}
    assert len(wanted) > 1_500
    assert {row["text"]: _time(row) for row in rows} == wanted


def test_roles() -> None:
    """Some 400 headings of offices, bureaus, measures, times, notes, contacts and numbers of lines."""
    below = {"office": ("総務課", "用地課"), "bureau": ("環境局", "水道局"), "measure": ("FAX送信件数", "FAX受信件数")}
    below |= {"month": ("令和5年7月", "令和5年8月"), "year": ("令和3年度", "令和4年度")}
    for row in _rows("roles"):
        text, role = row["text"], row["role"]
        if role in below:
            title = {"month": "FAX", "year": "FAX"}.get(role, "令和5年8月分")
            first, second = below[role]
            rows: list[list[Value]] = [[title, ""], [text, "実績" if role == "measure" else "FAX送信件数"], [first, 123.0], [second, 234.0]]
            found = _read(rows, "B3", file="集計" if role == "bureau" else "水道局")
            said = found and {"bureau": found.bureau, "office": found.office, "measure": found.measure}.get(role, found.period)
            assert (
                said == {"bureau": "environment", "office": "総務課", "measure": "fax.sent", "month": "2023-07", "year": "FY2021"}[role]
            ), text
        elif role == "unit":
            unit = _read(
                [["令和5年8月分", "", ""], ["項目", text, "実績"], ["コピー用紙調達量", "千枚", 123.0], ["FAX送信件数", "件", 4.0]], "C3"
            )
            assert unit, text
            assert unit.value == 123_000, text
        else:
            other: list[list[Value]] = [
                ["FAX送信件数　令和5年8月分", "", ""],
                ["課", "件数", text],
                ["総務課", 123.0, 77.0],
                ["用地課", 234.0, 88.0],
            ]
            assert {each.cell for each in Read(Grid("S", other)).observations} == {"B3", "B4"}, text


@pytest.mark.parametrize("across", [False, True])
def test_totals_and_what_is_no_figure(across: bool) -> None:
    """Some 370 labels of totals, differences, rates, ranks, parts, notes and forecasts among offices or months: none is taken."""
    values = {
        "difference": -12.0,
        "rate": 0.85,
        "per_head": 12.3,
        "average": 178.5,
        "rank": 2.0,
        "part": 20.0,
        "memo": 55.0,
        "forecast": 400.0,
    }
    for row in _rows("totals"):
        value = values.get(row["kind"], 357.0)
        if across:
            rows: list[list[Value]] = [["FAX送信件数　令和5年度", "", "", ""], ["課", "4月", "5月", row["text"]]]
            rows += [["総務課", 123.0, 234.0, value], ["用地課", 234.0, 123.0, value]]
            cells = {"B3", "B4", "C3", "C4"}
        else:
            rows = [["FAX送信件数　令和5年8月分", ""], ["課", "件数"], ["総務課", 123.0], ["用地課", 234.0], [row["text"], value]]
            cells = {"B3", "B4"}
        assert {each.cell for each in Read(Grid("S", rows)).observations} == cells, row["text"]


def test_totals_above_and_behind_offices() -> None:
    """The same above the offices, behind offices side by side, and below months of which some are still blank."""
    values = {"difference": -12.0, "rate": 0.85, "per_head": 12.3, "average": 178.5, "rank": 2.0, "part": 20.0, "memo": 55.0}
    for row in (row for row in _rows("totals") if row["kind"] not in ("part", "forecast")):
        text, value = row["text"], values.get(row["kind"], 357.0)
        above: list[list[Value]] = [["FAX送信件数　令和5年8月分", ""], ["課", "件数"], [text, value], ["総務課", 123.0], ["用地課", 234.0]]
        behind: list[list[Value]] = [["令和5年8月分", "", "", ""], ["項目", "総務課", "用地課", text], ["FAX送信件数", 123.0, 234.0, value]]
        months: list[list[Value]] = [
            ["FAX送信件数　令和5年度", ""],
            ["月", "件数"],
            ["4月", 123.0],
            ["5月", 234.0],
            ["6月", ""],
            [text, value],
        ]
        for rows, cells in ((above, {"B4", "B5"}), (behind, {"B3", "C3"}), (months, {"B3", "B4"})):
            assert {each.cell for each in Read(Grid("S", rows)).observations} == cells, text


def _title(row: dict[str, str]) -> str:
    """What a title, a sheet's or a file's name tells, on a sheet that says only what it leaves open."""
    amount = "数量" if row["measure"] == "paper.sheets_purchased" or row["measure"] in STOCKS else "件数"
    heading = (amount if row["scenario"] else "実績") if row["measure"] else "FAX送信件数"
    rows: list[list[Value]] = [[row["text"] if row["place"] == "title" else "５レス報告", ""]]
    rows += [] if row["bureau"] else [["局名：水道局", ""]]
    rows += [] if row["period"] else [["報告月：令和5年8月", ""]]
    rows += [["", ""], ["区分" if row["office"] else "課", heading]]
    rows += [[amount, 123.0]] if row["office"] else [["総務課", 123.0], ["用地課", 234.0]]
    cell = f"B{len(rows) - (not row['office'])}"
    file = Path(row["text"]).stem if row["place"] == "file" else "book1"
    found = _read(rows, cell, file=file, sheet=row["text"] if row["place"] == "sheet" else "Sheet1")
    if found is None:
        return "asked"
    return " ".join((found.bureau, found.period, found.measure if row["measure"] else "", found.scenario, found.office))


def test_titles_and_names() -> None:
    """Some 400 titles, names of sheets and of files, and what each tells of bureau, period, measure, scenario and office."""
    rows = list(_rows("titles"))
    wanted = {}
    for row in rows:
        told = (
            row["bureau"] or "waterworks",
            row["period"] or "2023-08",
            row["measure"],
            row["scenario"] or "actual",
            row["office"] or "総務課",
        )
        wanted[row["place"], row["text"]] = row["read"] or " ".join(told)
    assert {(row["place"], row["text"]): _title(row) for row in rows} == wanted


def _value(row: dict[str, str]) -> str:
    """What is taken for a text where a number is expected, among numbers."""
    measure = {"枚": "コピー用紙調達量", "人": "窓口来庁件数", "施設": "都民利用施設数", "手続": "行政手続数"}.get(
        row["unit"], "FAX送信件数"
    )
    rows: list[list[Value]] = [["令和5年8月分", ""], ["課", measure], ["用地課", row["text"]]]
    more: list[list[Value]] = [[f"第{number}課", 100.0 + number] for number in range(5)]
    found = _read([*rows, *more], "B3")
    return f"{found.value.normalize():f} {found.status}" if found else "asked"


def test_values() -> None:
    """Some 300 texts that clerks type for a number: what is no certain number is never taken for one."""
    rows = list(_rows("values"))
    wanted = {row["text"]: row["read"] or f"{row['value']} {row['note'] or 'normal'}" for row in rows}
    assert {row["text"]: _value(row) for row in rows} == wanted


def test_offices() -> None:
    """Some 260 names of offices of all sorts under 部署, each as written."""
    for row in _rows("offices"):
        rows: list[list[Value]] = [["FAX送信件数　令和5年8月分", ""], ["部署", "件数"], ["用地課", 123.0], [row["text"], 77.0]]
        found = _read([*rows, ["経理課", 234.0]], "B4")
        assert found, row["text"]
        assert found.office == row["office"]


def test_notes() -> None:
    """Some 200 lines above, within and below a table change nothing in it."""
    plain: list[list[Value]] = [["FAX送信件数　令和5年8月分", ""], ["課", "件数"], ["総務課", 123.0], ["用地課", 234.0]]
    wanted = {each[:7] for each in Read(Grid("S", plain)).observations}
    assert len(wanted) == 2
    for row in _rows("notes"):
        note: list[Value] = [row["text"], ""]
        for sheet in ([plain[0], note, *plain[1:]], [*plain[:3], note, plain[3]], [*plain, [], note]):
            lines: list[list[Value]] = [*sheet]
            assert {each[:7] for each in Read(Grid("S", lines)).observations} == wanted, row["text"]
