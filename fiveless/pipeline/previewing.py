"""From a file to its preview: read, nothing written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fiveless import intake, preview
from fiveless.errors import UnreadableFileError
from fiveless.finding import Finding
from fiveless.pipeline.ingesting import discover
from fiveless.preview import Cell, Picture, Preview, Why, Window, asked
from fiveless.project import Project, absolute
from fiveless.structure import Codelists


@dataclass(frozen=True, slots=True)
class Looked:
    """The files that could be read, and a finding for each that could not; `names` are the sheets asked for."""

    previews: list[Preview] = field(default_factory=list)
    refused: list[Finding] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    @property
    def asks(self) -> bool:
        """Whether anything in the sheets asked for, or in a file as a whole, needs a person."""
        findings = [finding for each in self.previews for finding in each.reading.findings if finding.sheet in ("", *self.names)]
        return bool(self.refused) or any(finding.severity != "note" for finding in findings)


def look(folder: Path, paths: Sequence[Path], sheets: Sequence[str], codelists: Codelists, window: Window | None = None) -> Looked:
    """Preview files (and those in folders); UsageError for a path or sheet that does not exist, and for a window beyond all sheets."""
    project = Project(absolute(folder))
    found = Looked()
    for path in discover(project, paths).paths:
        shown = project.shown(path)
        try:
            found.previews.append(preview.of(*intake.examine(path, shown, codelists), codelists))
        except UnreadableFileError as error:
            found.refused.append(Finding(error.code, shown, fields=error.fields))
        except OSError as error:
            found.refused.append(Finding("F08", shown, fields={"reason": error.strerror or str(error)}))
    if found.previews:
        found.names[:] = asked.sheets(sheets, [picture.name for each in found.previews for picture in each.pictures])
        if window:
            asked.check(window, [_extent(picture) for each in found.previews for picture in each.pictures if picture.name in found.names])
    return found


def _extent(picture: Picture) -> tuple[str, int, int]:
    return picture.name, picture.height, picture.width


def explain(looked: Looked, cells: Sequence[Cell]) -> list[Why]:
    """Why each of some cells is what it is, on every sheet on which it may be meant; UsageError where there is nothing."""
    return [why for cell in cells for why in _explained(looked, cell)]


def _explained(looked: Looked, cell: Cell) -> list[Why]:
    names = asked.sheets([cell.sheet], looked.names) if cell.sheet else looked.names
    pairs = [
        (picture, reasons)
        for each in looked.previews
        for picture, reasons in zip(each.pictures, each.reasons, strict=True)
        if picture.name in names
    ]
    place = cell.row, cell.column
    within = [(picture, reasons) for picture, reasons in pairs if cell.row < picture.height and cell.column < picture.width]
    if not within:
        raise asked.outside(cell, [_extent(picture) for picture, _ in pairs])
    filled = [reasons for picture, reasons in within if picture.at(place).kind != "empty"]
    return [reasons.of(place) for reasons in filled or [within[0][1]]]


def explained(looked: Looked, cells: Sequence[Cell], window: Window | None = None) -> list[tuple[Preview, list[Why]]]:
    """Each file with the explanations of the cells asked for, or of all that are not empty in a window of its sheets."""
    if cells:
        whys = explain(looked, cells)
        return [(each, [why for why in whys if why.file == each.file]) for each in looked.previews]
    return [(each, list(_all(each, looked.names, window or Window()))) for each in looked.previews]


def _all(each: Preview, names: Sequence[str], window: Window) -> Iterator[Why]:
    for picture, reasons in zip(each.pictures, each.reasons, strict=True):
        if picture.name in names:
            for drawn in picture.drawn(window.rows(picture.height), window.columns(picture.width)):
                yield reasons.of((drawn.row, drawn.column))
