"""The role that a heading gives to the labels below or beside it: under 部署名 stand offices."""

import re
from dataclasses import replace
from functools import cache

from fiveless.dating import Dated
from fiveless.labels import Label, is_placeholder, looks_like_office

# What is no name: 1箱当たり, A3は, a note below the table, a line that checks it, what is counted or how, and of when.
_NO_NAME = re.compile(
    r"(?:当たり|当り|あたり|換算|[はがをに]|[数額値率比量円枚]|順位|在庫|残高?|単価|目標|予算|決算|見込み?|予測|推計|割合|[来次翌]年度"
    r"|[当来翌今前]月|[開閉]庁日|休日|平日|土日|夜間|午[前後]|期[首末]|月[初末]|年度当初|FAX|[送受]信)\)?$|とは|^[来次翌]年度|^[※*(（]?注|^[\W\d_]*$|^[A-Za-z]\d?$|^[(]?(?:NULL|null|N/A|空白|blank|none|nan)[)]?$"
    r"|^(?:集計|内訳|明細|検算|差引き?|チェック|確認|誤差|合算|照合|計画|補正|加算|減算|外数|最[大小高低]|判定|評価|ランク|ランキング|[入出]庫|払出し?"
    r"|カラー|モノクロ|白黒|[両片]面|裏紙|再生紙|基準年?)$"
)
_BRACKETS = re.compile(r"(?<=.)[(（][^()（）]*[)）]$")
Path = tuple[Label, ...]
NO_FIGURES = frozenset({"note", "contact", "index", "submitted"})


@cache
def role_of(path: Path) -> str:
    """The nearest role that the labels over a cell give it, or empty."""
    return next((label.dimension for label in path if label.dimension), "")


@cache
def in_role(label: Label, role: str) -> Label:
    """A label as its row's or column's heading says to read it: under 部署名 every text that is no total is an office."""
    if role in ("office", "desk"):
        return _as_office(label)
    if role == "area" and label.rest and not (label.office or label.bureaus or label.aggregate or label.names_measure):
        return Label(label.text, dimension="area", rest=label.text)
    if role == "bureau" and not (label.bureaus or label.alias or label.aggregate or label.group):
        return Label(label.text, dimension="unknown_bureau", rest=label.text)
    if role == "bureau" and label.alias:
        return replace(label, bureaus=label.alias, alias=())
    if role == "unit":
        return Label(label.text, units=label.units, unclear_unit=not label.units)
    return label


def _as_office(label: Label) -> Label:
    if label.bureaus and label.rest:
        return Label(label.text, bureaus=label.bureaus, office=label.text)
    if label.derived or label.dimension or label.aggregate or label.bureaus or not label.text or _is_of_own(label):
        return label
    if _NO_NAME.search(_BRACKETS.sub("", label.text)) and not looks_like_office(label.text):
        return label if label.names_measure else Label(label.text, rest=label.text)
    return Label(
        label.text,
        office="" if label.part else label.text,
        shift=label.shift,
        part=label.part,
        memo=label.memo or is_placeholder(label.text),
        group=label.group,
    )


def _is_of_own(label: Label) -> bool:
    """Whether a label among offices tells another time or kind of figures: 前年同月, 目標, 累計; 計画 may be short for 計画課."""
    goal = label.scenario and label.text != "計画"
    tells = label.shift or label.basis or label.dated or label.forecast or goal or (label.memo and not label.part)
    return bool(tells) and not (label.rest or label.office or label.names_measure)


@cache
def named(label: Label) -> Label:
    """A label whose role stands before it (部署名：総務課)."""
    return replace(label, named=True)


@cache
def aside(label: Label) -> Label:
    """A label that says nothing of the cells below it."""
    return Label(label.text, note=True)


@cache
def undated(label: Label) -> Label:
    """A label whose date is not that of the figures."""
    return replace(label, dated=None)


@cache
def heading(text: str, dated: Dated | None) -> Label:
    """A heading written in numbers: of a time, or of what nobody can read."""
    return Label(text, dated=dated, rest="" if dated else text)
