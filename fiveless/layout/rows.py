"""What each row of a sheet is, and which columns stand apart from each other."""

from bisect import bisect_right
from collections.abc import Sequence

from fiveless.dating import Dated
from fiveless.labels import Label
from fiveless.layout.cells import MARK, NUMBER, Cells
from fiveless.layout.roles import in_role, named
from fiveless.layout.shape import bands_of_used

_PRIVATE = frozenset({"contact", "desk", "note", "submitted"})


def bands_of(sheet: Cells) -> tuple[int, ...]:
    """Column → number of its band; bands are parted by columns in which no cell begins."""
    if not (sheet.anchors or sheet.grid.merges):
        return sheet.shape.bands
    below = sheet.shape.below_titles
    begun = {sheet.anchor(*place)[1] for place in sheet.labels if place[0] >= below}
    return bands_of_used(sheet.shape.columns_of(NUMBER, MARK) | begun | _under_merged_figures(sheet), sheet.width)


def _under_merged_figures(sheet: Cells) -> set[int]:
    """The columns that a figure merged over several fills: they part nothing."""
    spans = (span for span in sheet.grid.merges if span[0] < sheet.height and span[1] < sheet.width)
    figures = (span for span in spans if sheet.kinds[span[0]][span[1]] in (NUMBER, MARK))
    return {column for _, left, _, right in figures for column in range(left, right + 1)}


class Rows:
    """What each row is: data (it holds numbers; band by band), lone (one label only, or names with their values), heading or blank."""

    def __init__(self, sheet: Cells, bands: tuple[int, ...]) -> None:
        self.sheet = sheet
        self.bands = bands
        self.parted = sheet.shape.parted(bands)
        self.data = self.parted.data
        self.data_rows = self.parted.data_rows
        self._first_number = self.parted.first_number
        self.anchors: dict[int, set[tuple[int, int]]] = {}
        for row in (row for row, own in enumerate(self.data) if not own):
            begun = {sheet.anchor(row, column) for column, label in sheet.column_labels(row) if not label.note}
            if begun:
                self.anchors[row] = begun
        self._spoken: dict[int, set[int]] = {}
        self._heading: dict[tuple[int, int], bool] = {}
        self._pairs: dict[int, dict[tuple[int, int], Label] | None] = {}
        self.numbers_in_column = sheet.shape.numbers_in_column
        self.lone = {row for row in self.anchors if len(self.anchors[row]) == 1 or self.pairs(row) is not None or self._all_named(row)}

    def _all_named(self, row: int) -> bool:
        """Whether every label of a row reads 部署名：総務課."""
        return all(self.sheet.labels[place].named for place in self.anchors[row])

    def is_data(self, row: int, column: int) -> bool:
        """Whether the row holds figures in the band of a column."""
        return self.bands[column] in self.data[row]

    def pairs(self, row: int) -> dict[tuple[int, int], Label] | None:
        """The values of a row that reads 局名｜水道局｜報告月｜令和4年｜6月, each as its name says to read it; None for all other rows.

        A date may stand before the first name.
        """
        if row not in self._pairs:
            self._pairs[row] = self._find_pairs(row)
        return self._pairs[row]

    def _find_pairs(self, row: int) -> dict[tuple[int, int], Label] | None:
        places = sorted(self.anchors.get(row, ()))
        if self._heads_its_kind(row, places):
            return None
        found: dict[tuple[int, int], Label] = {}
        name, values, previous, told = "", 0, Dated(), False
        for place in places:
            label = self.sheet.labels[place]
            if label.named and name in ("", "note"):
                found[place], told = label, True
            elif label.dimension:
                if name and not values and name not in _PRIVATE:
                    return None
                name, values = label.dimension, 0
            elif (not name and label.dated and not label.names_measure) or (values and label.only_unit):
                found[place] = label
            elif not name or place[0] != row or not _fits_name(name, label) or (values and not _completes(previous, label)):
                return None
            else:
                values, told = values + 1, True
                previous = label.dated or previous
                if name not in _PRIVATE:
                    found[place] = named(in_role(label, name))
        return found if values or (told and name in _PRIVATE) else None

    def _heads_its_kind(self, row: int, places: Sequence[tuple[int, int]]) -> bool:
        """Whether right below 部署｜窓口 stand an office and a number: the row is then a table's heading, however it reads."""
        if len(places) < 2 or row + 1 not in self.data_rows:
            return False
        (_, first), (_, second) = places[:2]
        name, below = self.sheet.labels[places[0]].dimension, self.sheet.labels.get((row + 1, first))
        return bool(name and below and self.sheet.is_number(row + 1, second) and _is_of(name, below))

    def has_figures(self, band: int) -> bool:
        """Whether a band holds figures in any row."""
        return band in self._first_number

    def is_blank(self, row: int, column: int) -> bool:
        """Whether the row holds nothing but notes in the band of a column."""
        return self.is_blank_in(row, self.bands[column])

    def is_blank_in(self, row: int, band: int) -> bool:
        """The same of a band."""
        if row not in self._spoken:
            self._spoken[row] = {self.bands[c] for c, label in self.sheet.column_labels(row) if not label.note}
        return band not in self.data[row] and band not in self._spoken[row]

    def heads_first(self, row: int, column: int) -> bool:
        """Whether a row of labels reaches back to the first column of figures of the next data row: a heading rather than a caption.

        The second row of a heading need not, if the first does: 端末台数｜令和4年4月 over a blank cell and 収納件数.
        """
        key = row, self.bands[column]
        if key not in self._heading:
            self._heading[key] = self._heads_first(*key)
        return self._heading[key]

    def _heads_first(self, row: int, band: int) -> bool:
        rows, begin = self._first_number.get(band, ([], []))
        below = bisect_right(rows, row)
        if below == len(rows):
            return False
        first = begin[below]
        if self._is_parted(row, rows[below]):
            return False
        second = len(self.anchors.get(row, ())) > 1 and row - 1 not in self.lone and row - 1 not in self.data_rows
        return self._is_heading(row, first) or (second and self._is_heading(row - 1, first))

    def _is_heading(self, row: int, first: int) -> bool:
        """Whether a row has a label in a column, or names a role before it and stands over columns behind it: 部署名｜｜FAX受信."""
        if (row, first) in self.sheet.labels:
            return True
        anchors = self.anchors.get(row, ()) if row not in self.lone else ()
        role = any(column < first and self.sheet.labels[place, column].dimension for place, column in anchors)
        over = sum(place[1] > first and not self.sheet.labels[place].only_unit for place in anchors) if role else 0
        return over > 1 or (over == 1 and (row + 1, first) in self.sheet.labels)

    def _is_parted(self, row: int, data: int) -> bool:
        """Whether an empty row parts a row of labels from the heading above the figures of a row: it is then no part of the heading."""
        empty = next((each for each in range(row + 1, data) if not self.sheet.kinds[each].strip(b".")), data)
        return any(each in self.anchors and each not in self.lone for each in range(empty + 1, data))


def _completes(year: Dated, label: Label) -> bool:
    """Whether a second value is the month of the year before it: 報告月｜令和4年｜6月."""
    return bool(year.year and not year.within_year and label.dated and label.dated.within_year)


def _is_of(name: str, label: Label) -> bool:
    """Whether a label is for certain what a heading of its column announces."""
    kinds: dict[str, object] = {
        "bureau": label.bureaus,
        "office": label.office or label.bureaus,
        "desk": label.office or label.bureaus,
        "measure": label.names_measure,
        "month": label.dated,
        "period": label.dated,
        "year": label.dated,
    }
    return bool(kinds.get(name))


def _fits_name(name: str, value: Label) -> bool:
    """Whether a text can be the value of 局名, 部署名, 項目, 単位, 報告月 and the like."""
    fits: dict[str, object] = {
        "bureau": value.bureaus or value.alias,
        "office": value.office or value.rest or value.bureaus,
        "area": value.office or value.rest,
        "title": True,
        "scenario": value.scenario,
        "desk": value.office or value.rest,
        "contact": True,
        "note": not value.dated and not value.names_measure,
        "measure": value.names_measure,
        "unit": value.units,
        "month": value.dated,
        "period": value.dated,
        "year": value.dated,
        "submitted": value.dated,
    }
    return bool(fits.get(name))
