"""What a table must state: the units of its numbers, time in western years, areas in full, the meaning of its signs."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from fiveless import dating, notation
from fiveless.lint.content import example, is_code
from fiveless.lint.flaws import Flaw, Place, flaw
from fiveless.lint.page import Page
from fiveless.lint.tables import Table

_SCALE = r"(?:[一十百千万億兆]{0,2}|1,?0{2,3}(?:,?000)*)"
_UNITS = (
    r"(?:枚|件|通|回|本|人|名|者|世帯|戸|棟|店|社|校|園|床|施設|事業所|団体|[箇か所カヶケ]{1,2}所|手続き?|箱|冊|部|台|両|機|個|点|頁|ページ|円|ドル|%|％|パーセント|ポイント|pt"
    r"|時間|分|秒|日|週|か月|ヶ月|年|歳|倍|度|℃|m|㎡|m2|km2?|平方メートル|平方キロメートル|ha|ヘクタール|kg|g|t|トン|l|ℓ|kl|リットル|kwh|mwh|kw|mj|gj|mb|gb"
    r"|sheets?|faxes|fax|copies|cases|items|visits|facilities|procedures|payments|documents|persons|people|yen|hours|days|min)"
)
_IN_BRACKETS = re.compile(rf"[(\[](?:単位\s*:?\s*)?{_SCALE}{_UNITS}(?:[、・,/／].{{0,8}})?[)\]]", re.IGNORECASE)
_WHOLE = re.compile(rf"{_SCALE}{_UNITS}", re.IGNORECASE)
_CAPTION = re.compile(r"単位(?!時間)\s*[:はが]?\s*\S|\bunits?\s*:", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?:件|枚|人|通|回|冊|箱|台|個|本|世帯|戸|棟|店舗|校|施設|手続き?|日|時間)数|(?:率|割合|比率|構成比|指数|倍率|パーセント|%)(?:$|[^ァ-ヿ一-龥])|金額"
    r"|\b(?:number of|rate|share|percent)",
    re.IGNORECASE,
)


@cache
def _states_unit(text: str) -> bool:
    plain = notation.normalised(text)
    return bool(_IN_BRACKETS.search(plain) or _WHOLE.fullmatch(plain) or _CAPTION.search(plain) or _COUNTED.search(plain))


def units(table: Table, captions: Iterable[str]) -> Iterator[Flaw]:
    """Numbers of which no heading, label or caption states the unit."""
    page, name = table.page, table.page.grid.name
    if any(_CAPTION.search(notation.normalised(text)) or _IN_BRACKETS.search(notation.normalised(text)) for text in captions):
        return
    lacking = [column for column in table.numeric if not is_code(table, column) and not any(map(_states_unit, table.heading(column)))]
    rows = [row for row in table.rows if not any(_states_unit(page.text((row, column))) for column in table.labels)]
    bare = {(row, column) for row in rows for column in lacking if _needs_unit(page, (row, column))}
    if not bare:
        return
    by_row = bool(table.headings) and all(_heads_time(table, column) for column in {column for _, column in bare})
    if by_row:
        yield from flaw("no_unit_rows", name, {(row, table.box.left) for row, _ in bare})
    else:
        last = table.heading_rows[-1] if table.headings else table.box.top
        yield from flaw("no_unit", name, {(last, column) for _, column in bare})


def _needs_unit(page: Page, place: Place) -> bool:
    return page.sort(place) == "number" and place not in page.grid.percent


def _heads_time(table: Table, column: int) -> bool:
    return any(dating.find(notation.normalised(text))[0] for text in table.heading(column))


_ERA = re.compile(
    r"(?:明治|大正|昭和|平成|令和)\s?(?:元|\d{1,2}|[一二三四五六七八九十]{1,3})"
    r"|(?<![A-Za-z])[MTSHR]\.?\d{1,2}(?=[./年-]|$)"
)
_WESTERN = re.compile(r"(?:19|20)\d\d")
_NOTE = re.compile(r"[※*]|注|備考")
_SHORT = 60


def time(page: Page, tables: Iterable[Table]) -> Iterator[Flaw]:
    """Years by era alone in titles, headings and labels; months without a year in headings and labels."""
    dated = {place: text for place, said in page.texts.items() if (text := _dated(said))}
    eras = [place for place, text in dated.items() if _ERA.search(text) and not _WESTERN.search(text)]
    yield from flaw("era", page.grid.name, eras, example=example(map(page.text, eras)))
    held = list(tables)
    months = [place for place, text in dated.items() if _is_yearless(text) and any(table.holds(place) for table in held)]
    yield from flaw("yearless", page.grid.name, months, example=example(map(page.text, months)))


@cache
def _dated(text: str) -> str:
    """A short text that says something of time, normalised; else "". Notes are left alone."""
    plain = notation.normalised(text)
    if len(plain) > _SHORT or _NOTE.match(plain):
        return ""
    return plain if dating.find(plain)[0] or _ERA.search(plain) else ""


def _is_yearless(text: str) -> bool:
    dated, rest = dating.find(text)
    return dated is not None and dated.year is None and dated.month is not None and len(rest.replace(dating.DATE, "").strip("()分度 ")) <= 1


_PREFECTURES = re.compile(
    "青森|岩手|宮城|秋田|山形|福島|茨城|栃木|群馬|埼玉|千葉|東京|神奈川|新潟|富山|石川|福井|山梨|長野|岐阜|静岡|愛知|三重"
    "|滋賀|京都|大阪|兵庫|奈良|和歌山|鳥取|島根|岡山|広島|山口|徳島|香川|愛媛|高知|福岡|佐賀|長崎|熊本|大分|宮崎|鹿児島|沖縄"
)
_AREA_CODE = re.compile(r"コード|番号|code", re.IGNORECASE)
_FEWEST_AREAS = 3


def areas(table: Table) -> Iterator[Flaw]:
    """Three or more prefectures in a column without 都, 府 or 県, and no column of codes."""
    if any(_AREA_CODE.search(text) for column in table.columns for text in table.heading(column)):
        return
    for column in table.columns:
        texts = {place: table.page.texts[place] for place in table.body(column) if place in table.page.texts}
        short = {place: text.strip() for place, text in texts.items() if _PREFECTURES.fullmatch(text.strip())}
        if len(set(short.values())) >= _FEWEST_AREAS:
            yield from flaw("area", table.page.grid.name, short, example=example(short.values()))


def symbols(table: Table, defined: Callable[[str], bool]) -> Iterator[Flaw]:
    """Signs for «no number» whose meaning the workbook does not state."""
    page = table.page
    found = {place: page.text(place).strip() for column in table.numeric for place in table.body(column) if page.sort(place) == "mark"}
    unknown = {sign for sign in set(found.values()) if not defined(sign)}
    shown = " ".join(f"「{sign}」" for sign in sorted(unknown))
    yield from flaw("undefined", page.grid.name, (place for place, sign in found.items() if sign in unknown), signs=shown)


def definitions(pages: Iterable[Page]) -> Callable[[str], bool]:
    """Whether some text of a workbook defines a sign: 「－」は該当なし, ***：未集計."""
    texts = {notation.normalised(text) for page in pages for text in page.texts.values() if len(text) > 2}

    def defined(sign: str) -> bool:
        written = re.escape(notation.normalised(sign))
        pattern = re.compile(rf"[\[\"'(]{written}[\]\"')]|(?:^|[\s、。※]){written}\s?(?:[:=]|は|・・・|…)")
        return any(pattern.search(text) for text in texts)

    return defined
