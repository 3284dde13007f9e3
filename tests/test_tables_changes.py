"""What changed, for reading and for machines: labels, names, signs and columns on screens of any width, and the same figures in data."""

import csv
import io
import json
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiveless import reference
from fiveless.language import Lang, Words
from fiveless.period import Period
from fiveless.progress import Change, Move
from fiveless.structure import Codelists
from fiveless.tables import change_records, changes
from fiveless.tables.lines import cells

LANGS: tuple[Lang, ...] = ("ja", "en")
JUNE_2021, MAY, JUNE = Period.month(2021, 6), Period.month(2022, 5), Period.month(2022, 6)
NOBODY = Words("", "")
YEAR_BEFORE = Words("前年同月", "the same month of the year before")


def _move(bureau: str, then: int, now: int, **more: Any) -> Move:
    """A move of amounts; a fall of 40 in all is what its part is of."""
    plain = {"office": "", "members": (bureau,), "rate_now": None, "rate_then": None, "made": Decimal(now - then)}
    part = Decimal(now - then) / -40
    return Move(bureau=bureau, now=Decimal(now), then=Decimal(then), **{**plain, "part": part, "upto": part, **more})


FINANCE = _move("finance", 70, 40, rate_then=Decimal("0.3"), rate_now=Decimal("0.6"), part=Decimal("0.75"), upto=Decimal("0.75"))
TAXATION = _move("taxation", 50, 40, rate_then=Decimal("0.5"), rate_now=Decimal("0.4"), upto=Decimal(1), turned=True)


def _paper(**other: Any) -> Change:
    """Paper from June 2021 to June 2022: 120 → 80 sheets of two of three bureaus, −40 % → −60 %."""
    given: dict[str, Any] = {
        "indicator": "paper.reduction",
        "less": "paper",
        "period": JUNE,
        "other": JUNE_2021,
        "basis": "ytd",
        "now": Decimal(80),
        "then": Decimal(120),
        "rate_now": Decimal("0.6"),
        "rate_then": Decimal("0.4"),
        "counted": 2,
        "due": 3,
        "left_out": ("waterworks",),
        "joined": True,
        "moves": (FINANCE, TAXATION),
    }
    told = {**given, **other}
    return Change(**{"rated": told["counted"], **told})


def _seal(**other: Any) -> Change:
    """Electronic decisions in the months alone: 900 → 950, 98.0 % → 98.6 %, all of it made by two bureaus."""
    one = _move("finance", 500, 540, made=Decimal("0.005"), part=Decimal("0.8333"), upto=Decimal("0.8333"))
    two = _move("taxation", 400, 410, made=Decimal("0.001"), part=Decimal("0.1667"), upto=Decimal(1))
    share: dict[str, Any] = {"indicator": "seal.electronic_rate", "less": "seal", "basis": "month", "other": MAY}
    figures: dict[str, Any] = {"then": Decimal(900), "now": Decimal(950), "rate_then": Decimal("0.98"), "rate_now": Decimal("0.986")}
    return _paper(**{**share, **figures, "counted": 2, "due": 2, "left_out": (), "joined": False, "moves": (one, two), **other})


def _cap(**other: Any) -> Change:
    """The use of a cap, 50 % → 60 % of it."""
    moves = (_move("finance", 50, 60, rate_then=Decimal("0.5"), rate_now=Decimal("0.6"), part=Decimal(1), upto=Decimal(1), turned=True),)
    rates = {"rate_then": Decimal("0.5"), "rate_now": Decimal("0.6"), "then": Decimal(50), "now": Decimal(60)}
    return _paper(**{"indicator": "paper.cap_use", "joined": False, "left_out": (), "moves": moves, **rates, **other})


def _screen(codelists: Codelists, *given: Change, lang: Lang = "ja", width: int | None = None) -> list[str]:
    head = changes.headed(given, codelists, YEAR_BEFORE, NOBODY, lang)
    return [line.plain for line in changes.screen(given, codelists, head, lang, width)]


def _moves(codelists: Codelists, *given: Change, lang: Lang = "ja", width: int | None = None) -> list[str]:
    return [line.plain.rstrip() for line in changes.moves(given, codelists, "title", lang, width)]


# The whole page --------------------------------------------------------------------------------------------------------


def test_page_in_japanese(codelists: Codelists) -> None:
    """120 → 80 is −40, a third; −40 % → −60 % are 20 points, for the better; each label stands before what it is of."""
    assert _screen(codelists, _paper()) == [
        "東京都 5つのレス 2022年6月（前年同月との比較）",
        "",
        "ペーパーレス  コピー用紙調達量の削減率",
        "  指標          −40.0 % → −60.0 %（−20.0ポイント、改善）",
        "  数量          コピー用紙調達量 120 → 80 枚   −40（−33.3 %）   2021年6月 → 2022年6月（4月からの累計）",
        "  比べた局      2/3（組織改編をまとめて比較）   比べられない：水道局",
        "  主な寄与      財務局 −30（75.0 %）   主税局 −10（25.0 %）",
        "  改善と後退    最も改善：財務局 −30.0ポイント   最も後退：主税局 +10.0ポイント",
        "  向きの逆転    主税局",
    ]


def test_page_in_english(codelists: Codelists) -> None:
    """The same in English, on a terminal of 80 cells: parts go to the next line whole."""
    assert _screen(codelists, _paper(), lang="en", width=80) == [
        "Five reductions, June 2022 - Tokyo Metropolitan Government (compared with the",
        "same month of the year before)",
        "",
        "Paperless  Reduction in copy paper purchased",
        "  Indicator     −40.0 % → −60.0 % (−20.0 points, better)",
        "  Amount        Copy paper purchased 120 → 80 sheets   −40 (−33.3 %)",
        "                June 2021 → June 2022 (April to the month)",
        "  Compared      2/3 (across a reorganisation)",
        "                not comparable: Bureau of Waterworks",
        "  Main drivers  Bureau of Finance −30 (75.0 %)   Bureau of Taxation −10 (25.0 %)",
        "  Movers        most improved: Bureau of Finance −30.0 points",
        "                fell back most: Bureau of Taxation +10.0 points",
        "  Reversed      Bureau of Taxation",
    ]


@pytest.mark.parametrize(
    ("scope", "ja", "en"),
    [
        (NOBODY, "（前年同月との比較）", "(compared with the same month of the year before)"),
        (
            Words("財務局", "Bureau of Finance"),
            "（財務局、前年同月との比較）",
            "(Bureau of Finance; compared with the same month of the year before)",
        ),
    ],
)
def test_title_says_whose_and_with_what(codelists: Codelists, scope: Words, ja: str, en: str) -> None:
    """The title ends with the bureaus that count, where not all do, and with what is compared."""
    assert changes.headed([_paper()], codelists, YEAR_BEFORE, scope, "ja").endswith(ja)
    assert changes.headed([_paper()], codelists, YEAR_BEFORE, scope, "en").endswith(en)


# Rates and signs -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_paper(rate_now=Decimal("0.3")), "−40.0 % → −30.0 %（+10.0ポイント、後退）"),
        (_paper(rate_now=Decimal("0.4")), "−40.0 % → −40.0 %（±0.0ポイント）"),
        (_paper(rate_now=Decimal("0.40049")), "−40.0 % → −40.0 %（±0.0ポイント）"),
        (_seal(), "98.0 % → 98.6 %（+0.6ポイント、改善）"),
        (_cap(), "50.0 % → 60.0 %（+10.0ポイント、後退）"),
        (_cap(other=MAY), "50.0 % → 60.0 %（+10.0ポイント）"),
    ],
)
def test_points_follow_the_rates_as_they_are_written(codelists: Codelists, change: Change, said: str) -> None:
    """The points are the second rate as written less the first; more use of a cap is worse, but for other months than the same."""
    assert any(line.startswith(f"  指標          {said}") for line in _screen(codelists, change))


def test_rate_to_date_beside_months_alone_is_told(codelists: Codelists) -> None:
    """Where the rate is of the year to date and the amounts are of months alone, each says so."""
    (line,) = (line for line in _screen(codelists, _paper(basis="month", other=MAY)) if line.startswith("  指標"))
    assert line.endswith("   4月からの累計")
    (line,) = (line for line in _screen(codelists, _seal()) if line.startswith("  指標"))
    assert line.endswith("改善）")


def test_rate_of_which_nothing_is_known_has_no_line(codelists: Codelists) -> None:
    """Amounts without a base are compared without a line of rates."""
    said = _screen(codelists, _paper(rate_now=None))
    assert not any("指標  " in line for line in said)
    assert any("120 → 80 枚" in line for line in said)


def test_change_from_zero_has_no_percentage(codelists: Codelists) -> None:
    """0 → 80 is +80 and no rate of change."""
    assert "コピー用紙調達量 0 → 80 枚   +80   2021年6月" in _screen(codelists, _paper(then=Decimal(0)))[4]


def test_nothing_to_compare_is_said(codelists: Codelists) -> None:
    """Where no bureau gave both, a sentence stands in place of the amounts, and twelve of those left out are named."""
    blank: dict[str, Any] = dict.fromkeys(("now", "then", "rate_now", "rate_then"))
    everyone = tuple(each.code for each in codelists.due(JUNE))[:15]
    said = _screen(codelists, _paper(**blank, counted=0, due=15, left_out=everyone, moves=(), joined=False), lang="en")
    assert said[3] == "  Amount        No bureau can be compared.   June 2021 → June 2022 (April to the month)"
    assert said[4].startswith("  Compared      0/15   not comparable: Office of the Governor for Policy Planning, ")
    assert said[4].endswith(" and 3 more")
    assert len(said) == 5


def test_no_change_has_no_makers(codelists: Codelists) -> None:
    """Where neither amount nor rate moved, nobody is named for it."""
    still = _paper(now=Decimal(120), rate_now=Decimal("0.4"))
    assert not any("主な寄与" in line for line in _screen(codelists, still))
    assert any("主な寄与" in line for line in _screen(codelists, _paper(now=Decimal(120))))


def test_cap_in_other_months_names_nobody_best_or_worst(codelists: Codelists) -> None:
    """Within a year the use of a cap can but grow: only against the same month is less of it better and more of it worse."""
    assert not any("後退" in line or "逆転" in line for line in _screen(codelists, _cap(other=MAY)))
    assert "  改善と後退    最も後退：財務局 +10.0ポイント" in _screen(codelists, _cap())
    assert "  向きの逆転    財務局" in _screen(codelists, _cap())


def test_share_is_made_in_points_to_two_places(codelists: Codelists) -> None:
    """0.005 and 0.001 of the share are +0.50 and +0.10 points; of no part nothing is said in brackets."""
    assert "  主な寄与      財務局 +0.50ポイント（83.3 %）   主税局 +0.10ポイント（16.7 %）" in _screen(codelists, _seal())
    moves = tuple(replace(move, part=None) for move in _seal().moves)
    assert "  主な寄与      財務局 +0.50ポイント   主税局 +0.10ポイント" in _screen(codelists, _seal(moves=moves))


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "政策企画局"), (3, "政策企画局   子供政策連携室   総務局"), (5, "政策企画局   子供政策連携室   総務局 ほか2")],
)
def test_three_of_those_that_turned_are_named(codelists: Codelists, count: int, said: str) -> None:
    """Of bureaus that reversed the first three are named, and the others counted."""
    moves = tuple(_move(each.code, 10, 9, turned=True) for each in codelists.due(JUNE)[:count])
    assert f"  向きの逆転    {said}" in _screen(codelists, _paper(moves=moves))


# Names -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("move", "ja", "en"),
    [
        (_move("finance", 1, 2), "財務局", "Bureau of Finance"),
        (_move("finance", 1, 2, office="経理課"), "財務局 経理課", "Bureau of Finance 経理課"),
        (_move("moon", 1, 2), "moon", "moon"),
        (
            _move("social-welfare", 1, 2, members=("social-welfare-public-health", "social-welfare")),
            "福祉局（前身1局を含む）",
            "Bureau of Social Welfare (with 1 former bureau)",
        ),
        (
            _move(
                "public-health", 1, 2, members=("hospital-management", "social-welfare-public-health", "social-welfare", "public-health")
            ),
            "福祉局と保健医療局（前身2局を含む）",
            "Bureau of Social Welfare and Bureau of Public Health (with 2 former bureaus)",
        ),
        (
            _move("hospital-management", 1, 2, members=("hospital-management",)),
            "病院経営本部",
            "Office of Metropolitan Hospital Management",
        ),
    ],
)
def test_names_of_who_moved(codelists: Codelists, move: Move, ja: str, en: str) -> None:
    """An office behind its bureau; of bureaus that a reorganisation joins those of now, the former ones as a number."""
    change = _paper(period=Period.month(2023, 8), other=Period.month(2022, 8), moves=(replace(move, part=None),))
    said = [_moves(codelists, change, lang=lang) for lang in LANGS]
    assert [line[-1].split("  ")[0] for line in said] == [ja, en]


# Every bureau ----------------------------------------------------------------------------------------------------------


def test_table_of_bureaus(codelists: Codelists) -> None:
    """Months as heads, the change of each with its share, the running share, and the rates; figures end in line."""
    assert _moves(codelists, _paper())[6:] == [
        "",
        "局      2021年6月  2022年6月  増減  寄与率     累積  指標の動き",
        "財務局         70         40   −30  75.0 %   75.0 %  −30.0 % → −60.0 %（−30.0ポイント）",
        "主税局         50         40   −10  25.0 %  100.0 %  −50.0 % → −40.0 %（+10.0ポイント）",
    ]


def test_table_of_offices_of_a_share(codelists: Codelists) -> None:
    """Offices have their own head; of a share the contribution is in points; columns of which nothing is known are left out."""
    moves = tuple(replace(move, office="経理課") for move in _seal().moves)
    assert _moves(codelists, _seal(moves=moves), lang="en")[6:] == [
        "",
        "Office                     May 2022  June 2022  Contribution   Share  Running",
        "Bureau of Finance 経理課        500        540  +0.50 points  83.3 %   83.3 %",
        "Bureau of Taxation 経理課       400        410  +0.10 points  16.7 %  100.0 %",
    ]


def test_head_count_has_a_column(codelists: Codelists) -> None:
    """Where the number of people is known of any, amounts per head stand last; of the others a dash."""
    moves = (replace(FINANCE, per_head_then=Decimal("3.5"), per_head_now=Decimal(2)), TAXATION)
    head, first, second = _moves(codelists, _paper(moves=moves))[7:]
    assert (head.split("  ")[-1], first.split("  ")[-1], second.split("  ")[-1]) == ("一人当たり", "3.5 → 2", "– → –")


def test_parts_beyond_the_whole_are_explained(codelists: Codelists) -> None:
    """Where rises and falls cancel out (150 % and −50 %), a note says what the share is; else there is none."""
    beyond = (replace(FINANCE, part=Decimal("1.5")), replace(TAXATION, part=Decimal("-0.5")))
    assert "can exceed 100 %" in _moves(codelists, _paper(moves=beyond), lang="en")[-1]
    assert "100 %" not in "".join(_moves(codelists, _paper(), lang="en")[-1:])


def test_table_without_moves_is_none(codelists: Codelists) -> None:
    """Where nobody can be compared, no heads stand over nothing."""
    assert not any("寄与率" in line for line in _moves(codelists, _paper(moves=())))


@pytest.mark.parametrize(
    ("width", "heads"),
    [
        (120, ["局", "2021年6月", "2022年6月", "増減", "寄与率", "累積", "指標の動き"]),
        (78, ["局", "2021年6月", "2022年6月", "増減", "寄与率", "累積", "指標の動き"]),
        (66, ["局", "2021年6月", "2022年6月", "増減", "寄与率", "指標の動き"]),
        (58, ["局", "2021年6月", "2022年6月", "増減", "寄与率", "累積"]),
        (48, ["局", "2021年6月", "2022年6月", "増減", "寄与率"]),
        (34, ["局", "2022年6月", "増減", "寄与率"]),
        (22, ["局", "増減", "寄与率"]),
    ],
)
def test_narrow_screens_leave_out_columns(codelists: Codelists, width: int, heads: list[str]) -> None:
    """The narrower the screen, the fewer columns; names and figures stay whole as long as there is room."""
    said = _moves(codelists, _paper(), width=width)
    assert next(re.split(r" {2,}", line) for line in said if line.startswith("局")) == heads
    assert any(line.startswith("財務局 ") for line in said)


def test_points_go_before_rates(codelists: Codelists) -> None:
    """On 80 cells the rates stand without their points."""
    assert _moves(codelists, _paper(), width=80)[-2].endswith("75.0 %  −30.0 % → −60.0 %")


def test_office_is_cut_last(codelists: Codelists) -> None:
    """Of `Bureau of Social Welfare and Public Health 総務課` the bureau is cut, so that offices can be told apart."""
    moves = tuple(_move("social-welfare-public-health", 10, 9, office=name) for name in ("総務課", "企画課"))
    said = _moves(codelists, _seal(moves=moves), lang="en", width=76)
    assert [line.split("  ")[0] for line in said[-2:]] == ["Bureau of Social Welfare… 総務課", "Bureau of Social Welfare… 企画課"]


def test_names_that_cannot_be_told_apart_get_lines_of_their_own(codelists: Codelists) -> None:
    """Offices alike in their first 24 cells are never shown as the same: each row stands in lines of its own."""
    moves = tuple(_move("finance", 10**15, 10**14, office=f"{'長い名前の部署' * 3}第{number}係") for number in "一二")
    said = _moves(codelists, _paper(moves=moves), width=60)
    assert sum("第一係" in line for line in said) == 1
    assert sum("第二係" in line for line in said) == 1
    assert sum("2021年6月 1,000,000,000,000,000" in line for line in said) == 2


FIGURES = st.integers(0, 10**18)


@given(st.lists(st.tuples(FIGURES, FIGURES), min_size=1, max_size=4), st.integers(40, 160), st.sampled_from(LANGS))
def test_no_line_is_wider_than_the_terminal(figures: list[tuple[int, int]], width: int, lang: Lang) -> None:
    """Whatever the figures, no line of either view runs over a terminal of 40 cells or more, and no name is shown twice."""
    codelists = reference.load(None)
    moves = tuple(_move(bureau.code, *pair) for bureau, pair in zip(codelists.due(JUNE), figures, strict=False))
    change = _paper(moves=moves, then=Decimal(figures[0][0]), now=Decimal(figures[0][1]))
    for said in (_screen(codelists, change, lang=lang, width=width), _moves(codelists, change, lang=lang, width=width)):
        assert max(map(cells, said)) <= width
    for then, now in figures:
        assert any(f"{now - then:,}".removeprefix("-") in line for line in said) or then == now


# Data ------------------------------------------------------------------------------------------------------------------


def test_changes_as_csv(codelists: Codelists) -> None:
    """Exact amounts, rates to six places, codes of those left out, blanks for what is of moves only; then a row for each move."""
    of_all, first, _ = csv.DictReader(io.StringIO(change_records.as_csv([_paper()], codelists, every=True)))
    shared = {"period": "2022-06", "other_period": "2021-06", "basis": "ytd", "less": "paper", "indicator": "paper.reduction"}
    assert of_all == {
        **shared,
        "bureau": "",
        "bureau_name": "",
        "office": "",
        "joined": "",
        "then": "120",
        "now": "80",
        "change": "-40",
        "relative": "-0.333333",
        "unit": "sheet",
        "rate_then": "0.400000",
        "rate_now": "0.600000",
        "points": "0.200000",
        **dict.fromkeys(("made", "part", "upto", "per_head_then", "per_head_now", "turned"), ""),
        "counted": "2",
        "due": "3",
        "left_out": "waterworks",
        "rated": "2",
        "scope": "",
    }
    assert first == {
        **shared,
        "bureau": "finance",
        "bureau_name": "財務局",
        "office": "",
        "joined": "",
        "then": "70",
        "now": "40",
        "change": "-30",
        "relative": "-0.428571",
        "unit": "sheet",
        "rate_then": "0.300000",
        "rate_now": "0.600000",
        "points": "0.300000",
        "made": "-30",
        "part": "0.750000",
        "upto": "0.750000",
        "per_head_then": "",
        "per_head_now": "",
        "turned": "false",
        "counted": "",
        "due": "",
        "left_out": "",
        "rated": "",
        "scope": "",
    }


def test_only_changes_unless_every_move_is_asked_for(codelists: Codelists) -> None:
    """Without `every` a row for each change, with it one for each move besides."""
    counts = [len(change_records.records([_paper(), _seal()], codelists, every=every)) for every in (False, True)]
    assert counts == [2, 6]


def test_changes_as_json(codelists: Codelists) -> None:
    """JSON holds the same names in the same order, numbers, lists and null; what a share's move made is a fraction."""
    _, paper, _, _, seal, _ = told = json.loads(change_records.as_json([_paper(), _seal()], codelists, every=True))
    header = change_records.as_csv([], codelists, every=True).strip().split(",")
    assert [list(each) for each in told] == [header] * 6
    assert (paper["made"], paper["turned"], paper["left_out"], paper["counted"]) == (-30, False, [], None)
    assert (seal["made"], seal["part"], seal["change"]) == (0.005, 0.8333, 40)


def test_moves_that_are_joined_and_bureaus_unknown(codelists: Codelists) -> None:
    """The other bureaus of a line are named by their codes, never for an office; a bureau that is no longer listed by its code."""
    line = _move("social-welfare", 0, 5, members=("social-welfare-public-health", "social-welfare"))
    office, moon = replace(line, office="総務課"), _move("moon", 1, 2)
    _, *told = change_records.records([_paper(moves=(line, office, moon))], codelists, every=True)
    assert [each["joined"] for each in told] == [["social-welfare-public-health"], [], []]
    assert [each["bureau_name"] for each in told] == ["福祉局", "福祉局", "moon"]
    assert told[0]["relative"] is None


def test_nothing_compared_as_data(codelists: Codelists) -> None:
    """What cannot be told is null."""
    blank: dict[str, Any] = dict.fromkeys(("now", "then", "rate_now", "rate_then"))
    (told,) = json.loads(change_records.as_json([_paper(**blank, moves=())], codelists, every=True))
    assert {told[name] for name in ("then", "now", "change", "relative", "rate_now", "rate_then", "points")} == {None}


def test_changes_as_markdown(codelists: Codelists) -> None:
    """One table with amount, unit, periods and rates of each indicator."""
    head, rule, first = changes.markdown([_paper()], codelists, "ja", every=False).splitlines()
    assert head == "| 5つのレス | 指標 | 指標の動き | 数量 | 時期 | 比較先 | 今回 | 増減 | 増減率 | 比べた局 |"
    assert rule.count("---") == 10
    assert first == (
        "| ペーパーレス | コピー用紙調達量の削減率 | −40.0 % → −60.0 %（−20.0ポイント、改善） | コピー用紙調達量 | "
        "2021年6月 → 2022年6月（4月からの累計） | 120 | 80 枚 | −40 | −33.3 % | 2/3 |"
    )
    assert changes.markdown([_paper(now=None)], codelists, "ja", every=False).splitlines()[2].endswith("| 120 | – 枚 | – | – | 2/3 |")


def test_moves_as_markdown(codelists: Codelists) -> None:
    """A table for each indicator, with what was compared above it."""
    said = changes.markdown([_paper(), _seal()], codelists, "en", every=True)
    above = (
        "**Paperless  Reduction in copy paper purchased** −40.0 % → −60.0 % (−20.0 points, better); Copy paper purchased 120 → 80 sheets; "
        "−40 (−33.3 %); June 2021 → June 2022 (April to the month); 2/3 (across a reorganisation); not comparable: Bureau of Waterworks"
    )
    assert said.splitlines()[:4] == [
        above,
        "",
        "| Bureau | June 2021 | June 2022 | Change | Share | Running | Indicator |",
        "| --- | --: | --: | --: | --: | --: | --: |",
    ]
    assert "\n\n**Seal-less  Electronic decision rate** 98.0 % → 98.6 % (+0.6 points, better); " in said


def test_colour_tells_better_from_worse(codelists: Codelists) -> None:
    """Better and worse have the colours of achieved and behind, which the colour-blind can tell; no change has none."""

    def colours(change: Change) -> set[str]:
        lines = changes.screen([change], codelists, "", "ja", None)
        return {str(span.style) for line in lines for span in line.spans if "#" in str(span.style)}

    assert colours(_paper()) == {"not dim #2f81c7"}
    assert colours(_paper(rate_now=Decimal("0.2"))) == {"not dim #d55e00"}
    assert colours(_paper(rate_now=Decimal("0.4"))) == set()
