"""What was found for one sheet is kept for others of its form, and only where the numbers cannot matter."""

from drawn import Read, drawn, lexicon
from fiveless.layout import locate
from fiveless.layout.forms import Forms, form_of
from fiveless.layout.reading import read


def test_a_form_is_located_once() -> None:
    """A second sheet with the same words has the runs and captions of the first, and its own numbers."""
    form = "| FAX送信件数␣令和4年{0}月 | |\n| 総務課 | {1} |\n| 用地課 | {2} |"
    first, second = (locate(drawn(form.format(7, *numbers)), lexicon()) for numbers in ((31, 42), (53, 64)))
    assert second.runs is first.runs
    assert second.captions is first.captions
    assert [second.sheet.values[run.row, run.columns[0]] for run in second.runs] == [53, 64]
    assert locate(drawn(form.format(8, 31, 42)), lexicon()).runs is not first.runs


def test_numbers_that_may_be_headings_are_looked_at_each_time() -> None:
    """Where figures were read, months, years and running numbers in the same cells are found, and figures again behind them."""
    form = "| FAX送信件数␣令和4年度 | | | | | | |\n| | {} |\n| 総務課 | 31 | 32 | 33 | 34 | 35 | 36 |"
    figures, months = (form.format(" | ".join(map(str, row))) for row in ((41, 51, 61, 71, 81, 91), (4, 5, 6, 7, 8, 9)))
    taken = [len(Read(sheet).taken()) for sheet in (figures, months, figures, months)]
    assert taken == [0, 6, 0, 6]
    numbered = "| FAX送信件数␣令和4年7月 | | |\n| {} | 総務課 | 31 |\n| {} | 用地課 | 32 |\n| {} | 経理課 | 33 |"
    assert [Read(numbered.format(*row)).fate("A3") for row in ((1, 2, 3), (5, 9, 7), (1, 2, 3))] == ["N22", "K02", "N22"]


def test_what_a_number_shows_is_its_own() -> None:
    """Of two sheets of a form one has a fraction: each is told of its own."""
    form = "| FAX送信件数␣令和4年7月 | |\n| 総務課 | 31 |\n| 用地課 | {} |"
    assert [Read(form.format(number)).fate("B3") for number in (32, 32.5, 33)] == ["taken", "P03", "taken"]


def test_words_marks_and_gaps_make_the_form() -> None:
    """A dash for a number, another word or a merged cell is another form; a long list has none."""
    sheet = "| FAX送信件数␣令和4年7月 | | |\n| 課 | 件数 | 備考 |\n| 総務課 | {} | {} |"
    others = [sheet.format(31, "増設"), sheet.format("'－", "増設"), sheet.format(31, "移転"), sheet.format(31, "<")]
    assert len({form_of(read(drawn(each), lexicon())) for each in others}) == len(others)
    long = "\n".join(["| FAX送信件数␣令和4年7月 | |", *(f"| 第{number}課 | {number + 10} |" for number in range(10_001))])
    assert form_of(read(drawn(long), lexicon())) is None


def test_the_latest_forms_are_kept() -> None:
    """What was asked for longest ago makes room for what is new."""
    forms: Forms[int] = Forms()
    for number in range(256):
        forms.keep((number,), number)
    assert forms.get((0,)) == 0
    forms.keep((256,), 256)
    assert (forms.get((0,)), forms.get((1,)), forms.get((256,))) == (0, None, 256)
