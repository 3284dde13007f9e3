"""The synthetic inbox: it says that it is invented, it reproduces what Tokyo published, and its truth is what stands in the cells."""

import hashlib
import os
import subprocess
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import openpyxl.utils.cell
import pytest
from python_calamine import CalamineWorkbook

from fiveless import demo, intake, reference, workbook
from fiveless.demo.shares import allocate
from fiveless.grid import address
from fiveless.period import Period
from fiveless.structure import Codelists

PAPER, COPIES = "paper.sheets_purchased", "paper.copies"
PARTS = {
    "seal.decisions_electronic": "seal.decisions",
    "seal.procedures_abolished": "seal.procedures",
    "cash.facilities_cashless": "cash.facilities",
    "cash.payments_cashless": "cash.payments",
    "face.procedures_online": "face.procedures",
    "face.consultations_online": "face.consultations",
}
MEASURES = {PAPER, COPIES, "fax.sent", "fax.received", "face.visits", *PARTS, *PARTS.values()}
WITHOUT_BASE = {"strategic-policy-ict", "digital-services", "housing-policy", "children-policy"}
Numbers = dict[tuple[str, str], float]


@pytest.fixture(scope="module")
def books(codelists: Codelists) -> list[demo.Book]:
    """The plan of all workbooks."""
    return demo.books(codelists)


@pytest.fixture(scope="module")
def truth(books: list[demo.Book]) -> list[demo.Fact]:
    """Every actual number to be taken."""
    return [fact for book in books for fact in book.facts if fact.scenario == "actual"]


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory, codelists: Codelists) -> Path:
    """The workbooks on disk."""
    folder = tmp_path_factory.mktemp("demo") / "inbox"
    demo.build(folder, codelists)
    return folder


class City:
    """Sums over bureaus of the truth, for hand-stated comparisons."""

    def __init__(self, facts: list[demo.Fact]) -> None:
        self.sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
        for fact in facts:
            self.sums[fact.measure, fact.period] += fact.value

    def of(self, measure: str, *periods: str) -> Decimal:
        """The sum of a measure over periods; a period without figures is an error."""
        return sum((self._known(measure, period) for period in periods), Decimal(0))

    def _known(self, measure: str, period: str) -> Decimal:
        assert (measure, period) in self.sums
        return self.sums[measure, period]


@pytest.fixture(scope="module")
def city(truth: list[demo.Fact]) -> City:
    """The whole city."""
    return City(truth)


def _year(fiscal_year: int) -> list[str]:
    first = [f"{fiscal_year}-{month:02}" for month in range(4, 13)]
    return [*first, *(f"{fiscal_year + 1}-{month:02}" for month in range(1, 4))]


EVERY_MONTH = [*_year(2020), *_year(2021), *_year(2022)]


def _reduced(now: Decimal, base: Decimal) -> Decimal:
    """How much less than the base, in per cent."""
    return 100 - 100 * now / base


def _numbers(path: Path) -> Iterator[tuple[str, str, float]]:
    """Sheet, address and value of every numeric cell."""
    workbook = CalamineWorkbook.from_path(path)
    for name in workbook.sheet_names:
        for row, line in enumerate(workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)):
            for column, value in enumerate(line):
                if isinstance(value, int | float):
                    yield name, address(row, column), float(value)


def _summed(formula: str) -> tuple[str, ...]:
    """The cells that =SUM(A1:A3) or =A1+A5 adds."""
    if not formula.startswith("=SUM("):
        return tuple(formula.removeprefix("=").split("+"))
    span = formula.removeprefix("=SUM(").removesuffix(")")
    return tuple(cell for row in openpyxl.utils.cell.rows_from_range(span) for cell in row)


# What Tokyo has published -----------------------------------------------------------------------------------------------


def test_paper_of_fy2022_prints_5695_man_and_minus_72_0(city: City) -> None:
    """FY2022: 約5,695万枚, −72.0 % of an FY2016 base between 203.01 and 203.53 million sheets."""
    base, now = city.of(PAPER, "FY2016"), city.of(PAPER, *_year(2022))
    assert 203_010_000 <= base <= 203_530_000
    assert 56_945_000 <= now < 56_955_000
    assert Decimal("71.95") <= _reduced(now, base) < Decimal("72.05")


def test_paper_of_fy2021_prints_about_1_oku_and_minus_50_8(city: City) -> None:
    """FY2021 with COVID work: 約1億枚 (0.95 to 1.05), −50.8 %."""
    now = city.of(PAPER, *_year(2021))
    assert 95_000_000 <= now < 105_000_000
    assert Decimal("50.75") <= _reduced(now, city.of(PAPER, "FY2016")) < Decimal("50.85")


def test_paper_of_the_first_quarter_of_fy2022_prints_1300_man_and_minus_74(city: City) -> None:
    """April to June 2022: 約1300万枚, −74 % of three twelfths of FY2016."""
    now = city.of(PAPER, "2022-04", "2022-05", "2022-06")
    assert 12_500_000 <= now < 13_500_000
    assert Decimal("73.5") <= _reduced(now, city.of(PAPER, "FY2016") * 3 / 12) < Decimal("74.5")


def test_paper_rates_hold_without_the_bureaus_that_have_no_base(truth: list[demo.Fact]) -> None:
    """The printed rates are the same when bureaus founded after FY2016 are left out of the comparison."""
    city = City([fact for fact in truth if fact.bureau not in WITHOUT_BASE])
    base = city.of(PAPER, "FY2016")
    assert Decimal("71.95") <= _reduced(city.of(PAPER, *_year(2022)), base) < Decimal("72.05")
    assert Decimal("50.75") <= _reduced(city.of(PAPER, *_year(2021)), base) < Decimal("50.85")


def test_paper_of_fy2020_met_its_target(city: City) -> None:
    """FY2020: at least 30 % less than FY2016."""
    assert _reduced(city.of(PAPER, *_year(2020)), city.of(PAPER, "FY2016")) >= 30


@pytest.mark.parametrize("fiscal_year", [2019, 2020, 2021, 2022])
def test_paper_is_bought_in_the_last_quarter(city: City, fiscal_year: int) -> None:
    """January to March is 28 to 29 % of the year."""
    months = _year(fiscal_year)
    assert Decimal("0.28") <= city.of(PAPER, *months[9:]) / city.of(PAPER, *months) <= Decimal("0.29")


def test_copies_print_as_published(city: City) -> None:
    """約2.2億 in FY2016, 約1.5億 (30 % less) in FY2020, 約1.1億 (50 % less) in FY2021; 約1290万 in 2020-08, 約640万 in 2021-08."""
    base, fy2020, fy2021 = city.of(COPIES, "FY2016"), city.of(COPIES, *_year(2020)), city.of(COPIES, *_year(2021))
    assert 215_000_000 <= base < 225_000_000
    assert 145_000_000 <= fy2020 < 155_000_000
    assert 105_000_000 <= fy2021 < 115_000_000
    assert _reduced(fy2020, base) >= 30
    assert _reduced(fy2021, base) >= 50
    assert 12_850_000 <= city.of(COPIES, "2020-08") < 12_950_000
    assert 6_350_000 <= city.of(COPIES, "2021-08") < 6_450_000


def test_faxes_print_minus_97_5_in_september_2021(city: City) -> None:
    """Sent and received in 2021-09 against 2019-09: −97.5 %."""
    now, base = (city.of("fax.sent", month) + city.of("fax.received", month) for month in ("2021-09", "2019-09"))
    assert Decimal("97.45") <= _reduced(now, base) < Decimal("97.55")


def test_seals_print_as_published(city: City) -> None:
    """2023-03: 99.8 % decided electronically; 約7000 of 約14600 procedures, 約48 %, freed of the seal."""
    rate = 100 * city.of("seal.decisions_electronic", "2023-03") / city.of("seal.decisions", "2023-03")
    abolished, of = city.of("seal.procedures_abolished", "2023-03"), city.of("seal.procedures", "2023-03")
    assert Decimal("99.75") <= rate < Decimal("99.85")
    assert 6_950 <= abolished < 7_050
    assert 14_550 <= of < 14_650
    assert Decimal("47.5") <= 100 * abolished / of < Decimal("48.5")


def test_all_78_facilities_are_cashless_from_march_2022(city: City) -> None:
    """78 of 78 from 2022-03 on, and fewer in each month before."""
    before, after = EVERY_MONTH[:23], EVERY_MONTH[23:]
    assert {city.of("cash.facilities_cashless", month) for month in after} == {Decimal(78)}
    assert {city.of("cash.facilities", month) for month in after} == {Decimal(78)}
    assert all(city.of("cash.facilities_cashless", month) < 78 for month in before)


def test_procedures_grow_to_30000_of_which_56_percent_are_online(city: City) -> None:
    """About 28,000 procedures grow to about 30,000; 56 % are online at the end of FY2022."""
    assert 27_500 <= city.of("face.procedures", "2020-04") < 28_500
    assert 29_500 <= city.of("face.procedures", "2023-03") < 30_500
    share = 100 * city.of("face.procedures_online", "2023-03") / city.of("face.procedures", "2023-03")
    assert Decimal("55.5") <= share < Decimal("56.5")


# Completeness and consistency -------------------------------------------------------------------------------------------


def test_every_bureau_that_exists_reports_everything_once(truth: list[demo.Fact], codelists: Codelists) -> None:
    """Each month has all measures but the derived fax total, of exactly the bureaus that exist then; no key occurs twice."""
    keys = [(fact.bureau, fact.office, fact.measure, fact.period) for fact in truth]
    assert len(keys) == len(set(keys))
    reported = {
        (fact.bureau, fact.measure, fact.period) for fact in truth if not fact.period.startswith(("2019", "FY")) and fact.period > "2020-03"
    }
    due = {
        (bureau.code, measure, month) for month in EVERY_MONTH for bureau in codelists.due(Period.of_code(month)) for measure in MEASURES
    }
    assert reported == due
    assert set(codelists.measure) - {"fax.total"} == MEASURES


def test_base_years_hold_the_bureaus_of_their_time(truth: list[demo.Fact], codelists: Codelists) -> None:
    """FY2016 is reported as a year, FY2019 by month, by exactly the bureaus that existed then."""
    year = {(fact.bureau, fact.measure, fact.basis) for fact in truth if fact.period == "FY2016"}
    assert year == {(bureau.code, measure, "year") for bureau in codelists.due(Period.year(2016)) for measure in (PAPER, COPIES)}
    for month in _year(2019):
        bureaus = {bureau.code for bureau in codelists.due(Period.of_code(month))}
        for measure in ("fax.sent", "fax.received", "face.visits"):
            assert {fact.bureau for fact in truth if fact.period == month and fact.measure == measure} == bureaus


@pytest.mark.parametrize(
    ("bureau", "first", "last"),
    [
        ("strategic-policy-ict", "2019-04", "2021-03"),
        ("digital-services", "2021-04", "2023-03"),
        ("hospital-management", "2019-04", "2022-06"),
        ("olympic-paralympic", "2019-04", "2022-03"),
        ("citizens-culture-sports", "2022-04", "2023-03"),
        ("children-policy", "2022-04", "2023-03"),
    ],
)
def test_bureaus_report_only_while_they_exist(truth: list[demo.Fact], bureau: str, first: str, last: str) -> None:
    """A bureau's first and last month are those of its founding and its end."""
    months = {fact.period for fact in truth if fact.bureau == bureau and not fact.period.startswith("FY")}
    assert (min(months), max(months)) == (first, last)


def test_no_part_exceeds_its_whole(truth: list[demo.Fact]) -> None:
    """In no office and no month is a part (electronic, abolished, cashless, online) above its whole."""
    values = {(fact.bureau, fact.office, fact.measure, fact.period): fact.value for fact in truth}
    parts = [key for key in values if key[2] in PARTS]
    assert len(parts) > 10_000
    assert not [key for key in parts if values[key] > values[key[0], key[1], PARTS[key[2]], key[3]]]


def test_pandemic_paper_makes_the_printed_difference(books: list[demo.Book], city: City) -> None:
    """1 − (99,997,500 − 8,802,000) / 203,114,500 is the 55.1 % that Tokyo printed; no month has more apart than was bought."""
    apart = [fact for book in books for fact in book.facts if fact.scenario == "excluded"]
    assert sum(fact.value for fact in apart) == 8_802_000
    assert {fact.period[:4] for fact in apart} == {"2021", "2022"}
    bought: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for fact in (fact for book in books for fact in book.facts if fact.scenario == "actual" and fact.measure == PAPER):
        bought[fact.bureau, fact.period] += fact.value
    assert not [fact for fact in apart if fact.value > bought[fact.bureau, fact.period]]
    assert round(1 - (city.of(PAPER, *_year(2021)) - 8_802_000) / city.of(PAPER, "FY2016"), 3) == Decimal("0.551")


def test_each_bureau_has_a_cap(books: list[demo.Book], codelists: Codelists) -> None:
    """One for each bureau of April 2022, in whole boxes of 5,000 sheets."""
    caps = [fact for book in books for fact in book.facts if fact.scenario == "cap"]
    assert {fact.bureau for fact in caps} == {bureau.code for bureau in codelists.due(Period.month(2022, 4))}
    assert {(fact.period, fact.basis, fact.value % 5000) for fact in caps} == {("FY2022", "year", Decimal(0))}


def test_no_month_is_a_copy_of_another(truth: list[demo.Fact], codelists: Codelists) -> None:
    """No bureau reports the same flows in two months."""
    flows: dict[str, dict[str, list[Decimal]]] = defaultdict(lambda: defaultdict(list))
    for fact in truth:
        if fact.basis == "month":
            flows[fact.bureau][fact.period].append(fact.value)
    assert flows.keys() == {bureau.code for month in (*_year(2019), *EVERY_MONTH) for bureau in codelists.due(Period.of_code(month))}
    for months in flows.values():
        assert len({tuple(values) for values in months.values()}) == len(months)


def test_bases_and_units_of_time_follow_the_measure(truth: list[demo.Fact], codelists: Codelists) -> None:
    """A stock is as of the end of its month, a flow is of the month or the base year; nothing is negative or broken."""
    for fact in truth:
        stock = codelists.measure[fact.measure].kind == "stock"
        assert fact.basis == ("as_of" if stock else "year" if fact.period == "FY2016" else "month")
        assert fact.scenario == "actual"
        assert fact.value >= 0
        assert fact.value == int(fact.value)


# What stands in the workbooks -------------------------------------------------------------------------------------------


def test_every_number_in_the_cells_is_a_fact_or_a_sum(inbox: Path, books: list[demo.Book]) -> None:
    """Read back, each numeric cell is a fact's value (in 枚 or 千枚) or the sum of the cells that it claims to sum; none is left over."""
    assert sorted(path.name for path in inbox.iterdir()) == [book.file for book in books]
    for book in books:
        cells: Numbers = {(sheet, cell): value for sheet, cell, value in _numbers(inbox / book.file)}
        for fact in book.facts:
            scale = 1000 if book.family in ("offices_down", "one_sheet") and fact.measure == PAPER else 1
            assert int(cells[fact.sheet, fact.cell]) * scale == fact.value
        for total in book.totals:
            assert cells[total.sheet, total.cell] == sum(cells[total.sheet, cell] for cell in total.of)
        accounted = {(fact.sheet, fact.cell) for fact in book.facts} | {(total.sheet, total.cell) for total in book.totals}
        assert cells.keys() == accounted


def test_each_form_stands_as_its_people_write_it(inbox: Path) -> None:
    """Headings, eras, units and sums of one workbook of each form, as openpyxl reads them."""
    across = openpyxl.load_workbook(inbox / "環境局_2021年度.xlsx")
    assert across.sheetnames == ["ペーパーレス", "はんこレス", "ＦＡＸレス", "キャッシュレス", "タッチレス"]
    assert [across["ＦＡＸレス"][cell].value for cell in ("B2", "D5", "P5", "P6")] == ["環境局", "4月", "計", "=SUM(D6:O6)"]
    one_sheet = openpyxl.load_workbook(inbox / "R4.4_下水道局.xlsx")["5レス実績"]
    assert [one_sheet[cell].value for cell in ("A1", "A2", "B6")] == [
        "５つのレス実績報告（令和4年4月分）",
        "提出局：下水道局",
        "コピー用紙購入枚数\n（千枚）",
    ]
    assert "B5:C5" in [str(span) for span in one_sheet.merged_cells.ranges]
    down = openpyxl.load_workbook(inbox / "東京消防庁_令和2年度.xlsx")["ペーパーレス"]
    assert [down[cell].value for cell in ("A1", "A2")] == ["令和２年度　ペーパーレス実績報告", "局名：東京消防庁"]
    base = openpyxl.load_workbook(inbox / "全局集計_令和元年度.xlsx")["FAXレス"]
    assert [base[cell].value for cell in ("C6", "D6", "L6")] == ["H31.4", "R1.5", "R2.1"]


def test_formulas_add_the_cells_whose_sum_they_show(inbox: Path, books: list[demo.Book]) -> None:
    """In one workbook of each form, every formula adds exactly the cells whose sum stands there as its value."""
    families = {book.family: book for book in books}
    assert len(families) == 10
    formulas = 0
    for book in families.values():
        workbook = openpyxl.load_workbook(inbox / book.file)
        for total in book.totals:
            content = workbook[total.sheet][total.cell].value
            if isinstance(content, str):
                assert _summed(content) == total.of
                formulas += 1
    assert formulas > 300


def test_every_sheet_and_every_file_says_that_it_is_synthetic(inbox: Path) -> None:
    """架空データ and synthetic stand in a visible cell of every sheet and in every document's properties."""
    paths = sorted(inbox.iterdir())
    assert len(paths) > 150
    for path in paths:
        with zipfile.ZipFile(path) as parts:
            properties = parts.read("docProps/core.xml").decode()
        assert "架空データ" in properties
        assert "synthetic" in properties
        workbook = CalamineWorkbook.from_path(path)
        for name in workbook.sheet_names:
            note = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)[2][0]
            assert isinstance(note, str)
            assert "架空データ" in note
            assert "synthetic" in note


# The doors --------------------------------------------------------------------------------------------------------------


def test_truth_is_the_facts_of_all_workbooks(books: list[demo.Book], codelists: Codelists) -> None:
    """`truth` gives the facts of `books`, in the columns in which a reader's output is compared."""
    assert demo.truth(codelists) == [fact for book in books for fact in book.facts]
    assert demo.Fact._fields == ("file", "bureau", "office", "measure", "period", "basis", "scenario", "value", "sheet", "cell", "family")


def test_the_same_bytes_each_time(inbox: Path, tmp_path: Path, codelists: Codelists) -> None:
    """A second build gives the same files byte for byte."""
    again = demo.build(tmp_path, codelists)
    assert [path.read_bytes() for path in again] == [(inbox / path.name).read_bytes() for path in again]


def test_the_same_bytes_in_another_process(tmp_path: Path, codelists: Codelists) -> None:
    """Another process with other hashing of strings gives the same sample."""
    script = (
        "import sys; from pathlib import Path; from fiveless import demo, reference; demo.sample(Path(sys.argv[1]), reference.load(None))"
    )
    other, folder = tmp_path / "other", Path(__file__).parents[1]
    environ = {**os.environ, "PYTHONHASHSEED": "4", "PYTHONPATH": str(folder)}
    subprocess.run([sys.executable, "-c", script, str(other)], check=True, env=environ)
    own = demo.sample(tmp_path / "own", codelists)
    assert [_digest(other / path.name) for path in own] == [_digest(path) for path in own]


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_sample_is_a_dozen_files_of_all_forms(tmp_path: Path, codelists: Codelists, truth: list[demo.Fact]) -> None:
    """The sample is small, holds every form but one of the two monthly ones, ends in June 2022 and agrees with the whole."""
    books = demo.sample_books(codelists)
    assert [path.name for path in demo.sample(tmp_path, codelists)] == [book.file for book in books]
    assert 10 <= len(books) <= 14
    assert {book.family for book in books} == {"months_across", "months_down", "blocks", "one_sheet", "summary", "base_year", "base_months"}
    facts = {(fact.bureau, fact.office, fact.measure, fact.period, fact.value) for book in books for fact in book.facts}
    assert facts < {(fact.bureau, fact.office, fact.measure, fact.period, fact.value) for fact in truth}
    assert max(period for *_, period, _ in facts if not period.startswith("FY")) == "2022-06"


def test_a_folder_that_cannot_be_made_is_an_os_error(tmp_path: Path, codelists: Codelists) -> None:
    """A file where the folder should be is told as the system tells it."""
    (tmp_path / "inbox").write_text("", encoding="utf-8")
    with pytest.raises(FileExistsError):
        demo.sample(tmp_path / "inbox", codelists)


# Sharing out ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("total", "weights", "caps", "shares"),
    [
        (10, [1, 1, 1], None, [4, 3, 3]),
        (7, [3, 2, 1], None, [4, 2, 1]),  # 3.5, 2.33, 1.17
        (0, [], None, []),
        (5, [0, 1], None, [0, 5]),
        (10, [8, 1, 1], [3, 9, 9], [3, 4, 3]),  # 7 are left for two equals
        (10, [5, 5], [5, 5], [5, 5]),
    ],
)
def test_shares_add_up_by_largest_remainder(total: int, weights: list[int], caps: list[int] | None, shares: list[int]) -> None:
    """Shares worked out by hand."""
    assert allocate(total, weights, caps) == shares


def test_what_nobody_can_take_is_an_error() -> None:
    """More than all caps together, or no weight at all, cannot be shared out."""
    with pytest.raises(ValueError, match="1"):
        allocate(11, [5, 5], [5, 5])
    with pytest.raises(ValueError, match="1"):
        allocate(1, [0, 0])


def test_the_checkout_holds_the_sample(tmp_path: Path) -> None:
    """The workbooks in the repository's own inbox are those that the code makes, cell for cell."""
    inbox = Path(__file__).parents[1] / "data" / "inbox"
    made = demo.sample(tmp_path, reference.load(None))
    assert sorted(path.name for path in inbox.iterdir()) == sorted(path.name for path in made)
    for path in made:
        kept, fresh = (workbook.load(each.read_bytes(), each) for each in (inbox / path.name, path))
        assert [grid.rows for grid in kept] == [grid.rows for grid in fresh]


def test_the_demo_is_taken_whole_and_in_nothing_else(tmp_path: Path) -> None:
    """Reading the sample gives exactly its truth, every other number is a check, and there is nothing to ask."""
    codelists = reference.load(None)
    truth = {(fact.file, fact.sheet, fact.cell): fact for book in demo.sample_books(codelists) for fact in book.facts}
    readings = [intake.take(path, path.name, codelists) for path in demo.sample(tmp_path, codelists)]
    taken = {(reading.file, each.sheet, each.cell): each for reading in readings for each in reading.observations}
    assert taken.keys() == truth.keys()
    for place, each in taken.items():
        fact = truth[place]
        assert (*each.key, each.value) == (fact.bureau, fact.office, fact.measure, fact.period, fact.basis, fact.scenario, fact.value)
    assert {account.fate for reading in readings for account in reading.accounts} == {"taken", "check"}
    assert [finding for reading in readings for finding in reading.findings] == []
