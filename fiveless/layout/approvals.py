"""The boxes for seals of approval beside a title: 部長｜課長｜担当 say nothing of the figures."""

import re
from collections import defaultdict
from functools import cache

from fiveless.labels import Label
from fiveless.layout.cells import EMPTY, NUMBER, Cells
from fiveless.layout.roles import aside

_BOX = re.compile(
    r"(?:事務局|センター|グループ|副?[局部次課室係所園館校院署班主])長(?:補佐|代理)?|統括|主[任査事幹]|担当者?|係員?|"
    r"(?:起案|決裁|承認|確認|点検|作成|審査|検)[者印欄]?|供覧|合議|回議|受付印?|[印㊞]"
)


def approvals(sheet: Cells) -> None:
    """Let two boxes or more in a row of texts, one of them an officer's and none of them over a number, say nothing."""
    rows: defaultdict[int, set[int]] = defaultdict(set)
    officers: set[int] = set()
    for (row, column), label in sheet.labels_that(_is_box):
        rows[row].add(column)
        if "長" in label.text:
            officers.add(row)
    for row in officers:
        apart = {sheet.anchor(row, column) for column in rows[row]}
        if len(apart) > 1 and NUMBER not in sheet.kinds[row] and not any(_is_over_number(sheet, row, column) for column in rows[row]):
            for column in rows[row]:
                sheet.labels[row, column] = aside(sheet.labels[row, column])


@cache
def _is_box(label: Label) -> bool:
    return bool(_BOX.fullmatch(label.text.replace(" ", "").replace("\u3000", "")))


def _is_over_number(sheet: Cells, row: int, column: int) -> bool:
    """Whether the next cell below that holds anything, the box's own span aside, holds a number."""
    below = (each for each in range(row + 1, sheet.height) if sheet.anchor(each, column) != sheet.anchor(row, column))
    return next((sheet.kinds[each][column] for each in below if sheet.kinds[each][column] != EMPTY), EMPTY) == NUMBER
