"""What changed between two periods: each of the five with who made the change, or every bureau or office by what it made."""

from collections.abc import Sequence
from decimal import Decimal

from rich.text import Text

from fiveless.figures import MINUS, amount, percent, plural, reduced
from fiveless.language import Lang, Words
from fiveless.progress import Change, Move
from fiveless.progress.comparing import best_and_worst, parted
from fiveless.structure import LESS_NAMES, Codelists, Indicator
from fiveless.tables.lines import aligned, cells, cut, folded
from fiveless.tables.progress import piped
from fiveless.tables.wording import NOBODY_ELSE, title

_DRIVERS, _NAMED = 3, 12
_FIGURES = range(1, 6)
_LEAST, _ROOM = 4, 12
_BASES = {
    "ytd": Words("4月からの累計", "sums since April"),
    "month": Words("単月", "the months alone"),
    "as_of": Words("月末時点", "at the end of the month"),
    "period": Words("期間の合計", "sums of the periods"),
}
_HEADS = {
    "less": Words("5つのレス", "Less"),
    "indicator": Words("指標", "Indicator"),
    "times": Words("時期", "Times"),
    "then": Words("比較先", "Then"),
    "now": Words("今回", "Now"),
    "change": Words("増減", "Change"),
    "relative": Words("増減率", "Change in %"),
    "rates": Words("指標の動き", "Indicator"),
    "counted": Words("比べた局", "Compared"),
}
_MOVE_HEADS = {
    "who": Words("局", "Bureau"),
    "then": Words("比較先", "Then"),
    "now": Words("今回", "Now"),
    "made": Words("寄与", "Made"),
    "part": Words("割合", "Part"),
    "upto": Words("累積", "Up to"),
    "rates": Words("指標の動き", "Indicator"),
}
_PER_HEAD = Words("一人当たり", "Per head")


def headed(changes: Sequence[Change], codelists: Codelists, against: Words, scope: Words, lang: Lang) -> str:
    """The title: the month, and with what it is compared."""
    both = Words(f"{against.ja}との比較", f"against {against.en}")
    which = both if scope == NOBODY_ELSE else Words(f"{scope.ja}、{both.ja}", f"{scope.en}; {both.en}")
    return title(codelists, changes[0].period, lang, which)


def screen(changes: Sequence[Change], codelists: Codelists, head: str, lang: Lang, width: int | None) -> list[Text]:
    """Each indicator with its change, and below it who made most of it; `width` is None for a pipe."""
    lines = [Text(head, "bold"), Text()]
    for each in changes:
        lines += [*_summary(each, codelists, lang, width), Text()]
    return lines[:-1]


def _summary(each: Change, codelists: Codelists, lang: Lang, width: int | None) -> list[Text]:
    indicator = codelists.indicator[each.indicator]
    name = f"{LESS_NAMES[each.less].to(lang)}  {indicator.name.to(lang)}"
    said = [_amounts(each, codelists, lang), _rates_of_all(each, indicator, lang), _counted(each, codelists, lang)]
    said += _who(each, codelists, lang)
    lines = [Text(name, "bold")]
    for line in filter(None, said):
        lines += [Text(f"  {part}") for part in (folded(line, width - 2) if width else [line])]
    return lines


def _times(each: Change, lang: Lang) -> str:
    basis = _BASES[each.basis].to(lang)
    span = f"{each.other.label(lang)} → {each.period.label(lang)}"
    return f"{span}（{basis}）" if lang == "ja" else f"{span} ({basis})"


def _amounts(each: Change, codelists: Codelists, lang: Lang) -> str:
    """The two periods and their amounts."""
    if each.now is None or each.then is None:
        return Words("比べられる局がありません。", "No bureau can be compared.").to(lang)
    measure = codelists.measure[codelists.indicator[each.indicator].numerator]
    unit = measure.unit_ja if lang == "ja" else plural(measure.unit)
    share = f" ({_signed_percent(each.relative)})" if each.relative is not None else ""
    return f"{_times(each, lang)}  {amount(each.then)} → {amount(each.now)} {unit}  {_signed(each.change)}{share}"


def _rates(each: Change | Move, indicator: Indicator, lang: Lang) -> str:
    if each.rate_now is None or each.rate_then is None:
        return ""
    points = _points(each.points)
    write = reduced if indicator.kind == "reduction" else percent
    return f"{write(each.rate_then)} → {write(each.rate_now)}" + (f"（{points}ポイント）" if lang == "ja" else f" ({points} points)")


def _rates_of_all(each: Change, indicator: Indicator, lang: Lang) -> str:
    """The rates, and of how many bureaus they are where it is not all that are compared."""
    told = _rates(each, indicator, lang)
    few = Words("（基準・上限の分かる {n} 局だけの率）", " (of the {n} whose base or cap is known)").filled(n=each.rated)
    return told + few.to(lang) if told and each.rated < each.counted else told


def _counted(each: Change, codelists: Codelists, lang: Lang) -> str:
    """How many were compared, and who could not be."""
    says = Words("両方の値がある {n}/{all} で比較", "compared: {n} of {all} that gave both")
    joined = Words("、組織改編をまとめて比較", ", across a reorganisation") if each.joined else NOBODY_ELSE
    names = [_bureau(code, codelists, lang) for code in each.left_out[:_NAMED]]
    more = Words(" ほか{n}", " and {n} more").filled(n=len(each.left_out) - _NAMED) if len(each.left_out) > _NAMED else NOBODY_ELSE
    left_out = Words("。比べられないのは {names}{more}", "; not: {names}{more}") if names else NOBODY_ELSE
    named = left_out.filled(names=("、" if lang == "ja" else ", ").join(names), more=more)
    return says.filled(n=each.counted, all=each.due).to(lang) + joined.to(lang) + named.to(lang)


def _who(each: Change, codelists: Codelists, lang: Lang) -> list[str]:
    """The moves that made most of the change, who gained and lost most, and who turned."""
    indicator = codelists.indicator[each.indicator]
    if not each.moves or (not each.change and not each.points):
        return []
    drivers = [_driver(move, indicator, codelists, lang) for move in each.moves[:_DRIVERS]]
    said = [f"{Words('主な寄与', 'Made by').to(lang)}: {', '.join(drivers)}" if lang == "en" else f"主な寄与：{'、'.join(drivers)}"]
    best, worst = best_and_worst(each, -1 if indicator.kind == "cap" else 1)
    told = [(Words("最も改善", "best"), best), (Words("最も後退", "worst"), worst)]
    movers = [f"{words.to(lang)} {_named(move, codelists, lang)} {_points(move.points)}" for words, move in told if move]
    if movers:
        said.append(("、" if lang == "ja" else ", ").join(movers) + Words("ポイント", " points").to(lang))
    turned = [_named(move, codelists, lang) for move in each.moves if move.turned]
    if turned:
        said.append(Words("動きが反転：{who}", "Turned: {who}").filled(who=("、" if lang == "ja" else ", ").join(turned)).to(lang))
    return said


def _driver(move: Move, indicator: Indicator, codelists: Codelists, lang: Lang) -> str:
    part = f" ({percent(move.part)})" if move.part is not None else ""
    return f"{_named(move, codelists, lang)} {_made(move, indicator, lang)}{part}"


def _made(move: Move, indicator: Indicator, lang: Lang) -> str:
    return f"{_points(move.made)}{Words('ポイント', ' points').to(lang)}" if indicator.kind == "share" else _signed(move.made)


def _named(move: Move, codelists: Codelists, lang: Lang) -> str:
    """The bureau, the office of it, or all bureaus that are joined."""
    if move.office:
        return f"{_bureau(move.bureau, codelists, lang)} {move.office}"
    return (
        "・".join(_bureau(code, codelists, lang) for code in move.members)
        if len(move.members) > 1
        else _bureau(move.bureau, codelists, lang)
    )


def _bureau(code: str, codelists: Codelists, lang: Lang) -> str:
    """A bureau's name, with that of the office where the code is that of one."""
    head, office = parted(code)
    bureau = codelists.bureau.get(head)
    return " ".join(filter(None, (bureau.name.to(lang) if bureau else head, office)))


# Every bureau or office -------------------------------------------------------------------------------------------------


def moves(changes: Sequence[Change], codelists: Codelists, head: str, lang: Lang, width: int | None) -> list[Text]:
    """For each indicator the bureaus or offices, from the one that made most of the change on."""
    lines = [Text(head, "bold")]
    for each in changes:
        indicator = codelists.indicator[each.indicator]
        lines += [Text(), Text(f"{LESS_NAMES[each.less].to(lang)}  {indicator.name.to(lang)}", "bold")]
        for said in (_amounts(each, codelists, lang), _counted(each, codelists, lang)):
            lines += [Text(part, "dim") for part in (folded(said, width) if width else [said])]
        if each.moves:
            lines += [Text(line) for line in _fitted(_table(each, indicator, codelists, lang), width)]
    return lines


def _table(each: Change, indicator: Indicator, codelists: Codelists, lang: Lang) -> list[list[str]]:
    heads = [head.to(lang) for head in _MOVE_HEADS.values()]
    rows = [
        [
            _named(move, codelists, lang),
            *(amount(move.then), amount(move.now), _made(move, indicator, lang), percent(move.part), percent(move.upto)),
            _rates(move, indicator, lang) or "–",
        ]
        for move in each.moves
    ]
    if any(move.per_head_now is not None for move in each.moves):
        heads.append(_PER_HEAD.to(lang))
        rows = [[*row, f"{amount(move.per_head_then)} → {amount(move.per_head_now)}"] for row, move in zip(rows, each.moves, strict=True)]
    return [heads, *rows]


def _fitted(table: list[list[str]], width: int | None) -> list[str]:
    """The table in a width: names are cut, then columns from the right are left out."""
    lines = aligned(table, figures=_FIGURES)
    while width is not None and (excess := max(map(cells, lines)) - width) > 0 and len(table[0]) > _LEAST:
        longest = max(cells(row[0]) for row in table)
        room = max(_ROOM, longest - excess)
        cut_short = [[cut(row[0], room), *row[1:]] for row in table]
        table = cut_short if room < longest else [row[:-1] for row in table]
        lines = aligned(table, figures=_FIGURES)
    return lines


def markdown(changes: Sequence[Change], codelists: Codelists, lang: Lang, *, every: bool) -> str:
    """The changes as Markdown: one table, or (`every`) one for each indicator with all that moved."""
    if every:
        parts = []
        for each in changes:
            indicator = codelists.indicator[each.indicator]
            heads, *rows = _table(each, indicator, codelists, lang)
            said = f"{_amounts(each, codelists, lang)}  {_counted(each, codelists, lang)}"
            parts.append(f"**{indicator.name.to(lang)}** {said}\n\n{piped(heads, rows, '--:')}")
        return "\n\n".join(parts)
    rows = [_row(each, codelists, lang) for each in changes]
    return piped([head.to(lang) for head in _HEADS.values()], rows)


def _row(each: Change, codelists: Codelists, lang: Lang) -> list[str]:
    indicator = codelists.indicator[each.indicator]
    figures = [amount(each.then), amount(each.now), _signed(each.change), _signed_percent(each.relative)]
    return [
        LESS_NAMES[each.less].to(lang),
        indicator.name.to(lang),
        _times(each, lang),
        *figures,
        _rates_of_all(each, indicator, lang) or "–",
        f"{each.counted}/{each.due}",
    ]


# Signs ------------------------------------------------------------------------------------------------------------------


def _signed(value: Decimal | None) -> str:
    return "–" if value is None else f"{'+' if value > 0 else '' if value else '±'}{amount(value)}"


def _signed_percent(value: Decimal | None) -> str:
    if value is None:
        return "–"
    shown = percent(value).removeprefix(MINUS)
    nothing = not any(digit in shown for digit in "123456789")
    return f"{'±' if nothing else '+' if value > 0 else MINUS}{shown}"


def _points(value: Decimal | None) -> str:
    return _signed_percent(value).removesuffix(" %")
