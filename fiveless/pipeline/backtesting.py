"""Published figures recomputed from the store, row by row."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from fiveless.errors import FivelessError
from fiveless.language import Words, listed
from fiveless.progress import Known
from fiveless.progress.comparing import compare
from fiveless.progress.measuring import Survey
from fiveless.progress.printed import Check, check
from fiveless.project import Project
from fiveless.store import Store
from fiveless.structure import Codelists, Indicator, Published

_YEAR = 12
_Sides = tuple[Decimal | None, Decimal | None, tuple[str, ...]]


def backtest(project: Project, codelists: Codelists) -> list[Check]:
    """Each published figure beside what the store makes of it; FivelessError where nothing is published."""
    if not codelists.published:
        says = Words(
            "この設定には、照らし合わせる公表値がありません（builtin = false）。",
            "There are no published figures to compare with (builtin = false).",
        )
        raise FivelessError(says)
    with Store.open(project.store, write=False) as store:
        known = Known(store.figures(), codelists)
    return [_checked(each, known) for each in codelists.published]


def _checked(published: Published, known: Known) -> Check:
    indicator = known.codelists.indicator.get(published.indicator)
    if indicator is None or indicator.kind == "cap":
        return _not_recomputed(published, Words("この指標は設定にありません。", "The settings have no such indicator."))
    alike = replace(indicator, comparison=published.basis)
    sides = _year_before if published.against == "previous_year" else _measured
    actual, base, missing = sides(published, alike, known)
    if missing and actual is not None:
        return _not_recomputed(published, _incomplete(missing, known.codelists))
    target = known.codelists.target(indicator.code, published.as_of.fiscal_year)
    return check(published, actual, base, target.value if target else None, "share" if indicator.kind == "share" else "reduction")


def _measured(published: Published, indicator: Indicator, known: Known) -> _Sides:
    survey = Survey(known, indicator, published.as_of)
    row = survey.total()
    missing = row.missing or tuple(
        each.code for part in survey.parts if "partial" in row.flags and not part.comparable for each in part.members
    )
    if published.exclusions:
        return (row.without.actual, row.without.base, missing) if row.without else (None, row.base, missing)
    return row.actual, row.base, missing


def _year_before(published: Published, indicator: Indicator, known: Known) -> _Sides:
    change = compare(known, indicator, published.as_of, published.as_of.shifted(-_YEAR))
    return change.now, change.then, change.left_out


def _not_recomputed(published: Published, why: Words) -> Check:
    return Check(published, None, None, None, "not_recomputed", why)


def _incomplete(missing: Sequence[str], codelists: Codelists) -> Words:
    """A part of the city is not what was printed of all of it."""
    names = [codelists.bureau[code].name for code in missing[:3] if code in codelists.bureau]
    more = Words(f" ほか{len(missing) - 3}局", f" and {len(missing) - 3} more") if len(missing) > 3 else Words("", "")
    says = Words(
        "全局の値がそろっていないため、再計算できません（{names}{more}）。",
        "It cannot be recomputed while figures are missing ({names}{more}).",
    )
    return says.filled(names=listed(names), more=more)
