"""The store: what a run changes, what history keeps, what is exported, and how a store that cannot be used is told."""

import csv
import datetime as dt
import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fiveless import reference
from fiveless.errors import FivelessError
from fiveless.finding import Finding
from fiveless.observation import HEADER, Account, Accounts, Basis, Observation, Observations, Reading, Scenario, Status
from fiveless.period import Period
from fiveless.progress import Figure
from fiveless.revision import Difference, Revision, Source
from fiveless.store import Filter, Recorded, Store, settled

CODELISTS = reference.load(None)
JULY = dt.datetime(2022, 7, 5, 18, 0, tzinfo=dt.timezone(dt.timedelta(hours=9)))
AUGUST = dt.datetime(2022, 8, 5, 0, 0, tzinfo=dt.UTC)
SEPTEMBER = dt.datetime(2022, 9, 5, 0, 0, tzinfo=dt.UTC)
_INSTANT = dt.timedelta(microseconds=1)


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


@pytest.mark.parametrize("before", ["missing", "not_applicable"])
def test_nought_takes_the_place_of_no_value_and_not_the_other_way_round(path: Path, before: Status) -> None:
    """A later file with 0 where another had no value is heeded; a summary without one takes no 0 away. History tells both."""
    _record(path, _reading("a.xlsx", _value("0", status=before)))
    given = _record(path, _reading("b.xlsx", _value("0"), content="2"), at=AUGUST)
    summary = _record(path, _reading("c.xlsx", _value("0", status=before), content="3"), at=SEPTEMBER)

    assert (_counts(given), _counts(summary)) == ((0, 1, 0, 0), (0, 0, 1, 0))
    assert _told(path, "status", "file") == [("normal", "b.xlsx")]
    assert [each.ended for each in _history(path)] == ["superseded", None]


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
        patch.setattr("fiveless.store.taking.Run._keep_fates", full)
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


# Looking back ----------------------------------------------------------------------------------------------------------


def _history(path: Path, where: Filter | None = None, *, revised: bool = True, as_of: dt.datetime | None = None) -> list[Revision]:
    with Store.open(path, write=False) as store:
        return list(store.history(where or Filter(), CODELISTS, revised=revised, as_of=as_of))


def _lives(revisions: Sequence[Revision]) -> list[tuple[Any, ...]]:
    """Of each revision its number, value, cell, and end."""
    return [(each.revision, str(each.value), each.file, each.cell, each.ended, each.ended_by) for each in revisions]


def test_revision_has_all_of_an_export_and_its_end(path: Path) -> None:
    """The fields are those of an export, with times in UTC, and what ended the value, when, and by which file."""
    _record(path, _reading("data/inbox/財務局 ＡＢ.xlsx", _value("100", office="総務課", note="速報", status="provisional")))
    _record(path, _reading("b.xlsx", _value("101.5", office="総務課", cell="D8"), content="2"), at=AUGUST)
    key = ("finance", "財務局", "総務課", "paper", "paper.sheets_purchased", "コピー用紙調達量", "2022-06", "month", "actual")
    first, second = dt.datetime(2022, 7, 5, 9, 0, tzinfo=dt.UTC), dt.datetime(2022, 8, 5, 0, 0, tzinfo=dt.UTC)
    said = ("provisional", "速報", "data/inbox/財務局 ＡＢ.xlsx", "紙", "C7", "1" * 64)

    assert [tuple(each) for each in _history(path)] == [
        (*key, 1, Decimal(100), "sheet", *said, first, "superseded", second, "b.xlsx"),
        (*key, 2, Decimal("101.5"), "sheet", "normal", "", "b.xlsx", "紙", "D8", "2" * 64, second, None, None, None),
    ]


def test_value_that_moves_is_told_apart_from_one_that_changes(path: Path) -> None:
    """1 is revised to 2, which then moves a row down, then to another file in a run that reads both, where it holds."""
    _record(path, _reading("a.xlsx", _value("1")))
    _record(path, _reading("a.xlsx", _value("2"), content="2"), at=AUGUST)
    _record(path, _reading("a.xlsx", _value("2", cell="C8"), content="3"), at=SEPTEMBER)
    _record(path, _reading("a.xlsx", content="4"), _reading("b.xlsx", _value("2", cell="C8"), content="5"), at=SEPTEMBER)

    assert _lives(_history(path)) == [
        (1, "1", "a.xlsx", "C7", "superseded", "a.xlsx"),
        (2, "2", "a.xlsx", "C7", "moved", "a.xlsx"),
        (3, "2", "a.xlsx", "C8", "moved", "b.xlsx"),
        (4, "2", "b.xlsx", "C8", None, None),
    ]


def test_value_that_is_withdrawn_may_come_back(path: Path) -> None:
    """The file is sent without the number, which ends it, and later with it again: two revisions of the same value."""
    _record(path, _reading("a.xlsx", _value("1"), _value("9", period="2022-05")))
    _record(path, _reading("a.xlsx", _value("9", period="2022-05"), content="2"), at=AUGUST)

    assert _lives(_history(path)) == [(1, "1", "a.xlsx", "C7", "withdrawn", "a.xlsx")]
    assert _history(path)[0].ended_at == AUGUST
    _record(path, _reading("a.xlsx", _value("1"), _value("9", period="2022-05"), content="1"), at=SEPTEMBER)
    assert _lives(_history(path)) == [
        (1, "1", "a.xlsx", "C7", "withdrawn", "a.xlsx"),
        (2, "1", "a.xlsx", "C7", None, None),
    ]


def test_history_calls_superseded_what_the_receipt_calls_changed(path: Path) -> None:
    """速報値 confirmed by its file is a change of what was said; the same figure in another file, said otherwise, has only moved."""
    _record(path, _reading("a.xlsx", _value("1", status="provisional")))
    confirmed = _record(path, _reading("a.xlsx", _value("1"), content="2"), at=AUGUST)
    moved = _record(path, _reading("a.xlsx", content="3"), _reading("b.xlsx", _value("1", note="再掲"), content="4"), at=SEPTEMBER)

    assert (_counts(confirmed), _counts(moved)) == ((0, 1, 0, 0), (0, 0, 1, 0))
    assert [(each.status, each.note, each.ended) for each in _history(path)] == [
        ("provisional", "", "superseded"),
        ("normal", "", "moved"),
        ("normal", "再掲", None),
    ]


def test_history_of_all_has_the_numbers_that_have_not_changed_too(path: Path) -> None:
    """Of three numbers one was revised; with all, each revision stands in the order of an export with those that no longer hold."""
    _record(path, _reading("a.xlsx", _value("3", period="2022-04"), _value("1"), _value("7", bureau="environment")))
    _record(path, _reading("a.xlsx", _value("3", period="2022-04"), _value("2"), _value("7", bureau="environment"), content="2"), at=AUGUST)

    assert [str(each.value) for each in _history(path)] == ["1", "2"]
    assert [str(each.value) for each in _history(path, revised=False)] == ["7", "3", "1", "2"]
    assert [str(value) for (value,) in _told(path, "value", where=Filter(history=True))] == ["7", "3", "1", "2"]


def test_history_as_of_a_time_is_the_history_that_was_known_then(path: Path) -> None:
    """What was received at the very instant counts; an end that came later has not come yet."""
    _record(path, _reading("a.xlsx", _value("1")))
    _record(path, _reading("a.xlsx", _value("2"), content="2"), at=AUGUST)
    _record(path, _reading("a.xlsx", content="3"), at=SEPTEMBER)

    def known(as_of: dt.datetime, *, revised: bool) -> list[tuple[str, Any]]:
        return [(str(each.value), each.ended) for each in _history(path, revised=revised, as_of=as_of)]

    assert known(JULY - _INSTANT, revised=False) == []
    assert known(AUGUST - _INSTANT, revised=False) == [("1", None)]
    assert known(AUGUST - _INSTANT, revised=True) == []
    assert known(AUGUST, revised=True) == [("1", "superseded"), ("2", None)]
    assert known(SEPTEMBER, revised=True) == [("1", "superseded"), ("2", "withdrawn")]


@pytest.mark.parametrize(
    ("where", "values"),
    [
        (Filter(office=("課",)), "2 20"),
        (Filter(office=("",)), "4 40 3 30 5 50 1 10"),
        (Filter(less=("fax",)), "4 40"),
        (Filter(bureau=("gone-bureau",)), "5 50"),
        (Filter(basis=("quarter", "as_of")), "2 20 5 50"),
        (Filter(first=Period.month(2022, 4), last=Period.month(2022, 6), scenario=("actual",)), "2 20 5 50 1 10"),
        (Filter(measure=("fax.sent",), status=("estimated",)), "4 40"),
    ],
)
def test_history_is_narrowed_as_an_export_but_numbers_stay_whole(path: Path, where: Filter, values: str) -> None:
    """Ten times as much a month later: a filter takes numbers with all their revisions, also where a status held for one of them only."""
    _record(path, _reading("a.xlsx", *_MANY))
    later = [each._replace(value=each.value * 10, status="normal") for each in _MANY]
    _record(path, _reading("a.xlsx", *later, content="2"), at=AUGUST)

    assert " ".join(str(each.value) for each in _history(path, where)) == values


def test_history_of_codes_that_are_gone_shows_the_codes(path: Path) -> None:
    """A number of a bureau and a measure that the codelists no longer have has their codes for names, and no unit."""
    _record(path, _reading("a.xlsx", *_MANY))
    gone = _history(path, Filter(bureau=("gone-bureau",)), revised=False)[0]

    assert (gone.bureau_name, gone.measure_name, gone.less, gone.unit) == ("gone-bureau", "gone.measure", "", "")


def test_history_may_be_left_half_read(path: Path) -> None:
    """A reader that has seen enough leaves the store free."""
    _record(path, _reading("a.xlsx", *_MANY))
    with Store.open(path, write=False) as store:
        next(store.history(Filter(), CODELISTS, revised=False))

    assert _record(path, _reading("b.xlsx", _value("9", period="2022-01"), content="2")).new == 1


_LONG = "12345678901234567890.123456789012345678"


def test_longest_values_stay_exact_wherever_they_are_told(path: Path) -> None:
    """All 38 digits that the store holds come out in figures, histories and differences, not 28 of them."""
    _record(path, _reading("a.xlsx", _value(_LONG)))

    assert [str(each.value) for each in _history(path, revised=False)] == [_LONG]
    with Store.open(path, write=False) as store:
        assert [str(each.value) for each in store.figures()] == [_LONG]
        assert [str(each.after) for each in store.differences(JULY - _INSTANT, JULY, Filter(), CODELISTS)] == [_LONG]


def _differences(path: Path, first: dt.datetime, second: dt.datetime, where: Filter | None = None) -> list[Difference]:
    with Store.open(path, write=False) as store:
        return store.differences(first, second, where or Filter(), CODELISTS)


def test_difference_has_both_values_and_where_they_stood(path: Path) -> None:
    """A value revised by another file: names, both values, statuses and sources."""
    _record(path, _reading("a.xlsx", _value("100", status="provisional"), _value("5", period="2022-05")))
    _record(path, _reading("b.xlsx", _value("101.5", cell="D8"), content="2"), at=AUGUST)
    key = ("finance", "財務局", "", "paper", "paper.sheets_purchased", "コピー用紙調達量", "2022-06", "month", "actual")
    before = Source("a.xlsx", "紙", "C7", dt.datetime(2022, 7, 5, 9, 0, tzinfo=dt.UTC))
    after = Source("b.xlsx", "紙", "D8", AUGUST)

    assert [tuple(each) for each in _differences(path, JULY, AUGUST)] == [
        (*key, Decimal(100), Decimal("101.5"), "sheet", "provisional", "normal", before, after)
    ]


def test_differences_are_of_values_new_changed_and_withdrawn(path: Path) -> None:
    """Neither a move, nor a mark that is lost, nor a value that stays is one; the way back is the mirror image."""
    gone, kept, moved, marked, changed, new = (f"2022-0{n}" for n in range(1, 7))
    before = [_value("1", period=gone), _value("2", period=kept), _value("3", period=moved), _value("5", period=changed)]
    _record(path, _reading("a.xlsx", *before, _value("4", period=marked, status="provisional")))
    after = [_value("2", period=kept), _value("3", period=moved, cell="D9"), _value("4", period=marked), _value("6", period=changed)]
    _record(path, _reading("a.xlsx", *after, _value("7", period=new), content="2"), at=AUGUST)

    told = [(gone, Decimal(1), None), (changed, Decimal(5), Decimal(6)), (new, None, Decimal(7))]
    assert [(each.period, each.before, each.after) for each in _differences(path, JULY, AUGUST)] == told
    assert [(each.period, each.after, each.before) for each in _differences(path, AUGUST, JULY)] == told
    assert [(each.source_before is None, each.source_after is None) for each in _differences(path, JULY, AUGUST)] == [
        (False, True),
        (False, False),
        (True, False),
    ]
    assert _differences(path, JULY, AUGUST - _INSTANT) == []
    assert [each.period for each in _differences(path, JULY, AUGUST, Filter(last=Period.month(2022, 5)))] == [gone, changed]


def test_what_is_missing_is_no_value(path: Path) -> None:
    """未集計 that becomes 0 is a difference, with a source on both sides; 未集計 that is withdrawn, or was not known, is none."""
    missing = [_value("0", period=each, status="missing") for each in ("2022-04", "2022-05")]
    _record(path, _reading("a.xlsx", *missing))
    _record(path, _reading("a.xlsx", _value("0", period="2022-04"), content="2"), at=AUGUST)

    assert _differences(path, JULY - _INSTANT, JULY) == []
    found = _differences(path, JULY, AUGUST)
    assert [(each.period, each.before, each.status_before, each.after) for each in found] == [("2022-04", None, "missing", Decimal(0))]
    assert all(each.source_before and each.source_after for each in found)


_Sent = Mapping[str, tuple[int, str]]
_SENT = st.dictionaries(st.sampled_from(["2022-04", "2022-05", "2022-06"]), st.tuples(st.integers(1, 2), st.sampled_from(["C7", "D7"])))


@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(["a.xlsx", "b.xlsx"]), _SENT), min_size=1, max_size=5))
def test_looking_back_shows_what_each_run_left(runs: Sequence[tuple[str, _Sent]]) -> None:
    """After any runs of two files: what did not end as of each run is what was exported then, and differences lead from one to the next."""
    with tempfile.TemporaryDirectory() as folder:
        path, left = Path(folder) / "store.duckdb", list[tuple[dt.datetime, dict[str, Any]]]()
        for n, (file, sent) in enumerate(runs):
            values = [_value(str(value), period=period, cell=cell) for period, (value, cell) in sent.items()]
            at = JULY + n * dt.timedelta(hours=1)
            _record(path, _reading(file, *values, content=str(n)), at=at)
            left.append((at, {period: (value, *source) for period, value, *source in _told(path, "period", "value", "file", "cell")}))
        for at, told in left:
            holding = [each for each in _history(path, revised=False, as_of=at) if each.ended is None]
            assert {each.period: (each.value, each.file, each.cell) for each in holding} == told
        for (first, before), (second, after) in pairwise(left):
            changed = {each for each in {*before, *after} if before.get(each, [None])[0] != after.get(each, [None])[0]}
            found = _differences(path, first, second)
            assert [each.period for each in found] == sorted(changed)
            assert all(
                (each.before, each.after) == (before.get(each.period, [None])[0], after.get(each.period, [None])[0]) for each in found
            )


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
