"""Progress in the form that was asked for: each kind of answer as a table, Markdown, CSV or JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fiveless.cli.options import Table
from fiveless.cli.session import Session
from fiveless.language import Lang, Words
from fiveless.structure import Codelists

if TYPE_CHECKING:
    from fiveless.finding import Finding
    from fiveless.pipeline import Between, Explained, Measured
    from fiveless.progress import Change, Progress

_FOUND = 1


@dataclass(frozen=True, slots=True)
class Showing:
    """How to show progress; `every` asks for each bureau rather than all together, `code` names the bureaus that count (of none: all)."""

    session: Session
    codelists: Codelists
    form: Table
    every: bool
    code: str = ""

    def measured(self, measured: "Measured") -> int:
        """A month's figures, with and without the bureaus to be left out, and what is wrong with them."""
        sections = [each for each in (measured, measured.without) if each]
        if self.form in ("csv", "json"):
            self._records([(each.code, each.bureaus if self.every else each.totals) for each in sections])
        else:
            for number, each in enumerate(sections):
                self._section(each, first=not number)
        findings = {(each.code, *map(str, each.fields.values())): each for section in sections for each in section.findings}
        self._flaws(list(findings.values()))
        return _FOUND if findings else 0

    def _records(self, rows: "Sequence[tuple[str, Sequence[Progress]]]") -> None:
        from fiveless.tables import records

        if self.form == "csv":
            self.session.data([records.as_csv(rows, self.codelists)])
        else:
            self.session.data([records.as_json(rows, self.codelists), "\n"])

    def _section(self, measured: "Measured", *, first: bool) -> None:
        """The figures of some bureaus; of those that are left after some are left out only the sums, for each stands above."""
        from fiveless.tables import matrix, progress

        session, codelists, lang, width = self.session, self.codelists, self.session.lang, self.session.width
        gap = "" if first else "\n"
        table = matrix.of(measured.bureaus, measured.totals, codelists, lang) if self.every and first else None
        if self.form == "markdown":
            head = _headed(measured.scope, lang)
            body = matrix.markdown(table, codelists, lang) if table else progress.markdown(measured.totals, codelists, lang)
            session.data([gap, head, body, "\n"])
            return
        session.data([gap])
        if table:
            session.show(matrix.screen(table, codelists, measured.period, lang, width, measured.scope))
        else:
            session.show(progress.shown(measured.totals, codelists, measured.period, lang, width, measured.scope))

    def _flaws(self, findings: "Sequence[Finding]") -> None:
        """Below the table; on stderr where stdout is for machines."""
        from fiveless.tables import progress

        if self.form == "table":
            self.session.show(progress.flaws(findings, self.session.lang, self.session.width))
            return
        for each in findings:
            self.session.warn(Words(*(f"{each.says(lang)} {each.mend(lang)} [{each.code}]" for lang in ("ja", "en"))))

    def change(self, changes: "Sequence[Change]", scope: Words, against: Words) -> int:
        """What changed, and who made it."""
        from fiveless.tables import change_records
        from fiveless.tables import changes as tables

        session, codelists, lang = self.session, self.codelists, self.session.lang
        if self.form == "csv":
            session.data([change_records.as_csv(changes, codelists, self.code, every=self.every)])
        elif self.form == "json":
            session.data([change_records.as_json(changes, codelists, self.code, every=self.every), "\n"])
        elif self.form == "markdown":
            head = tables.headed(changes, codelists, against, scope, lang)
            session.data([f"**{head}**\n\n", tables.markdown(changes, codelists, lang, every=self.every), "\n"])
        else:
            draw = tables.moves if self.every else tables.screen
            session.show(draw(changes, codelists, tables.headed(changes, codelists, against, scope, lang), lang, session.width))
        return 0

    def between(self, found: "Between", first: str, second: str) -> int:
        """The numbers that were known otherwise on two days, and what that made of the indicators."""
        from fiveless.tables import differences as tables

        session, codelists, lang = self.session, self.codelists, self.session.lang
        if self.form == "csv":
            session.data([tables.as_csv(found.differences)])
        elif self.form == "json":
            session.data([tables.as_json(found.differences), "\n"])
        elif self.form == "markdown":
            session.data([tables.markdown(found.differences, found.indicators, codelists, lang), "\n"])
        else:
            head = tables.headed(len(found.differences), first, second)
            session.show([*tables.titled(head, lang, session.width), *tables.screen(found.differences, codelists, lang, session.width)])
            session.show(tables.effect(found.indicators, found.period, codelists, lang, session.width))
        return 0

    def trend(self, rows: "Sequence[Sequence[Progress]]", scope: Words) -> int:
        """Months after months."""
        from fiveless.tables import trends

        if self.form in ("csv", "json"):
            self._records([(self.code, [each for months in rows for each in months])])
        elif self.form == "markdown":
            self.session.data([_headed(scope, self.session.lang), trends.markdown(rows, self.codelists, self.session.lang), "\n"])
        else:
            self.session.show(trends.screen(rows, self.codelists, scope, self.session.lang, self.session.width))
        return 0

    def cells(self, explained: "Sequence[Explained]", scope: Words) -> int:
        """Formulas with the cells of their numbers."""
        from fiveless.tables import explained as tables

        session, rows = self.session, [tables.Row(each.row, each.cells) for each in explained]
        if self.form == "csv":
            session.data([tables.as_csv(rows, self.code)])
        elif self.form == "json":
            session.data([tables.as_json(rows, self.code), "\n"])
        elif self.form == "markdown":
            session.data([_headed(scope, session.lang), tables.markdown(rows, self.codelists, session.lang), "\n"])
        else:
            session.show(tables.screen(rows, self.codelists, scope, session.lang, session.width))
        return 0


def _headed(scope: Words, lang: Lang) -> str:
    """The bureaus that count as a heading in Markdown; nothing where it is all of them."""
    return f"**{scope.to(lang)}**\n\n" if scope.ja else ""
