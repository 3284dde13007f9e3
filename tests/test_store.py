"""The store: what a run changes, what history keeps, what is exported, and how a store that cannot be used is told."""

import csv
import datetime as dt
import io
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from fiveless import reference
from fiveless.errors import FivelessError
from fiveless.finding import Finding
from fiveless.observation import HEADER, Account, Accounts, Basis, Observation, Observations, Reading, Scenario, Status
from fiveless.period import Period
from fiveless.progress import Figure
from fiveless.store import Filter, Recorded, Store, settled

CODELISTS = reference.load(None)
JULY = dt.datetime(2022, 7, 5, 18, 0, tzinfo=dt.timezone(dt.timedelta(hours=9)))
AUGUST = dt.datetime(2022, 8, 5, 0, 0, tzinfo=dt.UTC)


def _value(
    value: str,
    *,
    bureau: str = "finance",
    office: str = "",
    measure: str = "paper.sheets_purchased",
    period: str = "2022-06",
    basis: Basis = "month",
    scenario: Scenario = "actual",
    status: Status = "normal",
    note: str = "",
    cell: str = "C7",
) -> Observation:
    return Observation(bureau, office, measure, period, basis, scenario, Decimal(value), status, note, "紙", cell)


def _reading(file: str, *observations: Observation, content: str = "1", refused: bool = False) -> Reading:
    accounts = [Account(each.sheet, each.cell, str(each.value), "taken", "") for each in observations]
    return Reading(file, content * 64, Observations.of(observations), Accounts.of(accounts), refused=refused)


def _record(path: Path, *readings: Reading, at: dt.datetime = JULY) -> Recorded:
    with Store.open(path, write=True) as store:
        return store.record(readings, received_at=at, command="fiveless ingest")


def _counts(recorded: Recorded) -> tuple[int, int, int, int]:
    return recorded.new, recorded.changed, recorded.unchanged, recorded.withdrawn


def _rows(path: Path, where: Filter | None = None) -> list[dict[str, Any]]:
    with Store.open(path, write=False) as store:
        return [dict(zip(HEADER, row, strict=True)) for row in store.observations(where or Filter(), CODELISTS)]


def _told(path: Path, *names: str, where: Filter | None = None) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in _rows(path, where)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a store is to be; its folder does not exist yet."""
    return tmp_path / "data" / "fiveless.duckdb"


# One value, in and out -------------------------------------------------------------------------------------------------


def test_value_comes_out_as_it_went_in(path: Path) -> None:
    """A row has the contract's columns, Japanese names, the exact value, and the time of receipt in UTC."""
    _record(path, _reading("data/inbox/a.xlsx", _value("234000", office="総務課", note="速報", status="provisional")))

    assert _rows(path) == [
        {
            "bureau": "finance",
            "bureau_name": "財務局",
            "office": "総務課",
            "less": "paper",
            "measure": "paper.sheets_purchased",
            "measure_name": "コピー用紙調達量",
            "period": "2022-06",
            "basis": "month",
            "scenario": "actual",
            "value": Decimal(234000),
            "unit": "sheet",
            "status": "provisional",
            "note": "速報",
            "file": "data/inbox/a.xlsx",
            "sheet": "紙",
            "cell": "C7",
            "sha256": "1" * 64,
            "received_at": "2022-07-05T09:00:00Z",
        }
    ]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("234000", "234000"),
        ("1E+3", "1000"),
        ("0", "0"),
        ("-12.50", "-12.5"),
        ("0.1", "0.1"),
        ("0.3333333333333333", "0.3333333333333333"),
        ("12345678901234567890.125", "12345678901234567890.125"),
        ("1.0000000000000000000000", "1"),
    ],
)
def test_values_stay_exact(path: Path, value: str, written: str) -> None:
    """Every digit that a spreadsheet can hold is kept, and written without exponent or trailing zeros."""
    _record(path, _reading("a.xlsx", _value(value)))

    assert [str(each) for (each,) in _told(path, "value")] == [written]


@pytest.mark.parametrize("value", ["0.1234567890123456789", "123456789012345678901", "NaN", "Infinity"])
def test_value_that_does_not_fit_is_a_finding_and_never_rounded(path: Path, value: str) -> None:
    """More digits than the store keeps: the value is set aside with its place, and the others are stored."""
    recorded = _record(path, _reading("a.xlsx", _value(value, cell="D9"), _value("5", period="2022-05")))

    assert [(each.code, each.file, each.sheet, each.cell) for each in recorded.conflicts] == [("K03", "a.xlsx", "紙", "D9")]
    assert _told(path, "period", "value") == [("2022-05", Decimal(5))]


def test_text_is_kept_to_the_letter(path: Path) -> None:
    """Commas, quotation marks, line ends and rare characters of an office or note come out as they went in."""
    odd = 'a,"b"\n\t𠮷野\\課 '
    _record(path, _reading("a.xlsx", _value("1", office=odd, note=odd)))

    assert _told(path, "office", "note") == [(odd, odd)]


def test_more_values_than_one_block_of_the_database(path: Path) -> None:
    """130,000 values (DuckDB's block is 122,880) are stored in a run, none lost, in a few seconds."""
    months = [f"{2000 + each // 12}-{each % 12 + 1:02}" for each in range(130)]
    readings = [
        _reading(f"{n}.xlsx", *(_value(str(n), office=str(n), period=each) for each in months), content=f"{n:04}") for n in range(1000)
    ]
    began = time.perf_counter()
    recorded = _record(path, *readings)

    assert time.perf_counter() - began < 20
    assert recorded.new == 130_000
    with Store.open(path, write=False) as store:
        assert sum(each.value for each in store.figures()) == 130 * 499_500
        assert sum(1 for _ in store.observations(Filter(), CODELISTS)) == 130_000


# What a run changes ----------------------------------------------------------------------------------------------------


def test_run_counts_new_values(path: Path) -> None:
    """The first time, every value is new."""
    recorded = _record(path, _reading("a.xlsx", _value("1"), _value("2", period="2022-05")))

    assert recorded == Recorded(2, 0, 0, 0, [])


def test_changed_file_supersedes_its_earlier_values(path: Path) -> None:
    """Of three values one stays, one is revised and one is gone: the store holds two, and history all four with their files' contents."""
    _record(path, _reading("a.xlsx", _value("1", period="2022-04"), _value("2", period="2022-05"), _value("3")))
    recorded = _record(path, _reading("a.xlsx", _value("1", period="2022-04"), _value("20", period="2022-05"), content="2"), at=AUGUST)

    assert _counts(recorded) == (0, 1, 1, 1)
    assert _told(path, "period", "value", "received_at") == [
        ("2022-04", Decimal(1), "2022-07-05T09:00:00Z"),
        ("2022-05", Decimal(20), "2022-08-05T00:00:00Z"),
    ]
    assert _told(path, "period", "value", "sha256", where=Filter(history=True)) == [
        ("2022-04", Decimal(1), "1" * 64),
        ("2022-05", Decimal(2), "1" * 64),
        ("2022-05", Decimal(20), "2" * 64),
        ("2022-06", Decimal(3), "1" * 64),
    ]


def test_history_tells_when_and_by_which_file_a_value_was_superseded(path: Path) -> None:
    """The row of the old value names the time and the submission that took its place."""
    _record(path, _reading("a.xlsx", _value("1")))
    _record(path, _reading("b.xlsx", _value("2"), content="2"), at=AUGUST)

    with duckdb.connect(path, read_only=True) as database:
        query = """SELECT o.superseded_at, s.file FROM observation o JOIN submission s ON s.id = o.superseded_by WHERE o.value = 1"""
        assert database.execute(query).fetchall() == [(dt.datetime(2022, 8, 5), "b.xlsx")]  # noqa: DTZ001 - stored in UTC


def test_value_that_loses_its_provisional_mark_is_a_change(path: Path) -> None:
    """速報値 confirmed with the same number is a revision: its status is part of what was said."""
    _record(path, _reading("a.xlsx", _value("1", status="provisional")))
    recorded = _record(path, _reading("a.xlsx", _value("1"), content="2"))

    assert _counts(recorded) == (0, 1, 0, 0)
    assert _told(path, "status") == [("normal",)]


def test_reading_the_same_again_changes_nothing(path: Path) -> None:
    """The same values under the same name are all unchanged, and keep the cell and time at which they first came."""
    _record(path, _reading("a.xlsx", _value("1"), _value("2", period="2022-05")))
    before = _rows(path)
    recorded = _record(path, _reading("a.xlsx", _value("1"), _value("2", period="2022-05")), at=AUGUST)

    assert _counts(recorded) == (0, 0, 2, 0)
    assert _rows(path) == before


def test_value_of_another_earlier_file_is_kept_if_equal_and_superseded_if_not(path: Path) -> None:
    """A citywide summary that repeats one figure of a bureau and corrects another."""
    _record(path, _reading("bureau.xlsx", _value("1", period="2022-05"), _value("2")))
    recorded = _record(path, _reading("summary.xlsx", _value("1", period="2022-05", note="再掲"), _value("3"), content="2"), at=AUGUST)

    assert _counts(recorded) == (0, 1, 1, 0)
    assert _told(path, "period", "value", "file") == [("2022-05", Decimal(1), "bureau.xlsx"), ("2022-06", Decimal(3), "summary.xlsx")]


def test_value_that_moves_to_another_file_is_not_lost(path: Path) -> None:
    """A bureau takes a figure out of one workbook and sends it in another in the same run: it stays, as the second file's."""
    _record(path, _reading("a.xlsx", _value("1"), _value("2", period="2022-05")))
    recorded = _record(path, _reading("a.xlsx", _value("1"), content="2"), _reading("b.xlsx", _value("2", period="2022-05"), content="3"))

    assert _counts(recorded) == (0, 0, 2, 0)
    assert _told(path, "period", "file") == [("2022-05", "b.xlsx"), ("2022-06", "a.xlsx")]


def test_two_values_for_one_key_in_a_run_are_a_conflict(path: Path) -> None:
    """Neither is stored, what held before stays, and the finding names both places and values."""
    _record(path, _reading("old.xlsx", _value("1")))
    recorded = _record(
        path, _reading("a.xlsx", _value("2.50", cell="C3"), content="2"), _reading("b.xlsx", _value("3", cell="D4"), content="3")
    )

    assert _counts(recorded) == (0, 0, 0, 0)
    assert _told(path, "value", "file") == [(Decimal(1), "old.xlsx")]
    key = {
        "bureau": "finance",
        "office": "",
        "measure": "paper.sheets_purchased",
        "period": "2022-06",
        "basis": "month",
        "scenario": "actual",
    }
    assert recorded.conflicts == [
        Finding("K01", "a.xlsx", "紙", "C3", {**key, "value": "2.5", "other": "b.xlsx › 紙 › D4", "other_value": "3"}),
        Finding("K01", "b.xlsx", "紙", "D4", {**key, "value": "3", "other": "a.xlsx › 紙 › C3", "other_value": "2.5"}),
    ]


def test_numbers_in_conflict_are_set_aside() -> None:
    """What was taken from a cell and then could not be stored is accounted for as set aside, with the reason."""
    reading = replace(
        _reading("a.xlsx"), accounts=Accounts.of([Account("紙", "C3", "2", "taken", ""), Account("紙", "C4", "3", "taken", "")])
    )
    conflicts = [Finding("K01", "a.xlsx", "紙", "C3"), Finding("K01", "b.xlsx", "紙", "C4")]
    assert [(each.cell, each.fate, each.reason) for each in settled(reading, conflicts).accounts] == [
        ("C3", "set_aside", "K01"),
        ("C4", "taken", ""),
    ]


def test_conflict_does_not_withdraw_what_its_file_said_before(path: Path) -> None:
    """A file that changes and now contradicts another of the same run: its earlier value stays until a person decides."""
    _record(path, _reading("a.xlsx", _value("1")))
    recorded = _record(path, _reading("a.xlsx", _value("2"), content="2"), _reading("b.xlsx", _value("3"), content="3"))

    assert _counts(recorded) == (0, 0, 0, 0)
    assert _told(path, "value") == [(Decimal(1),)]


def test_equal_values_for_one_key_in_a_run_are_one(path: Path) -> None:
    """A figure that stands on two sheets or in two files is stored once, from where it was read first; 1.0 equals 1."""
    recorded = _record(path, _reading("a.xlsx", _value("1"), _value("1.0", cell="Z9")), _reading("b.xlsx", _value("1"), content="2"))

    assert recorded == Recorded(1, 0, 0, 0, [])
    assert _told(path, "file", "cell") == [("a.xlsx", "C7")]


def test_different_keys_do_not_touch_each_other(path: Path) -> None:
    """Office, basis and scenario are part of the key: a target beside an actual, and a total beside an office's share, all stay."""
    recorded = _record(
        path,
        _reading("a.xlsx", _value("1"), _value("2", office="課"), _value("3", basis="ytd"), _value("4", scenario="target")),
    )

    assert recorded.new == 4


# Files -----------------------------------------------------------------------------------------------------------------


def test_known_are_the_contents_that_hold(path: Path) -> None:
    """The hash of a superseded content is forgotten, so that a file put back is read again."""
    _record(path, _reading("a.xlsx", _value("1")), _reading("b.xlsx", content="b"))
    _record(path, _reading("a.xlsx", _value("2"), content="2"))

    with Store.open(path, write=False) as store:
        assert store.known() == {("b" * 64, "b.xlsx"), ("2" * 64, "a.xlsx")}


def test_a_value_that_moved_is_traced_to_where_it_stands_now(path: Path) -> None:
    """The same figures a row lower: nothing is new or changed, and the export names the cell in which each now stands."""
    _record(path, _reading("a.xlsx", _value("1", cell="F8")))
    recorded = _record(path, _reading("a.xlsx", _value("1", cell="F9"), content="2"))

    assert _counts(recorded) == (0, 0, 1, 0)
    assert _told(path, "value", "cell", "sha256") == [(Decimal(1), "F9", "2" * 64)]


def test_file_put_back_restores_its_values(path: Path) -> None:
    """The first content again after a second: its value holds again and history has all three."""
    for value, content in (("1", "1"), ("2", "2"), ("1", "1")):
        _record(path, _reading("a.xlsx", _value(value), content=content))

    assert _told(path, "value") == [(Decimal(1),)]
    assert _told(path, "value", where=Filter(history=True)) == [(Decimal(1),), (Decimal(2),), (Decimal(1),)]


def test_refused_file_takes_nothing_away(path: Path) -> None:
    """A new version that cannot be read leaves the old values and is not known, so that the next run tells of it again."""
    _record(path, _reading("a.xlsx", _value("1")))
    for _ in range(2):
        recorded = _record(path, _reading("a.xlsx", content="2", refused=True))
        assert _counts(recorded) == (0, 0, 0, 0)

    assert _told(path, "value") == [(Decimal(1),)]
    with Store.open(path, write=False) as store:
        assert store.known() == {("1" * 64, "a.xlsx")}
    with duckdb.connect(path, read_only=True) as database:
        assert database.execute("SELECT count(*) FROM submission WHERE refused").fetchall() == [(1,)]


def test_readable_version_after_a_refused_one_supersedes_both(path: Path) -> None:
    """Once the bureau sends a readable file, neither the old values nor the refusal hold."""
    _record(path, _reading("a.xlsx", _value("1")))
    _record(path, _reading("a.xlsx", content="2", refused=True))
    _record(path, _reading("a.xlsx", _value("3"), content="3"))

    assert _told(path, "value") == [(Decimal(3),)]
    with duckdb.connect(path, read_only=True) as database:
        assert database.execute("SELECT sha256 FROM submission WHERE superseded_at IS NULL").fetchall() == [("3" * 64,)]


def test_fates_and_findings_are_kept_by_file(path: Path) -> None:
    """Each number's fate and each finding stand in the store with the file's submission."""
    accounts = [Account("紙", "C7", "1", "taken", ""), Account("紙", "D7", "1,000", "set_aside", "S04")]
    reading = replace(_reading("a.xlsx", _value("1")), accounts=Accounts.of(accounts))
    reading.findings.append(Finding("S04", "a.xlsx", "紙", "D7", {"label": "合計", "value": Decimal("1.5")}))
    _record(path, reading)

    with duckdb.connect(path, read_only=True) as database:
        assert database.execute("SELECT cell, number, fate, reason FROM account ORDER BY cell").fetchall() == [
            ("C7", "1", "taken", ""),
            ("D7", "1,000", "set_aside", "S04"),
        ]
        found = database.execute(
            "SELECT file, code, cell, fields->>'label', fields->>'value' FROM finding JOIN submission ON id = submission"
        )
        assert found.fetchall() == [("a.xlsx", "S04", "D7", "合計", "1.5")]


def test_cells_keep_their_addresses(path: Path) -> None:
    """Values and accounts are given back at their own cell, up to the last column of a sheet."""
    cells = ["A1", "Z2", "AA3", "AZ4", "BA5", "ZZ6", "AAA7", "AMJ8", "XFD9"]
    _record(path, _reading("a.xlsx", *(_value("1", office=f"{cell}課", cell=cell) for cell in cells)))

    with duckdb.connect(path, read_only=True) as database:
        assert database.execute("SELECT cell FROM account ORDER BY right(cell, 1)").fetchall() == [(cell,) for cell in cells]
        assert database.execute("SELECT cell FROM observation ORDER BY right(cell, 1)").fetchall() == [(cell,) for cell in cells]


def test_accounts_of_several_runs_share_their_texts(path: Path) -> None:
    """A sheet's name and a reason are kept once, and each account of each run still has its own."""
    accounts = [Account("紙", "C7", "1", "taken", ""), Account("紙", "D7", "2", "set_aside", "S04")]
    _record(path, replace(_reading("a.xlsx", _value("1")), accounts=Accounts.of(accounts)))
    later = [Account("FAX", "C7", "3", "check", ""), Account("紙", "D7", "4", "set_aside", "S05")]
    _record(path, replace(_reading("b.xlsx", _value("3", period="2022-07"), content="2"), accounts=Accounts.of(later)), at=AUGUST)

    with duckdb.connect(path, read_only=True) as database:
        rows = database.execute("SELECT sheet, cell, number, fate, reason FROM account ORDER BY number").fetchall()
        assert rows == [tuple(each) for each in (*accounts, *later)]


_TELLING = "SELECT cell, number, fate, reason FROM account JOIN submission ON id = submission ORDER BY id, cell"


@pytest.mark.parametrize(
    ("number", "value"), [("2", "2"), ("2", "2000"), ("-2", "-2"), ("0.5", "0.5"), ("1,000", "1000"), ("5" * 20, "5" * 20)]
)
def test_account_of_a_value_is_the_number_as_it_stands(path: Path, number: str, value: str) -> None:
    """Whether or not the value is the number itself (千枚 is not), each number has one account, and those beside it keep theirs."""
    accounts = [
        Account("紙", "A1", "0.25", "set_aside", "S04"),
        Account("紙", "C7", number, "taken", ""),
        Account("紙", "D7", "0.75", "check", ""),
    ]
    _record(path, replace(_reading("a.xlsx", _value(value)), accounts=Accounts.of(accounts)))

    with duckdb.connect(path, read_only=True) as database:
        assert database.execute(_TELLING).fetchall() == [each[1:] for each in accounts]


def test_accounts_stay_when_the_values_are_superseded(path: Path) -> None:
    """Each version of a file keeps the fate of its numbers, also of those whose values were withdrawn or had not changed."""
    _record(path, _reading("a.xlsx", _value("1"), _value("2", period="2022-05", cell="D7")))
    _record(path, _reading("a.xlsx", _value("1"), content="2"))

    with duckdb.connect(path, read_only=True) as database:
        told = database.execute(_TELLING).fetchall()
        assert told == [("C7", "1", "taken", ""), ("D7", "2", "taken", ""), ("C7", "1", "taken", "")]


def test_accounts_of_other_cells_than_the_values_are_kept_too(path: Path) -> None:
    """A number taken elsewhere than its value says is told at its own place."""
    _record(path, replace(_reading("a.xlsx", _value("1")), accounts=Accounts.of([Account("別", "C7", "1", "taken", "")])))

    with duckdb.connect(path, read_only=True) as database:
        assert database.execute("SELECT sheet, cell FROM account").fetchall() == [("別", "C7")]


def test_one_text_may_be_a_period_and_a_name(path: Path) -> None:
    """An office called 2022-06 is kept as such before that month is known as a period, and after."""
    _record(path, _reading("a.xlsx", _value("1", office="2022-06", period="2022-05")))
    _record(path, _reading("b.xlsx", _value("2", office="2022-05"), content="2"))

    assert _told(path, "office", "period") == [("2022-05", "2022-06"), ("2022-06", "2022-05")]
    assert _told(path, "office", where=Filter(first=Period.month(2022, 6))) == [("2022-05",)]


def test_failed_run_leaves_nothing_behind(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of a run is one transaction: if the last step fails, the store is as before and the sentence says so."""
    _record(path, _reading("a.xlsx", _value("1")))

    def full(*_: Any) -> None:
        raise duckdb.IOException("No space left on device\nmore")

    with monkeypatch.context() as patch:
        patch.setattr("fiveless.store._Run._keep_fates", full)
        with pytest.raises(FivelessError, match=r"Nothing could be stored \(No space left on device\)"):
            _record(path, _reading("b.xlsx", _value("2"), content="2"))

    assert _told(path, "value", "file") == [(Decimal(1), "a.xlsx")]
    with Store.open(path, write=False) as store:
        assert [file for _, file in store.known()] == ["a.xlsx"]


# Export ----------------------------------------------------------------------------------------------------------------

_MANY = (
    _value("1", bureau="taxation", period="2022-04"),
    _value("2", bureau="finance", office="課", period="2022-Q1", basis="quarter"),
    _value("3", bureau="finance", period="FY2022", basis="year", scenario="target"),
    _value("4", bureau="finance", measure="fax.sent", period="2021-12", status="estimated"),
    _value("5", bureau="gone-bureau", measure="gone.measure", period="2022-06", basis="as_of"),
)


@pytest.mark.parametrize(
    ("where", "values"),
    [
        (Filter(), "43251"),
        (Filter(bureau=("finance",)), "432"),
        (Filter(bureau=("finance", "taxation"), measure=("paper.sheets_purchased",)), "321"),
        (Filter(office=("課",)), "2"),
        (Filter(office=("",)), "4351"),
        (Filter(less=("fax",)), "4"),
        (Filter(basis=("quarter", "as_of")), "25"),
        (Filter(scenario=("target",)), "3"),
        (Filter(status=("estimated",)), "4"),
        (Filter(first=Period.month(2022, 4)), "3251"),
        (Filter(last=Period.month(2022, 6)), "4251"),
        (Filter(first=Period.month(2022, 5), last=Period.year(2022)), "5"),
        (Filter(first=Period.quarter(2022, 1), last=Period.quarter(2022, 1)), "251"),
        (Filter(bureau=("x' OR '1'='1",)), ""),
    ],
)
def test_filter_narrows_the_export(path: Path, where: Filter, values: str) -> None:
    """Each field narrows by itself and together with others; periods count by the months that they fill; order is by key."""
    _record(path, _reading("a.xlsx", *_MANY))

    assert "".join(str(value) for (value,) in _told(path, "value", where=where)) == values


def test_code_that_the_codelists_no_longer_have_is_exported_by_itself(path: Path) -> None:
    """A value is never dropped for want of a name."""
    _record(path, _reading("a.xlsx", *_MANY))

    assert _told(path, "bureau_name", "measure_name", "less", "unit", where=Filter(bureau=("gone-bureau",))) == [
        ("gone-bureau", "gone.measure", "", "")
    ]


def test_parquet_holds_the_same_as_the_rows(path: Path, tmp_path: Path) -> None:
    """Same columns, order and content, with the value as DECIMAL."""
    _record(path, _reading("a.xlsx", *_MANY, _value("0.125", period="2020-01")))
    target = tmp_path / "it's.parquet"
    with Store.open(path, write=False) as store:
        store.copy_parquet(Filter(first=Period.month(2021, 1)), CODELISTS, target)

    with duckdb.connect() as database:
        found = database.execute("SELECT * FROM read_parquet(?)", [str(target)])
        assert found.description is not None
        assert tuple(column[0] for column in found.description) == HEADER
        assert str(found.description[HEADER.index("value")][1]).startswith("DECIMAL")
        rows = found.fetchall()
    assert rows == [tuple(row.values()) for row in _rows(path, Filter(first=Period.month(2021, 1)))]


def test_parquet_that_cannot_be_written_is_told(path: Path, tmp_path: Path) -> None:
    """A folder that does not exist is one sentence."""
    _record(path, _reading("a.xlsx", *_MANY))

    with Store.open(path, write=False) as store, pytest.raises(FivelessError, match="cannot be written"):
        store.copy_parquet(Filter(), CODELISTS, tmp_path / "none" / "x.parquet")


def test_rows_may_be_left_half_read(path: Path) -> None:
    """`export | head` takes some rows and goes; the store is free again at once."""
    _record(path, _reading("a.xlsx", *_MANY))
    with Store.open(path, write=False) as store:
        first = next(iter(store.observations(Filter(), CODELISTS)))

    assert first[HEADER.index("value")] == 4
    assert _record(path, _reading("b.xlsx", _value("9", period="2022-01"), content="2")).new == 1


def test_csv_of_the_rows_is_plain_text(path: Path) -> None:
    """Python's own CSV writer gives the contract's numbers: no exponent, no trailing zeros."""
    _record(path, _reading("a.xlsx", _value("2E+5"), _value("12.50", period="2022-05")))
    text = io.StringIO()
    with Store.open(path, write=False) as store:
        csv.writer(text, lineterminator="\n").writerows(store.observations(Filter(), CODELISTS))

    assert [line.split(",")[9] for line in text.getvalue().splitlines()] == ["12.5", "200000"]


# Figures ---------------------------------------------------------------------------------------------------------------


def _figures(path: Path, *observations: Observation) -> Sequence[Figure]:
    _record(path, _reading("a.xlsx", *observations))
    with Store.open(path, write=False) as store:
        return store.figures()


def test_figure_of_a_bureau_is_the_exact_sum_of_its_offices(path: Path) -> None:
    """0.1 + 0.2 is 0.3, not 0.30000000000000004; bureaus, measures and periods are kept apart."""
    figures = _figures(
        path,
        _value("0.1", office="A"),
        _value("0.2", office="B"),
        _value("7", office="A", period="2022-05"),
        _value("9", bureau="taxation", office="A"),
    )

    measure = "paper.sheets_purchased"
    assert figures == [
        Figure("finance", measure, "2022-05", "month", Decimal(7), "normal"),
        Figure("finance", measure, "2022-06", "month", Decimal("0.3"), "normal"),
        Figure("taxation", measure, "2022-06", "month", Decimal(9), "normal"),
    ]


def test_figure_stated_for_the_bureau_goes_before_the_sum(path: Path) -> None:
    """Where the bureau states its total, the offices are not added to it."""
    figures = _figures(path, _value("100"), _value("30", office="A"), _value("60", office="B"))

    assert [each.value for each in figures] == [Decimal(100)]


def test_sum_with_a_missing_office_is_no_figure(path: Path) -> None:
    """未集計 is not zero: the bureau has no figure until that office has one; 該当なし has nothing to add."""
    figures = _figures(
        path,
        _value("5", office="A"),
        _value("0", office="B", status="missing"),
        _value("5", office="A", period="2022-05"),
        _value("0", office="B", period="2022-05", status="not_applicable"),
        _value("0", period="2022-04", status="missing"),
        _value("8", office="A", period="2022-04"),
    )

    assert [(each.period, each.value) for each in figures] == [("2022-04", Decimal(8)), ("2022-05", Decimal(5))]


def test_sum_is_as_uncertain_as_its_parts(path: Path) -> None:
    """One estimated office makes the bureau's figure an estimate."""
    figures = _figures(
        path, _value("5", office="A"), _value("6", office="B", status="provisional"), _value("7", office="C", status="estimated")
    )

    assert [(each.value, each.status) for each in figures] == [(Decimal(18), "estimated")]


def test_figures_are_of_one_scenario_and_hold_now(path: Path) -> None:
    """Targets are not actuals and say so, and superseded values count no more."""
    _record(path, _reading("a.xlsx", _value("1"), _value("50", scenario="target")))
    _record(path, _reading("a.xlsx", _value("2"), _value("50", scenario="target"), content="2"))

    with Store.open(path, write=False) as store:
        assert [(each.value, each.scenario) for each in store.figures()] == [(Decimal(2), "actual"), (Decimal(50), "target")]


def test_latest_period_is_the_last_month_of_a_headline(path: Path) -> None:
    """Neither a later target, a later whole year, a missing value nor a measure of no headline moves it; fax parts count."""
    _record(
        path,
        _reading(
            "a.xlsx",
            _value("1", period="2022-06"),
            _value("1", period="2022-07", measure="fax.sent"),
            _value("1", period="2022-09", scenario="plan"),
            _value("1", period="FY2022", basis="year"),
            _value("1", period="2022-10", measure="face.visits"),
            _value("0", period="2022-11", status="missing"),
        ),
    )

    with Store.open(path, write=False) as store:
        assert store.latest_period(CODELISTS) == "2022-07"


def test_empty_store_has_no_latest_period(path: Path) -> None:
    """A run in which every file was refused leaves a store without figures."""
    _record(path, _reading("a.xlsx", refused=True))

    with Store.open(path, write=False) as store:
        assert store.latest_period(CODELISTS) is None
        assert store.figures() == []


# Stores that cannot be used --------------------------------------------------------------------------------------------


def _refusal(path: Path, *, write: bool) -> str:
    with pytest.raises(FivelessError) as caught, Store.open(path, write=write, patience=0.2):
        pass
    assert caught.value.exit_code == 3
    assert "\n" not in caught.value.words.ja + caught.value.words.en
    return caught.value.words.en


def test_nothing_ingested_yet_is_told(path: Path) -> None:
    """Without a store, reading tells what to run, and makes no file."""
    assert _refusal(path, write=False) == "Nothing has been ingested yet; run fiveless ingest."
    assert not path.parent.exists()


def test_empty_database_holds_nothing_yet(path: Path) -> None:
    """A database without tables, as a run leaves it that was killed at its very start, can be read from and then filled."""
    path.parent.mkdir()
    duckdb.connect(path).close()

    assert _refusal(path, write=False) == "Nothing has been ingested yet; run fiveless ingest."
    assert _record(path, _reading("a.xlsx", _value("1"))).new == 1


@pytest.mark.parametrize("write", [True, False])
def test_file_that_is_no_database_is_told_and_left_alone(path: Path, write: bool) -> None:
    """A text file in the place of the store is not overwritten."""
    path.parent.mkdir()
    path.write_text("これはデータベースではない" * 1000, "utf-8")
    before = path.read_bytes()

    assert "no database of fiveless" in _refusal(path, write=write)
    assert path.read_bytes() == before


@pytest.mark.parametrize("write", [True, False])
def test_database_of_another_program_is_told(path: Path, write: bool) -> None:
    """A DuckDB file with other tables is not written to."""
    path.parent.mkdir()
    with duckdb.connect(path) as database:
        database.execute("CREATE TABLE theirs (x INTEGER)")

    assert "no database of fiveless" in _refusal(path, write=write)


def test_store_of_another_version_is_told(path: Path) -> None:
    """A store with another schema is neither read nor changed."""
    _record(path, _reading("a.xlsx", _value("1")))
    with duckdb.connect(path) as database:
        database.execute("UPDATE version SET number = 99")

    assert "another version" in _refusal(path, write=True)


def test_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A file where the folder should be."""
    (tmp_path / "data").write_text("")

    assert "cannot be opened" in _refusal(tmp_path / "data" / "fiveless.duckdb", write=True)


def test_folder_in_the_place_of_the_store_is_told(path: Path) -> None:
    """One sentence, no traceback."""
    path.mkdir(parents=True)

    assert str(path) in _refusal(path, write=True)


_HOLD = """
import duckdb, sys, time
database = duckdb.connect(sys.argv[1])
print("held", flush=True)
sys.stdin.readline()
time.sleep(float(sys.argv[2]))
"""


@contextmanager
def _held(path: Path, seconds: float) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the store open; it lets go `seconds` after a line is written to it."""
    arguments = [sys.executable, "-c", _HOLD, str(path), str(seconds)]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.communicate("")


def _let_go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


@pytest.mark.parametrize("write", [True, False])
def test_store_in_use_is_told(path: Path, write: bool) -> None:
    """After some patience, one sentence says that another process has it."""
    _record(path, _reading("a.xlsx", _value("1")))

    with _held(path, 0):
        assert "in use by another fiveless" in _refusal(path, write=write)


def test_store_in_use_for_a_moment_is_waited_for(path: Path) -> None:
    """The other process lets go after half a second: the run goes on without a word."""
    _record(path, _reading("a.xlsx", _value("1")))

    with _held(path, 0.5) as other:
        _let_go(other)
        recorded = _record(path, _reading("a.xlsx", _value("2"), content="2"))

    assert _counts(recorded) == (0, 1, 0, 0)
