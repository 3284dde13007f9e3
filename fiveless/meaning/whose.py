"""Whose number it is, and in what unit it is counted."""

import re
from collections.abc import Sequence
from functools import cache

from fiveless.labels import Label, looks_like_office
from fiveless.meaning.said import Context, Said, Unmeant, agreed, tells_kind
from fiveless.notation import Unit
from fiveless.period import Period
from fiveless.structure import Codelists, Measure

_BUREAU_TOTAL = re.compile(r"(?:当?局|全局|庁|本部|全庁|全体)の?(?:合計|総計|計)")
_WHOLE_BUREAU = re.compile(r"[(（【\[](?:[^()（）]{0,12}(?:局|庁|本部|委員会|市場|室))(?:合?計|全体)[)）】\]]")
_FOREIGN = frozenset({"箱", "冊", "円", "yen"})


def bureau(context: Context, period: Period | None, codelists: Codelists) -> str:
    """The code of the one bureau that is named and that existed in the period; Unmeant otherwise."""
    return existing(named_bureau(context, codelists), period, codelists)


def named_bureau(context: Context, codelists: Codelists) -> Label:
    """The heading or caption that names the one bureau; Unmeant where there is none, or more than one."""
    unknown = context.beside.unknown_bureau
    if unknown:
        raise Unmeant("unknown_bureau", unknown.text, _near_bureaus(unknown.text, codelists))
    beside, over = context.beside.bureau, context.over.bureau
    same = not (beside and over) or beside.bureaus == over.bureaus
    label = agreed(beside, over, same=same, clash="ambiguous_bureau") or context.captions.bureau
    if label is None:
        raise Unmeant("no_bureau", context.text)
    file = context.captions.path[-1] if context.captions.path else label
    if label not in (beside, over) and not label.named and _are_others(file.bureaus, label.bureaus, codelists):
        raise Unmeant("ambiguous_bureau", f"{label.text} / {file.text}")
    near = _unknown_before(label, context.captions.path) if label.far and not (label.named or file.bureaus) else None
    if near:
        raise Unmeant("ambiguous_bureau", f"{near.text} / {label.text}")
    return label


def existing(label: Label, period: Period | None, codelists: Codelists) -> str:
    """The code of the one bureau of those that a label names that existed in a period; Unmeant otherwise."""
    then = tuple(code for code in label.bureaus if period is None or codelists.bureau[code].exists(period))
    if not then and period:
        raise Unmeant("bureau_not_then", label.text, _heirs(label.bureaus[0], period, codelists))
    if len(then) > 1:
        raise Unmeant("ambiguous_bureau", label.text, then)
    return then[0]


def _are_others(codes: Sequence[str], others: Sequence[str], codelists: Codelists) -> bool:
    """Whether no bureau is among both, under its own name or under one that it had at another time (生活文化局, 生活文化スポーツ局)."""
    return bool(codes) and not any(_is_one(codelists, one, other) for one in codes for other in others)


def _is_one(codelists: Codelists, one: str, other: str) -> bool:
    if one == other:
        return True
    first, second = sorted((codelists.bureau[one], codelists.bureau[other]), key=lambda each: each.first)
    return codelists.lineage[one] == codelists.lineage[other] and first.last < second.first


def _unknown_before(label: Label, captions: Sequence[Label]) -> Label | None:
    """A table's own caption that may name another bureau or office than the caption of a table above: ■水道局, then ■水道."""
    own = (each for each in captions[: captions.index(label)] if not (each.far or each.names_measure or each.document))
    return next((each for each in own if each.rest), None)


def _near_bureaus(text: str, codelists: Codelists) -> list[str]:
    from rapidfuzz import process

    names = {name: bureau.code for bureau in codelists.bureaus for name in (bureau.name.ja, *bureau.aliases)}
    return list(dict.fromkeys(names[name] for name, _, _ in process.extract(text, names.keys(), limit=3, score_cutoff=60)))


def _heirs(code: str, period: Period, codelists: Codelists) -> list[str]:
    line = codelists.lineage
    return [bureau.code for bureau in codelists.bureaus if line[bureau.code] == line[code] and bureau.exists(period)]


def office(context: Context) -> str:
    """The office as written, or empty; Unmeant where row and column name two."""
    beside, over = _specific(_inner_office(context.beside), _inner_office(context.over))
    label = agreed(beside, over, same=not (beside and over) or beside.office == over.office, clash="ambiguous_office")
    group = context.beside.group or context.over.group
    if label is None and group and not (context.beside.bureau or context.over.bureau):
        return group.text
    if label is None and not any(map(_is_of_bureau, (*context.beside.path, *context.over.path))):
        label = _office_above(context)
        near = _unknown_before(label, context.captions.path) if label and label.far and not label.named else None
        if label and near:
            raise Unmeant("ambiguous_office", f"{near.text} / {label.text}")
    return label.office if label else ""


def _specific(beside: Label | None, over: Label | None) -> tuple[Label | None, Label | None]:
    """Of 総務部 and 本庁, one on each axis, the first alone: the other tells what kind of office it is."""
    if beside and over and beside.office != over.office:
        if tells_kind(over):
            return beside, None
        if tells_kind(beside):
            return None, over
    return beside, over


def _office_above(context: Context) -> Label | None:
    """The office that captions name; デジタルサービス局総務部 above the figures of all bureaus has gathered them."""
    label = context.captions.office_above
    own = context.beside.bureau or context.over.bureau
    if label and any(_says_whole_bureau(each) for each in context.captions.path if not each.far):
        return None
    if label is None or own is None or label.named:
        return label
    if label.bureaus:
        return None
    raise Unmeant("ambiguous_office", f"{own.text} / {label.text}")


@cache
def _says_whole_bureau(label: Label) -> bool:
    """Whether a caption says that what it heads is the bureau's as a whole: 実績の推移（局計）."""
    return bool(_WHOLE_BUREAU.search(label.text))


@cache
def _is_of_bureau(label: Label) -> bool:
    """Whether a total is by its name the bureau's (局計), whatever office a caption above names."""
    return bool(label.aggregate and _BUREAU_TOTAL.fullmatch(label.text))


def _inner_office(said: Said) -> Label | None:
    """The office that labels name. What only its heading (組織) makes an office is none before a bureau: 知事部局｜環境局.

    A group of bureaus it may be; of any other name nobody can tell.
    """
    office, bureau = said.office, said.bureau
    if office is None or bureau is None or looks_like_office(office.office) or said.path.index(office) <= said.path.index(bureau):
        return office
    if office.group:
        return None
    raise Unmeant("ambiguous_office", f"{office.text} / {bureau.text}")


def counts(unit: Unit, measure: Measure) -> bool:
    """Whether a measure is counted in a unit."""
    return unit.name in measure.units or unit.name in (measure.unit_ja, measure.unit)


def factor(context: Context, measure: Measure | None) -> int:
    """What a number is to be multiplied by: 1000 under 千枚; Unmeant where the unit does not fit or is not clear."""
    own = [context.right] if context.right else [label for label in (context.beside.units, context.over.units) if label]
    if measure is None:
        return own[0].units[0].factor if own and own[0].units else 1
    if own:
        return _own_factor(own, measure)
    naming = None if context.over.counted or context.beside.counted else context.captions.counted
    noun = context.over.counted_as or context.beside.counted_as or (naming if naming and naming.counted else None)
    if noun and not counts(Unit(noun.counted, 1), measure):
        raise Unmeant("unit", noun.text)
    for label in context.captions.path:
        if (
            label.unclear_unit
            or (_counts_nothing(label) and not label.far)
            or (label is naming and label.units and not _factors([label], measure))
        ):
            raise Unmeant("unit", label.text)
        fitting = _factors([label], measure)
        if len(fitting) > 1 or (label.far and fitting - {1}):
            raise Unmeant("ambiguous_unit", label.text)
        if fitting:
            return fitting.pop()
    return 1


def _counts_nothing(label: Label) -> bool:
    """Whether a caption states units in which nothing is counted that we know: 箱, 冊, 円."""
    return bool(label.units) and all(unit.name in _FOREIGN for unit in label.units)


def _factors(labels: Sequence[Label], measure: Measure) -> set[int]:
    """The factors of the units that fit a measure; its own unit stands before another in which it may be counted (コピー: 件, not 枚)."""
    units = [unit for label in labels for unit in label.units if counts(unit, measure)]
    own = {unit.factor for unit in units if unit.name in (measure.unit_ja, measure.unit)}
    return own or {unit.factor for unit in units}


def _own_factor(labels: Sequence[Label], measure: Measure) -> int:
    factors = _factors(labels, measure)
    text = " / ".join(label.text for label in labels)
    if not factors or any(label.unclear_unit for label in labels):
        raise Unmeant("unit", text)
    if len(factors) > 1:
        raise Unmeant("ambiguous_unit", text)
    return factors.pop()
