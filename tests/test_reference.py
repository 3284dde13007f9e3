"""Codelists: what is built in, what a project lays over it, and how each mistake in its settings is told."""

import datetime as dt
import re
import tomllib
from dataclasses import fields
from decimal import Decimal
from pathlib import Path

import pytest

from fiveless import reference
from fiveless.errors import FivelessError
from fiveless.language import Lang, Words
from fiveless.period import Period
from fiveless.structure import FOREVER, Codelists, Word


def _loaded(folder: Path, text: str) -> Codelists:
    (folder / "fiveless.toml").write_text(text, "utf-8")
    return reference.load(folder)


def _contents(codelists: Codelists) -> dict[str, object]:
    return {each.name: getattr(codelists, each.name) for each in fields(codelists)}


def _refused(folder: Path, text: str) -> Words:
    with pytest.raises(FivelessError) as caught:
        _loaded(folder, text)
    assert caught.value.exit_code == 3
    assert "\n" not in caught.value.words.ja + caught.value.words.en
    return caught.value.words


def test_five_headlines_of_tokyo_are_built_in() -> None:
    """Each of the five has its headline indicator, in the order in which Tokyo names them, with the base year that it states."""
    headlines = [(each.code, each.comparison, each.base_year) for each in reference.load(None).headlines()]

    assert headlines == [
        ("paper.reduction", "ytd", 2016),
        ("seal.electronic_rate", "month", None),
        ("fax.reduction", "month", 2019),
        ("cash.facility_rate", "as_of", None),
        ("face.online_rate", "as_of", None),
    ]


def test_bureaus_carry_their_time_and_successors() -> None:
    """福祉保健局 ends in June 2023 and is followed by two bureaus that begin in July; a bureau without dates has always been."""
    bureau = reference.load(None).bureau
    old = bureau["social-welfare-public-health"]

    assert old.last == Period.month(2023, 6).first
    assert old.successors == ("social-welfare", "public-health")
    assert [bureau[code].first for code in old.successors] == [Period.month(2023, 7).first] * 2
    assert (bureau["digital-services"].aliases, bureau["digital-services"].last) == (("デジ局", "デジサ局"), FOREVER)


def test_targets_and_published_figures_keep_their_exact_digits() -> None:
    """70 % for FY2022, and 約5695万枚 with its printed percentage; a figure without a count has no text rather than a zero."""
    codelists = reference.load(None)
    target = codelists.target("paper.reduction", 2022)
    by_text = {(each.as_of.code, each.indicator): each for each in codelists.published}

    assert target is not None
    assert target.value == Decimal("0.70")
    assert by_text["2023-03", "paper.reduction"].value_printed == "約5695万枚"
    assert by_text["2023-03", "paper.reduction"].percent_printed == "-72.0%"
    assert by_text["2021-09", "fax.reduction"].value_printed == ""


def test_published_figures_say_what_they_are_compared_with() -> None:
    """Of the eleven, August 2021 is set against the year before, the shares against their whole, and only one leaves out COVID work."""
    codelists = reference.load(None)
    printed = codelists.published
    usual = {each: codelists.indicator[each.indicator] for each in printed}

    assert len(printed) == 11
    assert [each.as_of.code for each in printed if each.against == "previous_year"] == ["2021-08"]
    assert {each: each.against == "whole" for each in printed} == {each: usual[each].kind == "share" for each in printed}
    assert [each.as_of.code for each in printed if each.basis != usual[each].comparison] == ["2021-08"]
    assert [(each.value_printed, each.note) for each in printed if each.exclusions] == [("約0.9億枚", "COVIDによる増加を除く")]
    assert all(each.base_printed in each.comparison for each in printed)


def test_project_without_settings_has_the_built_in_codelists(tmp_path: Path) -> None:
    """`fiveless.toml` is optional, and an empty one changes nothing."""
    built_in = _contents(reference.load(None))

    assert _contents(reference.load(tmp_path)) == built_in
    assert _contents(_loaded(tmp_path, "")) == built_in


def test_known_code_changes_only_what_is_given(tmp_path: Path) -> None:
    """A bureau given with a new name keeps its group, aliases and time."""
    codelists = _loaded(tmp_path, '[[bureaus]]\ncode = "finance"\nname_ja = "財政局"\n')
    old = reference.load(None).bureau["finance"]

    assert codelists.bureau["finance"].name == Words("財政局", "Bureau of Finance")
    assert (codelists.bureau["finance"].group, codelists.bureau["finance"].first) == (old.group, old.first)
    assert [each.code for each in codelists.bureaus] == [each.code for each in reference.load(None).bureaus]


def test_new_entries_join_the_built_in_ones(tmp_path: Path) -> None:
    """A new bureau, measure, indicator, target and base stand beside Tokyo's, with exact numbers."""
    codelists = _loaded(
        tmp_path,
        """
        [[bureaus]]
        code = "space"
        name_ja = "宇宙局"
        valid_from = "2022-04"
        [[measures]]
        code = "paper.prints"
        less = "paper"
        name_ja = "印刷枚数"
        unit_ja = "枚"
        kind = "flow"
        [[indicators]]
        code = "paper.prints_reduction"
        less = "paper"
        name_ja = "印刷枚数の削減率"
        kind = "reduction"
        numerator = "paper.prints"
        comparison = "fiscal year to date"
        baseline = "FY2018"
        [[targets]]
        indicator = "paper.prints_reduction"
        fiscal_year = 2023
        value = 0.1
        [[baselines]]
        measure = "paper.prints"
        period = "FY2018"
        bureau = "space"
        value = 1234567.5
        """,
    )

    assert codelists.bureau["space"].name == Words("宇宙局", "宇宙局")
    assert not codelists.bureau["space"].exists(Period.month(2022, 3))
    assert codelists.measure["paper.prints"].unit == "枚"
    assert codelists.indicator["paper.prints_reduction"].comparison == "ytd"
    assert codelists.indicator["paper.prints_reduction"].base_year == 2018
    assert codelists.targets[-1].value == Decimal("0.1")
    assert (codelists.baselines[0].value, codelists.baselines[0].period) == (Decimal("1234567.5"), Period.year(2018))
    assert len(codelists.bureaus) == len(reference.load(None).bureaus) + 1


def test_target_of_a_known_year_is_replaced(tmp_path: Path) -> None:
    """One indicator has one target a year: the project's stands in the place of the built-in one."""
    codelists = _loaded(tmp_path, '[[targets]]\nindicator = "paper.reduction"\nfiscal_year = 2022\nvalue = 0.8\n')
    targets = [each.value for each in codelists.targets if (each.indicator, each.fiscal_year) == ("paper.reduction", 2022)]

    assert targets == [Decimal("0.8")]


def test_aliases_name_bureaus_and_measures(tmp_path: Path) -> None:
    """A bureau's alias joins those that it has; a measure's becomes a word that names it."""
    codelists = _loaded(
        tmp_path,
        '[aliases.bureaus]\n"政企" = "policy-planning"\n[aliases.measures]\n"コピー紙" = "paper.sheets_purchased"\n',
    )

    assert codelists.bureau["policy-planning"].aliases == ("政企局", "政企")
    assert codelists.words[-1] == Word("コピー紙", "measure", "paper.sheets_purchased")


def test_another_city_starts_empty(tmp_path: Path) -> None:
    """`builtin = false` leaves none of Tokyo's bureaus, measures, indicators, targets or figures; the words of labels stay."""
    codelists = _loaded(tmp_path, '[project]\nbuiltin = false\ncity_ja = "例示市"\n[[bureaus]]\ncode = "a"\nname_ja = "A局"\n')

    assert [each.code for each in codelists.bureaus] == ["a"]
    assert [len(each) for each in (codelists.measures, codelists.indicators, codelists.targets, codelists.published)] == [0] * 4
    assert codelists.words == reference.load(None).words
    assert codelists.city == Words("例示市", "例示市")


def test_settings_saved_by_notepad_are_read(tmp_path: Path) -> None:
    """A byte order mark and Windows line ends do no harm."""
    (tmp_path / "fiveless.toml").write_bytes('\ufeff[project]\r\ncity_en = "Example"\r\n'.encode())

    assert reference.load(tmp_path).city == Words("Example", "Example")


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_new_settings_change_nothing_until_uncommented(tmp_path: Path, lang: Lang) -> None:
    """What `init` writes is valid TOML without effect."""
    text = reference.default_toml(lang)

    assert tomllib.loads(text) == {}
    assert _contents(_loaded(tmp_path, text)) == _contents(reference.load(None))


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_example_in_the_new_settings_works(tmp_path: Path, lang: Lang) -> None:
    """Taking the # from every example gives settings without a mistake, and an example for every table and key."""
    text = re.sub(r"(?m)^#(?=[^ \n])", "", reference.default_toml(lang))
    document = tomllib.loads(text)
    codelists = _loaded(tmp_path, text)

    tables = {"project", "bureaus", "measures", "indicators", "targets", "baselines", "exclusions", "staff", "aliases"}
    assert set(document) == tables
    assert codelists.bureau["example-bureau"].successors == ("digital-services",)
    assert codelists.indicator["paper.printer_reduction"].base_year == 2016
    assert codelists.measure["paper.printer_sheets"].parts == ("paper.sheets_purchased", "paper.copies")
    assert [(each.value, each.revised_on) for each in codelists.baselines] == [
        (Decimal(203_270_000), None),
        (Decimal(203_114_500), dt.date(2022, 10, 1)),
    ]
    assert [(each.period.code, each.value, each.bureau, each.reason) for each in codelists.exclusions] == [
        ("FY2021", Decimal(8_700_000), None, "新型コロナ対応" if lang == "ja" else "pandemic work")
    ]
    assert [codelists.people("finance", Period.of_code(code)) for code in ("2022-03", "2022-04", "FY2023")] == [None, 480, 480]


_INDICATOR = (
    '[[indicators]]\ncode = "x"\nless = "fax"\nname_ja = "X"\nkind = "{kind}"\nnumerator = "{numerator}"\ncomparison = "{comparison}"\n'
)

MISTAKES = {
    "no TOML": ("[project]\ncity_ja = 東京\n", "line 2", "2 行目"),
    "an open bracket": ("[aliases", "the end", "末尾"),
    "an unknown table": ("[[bureau]]\n", 'there is no table "bureau"; did you mean "bureaus"?', "「bureaus」ではありませんか"),
    "an unknown alias table": ("[aliases.offices]\n", "[aliases]", "bureaus, measures"),
    "an unknown key": (
        '[[bureaus]]\ncode = "finance"\nname_jp = "財務局"\n',
        'fiveless.toml › [[bureaus]] finance: there is no key "name_jp"; did you mean "name_ja"?',
        "「name_ja」ではありませんか",
    ),
    "an unknown setting": ("[project]\nbuiltins = false\n", 'did you mean "builtin"?', "「builtin」"),
    "a single table": ('[bureaus]\ncode = "a"\n', "head each entry with [[bureaus]]", "[[bureaus]]"),
    "a value for a table": ("project = 1\n", "[project]", "key = value"),
    "a value for the aliases": ("aliases = []\n", "[aliases]", "key = value"),
    "no code": ('[[bureaus]]\nname_ja = "局"\n', "[[bureaus]] 1: code is missing", "code がありません"),
    "no name": ('[[bureaus]]\ncode = "new"\n', "[[bureaus]] new: name_ja is missing", "name_ja がありません"),
    "a number for a text": ("[[bureaus]]\ncode = 1\n", "[[bureaus]] 1 › code: 1 does not do", "引用符"),
    "a blank text": ('[project]\ncity_ja = " "\n', "[project] › city_ja", "文字列"),
    "a text for a list": ('[[bureaus]]\ncode = "finance"\naliases = "財"\n', "finance › aliases", "並び"),
    "a text for true": ('[project]\nbuiltin = "no"\n', 'builtin: "no" does not do; write true or false', "true か false"),
    "an impossible month": (
        '[[bureaus]]\ncode = "finance"\nvalid_to = "2022-13"\n',
        '[[bureaus]] finance › valid_to: "2022-13" does not do; write a month that exists',
        "実在する年月",
    ),
    "a year for a month": ('[[bureaus]]\ncode = "finance"\nvalid_to = "FY2022"\n', "finance › valid_to", "実在する年月"),
    "a date for a month": ('[[bureaus]]\ncode = "finance"\nvalid_to = 2022-04-01\n', "2022-04-01 does not do", "実在する年月"),
    "an end before the beginning": (
        '[[bureaus]]\ncode = "finance"\nvalid_to = "2016-03"\n',
        "finance › valid_to: this is before",
        "valid_from",
    ),
    "an unknown successor": (
        '[[bureaus]]\ncode = "finance"\nsuccessors = ["digital-service"]\n',
        'finance › successors: there is no bureau "digital-service"; did you mean "digital-services"?',
        "「digital-services」ではありませんか",
    ),
    "an unknown less": ('[[measures]]\ncode = "paper.copies"\nless = "cards"\n', 'one of "paper", "seal", "fax"', "いずれか"),
    "an unknown measure": (_INDICATOR.format(kind="reduction", numerator="fax.totals", comparison="month"), '"fax.total"', "fax.total"),
    "a reduction from nothing": (
        _INDICATOR.format(kind="reduction", numerator="fax.total", comparison="month"),
        "needs baseline",
        "baseline が要ります",
    ),
    "a share of nothing": (
        _INDICATOR.format(kind="share", numerator="fax.total", comparison="month"),
        "needs denominator",
        "denominator が要ります",
    ),
    "a flow on a date": (
        _INDICATOR.format(kind="reduction", numerator="fax.total", comparison="as of") + 'baseline = "FY2019"\n',
        "x › comparison: the flow fax.total",
        "フロー",
    ),
    "a stock over months": (
        _INDICATOR.format(kind="share", numerator="face.procedures_online", comparison="month") + 'denominator = "face.procedures"\n',
        "x › comparison: the stock face.procedures_online",
        "ストック",
    ),
    "a month for a base year": ('[[indicators]]\ncode = "fax.reduction"\nbaseline = "2019-04"\n', "fax.reduction › baseline", "基準年度"),
    "a target in percent": (
        '[[targets]]\nindicator = "paper.reduction"\nfiscal_year = 2022\nvalue = 70\n',
        "[[targets]] 1 › value: 70 does not do; write a number from 0 to 1 (70 % is 0.70)",
        "0 から 1 まで",
    ),
    "a target that is no number": (
        '[[targets]]\nindicator = "paper.reduction"\nfiscal_year = 2022\nvalue = nan\n',
        "› value",
        "0 から 1 まで",
    ),
    "a target for an unknown indicator": (
        '[[targets]]\nindicator = "paper.reductions"\nfiscal_year = 2022\nvalue = 0.7\n',
        'did you mean "paper.reduction"?',
        "「paper.reduction」ではありませんか",
    ),
    "a year as written in the era": (
        '[[targets]]\nindicator = "paper.reduction"\nfiscal_year = 4\nvalue = 0.7\n',
        "› fiscal_year: 4",
        "西暦",
    ),
    "half a year": ('[[targets]]\nindicator = "paper.reduction"\nfiscal_year = 2022.5\nvalue = 0.7\n', "› fiscal_year: 2022.5", "西暦"),
    "a negative base": ('[[baselines]]\nmeasure = "paper.copies"\nperiod = "FY2016"\nvalue = -1\n', "› value: -1", "0 以上"),
    "a base in words": ('[[baselines]]\nmeasure = "paper.copies"\nperiod = "FY2016"\nvalue = "2億"\n', '› value: "2億"', "0 以上"),
    "true for a base": ('[[baselines]]\nmeasure = "paper.copies"\nperiod = "FY2016"\nvalue = true\n', "› value: true", "0 以上"),
    "a quarter for a base": ('[[baselines]]\nmeasure = "paper.copies"\nperiod = "2016-Q1"\nvalue = 1\n', "› period", "FY2016"),
    "a base without a period": ('[[baselines]]\nmeasure = "paper.copies"\nvalue = 1\n', "period is missing", "period がありません"),
    "a base without a value": ('[[baselines]]\nmeasure = "paper.copies"\nperiod = "FY2016"\n', "value is missing", "value がありません"),
    "a revised base without a reason": (
        '[[baselines]]\nmeasure = "paper.copies"\nperiod = "FY2016"\nvalue = 1\nrevised_on = 2022-10-01\n',
        "needs both revised_on (the day) and reason",
        "両方が要ります",
    ),
    "a day that does not exist": (
        '[[baselines]]\nmeasure = "paper.copies"\nperiod = "FY2016"\nvalue = 1\nrevised_on = "2022-02-30"\nreason = "x"\n',
        '› revised_on: "2022-02-30" does not do; write a date that exists',
        "実在する日付",
    ),
    "a time for a day": (
        '[[baselines]]\nmeasure = "paper.copies"\nperiod = "FY2016"\nvalue = 1\nrevised_on = 2022-02-03T04:05:06\nreason = "x"\n',
        "› revised_on",
        "実在する日付",
    ),
    "an exclusion without a reason": (
        '[[exclusions]]\nmeasure = "paper.copies"\nperiod = "FY2021"\nvalue = 1\n',
        "reason is missing",
        "reason がありません",
    ),
    "half a person": ('[[staff]]\nbureau = "finance"\nfrom = "2022-04"\npeople = 0.5\n', "› people: 0.5", "1 以上の整数"),
    "a part that is no measure": ('[[measures]]\ncode = "fax.total"\nparts = ["fax.sended"]\n', 'did you mean "fax.sent"?', "「fax.sent」"),
    "a cap of a month": (
        _INDICATOR.format(kind="cap", numerator="fax.sent", comparison="month"),
        "comparison: the use of a year's cap",
        "使用率",
    ),
    "a base of an unknown bureau": (
        '[[baselines]]\nmeasure = "paper.copies"\nperiod = "FY2016"\nvalue = 1\nbureau = "finances"\n',
        'did you mean "finance"?',
        "「finance」ではありませんか",
    ),
    "one entry twice": ('[[bureaus]]\ncode = "finance"\n[[bureaus]]\ncode = "finance"\n', "finance: this stands twice", "二度"),
    "an alias for an unknown bureau": ('[aliases.bureaus]\n"財" = "finnance"\n', "[aliases.bureaus] › 財", "「finance」ではありませんか"),
    "an alias of no text": ('[aliases.bureaus]\n"財" = 3\n', "[aliases.bureaus] › 財: 3 does not do", "引用符"),
    "an alias of two bureaus": ('[aliases.bureaus]\n"市場" = "finance"\n', '"市場" names both wholesale-market and finance', "両方"),
    "an alias that is another's name": ('[aliases.bureaus]\n"財　務局" = "taxation"\n', "names both finance and taxation", "両方"),
    "an alias of two measures": (
        '[aliases.measures]\n"コピー 紙" = "paper.copies"\n"コピー紙" = "paper.sheets_purchased"\n',
        "names both paper.copies and paper.sheets_purchased",
        "両方",
    ),
    "an alias that is another measure's name": (
        '[aliases.measures]\n"コピー件数" = "fax.sent"\n',
        "names both paper.copies and fax.sent",
        "両方",
    ),
}


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        (["paper.copies"], "paper.copies is itself a sum"),
        (["fax.total"], "fax.total is itself a sum"),
        (["fax.sent", "fax.sent"], "fax.sent stands twice"),
    ],
)
def test_sum_is_made_of_what_is_no_sum_once_each(tmp_path: Path, parts: list[str], says: str) -> None:
    """A measure that is a part of itself, sums of sums and doubled parts would give wrong figures in silence."""
    words = _refused(tmp_path, f'[[measures]]\ncode = "paper.copies"\nparts = {parts}\n')

    assert says in words.en


@pytest.mark.parametrize(("text", "english", "japanese"), MISTAKES.values(), ids=MISTAKES)
def test_mistake_is_told_in_one_sentence(tmp_path: Path, text: str, english: str, japanese: str) -> None:
    """The sentence names the file, the table and the key, and how to mend it, in both languages."""
    words = _refused(tmp_path, text)

    assert words.en.startswith("fiveless.toml")
    assert words.ja.startswith("fiveless.toml")
    assert english in words.en
    assert japanese in words.ja


def test_name_may_return_at_another_time(tmp_path: Path) -> None:
    """生活文化局 was a bureau until 2022 and is one again since 2025; a third of that name in between is refused nothing."""
    codelists = _loaded(
        tmp_path,
        '[[bureaus]]\ncode = "between"\nname_ja = "生活文化局"\nvalid_from = "2022-04"\nvalid_to = "2025-03"\n',
    )

    assert [each.code for each in codelists.bureaus if each.name.ja == "生活文化局"] == [
        "citizens-cultural-affairs",
        "citizens-cultural-affairs-2025",
        "between",
    ]


def test_settings_in_another_encoding_are_refused(tmp_path: Path) -> None:
    """A file saved as Shift_JIS is told to be saved as UTF-8."""
    (tmp_path / "fiveless.toml").write_bytes('[project]\ncity_ja = "東京都"\n'.encode("cp932"))

    with pytest.raises(FivelessError, match="save it again as UTF-8"):
        reference.load(tmp_path)


def test_settings_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    """A folder in the place of the file is one sentence, not a traceback."""
    (tmp_path / "fiveless.toml").mkdir()

    with pytest.raises(FivelessError, match=r"fiveless\.toml: cannot be read"):
        reference.load(tmp_path)
