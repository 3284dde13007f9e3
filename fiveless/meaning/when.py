"""Of what time a number is, and whether it is a month, cumulative, a target …"""

from collections.abc import Sequence
from dataclasses import replace

from fiveless import dating
from fiveless.dating import Dated
from fiveless.labels import Label
from fiveless.meaning.said import Context, Said, Unmeant, agreed
from fiveless.observation import Basis, Scenario, Status
from fiveless.period import Period

_APRIL = 4


def period(context: Context) -> Period:
    """The period; Unmeant where the month or year is not said or said twice."""
    dated = _dated(context)
    found = dating.period_of(dated)
    if found is None:
        raise Unmeant("no_year" if dated.within_year and not dated.year else "no_period", context.text)
    beside, over = context.beside.shift, context.over.shift
    shifted = [said for said in (context.beside, context.over) if said.shift]
    of_month = any(not (each.yearly or each.span) for each in (beside, over) if each)  # 前年同月 under 前年度実績
    if context.yearly and not (shifted and (_of_months(context) or of_month)):
        found = Period.year(found.last.fiscal_year)
    if context.parted and context.undated and any(said.shift_fiscal for said in shifted) and not (context.cumulative or of_month):
        found = Period.year(found.last.fiscal_year)
    shift = agreed(beside, over, same=not (beside and over) or beside.shift == over.shift, clash="ambiguous_period")
    moved = context.captions.shift
    if shift is None and not context.mixed and moved and moved.shift:
        if _names_last_year(context, moved, found):
            return found
        if not _heads_months(context, moved):
            raise Unmeant("ambiguous_period", moved.text)
        return found.shifted(moved.shift)
    return _in_its_year(found, shift, context) if shift and shift.shift else found


def _in_its_year(found: Period, shift: Label, context: Context) -> Period:
    """The period by as much as a heading tells; where that names the year itself, 令和2年度（前年同月）, it is in that year already."""
    own = shift.dated
    if own is None or not own.year or own.within_year:
        return _shifted(found, shift.shift or 0, context)
    lies = (found.last.fiscal_year == own.year) if own.fiscal else (found.last.first // 12 == own.year)
    return found if lies else _shifted(found, shift.shift or 0, context)


def _names_last_year(context: Context, moved: Label, found: Period) -> bool:
    """Whether ○前年度（令和4年度） heads a block of a sheet that is of 令和5年度, as another caption tells: it is that year already."""
    year = moved.dated.year if moved.dated and moved.dated.fiscal and not moved.dated.within_year else None
    others = [label.dated for label in context.captions.path if label.dated and label is not moved]
    told = {period.last.fiscal_year for dated in others if (period := dating.period_of(dated))}
    return year is not None and moved.shift == -12 and found.last.fiscal_year == year and year + 1 in told


def _heads_months(context: Context, moved: Label) -> bool:
    """Whether （３）前年度実績 is a table's own caption over months without a year, which the title tells: those are of the year before."""
    within, captions = _within(context), context.captions.path
    years = [place for place, label in enumerate(captions) if label.dated and label.dated.year]
    bare = bool(within and within.dated and within.dated.month and not within.dated.year and not moved.dated)
    return bare and not moved.far and (moved.shift or 0) % 12 == 0 and bool(years) and captions.index(moved) < years[0]


def _of_months(context: Context) -> bool:
    """Whether a heading of either axis is a month: 前年度実績 beside months is last year's month by month."""
    labels = (context.beside.within, context.over.within)
    return any(label.dated.month for label in labels if label and label.dated)


def _shifted(found: Period, months: int, context: Context) -> Period:
    """The period by so many months: as a heading within 前月 or 前年同月 dates it, else reckoned from the period of the report."""
    told = context.beside.shift_dated or context.over.shift_dated
    if told and told.dated and told.dated.year:
        return found
    if told is None or told.dated is None or months % 12 == 0:
        if months % len(list(found.months())):
            raise Unmeant("ambiguous_period", context.text)
        return found.shifted(months)
    reported = next((period for dated in context.captions.dated if dated.within_year and (period := dating.period_of(dated))), None)
    expected = reported.shifted(months) if reported else None
    if expected is None or expected.first % 12 + 1 != told.dated.month:
        raise Unmeant("ambiguous_period", told.text)
    return expected


def _dated(context: Context) -> Dated:
    within = _within(context)
    years = [dated for dated in (*context.beside.dated, *context.over.dated) if dated.year and not dated.exact]
    captions = context.captions.dated
    if within and within.dated:
        if within.dated.year:
            return within.dated
        if within.dated.quarter and not years and _is_of_other_year(within.dated, context):
            raise Unmeant("ambiguous_period", within.text)
        return _with_year(within.dated, [*years, *captions])
    if years:
        return _of_year(context, years)
    titles = [dated for dated in captions if not dated.exact]
    title = next((dated for dated in titles if dated.within_year), titles[0] if titles else None)
    if title is None or not _is_of(title, context):
        raise Unmeant("no_period", context.text)
    if title.year or not title.within_year:
        return title
    goal = context.captions.scenario
    lies_ahead = goal and goal.names_goal and goal.dated == title  # 年度末目標
    return _with_year(title, captions) if lies_ahead else _last_before(title, captions)


def _is_of(title: Dated, context: Context) -> bool:
    """Whether the time of a title is also that of a number among others that are dated: a month, or the quarter of 四半期目標."""
    quarter = title.quarter and (context.beside.quarterly or context.over.quarterly or not context.parted)
    return bool(not context.undated or quarter or (title.month and not title.first_month))


def _of_year(context: Context, years: Sequence[Dated]) -> Dated:
    """The time under headings of a year alone.

    当月 and 同月 are the month of the report in that year. On a sheet of 4月～1月 that compares them 累計 of each year are of those months.
    """
    whole = years[0] in (context.beside.span_of_year, context.over.span_of_year) or _is_goal_of_year(context, years[0])
    whole = whole or (context.parted and not context.cumulative)
    month = None if whole else next((dated for dated in context.captions.dated if dated.within_year), None)
    if month and (context.beside.of_month or context.over.of_month):
        years = [replace(each, same_month=True) for each in years]
    if month and month.first_month == _APRIL and context.cumulative and context.rated and years[0].fiscal:
        return replace(month, year=years[0].year, fiscal=True)
    return _year_only(years, month, cumulative=context.cumulative)


def _within(context: Context) -> Label | None:
    """The heading that names a part of a year: of two, one on each axis, the inner (4月 under 上半期); others must be the same."""
    beside, over = context.beside.within, context.over.within
    if beside and over and beside.dated and over.dated:
        if beside.dated.lies_in(over.dated):
            return beside
        if over.dated.lies_in(beside.dated):
            return over
    return agreed(beside, over, same=not (beside and over) or beside.dated == over.dated, clash="ambiguous_period")


def _in_year(year: Dated, month: Dated | None) -> Dated:
    """2019年度同月: the month of the report, or those from April to it, in another year; a fiscal one ends with March of the next."""
    if month is None or not month.month or month.first_month not in (None, _APRIL):
        raise Unmeant("ambiguous_period")
    return replace(month, year=year.year, fiscal=year.fiscal)


def _is_goal_of_year(context: Context, year: Dated) -> bool:
    """Whether one heading names a fiscal year and its target, plan or cap: that is of the whole year, whatever month is reported."""
    label = context.beside.scenario or context.over.scenario
    return bool(label and label.names_goal and year.fiscal and label.dated == year)


def _is_of_other_year(quarter: Dated, context: Context) -> bool:
    """Whether a quarter may be of another year than the month that captions name: they name another year too, or it begins only later.

    A goal may lie ahead.
    """
    captions = context.captions.dated
    label = context.beside.scenario or context.over.scenario
    month = next((period for dated in captions if dated.year and dated.month and (period := dating.period_of(dated))), None)
    if month is None or not _names_other_year(captions):
        return False
    if any(dated.fiscal and dated.year for dated in captions if not dated.within_year):
        return True
    own = dating.period_of(quarter.completed(month.last.fiscal_year, fiscal=True))
    return not (label and label.names_goal) and (own is None or own.first > month.last.first)


def _names_other_year(captions: Sequence[Dated]) -> bool:
    """Whether captions name a month, and none with it the fiscal year in which it lies: a quarter may then be of that year or the last."""
    months = [dated for dated in captions if dated.year and dated.month and not dated.first_month]
    fiscal = {dated.year for dated in captions if dated.fiscal and dated.year and not dated.within_year}
    return any({period.fiscal_year} != fiscal for dated in months if (period := dating.period_of(dated)))


def _year_only(years: Sequence[Dated], month: Dated | None, *, cumulative: bool) -> Dated:
    """A heading of a year alone: a whole fiscal year, unless a title names a month, for then it may be that year up to that month.

    令和5年度累計 on a sheet of August 2023 is: from April to that month.
    """
    if len({(dated.year, dated.fiscal) for dated in years}) > 1:
        raise Unmeant("ambiguous_period")
    year = years[0]
    if year.same_month:
        return _in_year(year, month)
    if month and cumulative and year.fiscal and _lies_in(month, year):
        return month.completed(year.year or 0, fiscal=True) if month.year is None else month
    if month and not (month.month == 3 and not month.first_month):
        raise Unmeant("ambiguous_period")
    return year


def _lies_in(month: Dated, year: Dated) -> bool:
    """Whether a month, or the months from April to it, lies in a fiscal year, so far as it tells of what year it is."""
    found = dating.period_of(month)
    return month.first_month in (None, _APRIL) and (month.year is None or bool(found and found.last.fiscal_year == year.year))


def _with_year(dated: Dated, sources: Sequence[Dated]) -> Dated:
    """The nearest year; a month of a title gives its fiscal year."""
    for source in sources:
        if source.year and (source.half or not source.within_year or (source.fiscal and source.first_month)):
            return dated.completed(source.year, fiscal=bool(source.half) or source.fiscal)
        if source.year and source.first_month and source.month and dated.month and not source.fiscal:
            later = source.month < source.first_month and dated.month < source.first_month
            return replace(dated, year=source.year + later)
        period = dating.period_of(source)
        if period:
            return dated.completed(period.last.fiscal_year, fiscal=True)
    return dated


def _last_before(title: Dated, captions: Sequence[Dated]) -> Dated:
    """The month that a title names by its number alone, under the date of a file or meeting: the last such month before it.

    But for one of the fiscal year that another caption names: it lies there.
    """
    dated = _with_year(title, captions)
    found = dating.period_of(dated)
    meeting = next((period for source in captions if source.within_year and (period := dating.period_of(source))), None)
    years = {source.year for source in captions if source.fiscal and not source.within_year}
    if found and meeting and dated.year and found.last.first > meeting.last.first and found.last.fiscal_year not in years:
        return replace(dated, year=dated.year - 1)
    return dated


def flow_basis(context: Context, when: Period) -> Basis:
    """Within its period or since April; Unmeant where a flow is dated as if it were a stock."""
    beside, over = context.beside.basis, context.over.basis
    if beside and over and {beside.basis, over.basis} == {"month", "ytd"}:  # 累計 beside 当月実績 is up to that month
        beside, over = (beside, None) if beside.basis == "ytd" else (None, over)
    own = agreed(beside, over, same=not (beside and over) or beside.basis == over.basis, clash="ambiguous_basis")
    until = context.beside.until or context.over.until
    label = own or _basis_of_captions(context.captions)
    if own and own.basis == "as_of" and context.captions.basis and context.captions.basis.basis == "ytd":
        label = context.captions.basis
    timed = any(said.within or said.yearly or any(each.year for each in said.dated) for said in (context.beside, context.over))
    if label and label.basis == "as_of":
        if not until and (own or not timed):
            raise Unmeant("ambiguous_basis" if label.far else "flow_as_of", label.text)
    elif label and label.far and label.basis != "month":
        raise Unmeant("ambiguous_basis", label.text)
    cumulative = until or bool(label and label.basis == "ytd")
    if when.kind == "year" and own is None and context.yearly:
        return "year"
    if _spans_from_april(context) and (cumulative or when.kind == "month"):
        return "ytd"
    if cumulative and (when.kind == "month" or (own and when.kind == "quarter")):
        return "ytd"
    return when.kind


def _basis_of_captions(captions: Said) -> Label | None:
    """What captions say of the basis; the day of a table above, 令和4年9月30日現在, says nothing of one whose own caption names a month."""
    label, dated = captions.basis, captions.within
    if label and dated and label.basis == "as_of" and captions.path.index(dated) < captions.path.index(label) and not dated.far:
        return None
    return label


def _spans_from_april(context: Context) -> bool:
    label = _within(context) or context.captions.within
    dated = label.dated if label else None
    return bool(dated and (dated.half == 1 or (dated.first_month == _APRIL and dated.month != _APRIL)))


def scenario(context: Context) -> Scenario:
    """Actual unless a heading, or the title of a sheet none of whose headings says, names a target, plan or cap."""
    beside, over = context.beside.scenario, context.over.scenario
    same = not (beside and over) or beside.scenario == over.scenario
    label = agreed(beside, over, same=same, clash="ambiguous_scenario")
    if label is None and not context.mixed:
        label = context.captions.scenario
        if label and (label.far if label.names_goal else _is_contradicted(label, context.captions)):
            raise Unmeant("ambiguous_scenario", label.text)
    return label.scenario or "actual" if label else "actual"


def _is_contradicted(actual: Label, captions: Said) -> bool:
    """Whether captions name another scenario than the actuals that one of them does; （１）月別計画 says nothing of （２）月別実績."""
    if actual.far:
        return captions.scenarios != {"actual"}
    return any(label.names_goal for label in captions.path if not label.far)


def status(context: Context) -> Status:
    """Provisional, estimated or revised where the nearest label that speaks of it says so."""
    label = context.beside.status or context.over.status or context.captions.status
    return label.status or "normal" if label else "normal"


def is_whole_span(said: Said, period: Period | None, context: Context) -> bool:
    """Whether 年間 and the like say of what time a figure is, rather than that it adds up others.

    So it is with コピー件数（年間） among headings of years, and with （参考）令和3年度年間実績 on a sheet of another year.
    """
    if period is None or not said.aggregate:
        return False
    if said.span and said.span == period.kind:
        return bool(context.beside.dated or context.over.dated) or not context.undated
    if said.shift_of_year:
        return True
    own, other = said.span_of_year, next((dated for dated in context.captions.dated if dated.year), None)
    sheet = dating.period_of(other) if other else None
    return bool(own and own.year and not own.within_year and sheet and sheet.last.fiscal_year != own.year)


def refuse_later_months(context: Context, when: Period) -> None:
    """Unmeant for a month after the one that the report is of: it holds zeros and copies, not yet figures."""
    label = context.captions.within or context.captions.day
    dated = label.dated if label else None
    reported = dating.period_of(dated if dated.year else _with_year(dated, context.captions.dated)) if dated else None
    year = next((each.year for each in context.captions.dated if each.fiscal and each.year and not each.within_year), None)
    if reported and year not in (None, reported.last.fiscal_year):
        return  # the month of a file's name, over a block of another year
    if not (label and reported and (context.beside.within or context.over.within)):
        return
    if reported.kind == "month" and when.last.first > reported.last.first:
        raise Unmeant("future", label.text)
