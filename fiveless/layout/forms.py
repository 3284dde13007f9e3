"""Sheets of one form: the same words in the same places, and numbers in the same cells."""

from typing import Generic, TypeVar

from fiveless.layout.cells import Cells
from fiveless.layout.numbered import any_may_head

Form = tuple[object, ...]
_Found = TypeVar("_Found")
_MOST_CELLS = 20_000  # of a sheet that others are alike to; lists are longer
_KEPT = 256


def form_of(sheet: Cells) -> Form | None:
    """What a sheet has in common with others of its form, as it was read; none if what stands where hangs on what its numbers are."""
    if sheet.others or sheet.height * sheet.width > _MOST_CELLS or any_may_head(sheet):
        return None
    texts = tuple(sheet.texts.items())
    return b"".join(sheet.kinds), sheet.width, tuple(sheet.labels.values()), texts, tuple(sheet.grid.merges)


class Forms(Generic[_Found]):
    """What was found for the latest forms."""

    def __init__(self) -> None:
        self._found: dict[Form, _Found] = {}

    def get(self, form: Form) -> _Found | None:
        """What was found for a form, if any."""
        found = self._found.pop(form, None)
        if found is not None:
            self._found[form] = found
        return found

    def keep(self, form: Form, found: _Found) -> None:
        """Keep what was found, in place of what was asked for longest ago."""
        self._found[form] = found
        if len(self._found) > _KEPT:
            del self._found[next(iter(self._found))]
