"""What changed between two periods: each of the five with who made the change, or every bureau or office by what it made."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from rich.text import Text

from fiveless.figures import MINUS, amount, percent
from fiveless.language import Lang, Words
from fiveless.progress import Change, Move
from fiveless.progress.change import best_and_worst
from fiveless.progress.offices import parted
from fiveless.structure import LESS_NAMES, Codelists, Indicator
from fiveless.tables.lines import aligned, cells, cut, folded, hanging, left, packed
from fiveless.tables.progress import piped
from fiveless.tables.wording import LOOKS, NOBODY_ELSE, title, units, writer

_DRIVERS, _NAMED = 3, 12
_LABEL = 14
_ROOM, _OF_BUREAU = 24, 8
_TENTH, _HUNDREDTH = Decimal("0.1"), Decimal("0.01")
_BASES = {
    "ytd": Words("4月からの累計", "April to the month"),
    "month": Words("単月", "the month alone"),
    "as_of": Words("月末時点", "at the end of the month"),
    "period": Words("期間の合計", "the whole period"),
}
_LABELS = {
    "rates": Words("指標", "Indicator"),
    "amounts": Words("数量", "Amount"),
    "bureaus": Words("比べた局", "Compared"),
    "offices": Words("比べた部署", "Compared"),
    "drivers": Words("主な寄与", "Main drivers"),
    "movers": Words("改善と後退", "Movers"),
    "turned": Words("向きの逆転", "Reversed"),
}
_HEADS = {
    "less": Words("5つのレス", "Less"),
    "indicator": Words("指標", "Indicator"),
    "rates": Words("指標の動き", "Rate"),
    "measure": Words("数量", "Amount"),
    "times": Words("時期", "Periods"),
    "then": Words("比較先", "Then"),
    "now": Words("今回", "Now"),
    "change": Words("増減", "Change"),
    "relative": Words("増減率", "Change in %"),
    "counted": Words("比べた局", "Compared"),
}
_BUREAU, _OFFICE = Words("局", "Bureau"), Words("部署", "Office")
_OF_AMOUNT, _OF_SHARE = Words("増減", "Change"), Words("寄与度", "Contribution")
_PART, _UPTO = Words("寄与率", "Share"), Words("累積", "Running")
_RATES, _PER_HEAD = Words("指標の動き", "Indicator"), Words("一人当たり", "Per head")
_BETTER, _WORSE = Words("改善", "better"), Words("後退", "worse")
_NOTHING = Words("比べられる局がありません。", "No bureau can be compared.")
_BEYOND = Words(
    "寄与率は全体の増減に占める割合です。増えた局と減った局が打ち消し合うと、100 % を超えたりマイナスになったりします。",
    "Share is the part of the change of all. Where rises and falls cancel out, it can exceed 100 % or be negative.",
)


def headed(changes: Sequence[Change], codelists: Codelists, against: Words, scope: Words, lang: Lang) -> str:
    """The title: the month, and with what it is compared."""
    both = Words(f"{against.ja}との比較", f"compared with {against.en}")
    which = both if scope == NOBODY_ELSE else Words(f"{scope.ja}、{both.ja}", f"{scope.en}; {both.en}")
    return title(codelists, changes[0].period, lang, which)


def screen(changes: Sequence[Change], codelists: Codelists, head: str, lang: Lang, width: int | None) -> list[Text]:
    """Each indicator with its change, and below it who made most of it; `width` is None for a pipe."""
    lines = _bold(head, width)
    for each in changes:
        about = _About(each, codelists, lang)
        lines += [Text(), *_bold(about.name, width), *_labelled([*about.summary(), *about.who()], width)]
    return lines


def moves(changes: Sequence[Change], codelists: Codelists, head: str, lang: Lang, width: int | None) -> list[Text]:
    """For each indicator the bureaus or offices, from the one that made most of the change on."""
    lines = _bold(head, width)
    for each in changes:
        about = _About(each, codelists, lang)
        lines += [Text(), *_bold(about.name, width), *_labelled(about.summary(), width)]
        if each.moves:
            lines += [Text(), *(Text(line) for line in _fitted(about, width))]
        if any(move.part is not None and not 0 <= move.part <= 1 for move in each.moves):
            lines += [Text(line, "dim") for line in hanging("", _BEYOND.to(lang), width)]
    return lines


class _Said(NamedTuple):
    """What is said of a change below its name: a label, and parts that are kept together on a line."""

    label: str
    parts: list[str]
    colour: str = ""


def _bold(text: str, width: int | None) -> list[Text]:
    return [Text(line, "bold") for line in hanging("", text, width)]


def _labelled(said: Iterable[_Said], width: int | None) -> list[Text]:
    """A line for each label, its parts behind it, as many lines as they need below each other."""
    lines = []
    for each in said:
        parts = ["   ".join(each.parts)] if width is None else packed(each.parts, width - _LABEL - 2)
        for number, part in enumerate(parts):
            line = Text(f"  {left('' if number else each.label, _LABEL)}", "dim")
            lines.append(line.append(part, f"not dim {each.colour}".rstrip()))
    return lines


class _About:
    """One change in the words of one language."""

    def __init__(self, each: Change, codelists: Codelists, lang: Lang) -> None:
        self.each, self.codelists, self.lang = each, codelists, lang
        self.indicator: Indicator = codelists.indicator[each.indicator]
        self.measure = codelists.measure[self.indicator.numerator]
        self.of_offices = any(move.office for move in each.moves)

    @property
    def name(self) -> str:
        """The one of the five, and the indicator."""
        return f"{LESS_NAMES[self.each.less].to(self.lang)}  {self.indicator.name.to(self.lang)}"

    @property
    def times(self) -> str:
        """`2022年3月 → 2023年3月（単月）`."""
        span = f"{self.each.other.label(self.lang)} → {self.each.period.label(self.lang)}"
        return f"{span}{self._bracketed(_BASES[self.each.basis].to(self.lang))}"

    @property
    def unit(self) -> str:
        """The unit of the amounts."""
        return units(self.measure, self.lang)

    @property
    def better(self) -> int:
        """1 where a higher rate is better, -1 where a lower one is; 0 for a cap in other months, whose use can but grow."""
        if self.indicator.kind != "cap":
            return 1
        return -1 if self.each.period.fiscal_month == self.each.other.fiscal_month else 0

    def _bracketed(self, text: str) -> str:
        return f"（{text}）" if self.lang == "ja" else f" ({text})"

    def _joined(self, texts: Iterable[str]) -> str:
        return ("、" if self.lang == "ja" else ", ").join(texts)

    # The change of all

    def summary(self) -> Iterator[_Said]:
        """The rates, the amounts, and who was compared."""
        if self.rates(self.each) != "–":
            ours = self.indicator.comparison
            spans = [_BASES[ours].to(self.lang)] if ours == "ytd" != self.each.basis else []
            yield _Said(_LABELS["rates"].to(self.lang), [self.rates(self.each), *spans, *self.few()], self._colour())
        amounts = list(self._amounts()) if self.each.now is not None else [_NOTHING.to(self.lang), self.times]
        yield _Said(_LABELS["amounts"].to(self.lang), amounts)
        yield _Said(_LABELS["offices" if self.of_offices else "bureaus"].to(self.lang), list(self._counted()))

    def few(self) -> Iterator[str]:
        """Of how many the rates are, where it is not all that are compared."""
        if self.each.rated < self.each.counted:
            says = Words("基準・上限の分かる {n} だけの率", "of the {n} whose base or cap is known")
            yield says.filled(n=self.each.rated).to(self.lang)

    def _amounts(self) -> Iterator[str]:
        each = self.each
        yield f"{self.measure.name.to(self.lang)} {amount(each.then)} → {amount(each.now)} {self.unit}"
        share = self._bracketed(_percent(each.relative)) if each.relative is not None else ""
        yield f"{_signed(each.change)}{share}"
        yield self.times

    def rates(self, told: Change | Move) -> str:
        """`−73.2 % → −72.0 %（+1.2ポイント、後退）`; a dash where there is no rate."""
        if told.points is None:
            return "–"
        verdict = self.verdict(told)
        said = [self.points(told.points), *([verdict.to(self.lang)] if verdict and isinstance(told, Change) else [])]
        return f"{self.short_rates(told)}{self._bracketed(self._joined(said))}"

    def short_rates(self, told: Change | Move) -> str:
        """`−73.2 % → −72.0 %`."""
        if told.points is None:
            return "–"
        write = writer(self.indicator)
        return f"{write(told.rate_then)} → {write(told.rate_now)}"

    def points(self, value: Decimal, place: Decimal = _TENTH) -> str:
        """A difference of rates as they are written: of a reduction, which is written as a minus, the other way round."""
        said = -value if self.indicator.kind == "reduction" else value
        return f"{_with_sign(said * 100, place)}{Words('ポイント', ' points').to(self.lang)}"

    def verdict(self, told: Change | Move) -> Words | None:
        """Whether a change of the rate is for the better; None for none that shows."""
        points = (told.points or Decimal(0)).quantize(Decimal("0.001"), ROUND_HALF_UP) * self.better
        return _BETTER if points > 0 else _WORSE if points < 0 else None

    def _colour(self) -> str:
        verdict = self.verdict(self.each)
        return LOOKS["achieved"].colour if verdict == _BETTER else LOOKS["behind"].colour if verdict else ""

    def _counted(self) -> Iterator[str]:
        """How many were compared, and who could not be."""
        joined = Words("組織改編をまとめて比較", "across a reorganisation").to(self.lang)
        of = f"{self.each.counted}/{self.each.due}"
        yield f"{of}{self._bracketed(joined)}" if self.each.joined else of
        if self.each.left_out:
            names = [self._bureau(code) for code in self.each.left_out[:_NAMED]]
            more = self._more(len(self.each.left_out) - len(names))
            yield Words("比べられない：", "not comparable: ").to(self.lang) + self._joined(names) + more

    def _more(self, rest: int) -> str:
        return Words(f" ほか{rest}", f" and {rest} more").to(self.lang) if rest else ""

    # Who made it

    def who(self) -> Iterator[_Said]:
        """The moves that made most of the change, who gained and lost most, and who turned."""
        each = self.each
        if not each.moves or (not each.change and not each.points):
            return
        yield _Said(_LABELS["drivers"].to(self.lang), [self._driver(move) for move in each.moves[:_DRIVERS]])
        movers = list(self._movers()) if self.better else []
        if movers:
            yield _Said(_LABELS["movers"].to(self.lang), movers)
        turned = [self.named(move) for move in each.moves if move.turned] if self.better else []
        if turned:
            *first, last = turned[:_DRIVERS]
            yield _Said(_LABELS["turned"].to(self.lang), [*first, last + self._more(len(turned) - len(first) - 1)])

    def _driver(self, move: Move) -> str:
        part = self._bracketed(percent(move.part)) if move.part is not None else ""
        return f"{self.named(move)} {self.made(move)}{part}"

    def _movers(self) -> Iterator[str]:
        best, worst = best_and_worst(self.each, self.better)
        for words, move in ((Words("最も改善：", "most improved: "), best), (Words("最も後退：", "fell back most: "), worst)):
            if move:
                yield f"{words.to(self.lang)}{self.named(move)} {self.points(move.points or Decimal(0))}"

    def made(self, move: Move) -> str:
        """What a move gave to the change: units, of a share points to two places."""
        return self.points(move.made, _HUNDREDTH) if self.indicator.kind == "share" else _signed(move.made)

    def named(self, move: Move) -> str:
        """The bureau, the office of it, or the bureaus of now that are joined with former ones."""
        if move.office:
            return f"{self._bureau(move.bureau)} {move.office}"
        now = [code for code in move.members if self._is_now(code)] or [move.bureau]
        name = Words("と", " and ").to(self.lang).join(map(self._bureau, now))
        former = len(move.members) - len(now)
        return name + (self._bracketed(_former(former).to(self.lang)) if former else "")

    def _is_now(self, code: str) -> bool:
        bureau = self.codelists.bureau.get(code)
        return bureau is None or bureau.exists(self.each.period.last)

    def _bureau(self, code: str) -> str:
        """A bureau's name, with that of the office where the code is that of one."""
        head, office = parted(code)
        bureau = self.codelists.bureau.get(head)
        return " ".join(filter(None, (bureau.name.to(self.lang) if bureau else head, office)))

    def cut_name(self, move: Move, room: int) -> str:
        """The name in some cells; of an office the bureau's part is cut first."""
        name, of_office = self.named(move), room - cells(move.office) - 1
        if cells(name) > room and move.office and of_office >= _OF_BUREAU:
            return f"{cut(self._bureau(move.bureau), of_office)} {move.office}"
        return cut(name, room)

    # Every bureau or office

    def columns(self) -> dict[str, list[str]]:
        """The columns of the table of moves, each with its head; those of which nothing is known are left out."""
        each, lang = self.each, self.lang
        share = self.indicator.kind == "share"
        columns = {
            "who": [(_OFFICE if self.of_offices else _BUREAU).to(lang), *map(self.named, each.moves)],
            "then": [each.other.label(lang), *(amount(move.then) for move in each.moves)],
            "now": [each.period.label(lang), *(amount(move.now) for move in each.moves)],
            "made": [(_OF_SHARE if share else _OF_AMOUNT).to(lang), *map(self.made, each.moves)],
            "part": [_PART.to(lang), *(percent(move.part) for move in each.moves)],
            "upto": [_UPTO.to(lang), *(percent(move.upto) for move in each.moves)],
            "rates": [_RATES.to(lang), *map(self.rates, each.moves)],
            "short": [_RATES.to(lang), *map(self.short_rates, each.moves)],
            "heads": [_PER_HEAD.to(lang), *(f"{amount(move.per_head_then)} → {amount(move.per_head_now)}" for move in each.moves)],
        }
        known = {"rates": any(move.points is not None for move in each.moves), "heads": any(move.per_head_now for move in each.moves)}
        return {name: column for name, column in columns.items() if known.get("rates" if name == "short" else name, True)}


def _former(count: int) -> Words:
    return Words(f"前身{count}局を含む", f"with {count} former bureau{'s' if count > 1 else ''}")


_ALL = ("who", "then", "now", "made", "part", "upto", "rates", "heads")
_CHOICES: tuple[tuple[str, ...], ...] = (
    _ALL,
    ("who", "then", "now", "made", "part", "upto", "short", "heads"),
    ("who", "then", "now", "made", "part", "upto", "short"),
    ("who", "then", "now", "made", "part", "short"),
    ("who", "then", "now", "made", "part", "upto"),
    ("who", "then", "now", "made", "part"),
    ("who", "now", "made", "part"),
    ("who", "made", "part"),
)
_FIGURES = frozenset({"then", "now", "made", "part", "upto"})


def _fitted(about: _About, width: int | None) -> list[str]:
    """The table in a width: with as many columns as leave room to tell the names apart, else each row in lines of its own."""
    columns = about.columns()
    if width is None:
        return _table(columns, _ALL)
    for choice in _CHOICES:
        longest = max(map(cells, columns["who"]))
        room = min(longest, longest - max(map(cells, _table(columns, choice))) + width)
        names = [about.cut_name(move, room) for move in about.each.moves] if room >= min(longest, _ROOM) else []
        if names and len(set(names)) == len(set(columns["who"][1:])):
            return _table({**columns, "who": [columns["who"][0], *names]}, choice)
    return list(_stacked(columns, width))


def _table(columns: dict[str, list[str]], choice: Sequence[str]) -> list[str]:
    names = [name for name in choice if name in columns]
    figures = [place for place, name in enumerate(names) if name in _FIGURES]
    return aligned(list(zip(*(columns[name] for name in names), strict=True)), figures=figures)


def _stacked(columns: dict[str, list[str]], width: int) -> Iterator[str]:
    """For a narrow screen: the name of each, and below it what is told, each with its head."""
    told = [columns[name] for name in _ALL[1:] if name in columns]
    for number, name in enumerate(columns["who"][1:], 1):
        yield from folded(name, width)
        yield from (f"  {line}" for line in packed([f"{column[0]} {column[number]}" for column in told], width - 2))


def markdown(changes: Sequence[Change], codelists: Codelists, lang: Lang, *, every: bool) -> str:
    """The changes as Markdown: one table, or (`every`) one for each indicator with all that moved."""
    abouts = [_About(each, codelists, lang) for each in changes]
    if every:
        return "\n\n".join(_of_moves(about) for about in abouts)
    return piped([head.to(lang) for head in _HEADS.values()], map(_row, abouts))


def _of_moves(about: _About) -> str:
    columns = about.columns()
    names = [name for name in _ALL if name in columns]
    heads, *rows = zip(*(columns[name] for name in names), strict=True)
    said = "; ".join(part for each in about.summary() for part in each.parts)
    return f"**{about.name}** {said}\n\n{piped(heads, rows, '--:')}"


def _row(about: _About) -> list[str]:
    each = about.each
    names = [LESS_NAMES[each.less].to(about.lang), about.indicator.name.to(about.lang), "; ".join([about.rates(each), *about.few()])]
    figures = [amount(each.then), f"{amount(each.now)} {about.unit}", _signed(each.change), _percent(each.relative)]
    return [*names, about.measure.name.to(about.lang), about.times, *figures, f"{each.counted}/{each.due}"]


# Signs ------------------------------------------------------------------------------------------------------------------


def _signed(value: Decimal | None) -> str:
    return "–" if value is None else f"{'+' if value > 0 else '' if value else '±'}{amount(value)}"


def _percent(value: Decimal | None) -> str:
    return "–" if value is None else f"{_with_sign(value * 100, _TENTH)} %"


def _with_sign(value: Decimal, place: Decimal) -> str:
    """A figure to a place with its sign, `±` where nothing is left of it."""
    shown = value.quantize(place, ROUND_HALF_UP)
    return f"{'±' if not shown else '+' if shown > 0 else MINUS}{abs(shown):f}"
