"""Labels that are understood by those beside them: 市場 among bureaus, 単位 before units, 令和 before a year."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import takewhile
from operator import itemgetter

from fiveless.dating import Dated, period_of, year_of_era
from fiveless.labels import Label, Lexicon
from fiveless.layout.cells import EMPTY, LABEL, NUMBER, Cells, Number
from fiveless.layout.roles import aside, in_role

_SIBLINGS = 2
_GAP = 4
_DITTO = frozenset({"〃", "″", "”", '"', "同上", "々", "仝"})
_NEW_WAYS = frozenset({"ONLINE", "ELECTRONIC", "CASHLESS"})
_OLD_WAYS = frozenset({"IN_PERSON", "NOT_IN_PERSON", "ON_PAPER", "CASH"})
_LONGEST_ERA = 64
_FEW_MONTHS = 2
_ERA_NOW = "令和"
_BARE_YEAR = re.compile(r"(?P<year>元|\d{1,2})年(?:度|\d{1,2}月).{0,4}")
_ITS_PART = re.compile(r"(?<=[^\s()])[(（\[]うち[^()（）\[\]]+[)）\]]$")
_LISTED = re.compile(r"\s*([1-9１-９])[\s\u3000.．]+(\S.*)")
_QUESTIONED = re.compile(r"Q([1-9]\d?)([^\d.:、)-].+)")
_LIKE_MONTH = re.compile(r"[1-9]月[末中間]")
_ERA_YEAR = re.compile(r"(?P<era>平成|令和)(?P<year>元|\d{1,2})年")
_Place = tuple[int, int]


def read_by_neighbours(sheet: Cells, lexicon: Lexicon) -> None:
    """Give such labels their meaning."""
    if not sheet.labels_that(_may_be_one):
        return
    _dittos(sheet)
    _eras(sheet)
    _omitted_eras(sheet, lexicon)
    _units(sheet)
    _facilities(sheet)
    _wholes(sheet)
    _channels(sheet)
    _places(sheet)
    _question_numbers(sheet)
    _numbered_questions(sheet, lexicon)
    _short_names(sheet)
    _dated_last_year(sheet)
    _compared_with(sheet)
    _list_numbers(sheet, lexicon)
    _over_their_parts(sheet, lexicon)
    _others_of_a_breakdown(sheet)


def _dittos(sheet: Cells) -> None:
    """〃 and 同上 say what the label above them says, of a unit also over blank rows."""
    for (row, column), _ in sorted(sheet.labels_that(_is_ditto), key=itemgetter(0)):
        above = (sheet.labels[up, column] for up in range(row - 1, max(row - _GAP, 0) - 1, -1) if (up, column) in sheet.labels)
        nearest = next(above, None)
        if nearest and (nearest.only_unit or (row - 1, column) in sheet.labels):
            sheet.labels[row, column] = nearest


@cache
def _may_be_one(label: Label) -> bool:
    """Whether a label is of any of these kinds: most sheets have none."""
    kinds = (
        _is_ditto,
        _is_era,
        _is_bare_year,
        _heads_units,
        _is_facilities,
        _kind_of_part,
        _is_bare_part,
        _is_counter,
        _is_head_office,
        _is_quarter_by_letter,
        _is_questioned,
        _is_short_name,
        _is_last_year,
        _is_other_time,
        _is_like_month,
        _names_its_part,
        _is_others,
    )
    return any(kind(label) for kind in kinds)


@cache
def _is_short_name(label: Label) -> bool:
    return bool(label.alias) and not label.bureaus and not label.rest


@cache
def _heads_units(label: Label) -> bool:
    return label.dimension == "unit"


@cache
def _is_era(label: Label) -> bool:
    return year_of_era(label.text) is not None


@cache
def _is_bare_year(label: Label) -> bool:
    return bool(_BARE_YEAR.fullmatch(label.text))


@cache
def _is_ditto(label: Label) -> bool:
    return label.text in _DITTO


def _short_names(sheet: Cells) -> None:
    """A short name that is a common word too is a bureau's where at least two others of its row or column are bureaus."""
    short = [place for place, _ in sheet.labels_that(_is_short_name)]
    if not short:
        return
    rows: dict[int, set[Label]] = defaultdict(set)
    columns: dict[int, set[Label]] = defaultdict(set)
    for (row, column), label in sheet.labels.items():
        if label.bureaus:
            rows[row].add(label)
            columns[column].add(label)
    for row, column in short:
        if max(len(rows[row]), len(columns[column])) >= _SIBLINGS:
            sheet.labels[row, column] = in_role(sheet.labels[row, column], "bureau")


def _dated_last_year(sheet: Cells) -> None:
    """Under 前年同月 stand that year's own dates where another row of the sheet has the same months of the year after."""
    shifts = sheet.labels_that(_is_last_year)
    if not shifts:
        return
    months: dict[int, set[int]] = defaultdict(set)
    for (row, _), label in sheet.labels_that(_is_month_of_year):
        period = period_of(label.dated) if label.dated else None
        if period:
            months[row].add(period.first)
    for later, those in months.items():
        for row, own in months.items():
            if len(own) >= _FEW_MONTHS and those == {month + 12 for month in own}:
                for place, label in shifts:
                    if place[0] < row and not place[0] <= later < row:
                        sheet.labels[place] = replace(label, shift=None)


@cache
def _is_last_year(label: Label) -> bool:
    return label.shift == -12 and label.dated is None


def _compared_with(sheet: Cells) -> None:
    """前月 right behind コピー用紙調達量 is what that was in the month before, where neither stands under what is counted.

    Behind two measures nobody can tell of which it is.
    """
    for (row, column), label in sheet.labels_that(_is_other_time):
        counted, other = sheet.labels.get((row, column - 1)), sheet.labels.get((row, column - 2))
        if counted is None or not _is_bare_count(counted) or (other and other is not counted and other.names_measure):
            continue
        below = row + 1 < sheet.height and sheet.is_number(row + 1, column) and sheet.is_number(row + 1, column - 1)
        if below and not _stands_under_count(sheet, row, column):
            sheet.labels[row, column] = replace(counted, text=label.text, shift=label.shift, units=label.units or counted.units)


def _stands_under_count(sheet: Cells, row: int, column: int) -> bool:
    """Whether a heading stands, up to the figures of a table above, under one that says what is counted."""
    for above in range(row - 1, -1, -1):
        if sheet.is_number(above, column):
            return False
        label = sheet.labels.get((above, column))
        if label and label.names_measure:
            return True
    return False


@cache
def _is_other_time(label: Label) -> bool:
    """Whether all that a label says is 前月 or 前年同月, and the unit."""
    return bool(label.shift) and label.says_only("shift", "units")


@cache
def _is_bare_count(label: Label) -> bool:
    """Whether a label names what is counted, and no time or goal."""
    tells_when = label.dated or label.shift or label.basis or label.scenario
    return label.names_measure and not (tells_when or label.derived or label.aggregate or label.part or label.rest)


@cache
def _is_month_of_year(label: Label) -> bool:
    return bool(label.dated and label.dated.year and label.dated.month and not label.dated.exact)


def _wholes(sheet: Cells) -> None:
    """計 beside 対面 and オンライン, or 電子 and 紙, or before うちオンライン, is all that is counted: no sum of offices or months."""
    kinds = {place: _kind_of_part(label) for place, label in sheet.labels_that(_kind_of_part)}
    parted = set(kinds.values()) >= {"with", "without"}
    if not (parted or sheet.labels_that(_is_bare_part)):
        return
    for place, label in sheet.labels_that(_is_bare_total):
        if (parted and _is_beside_both(kinds, place)) or _is_before_part(sheet, place):
            sheet.labels[place] = Label(label.text)


def _is_beside_both(kinds: Mapping[_Place, str], place: _Place) -> bool:
    """Whether the next two labels in a direction are the part done the new way and that done the old way."""
    row, column = place
    ways = ((0, 1), (0, -1), (1, 0), (-1, 0))
    return any({kinds.get((row + down * step, column + right * step)) for step in (1, 2)} == {"with", "without"} for down, right in ways)


def _is_before_part(sheet: Cells, place: _Place) -> bool:
    """Whether うちオンライン follows right of it or below, both head numbers, and before it stands nothing that it could add up.

    What stands before may be a heading of labels, or under another heading than it.
    """
    row, column = place
    numbers = sheet.shape.numbers_in_column
    for down, right in ((0, 1), (1, 0)):
        after, before = (sheet.labels.get((row + step * down, column + step * right)) for step in (1, -1))
        heads = all(NUMBER in sheet.kinds[row + step] for step in (0, 1)) if down and after else numbers[column] and numbers[column + right]
        if after and _is_bare_part(after) and heads:
            own, other = (sheet.labels.get((row - right - step * down, column - down - step * right)) for step in (0, 1))
            return before is None or bool(before.dimension) or before is own or (own is not None and own is not other)
    return False


@cache
def _is_bare_part(label: Label) -> bool:
    return label.part and not (label.office or label.bureaus or label.dated)


@cache
def _is_bare_total(label: Label) -> bool:
    return bool(label.aggregate) and not (label.names_measure or label.rest or label.dated or label.office or label.bureaus)


def _question_numbers(sheet: Cells) -> None:
    """Q1, Q2, Q3 in a row or column, each over or beside a measure of its own, number questions and are no quarters."""
    lines: dict[tuple[str, int], list[tuple[tuple[int, int], Label]]] = defaultdict(list)
    for (row, column), _ in sheet.labels_that(_is_quarter_by_letter):
        below, right = sheet.labels.get((row + 1, column)), sheet.labels.get((row, column + 1))
        if (row, column) in sheet.anchors:
            continue
        if below and not _is_quarter_by_letter(below):
            lines["row", row].append(((row, column), below))
        if right and not _is_quarter_by_letter(right):
            lines["column", column].append(((row, column), right))
    for line in lines.values():
        texts = {label.text for _, label in line}
        if len(line) > _SIBLINGS and len(texts) == len(line) and any(label.names_measure for _, label in line):
            for place, _ in line:
                sheet.labels[place] = aside(sheet.labels[place])


def _numbered_questions(sheet: Cells, lexicon: Lexicon) -> None:
    """Q1 行政手続数 and Q2 デジタル化済手続数 are questions; quarters of several counts ask for the same ones in each."""
    found = [(place, each[1], each[2]) for place, label in sheet.labels_that(_is_questioned) if (each := _QUESTIONED.fullmatch(label.text))]
    numbers = {text: number for _, number, text in found}
    if len(set(numbers.values())) > 1 and all(numbers[text] == number for _, number, text in found):
        for place, _, text in found:
            sheet.labels[place] = lexicon.read(text)


def _list_numbers(sheet: Cells, lexicon: Lexicon) -> None:
    """２　月末現在の状況 where another line begins with １　当月の実績 is the second of a list, not the end of February."""
    for (row, column), _ in sheet.labels_that(_is_like_month):
        cells = [line[column] for line in sheet.grid.rows if column < len(line)]
        numbers = {int(each[1]) for text in cells if isinstance(text, str) and (each := _LISTED.fullmatch(text))}
        found = _LISTED.fullmatch(str(sheet.grid.rows[row][column]))
        if found and {int(found[1]) - 1, int(found[1]) + 1} & numbers:
            sheet.labels[row, column] = lexicon.read(found[2])


def _over_their_parts(sheet: Cells, lexicon: Lexicon) -> None:
    """起案文書数（うち電子決定） over 全体 and 電子決定 is what both are of, 全体 the whole; by a number it names the part."""
    for (row, column), label in sheet.labels_that(_names_its_part):
        if NUMBER in sheet.kinds[row]:
            continue
        last = row
        while sheet.labels.get((last + 1, column)) is label:
            last += 1
        below = sheet.labels.get((last + 1, column))
        if below and not (below.office or below.bureaus or below.dated or below.only_unit):
            sheet.labels[row, column] = lexicon.read(_ITS_PART.sub("", label.text))
            if _is_bare_total(below):
                sheet.labels[last + 1, column] = Label(below.text)


def _others_of_a_breakdown(sheet: Cells) -> None:
    """その他 under 決済手段別内訳 is one of the kinds into which a count is broken down, and no count of its own."""
    for (row, column), label in sheet.labels_that(_is_others):
        above = next(
            (sheet.labels[up, column] for up in range(row - 1, -1, -1) if sheet.labels.get((up, column), label) is not label), None
        )
        if above and "内訳" in above.text and not above.names_measure:
            sheet.labels[row, column] = Label(label.text, rest=label.text)


@cache
def _is_others(label: Label) -> bool:
    return label.text in ("その他", "その他計", "左記以外", "上記以外")


@cache
def _names_its_part(label: Label) -> bool:
    return bool(label.part and label.names_measure and _ITS_PART.search(label.text))


@cache
def _is_like_month(label: Label) -> bool:
    return bool(_LIKE_MONTH.match(label.text))


@cache
def _is_quarter_by_letter(label: Label) -> bool:
    return bool(re.fullmatch(r"[QＱ問][1-9１-９]", label.text)) and bool(label.dated)


@cache
def _is_questioned(label: Label) -> bool:
    return label.names_measure and bool(_QUESTIONED.fullmatch(label.text))


def _places(sheet: Cells) -> None:
    """事業所 or 支所 beside 本庁 is an office as that is, rather than the heading of a column of offices."""
    for (row, column), _ in sheet.labels_that(_is_head_office):
        for place in ((row, column - 1), (row, column + 1), (row - 1, column), (row + 1, column)):
            label = sheet.labels.get(place)
            if label and label.dimension == "office" and sheet.anchor(*place) == place:
                sheet.labels[place] = Label(label.text, office=label.text)


@cache
def _is_head_office(label: Label) -> bool:
    return label.office in ("本庁", "本局", "本所")


def _channels(sheet: Cells) -> None:
    """窓口 beside 郵送 or オンライン says how something was handed in: those are no visits."""
    for (row, column), label in sheet.labels_that(_is_counter):
        others = ((row, column - 1), (row, column + 1), (row - 1, column), (row + 1, column))
        if any(_is_channel(sheet.labels[place]) for place in others if place in sheet.labels):
            sheet.labels[row, column] = Label(label.text, rest=label.text)


@cache
def _is_counter(label: Label) -> bool:
    return label.concepts == {"COUNTER"} and not label.rest


@cache
def _is_channel(label: Label) -> bool:
    return label.concepts in ({"MAIL"}, {"ONLINE"}, {"TELEPHONE"}) and not label.rest


@cache
def _kind_of_part(label: Label) -> str:
    """Whether a label names, and names only, a part done the new way (電子, オンライン, キャッシュレス) or the part done the old way."""
    if label.dated or label.rest or label.aggregate or label.scenario or len(label.concepts) != 1:
        return ""
    return "with" if label.concepts <= _NEW_WAYS else "without" if label.concepts <= _OLD_WAYS else ""


def _units(sheet: Cells) -> None:
    """単位｜千枚｜件 among headings: 単位 heads its row, not the offices below it."""
    for place, _ in sheet.labels_that(_heads_units):
        if sum(1 for _ in takewhile(lambda each: each.only_unit, _right_of(sheet, *place))) > 1:
            sheet.labels[place] = aside(sheet.labels[place])


def _facilities(sheet: Cells) -> None:
    """施設 over names heads them, where over numbers it is their unit."""
    for (row, column), label in sheet.labels_that(_is_facilities):
        if _is_over_names(sheet, row, column):
            sheet.labels[row, column] = Label(label.text, dimension="office")


@cache
def _is_facilities(label: Label) -> bool:
    return label.only_unit and label.units[0].name == "施設"


def _is_over_names(sheet: Cells, row: int, column: int) -> bool:
    """Whether the next cells below a heading, its own span aside, hold texts that are no units."""
    below = [
        place for place in ((each, column) for each in range(row + 1, sheet.height)) if sheet.anchor(*place) != sheet.anchor(row, column)
    ]
    first = next((place for place in below if sheet.kinds[place[0]][column] != EMPTY), None)
    return first is not None and first in sheet.labels and not sheet.labels[first].units


def _right_of(sheet: Cells, row: int, column: int) -> Iterator[Label]:
    """The labels right of one."""
    return (label for right, label in sheet.column_labels(row) if right > column and label is not sheet.labels[row, column])


def _eras(sheet: Cells) -> None:
    """令和｜4 over 5 over 6, each number in a cell of its own, are years."""
    for (row, column), label in sheet.labels_that(_is_era):
        first = year_of_era(label.text)
        if first is None or column + 1 >= sheet.width or not sheet.is_number(row, column + 1):
            continue
        years = list(_years(sheet, row, column))
        if years and any(kind != LABEL for kind in sheet.kinds[row][column + 2 :]):
            _become_years(sheet, years, first, fiscal=_is_fiscal(sheet, row, column))
            sheet.labels[row, column] = aside(label)


def _omitted_eras(sheet: Cells, lexicon: Lexicon) -> None:
    """2年度 below or behind 令和元年度 is 令和2年度, and 元年5月 below 平成31年4月 is of the era that follows.

    4年1月 under 令和3年度 is 令和4年1月.
    """
    for place, label in sorted(sheet.labels_that(_is_bare_year), key=itemgetter(0)):
        bare = _BARE_YEAR.fullmatch(label.text)
        before = next((found for text in _before(sheet, place) if (found := _ERA_YEAR.search(text))), None) if bare else None
        if bare and before:
            year, last = (1 if text == "元" else int(text) for text in (bare["year"], before["year"]))
            era = before["era"] if year >= last else "令和" if before["era"] == "平成" else ""
            sheet.labels[place] = replace(lexicon.read(era + label.text), text=era + label.text) if era else label
        elif bare and "月" in label.text:
            full = lexicon.read(_ERA_NOW + label.text)
            month = period_of(full.dated) if full.dated else None
            if month and month.fiscal_year in _fiscal_years_above(sheet, place[0]):
                sheet.labels[place] = replace(full, text=_ERA_NOW + label.text)
            else:
                _leave_undated(sheet, place)


def _leave_undated(sheet: Cells, place: _Place) -> None:
    """Nobody knows the year of 3年4月 then, nor that of 5月, 6月 … right behind or below it."""
    for down, right in ((0, 1), (1, 0)):
        row, column = place[0] + down, place[1] + right
        while (label := sheet.labels.get((row, column))) and label.dated and label.dated.month and not label.dated.year:
            sheet.labels[row, column] = Label(label.text, rest=label.text)
            row, column = row + down, column + right


def _fiscal_years_above(sheet: Cells, row: int) -> set[int]:
    """The fiscal years that lines above a row name, and those before one of a month."""
    labels = (label for (above, _), label in sheet.labels_that(_names_fiscal_year) if above < row)
    periods = [period for label in labels if label.dated and (period := period_of(label.dated))]
    return {period.last.fiscal_year for period in periods} | {period.fiscal_year - 1 for period in periods if period.kind == "month"}


@cache
def _names_fiscal_year(label: Label) -> bool:
    return bool(label.dated and label.dated.year and (label.dated.month or label.dated.fiscal) and not label.dated.exact)


def _before(sheet: Cells, place: _Place) -> Iterator[str]:
    """The texts above a place and to its left, nearest first."""
    row, column = place
    above = ((up, column) for up in range(row - 1, -1, -1))
    left = ((row, each) for each in range(column - 1, -1, -1))
    yield from (sheet.labels[each].text for each in (*above, *left) if each in sheet.labels)


def _years(sheet: Cells, row: int, column: int) -> Iterator[Number]:
    """The numbers to the right of an era's name and below, up to the next text in its column."""
    for below in range(row, sheet.height):
        if below > row and (below, column) in sheet.labels:
            return
        number = sheet.number(below, column + 1)
        if number and not (number.value == int(number.value) and 1 <= number.value <= _LONGEST_ERA):
            return
        if number:
            yield number


def _is_fiscal(sheet: Cells, row: int, column: int) -> bool:
    """Whether the heading over an era's name says 年度 rather than 年."""
    above = (sheet.labels[place] for place in ((up, column) for up in range(row - 1, -1, -1)) if place in sheet.labels)
    return next((label.dimension == "year" for label in above if label.dimension), False)


def _become_years(sheet: Cells, numbers: Iterable[Number], first: int, *, fiscal: bool) -> None:
    for number in numbers:
        sheet.put_aside(number, "heading")
        dated = Dated(first - 1 + int(number.value), fiscal=fiscal)
        sheet.put_label(number.row, number.column, Label(str(number.value), dated=dated))
