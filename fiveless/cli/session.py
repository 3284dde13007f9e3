"""What holds for one run of a command: the project, the language, and where results and talk go."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TextIO

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text

from fiveless import project, reference
from fiveless.cli import streams
from fiveless.language import Lang, Words
from fiveless.structure import Codelists
from fiveless.tables.lines import cut


@dataclass(frozen=True, slots=True)
class Session:
    """The shared options, made ready; results go to stdout by `show` and `data`, talk to stderr by `talk`."""

    folder: Path
    lang: Lang
    quiet: bool

    def project(self) -> project.Project:
        """The project; FivelessError where the folder is none."""
        return project.found(self.folder)

    def codelists(self) -> Codelists:
        """The project's codelists; the built-in ones in a folder that is no project."""
        return reference.load(self.folder)

    @property
    def width(self) -> int | None:
        """The width of the terminal that stdout is, or None for a pipe or file."""
        return _console(sys.stdout).width if sys.stdout.isatty() else None

    def show(self, lines: Iterable[Text]) -> None:
        """Lines that are already laid out to `width`: coloured on a terminal, plain elsewhere."""
        console = None if self.width is None else _console(sys.stdout)
        for line in lines:
            line.plain = streams.fitting(line.plain.rstrip(), sys.stdout.encoding)
            if console:
                console.print(line, soft_wrap=True)
            else:
                sys.stdout.write(line.plain + "\n")

    def data(self, parts: Iterable[str]) -> None:
        """Text for machines, as it is."""
        streams.write_data(parts)

    def copy(self, content: IO[bytes]) -> None:
        """A file for machines, as it is."""
        streams.copy(content)

    def talk(self, words: Words) -> None:
        """A sentence on stderr, unless quiet."""
        if not self.quiet:
            streams.say(words.to(self.lang))

    def warn(self, words: Words) -> None:
        """Bad news on stderr, quiet or not."""
        streams.say(f"fiveless: {words.to(self.lang)}")

    @contextmanager
    def counting(self) -> Iterator[Callable[[int, int, str], None]]:
        """A progress bar over files on stderr, where a person looks at it."""
        console = _console(sys.stderr)
        if self.quiet or not sys.stderr.isatty() or console.is_dumb_terminal:
            yield lambda _done, _count, _name: None
            return
        columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
        with Progress(*columns, console=console, transient=True) as bar:
            task = bar.add_task("", total=None)
            yield lambda done, count, name: bar.update(task, completed=done, total=count, description=escape(cut(name, 40)))


def _console(stream: TextIO) -> Console:
    return Console(file=stream, highlight=False, markup=False, emoji=False)
