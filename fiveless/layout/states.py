"""Columns of answers beside figures: what holds of a whole row (取消, 差替済), and answers that say nothing of its numbers (導入済, 未)."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from fiveless.labels import Label
from fiveless.layout.cells import Cells
from fiveless.layout.roles import aside

_DONE = (
    r"(?:導入|対応|設置|実施|整備|廃止|移行|完了|達成|提出|入力|確認|報告|回答|処理|受付|着手|電子化|デジタル化|オンライン化"
    r"|キャッシュレス化|見直し?)"
)
_ANSWER = re.compile(
    rf"{_DONE}?(?:済み?|中|予定|検討中?|なし|無し?|あり|有り?|可|否|完了|不要|要)|未{_DONE}?(?:済み?|定)?|非?対応"
    rf"|{_DONE}(?:予定)?(?:なし|無し)?|対象外?|該当(?:なし|無し)?|一部(?:導入|対応|実施)?(?:済み?)?|[○〇◯×✕△▲◎ー－―-]|yes|no|n/?a",
    re.IGNORECASE,
)
_STATE = re.compile(
    r"(?:受付|処理|提出|回答|承認|登録|審査|確認|申請|データ|レコード)?の?(?:状態|ステータス|状況|有効区分|取消区分|取消フラグ|削除フラグ)|status|state",
    re.IGNORECASE,
)
_VOID = re.compile(
    r"取り?消し?(?:済み?)?|差し?替え?(?:済み?|前)|削除(?:済み?)?|差し?戻し?(?:済み?)?|却下|取り?下げ?(?:済み?)?|キャンセル(?:済み?)?|無効|重複|訂正前"
    r"|void|cancell?ed|deleted|rejected|withdrawn|superseded|replaced|invalid|duplicate",
    re.IGNORECASE,
)
_VALID = re.compile(
    r"有効|確定|承認済み?|受理済?み?|受付済み?|登録済み?|公開済?み?|正常|最新|差し?替え?後|訂正後|valid|confirmed|approved|final|active",
    re.IGNORECASE,
)
_FEW = 2


def states(sheet: Cells) -> None:
    """Note the rows that a column 状態 calls void, and let answers say nothing."""
    for (row, column), _ in sheet.labels_that(_heads_states):
        if sheet.anchor(row, column) == (row, column) and not sheet.shape.numbers_in_column[column]:
            _void_rows(sheet, row, column)
    places: defaultdict[int, list[int]] = defaultdict(list)
    for (row, column), _ in sheet.labels_that(_is_answer):
        if (row, column) not in sheet.anchors:
            places[column].append(row)
    for column, rows in places.items():
        if len(rows) >= _FEW and not sheet.shape.numbers_in_column[column]:
            _let_say_nothing(sheet, column, sorted(rows))


@cache
def _heads_states(label: Label) -> bool:
    return bool(_STATE.fullmatch(label.text))


@cache
def _is_answer(label: Label) -> bool:
    return bool(_ANSWER.fullmatch(label.text))


@cache
def _is_void(label: Label) -> bool:
    return bool(_VOID.fullmatch(label.text))


@cache
def _is_of_valid(label: Label) -> bool:
    return bool(_VALID.fullmatch(label.text)) or _is_answer(label)


def _void_rows(sheet: Cells, row: int, column: int) -> None:
    """Note the rows below that are called void; that others are valid says nothing more of them."""
    for each in range(row + 1, sheet.height):
        label = sheet.labels.get((each, column))
        if label and _is_void(label):
            sheet.void[each] = each, column
        if label and (_is_void(label) or _is_of_valid(label)):
            sheet.labels[each, column] = aside(label)


def _let_say_nothing(sheet: Cells, column: int, rows: Sequence[int]) -> None:
    """Answers that come again are not what tells rows apart: each row that has one has a name of its own beside it."""
    answers = Counter(sheet.labels[row, column].text for row in rows)
    names = [next(_names(sheet, row, column), None) for row in rows]
    if max(answers.values()) < _FEW or None in names or len(set(names)) < len(names):
        return
    for row in rows:
        sheet.labels[row, column] = aside(sheet.labels[row, column])


def _names(sheet: Cells, row: int, column: int) -> Iterator[str]:
    """The texts of a row in other columns that stand in it alone and are no answers themselves."""
    for other, label in sheet.column_labels(row):
        if other != column and (row, other) not in sheet.anchors and not (_is_answer(label) or label.note):
            yield label.text
