"""Published figures recomputed from a store: what agrees, what differs, and what a part of the city cannot tell."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from fiveless import pipeline, project
from fiveless.errors import FivelessError
from fiveless.language import Words
from fiveless.period import Period
from fiveless.structure import Baseline, Codelists, Exclusion, Published

NOW = dt.datetime(2022, 7, 1, 9, tzinfo=dt.UTC)
JUNE = Period.month(2022, 6)
PAPER = "paper.sheets_purchased"
SHEETS = {
    2022: {"環境局": [100, 200, 300], "財務局": [10, 20, 30]},  # 660 to June
    2021: {"環境局": [200, 400, 600], "財務局": [20, 40, 60]},  # 1,320
    2016: {"環境局": [400, 500, 600], "財務局": [40, 50, 60]},  # 1,650
}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory, codelists: Codelists) -> project.Project:
    """A project with April to June of three years of two bureaus, ingested."""
    made, _ = project.create(tmp_path_factory.mktemp("project") / "p", "")
    for year, rows in SHEETS.items():
        _workbook(made.inbox / f"{year}.xlsx", f"コピー用紙調達量（枚）{year}年度", rows)
    pipeline.ingest(made, [], codelists, received_at=NOW)
    return made


def _workbook(path: Path, title: str, rows: dict[str, list[int]]) -> None:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("報告")
    sheet.write(0, 0, title)
    sheet.write_row(2, 0, ["局名", "4月", "5月", "6月"])
    for index, (bureau, values) in enumerate(rows.items(), 3):
        sheet.write_row(index, 0, [bureau, *values])
    book.close()


def _published(**other: Any) -> Published:
    """660 sheets to June 2022, 60 % less than the base's 1,650."""
    given: dict[str, Any] = {
        "as_of": JUNE,
        "indicator": "paper.reduction",
        "measure": PAPER,
        "value_printed": "660枚",
        "basis": "ytd",
        "against": "base",
        "base_printed": "1650枚",
        "exclusions": False,
        "comparison": "",
        "percent_printed": "60%削減",
        "note": "",
        "source": "example.jp",
    }
    return Published(**{**given, **other})


def _told(here: project.Project, codelists: Codelists, *rows: Published, bureaus: str = "environment finance", **more: Any) -> list[Any]:
    """Verdict, actual, base and reason (in English) of each row."""
    ours = tuple(each for each in codelists.bureaus if each.code in bureaus.split())
    checks = pipeline.backtest(here, replace(codelists, bureaus=ours, published=rows, **more))
    return [(each.verdict, each.actual, each.base, each.why.en) for each in checks]


def test_what_agrees_and_what_differs(here: project.Project, codelists: Codelists) -> None:
    """660 of 1,650 are 60 % less: printed so they agree; 約500枚 stands for 450 to 550 and differs. The order is that of the list."""
    agrees, differs = _told(here, codelists, _published(), _published(value_printed="約500枚"))

    assert agrees == ("agrees", 660, 1650, "")
    assert differs[:3] == ("differs", 660, 1650)
    assert differs[3] == "Outside of what the printed figures round: the actual 660 (printed: 約500枚)."


def test_basis_is_the_printed_one(here: project.Project, codelists: Codelists) -> None:
    """The month alone: 330 of 660, though the indicator is otherwise one to date."""
    row = _published(basis="month", value_printed="330枚", base_printed="660枚", percent_printed="50%減")

    assert _told(here, codelists, row) == [("agrees", 330, 660, "")]


def test_year_before(here: project.Project, codelists: Codelists) -> None:
    """660 to June after 1,320 to June of the year before: 50 % less."""
    row = _published(against="previous_year", base_printed="1320枚", percent_printed="50%減")

    assert _told(here, codelists, row) == [("agrees", 660, 1320, "")]
    assert _told(here, codelists, replace(row, as_of=Period.month(2021, 6))) == [
        ("not_recomputed", None, None, "It cannot be recomputed, for the actual is not known."),
    ]


@pytest.mark.parametrize(
    ("bureaus", "names"),
    [
        ("environment finance taxation", "Bureau of Taxation"),
        (
            "environment finance taxation waterworks sewerage transportation",
            "Bureau of Taxation, Bureau of Transportation, Bureau of Waterworks and 1 more",
        ),
    ],
)
@pytest.mark.parametrize("against", ["base", "previous_year"])
def test_part_of_the_city_is_not_what_was_printed(
    here: project.Project, codelists: Codelists, bureaus: str, names: str, against: str
) -> None:
    """While a bureau's figures are missing nothing is recomputed; three are named and the others counted."""
    assert _told(here, codelists, _published(against=against), bureaus=bureaus) == [
        ("not_recomputed", None, None, f"It cannot be recomputed while figures are missing ({names})."),
    ]


@pytest.mark.parametrize("indicator", ["moon.rate", "paper.cap_use"])
def test_indicator_that_the_settings_lack(here: project.Project, codelists: Codelists, indicator: str) -> None:
    """What is no indicator of theirs, or one of a cap, of which nothing is published, is told as such."""
    assert _told(here, codelists, _published(indicator=indicator)) == [
        ("not_recomputed", None, None, "The settings have no such indicator."),
    ]


def test_nothing_reported(here: project.Project, codelists: Codelists) -> None:
    """Of an indicator of which no bureau has told anything the actual is not known."""
    row = _published(indicator="seal.electronic_rate", against="whole", basis="month")

    assert _told(here, codelists, row) == [("not_recomputed", None, None, "It cannot be recomputed, for the actual is not known.")]


def test_exclusions(here: project.Project, codelists: Codelists) -> None:
    """660 less 66 excluded in June are 594 of 1,650, 64 % less; without a word on exclusions that cannot be told."""
    row = _published(exclusions=True, value_printed="594枚", percent_printed="64%削減")
    apart = Exclusion(PAPER, JUNE, Decimal(66), None, "pandemic work")

    assert _told(here, codelists, row, exclusions=(apart,)) == [("agrees", 594, 1650, "")]
    assert _told(here, codelists, row) == [
        ("not_recomputed", None, 1650, "It cannot be recomputed, for the actual without what is to be excluded is not known."),
    ]


def test_target_is_that_of_the_year(here: project.Project, codelists: Codelists) -> None:
    """達成 asks for the target in force: 60 % less misses Tokyo's 70 % of FY2022, and cannot be told without a target."""
    row = _published(percent_printed="達成")

    assert _told(here, codelists, row)[0][0] == "differs"
    assert _told(here, codelists, row, targets=())[0][0] == "not_told"


def test_base_of_the_settings(here: project.Project, codelists: Codelists) -> None:
    """A base that the settings revise goes before the reported one: 660 of 6,600 for the year, a quarter of it to June."""
    revised = Baseline(PAPER, Period.year(2016), Decimal(6600), "environment", "", dt.date(2022, 5, 1), "counted again")
    row = _published(base_printed="1800枚", percent_printed="63%削減")

    assert _told(here, codelists, row, baselines=(revised,)) == [("agrees", 660, 1800, "")]


def test_nothing_published(here: project.Project, codelists: Codelists) -> None:
    """Settings without published figures, as those of another city, have nothing to compare with."""
    with pytest.raises(FivelessError) as caught:
        _told(here, codelists)

    assert caught.value.words == Words(
        "この設定には、照らし合わせる公表値がありません（builtin = false）。",
        "There are no published figures to compare with (builtin = false).",
    )
