"""Tidy observations as CSV and JSON Lines, row by row as they come from the store."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from fiveless.figures import number, plain
from fiveless.observation import HEADER

_BATCH = 5_000
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


def csv_lines(rows: Iterable[Sequence[Any]], *, header: Sequence[str] = HEADER, bom: bool = False) -> Iterator[str]:
    """The header, then a batch of rows at a time, ended by bare line feeds; values exact. `bom` marks the text as UTF-8 for Excel."""
    if bom:
        yield BOM
    batch: list[Sequence[Any]] = [header]
    for row in rows:
        batch.append(_written(row))
        if len(batch) == _BATCH:
            yield _csv(batch)
            batch = []
    yield _csv(batch)


def csv_text(names: Sequence[str], records: Iterable[Mapping[str, Any]]) -> str:
    """Records as CSV under some names, with bare line feeds; nothing for None. ValueError for a field that is not among the names."""
    text = io.StringIO()
    writer = csv.DictWriter(text, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(records)
    return text.getvalue()


def _csv(rows: Iterable[Sequence[Any]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _written(row: Sequence[Any]) -> list[Any]:
    return [plain(cell) if isinstance(cell, Decimal) else cell for cell in row]


def json_lines(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """One JSON object a line, keys as in the header; values are numbers, times ISO 8601."""
    for row in rows:
        yield json.dumps(dict(zip(HEADER, row, strict=True)), ensure_ascii=False, default=_plain_json) + "\n"


def _plain_json(cell: Any) -> Any:
    return number(cell) if isinstance(cell, Decimal) else str(cell)
