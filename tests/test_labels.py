"""What labels say."""

import pytest

from drawn import lexicon
from fiveless.dating import Dated
from fiveless.labels import Label
from fiveless.meaning import Context, Meanings, Said
from fiveless.structure import Measure


def said(text: str) -> Label:
    """The label of a text."""
    return lexicon().read(text)


@pytest.mark.parametrize("measure", lexicon().codelists.measures, ids=lambda measure: measure.code)
def test_every_measure_is_known_by_its_own_names(measure: Measure) -> None:
    """The Japanese and the English name of a measure name it and nothing else."""
    for name in measure.name:
        label = said(name)
        assert label.rest == ""
        context = Context(Said((label,)), Said(()), None, Said((said(measure.less),)))
        assert Meanings(lexicon()).of(context).measure == measure.code


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("コピー用紙購入枚数", "ACQUIRE STOCK"),
        ("用紙使用量", "ACQUIRE STOCK"),
        ("ファクシミリ送信件数", "FAX SEND"),
        ("ＦＡＸ送付数", "FAX SEND"),
        ("うち電子決裁", "DECISION ELECTRONIC"),
        ("窓口来庁者数（人）", "COUNTER VISIT"),
        ("キャッシュレス決済件数", "CASHLESS PAYMENT"),
        ("①　コピー件数 ※1", "COPY"),
        ("コピー件数（複合機）", "COPY"),
        ("紙の購入枚数", "ACQUIRE ON_PAPER"),
        ("押印対象手続の数\n※月末現在", "PROCEDURE SEAL TARGET"),
        ("問１　ＦＡＸ送信件数を月ごとに御記入ください。", "FAX SEND"),
        ("Copy paper usage (thousand sheets)", "ACQUIRE STOCK"),
        ("Procedures no longer requiring a seal", "ABOLISHED PROCEDURE SEAL"),
    ],
)
def test_synonyms(text: str, concepts: str) -> None:
    """Other words for the same thing, with brackets, bullets and footnote signs, hold the same concepts and leave nothing over."""
    assert (" ".join(sorted(said(text).concepts)), said(text).rest) == (concepts, "")


@pytest.mark.parametrize("text", ["カラーコピー件数", "コピー件数（両面）", "コピー用紙（再生紙）調達量"])
def test_what_narrows_a_measure_is_left_over(text: str) -> None:
    """A word that is not understood is kept, for it may make the count another one."""
    assert said(text).rest


@pytest.mark.parametrize(
    ("text", "bureaus", "office"),
    [
        ("総　務　局", "general-affairs", ""),
        ("下水道局", "sewerage", ""),
        ("政企局", "policy-planning", ""),
        ("市場", "", ""),
        ("提出局：市場", "wholesale-market", ""),
        ("提出局：水道局", "waterworks", ""),
        ("水道局 総務課", "waterworks", "総務課"),
        ("東京都水道局多摩支所", "waterworks", "多摩支所"),
        ("Bureau of Waterworks", "waterworks", ""),
        ("生活文化局", "citizens-cultural-affairs citizens-cultural-affairs-2025", ""),
        ("相談支援センター", "", "相談支援センター"),
        ("大阪市水道局", "", ""),
        ("大塚駅務管区", "", "大塚駅務管区"),
        ("企画グループ", "", "企画グループ"),
        ("計画部計", "", "計画部"),
        ("目標管理課計", "", "目標管理課"),
        ("各課計", "", ""),
    ],
)
def test_bureaus_and_offices(text: str, bureaus: str, office: str) -> None:
    """Names, aliases and inner spaces give the bureau; an unknown city's bureau is not ours; what ends as an office's name is one."""
    assert (" ".join(said(text).bureaus), said(text).office) == (bureaus, office)


@pytest.mark.parametrize("text", ["合計", "合　計", "小計", "総計", "計", "Total", "水道局合計", "総務部計", "年度計"])
def test_totals(text: str) -> None:
    """Totals are known alone and at the end of a name."""
    assert said(text).aggregate


@pytest.mark.parametrize("text", ["会計課", "統計課", "設計室", "累計", "会計管理局"])
def test_the_sign_for_total_inside_other_words(text: str) -> None:
    """会計, 統計, 設計 and 累計 are no totals."""
    assert not said(text).aggregate


def test_a_name_that_sounds_like_a_plan_is_none() -> None:
    """計画部計 adds up 計画部 and is no planned figure."""
    assert (said("計画部計").scenario, said("計画部計").aggregate) == (None, "subtotal")
    assert said("4月からの計画").scenario == "plan"


def test_totals_since_april_and_goals_of_a_year() -> None:
    """4月からの計 is cumulative, and 上限枚数（年間） of the year rather than a total."""
    assert [(said(text).basis, said(text).aggregate) for text in ("累計（４月からの計）", "4月からの計")] == [("ytd", ""), ("ytd", "")]
    cap = said("購入上限枚数（年間）")
    assert (cap.scenario, cap.yearly, cap.aggregate, cap.span) == ("cap", True, "", "")


@pytest.mark.parametrize("text", ["増減率（％）", "前年同月比", "電子決定率", "削減率", "構成比"])
def test_derived_figures(text: str) -> None:
    """Rates, differences and shares are derived."""
    assert said(text).derived


def test_units() -> None:
    """Units stand in brackets, in a caption, or alone; several may be given."""
    assert [(unit.name, unit.factor) for unit in said("コピー用紙調達量（千枚）").units] == [("枚", 1000)]
    assert [(unit.name, unit.factor) for unit in said("（単位：千枚、件）").units] == [("枚", 1000), ("件", 1)]
    assert said("千枚").only_unit
    assert not said("コピー用紙調達量（千枚）").only_unit


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("単位：用紙は千枚、コピーは件", [("枚", 1000), ("件", 1)]),
        ("１　ペーパーレス（単位：用紙 千枚、コピー 件）", [("枚", 1000), ("件", 1)]),
        ("単位：千枚（職員数を除く）", [("枚", 1000)]),
        ("（単位：手続、各年度末現在）", [("手続", 1)]),
        ("Unit: thousands of sheets", [("sheets", 1000)]),
        ("Copy paper purchased, sheets", [("sheets", 1)]),
        ("（単位：袋、件）", []),
    ],
)
def test_captions_of_units(text: str, units: list[tuple[str, int]]) -> None:
    """A caption may say what each unit is for, when the figures stand, or what it leaves out; a unit that nobody knows makes it unclear."""
    label = said(text)
    assert ([tuple(unit) for unit in label.units], label.unclear_unit, label.memo) == (units, not units, False)


def test_a_unit_that_may_be_a_heading() -> None:
    """Copies with a capital names the copies, if nothing nearer or farther does; copies is a unit alone."""
    assert said("copies").only_unit
    assert (said("Copies").concepts, bool(said("Copies").units), said("Copies").noun) == (frozenset({"COPY"}), True, True)
    assert Said((said("Payments"), said("Payments taken cashless"))).counted is said("Payments taken cashless")


def test_notes_say_nothing_but_a_unit() -> None:
    """A remark below a table must not lend its words to it, but a unit that it states counts."""
    remark = Label("※コピー用紙調達量は納品ベース。2箱(5,000枚)未満は四捨五入。", note=True)
    assert said("※ コピー用紙調達量は納品ベース。2箱（5,000枚）未満は四捨五入。").says == remark.says
    assert said("※単位：千枚").units
    assert said("FAX送信件数、" * 200).note


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("部署名", "office"),
        ("局　名", "bureau"),
        ("項目", "measure"),
        ("No.", "index"),
        ("部署／月", "any"),
        ("Calendar year（暦年）", "calendar_year"),
        ("年度（西暦）", "year"),
        ("納入年月", "period"),
        ("送信月", "month"),
        ("所属局", "bureau"),
        ("staff_id", "index"),
        ("所属・施設", "office"),
        ("施設", ""),
        ("Paid", ""),
        ("課（所）名", "office"),
        ("部・課（室・所）名", "office"),
        ("課（総務）", ""),
    ],
)
def test_roles(text: str, role: str) -> None:
    """A heading of a label column gives it its role."""
    assert said(text).dimension == role


def test_names_of_files_are_no_notes() -> None:
    """集計用, 様式, ※ and 様 in the name of a file leave it bureau and month; to whom it is addressed is not whose it is."""
    for stem in ("5レス_水道局_R5.6_集計用", "※再提出_水道局_R5.6", "水道局様_202306", "問合せ一覧_水道局_2023年6月"):
        label = lexicon().read_name(stem)
        assert (label.bureaus, label.dated and label.dated.month) == (("waterworks",), 6), stem
    assert lexicon().read_name("5レス_デジタルサービス局あて").bureaus == ()


def test_words_list_is_sound() -> None:
    """Every word has a kind that is read, and no word stands twice with the same kind and value."""
    words = lexicon().codelists.words
    assert len({(word.text, word.kind, word.value) for word in words}) == len(words)
    assert {word.kind for word in words} <= {
        *(
            "aggregate",
            "base",
            "basis",
            "concept",
            "compared",
            "counted",
            "derived",
            "dimension",
            "document",
            "flow",
            "group",
            "ignore",
            "less",
            "measure",
            "memo",
            "other",
            "part",
        ),
        *("forecast", "same", "scenario", "shift", "span", "status", "year_end", "yearly"),
    }


def test_the_day_of_writing_in_brackets_is_no_time_of_the_figures() -> None:
    """令和4年6月（令和4年7月10日作成） is June."""
    dated = lexicon().read("FAX送信件数　令和4年6月（令和4年7月10日作成）").dated
    assert dated
    assert (dated.year, dated.month) == (2022, 6)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("貴局が令和5年度第3四半期中に送信したＦＡＸの件数（FAX送信件数）", "FAX SEND"),
        ("令和5年度第3四半期中の窓口来庁件数", "COUNTER VISIT"),
        ("コピー用紙調達枚数（枚）\nCopy paper purchased (sheets)", "ACQUIRE STOCK"),
        ("【問１】コピー用紙調達量を入力してください（枚）", "ACQUIRE STOCK"),
        ("コピー用紙調達量（納品ベース）", "ACQUIRE STOCK"),
        ("ＦＡＸ（送）", "FAX SEND"),
        ("#FAXサーバ 回線別月次統計", "FAX"),
        ("上記５のうち電子決定件数", "DECISION ELECTRONIC"),
        ("窓口来庁件数の推移　Trend of visits to the counter", "COUNTER VISIT"),
    ],
)
def test_questions_and_words_in_two_languages_leave_nothing_over(text: str, expected: str) -> None:
    """Whom a question asks, 中 behind a span of time, and a unit that is said again in English narrow nothing."""
    label = said(text)
    assert (label.concepts, label.rest, label.narrowed) == (frozenset(expected.split()), "", False)


def test_when_a_fiscal_year_begins_is_no_month() -> None:
    """(fiscal year starts in April) tells no time; 令和6年度中央卸売市場 holds a bureau's name."""
    dated = said("FY2022 quarterly report (fiscal year starts in April)").dated
    assert dated
    assert (dated.year, dated.within_year) == (2022, False)
    assert said("令和6年度中央卸売市場").bureaus == ("wholesale-market",)


def test_a_pivot_tables_captions_are_no_totals() -> None:
    """合計 / 収納件数 heads the figures themselves; 合計 alone and 収納件数合計 are totals."""
    assert [said(text).aggregate for text in ("合計 / 収納件数（件）", "Sum of faxes sent", "合計", "収納件数合計")] == [
        "",
        "",
        "total",
        "total",
    ]


def test_words_before_a_date_or_a_bureau() -> None:
    """目標 2017年度 is of that year, 目標:令和7年度 tells when a goal is due; 15_指標別-下水道局 ends in a bureau's name."""
    dated = said("コピー用紙調達量 目標 ２０１７年度").dated
    assert dated
    assert dated.year == 2017
    assert said("目標：令和7年度").dated is None
    assert said("15_指標別-下水道局").bureaus == ("sewerage",)
    assert not said("取扱注意").rest


def test_the_review_of_seals() -> None:
    """押印の見直し heads what is done to need no seals; 押印見直し手続数 may be those reviewed or those freed, and is asked."""
    assert [said(text).less for text in ("押印の見直し", "押印見直し状況", "はんこの見直し（令和5年度）")] == ["seal"] * 3
    assert [(said(text).less, said(text).rest) for text in ("押印見直し手続数", "押印見直し件数")] == [(None, "見直し")] * 2
    assert said("押印見直し済").concepts == {"SEAL", "ABOLISHED"}


def test_reports_of_a_month() -> None:
    """4月報告, R7年5月報告 and R4.4月報 name a month; 各課ごとに報告してください names nothing."""
    assert [lexicon().read(text).dated for text in ("4月報告", "R7年5月報告", "R4.4月報")] == [
        Dated(month=4),
        Dated(2025, month=5),
        Dated(2022, month=4),
    ]
    assert lexicon().read("起案文書（令和5年9月中）").rest == ""
    assert lexicon().read("FAX送信件数を課ごとに報告してください").concepts == {"FAX", "SEND"}


def test_who_copied_a_table_says_nothing_of_its_time() -> None:
    """（昨年の報告より転記） before what is counted moves no year, for the year stands there."""
    label = lexicon().read("（昨年の報告より転記）コピー用紙調達量　令和3年4月分")
    assert (label.shift, label.dated, label.rest) == (None, Dated(2021, month=4), "")


def test_a_relation_is_no_office() -> None:
    """5レス関係 ends as 庶務係 does, and names no office."""
    assert (lexicon().read("５レス関係　前年度との比較").office, lexicon().read("庶務係").office) == ("", "庶務係")


def test_clerks_of_a_bureau_and_alike() -> None:
    """交通局庶務 names the bureau, 局（本部）名 heads one, 車両電気部→交通局庶務 names sender and bureau."""
    assert lexicon().read("交通局庶務").bureaus == ("transportation",)
    assert lexicon().read("局（本部）名").dimension == "bureau"
    sent = lexicon().read("車両電気部→交通局庶務_R5")
    assert (sent.office, sent.bureaus) == ("車両電気部", ("transportation",))


def test_a_list_by_place() -> None:
    """営業所別収納件数 counts payments, each branch in its row; 部署別 and 学校別 alike, 特別 is none."""
    for text in ("営業所別収納件数", "学校別収納件数", "都税事務所別の収納件数"):
        assert lexicon().read(text).rest == ""
    assert lexicon().read("特別収納件数").rest
    assert lexicon().read("所管行政手続数").rest == ""


def test_what_a_count_leaves_out() -> None:
    """Junk faxes left out say nothing of what is counted; what else is left out is told as memo."""
    assert (lexicon().read("FAX受信件数（迷惑FAXを除く）").memo, lexicon().read("FAX受信件数（迷惑FAXを除く）").rest) == (False, "")
    assert lexicon().read("コピー用紙（学校分を除く）").memo


def test_years_before_words_of_months() -> None:
    """R5月次 is of R5, R5.4月報 of April; fiscal year 2023 begins in April is no April."""
    assert lexicon().read("R5月次管理表").dated == Dated(2023, fiscal=True)
    assert lexicon().read("R5.4月報").dated == Dated(2023, month=4)
    assert lexicon().read("Fiscal year 2023 begins in April 2023.").dated == Dated(2023, fiscal=True)
    assert lexicon().read("公金収納件数").rest == ""


def test_windows_whichever_they_are() -> None:
    """収納件数 and 来庁 at whichever window count payments and visits; 相談窓口 is a word of its own."""
    for text in ("営業所窓口での収納件数", "定期券窓口等の収納件数", "受験案内窓口への来庁", "来庁（入札・契約窓口）"):
        assert lexicon().read(text).rest == "", text
    assert lexicon().read("窓口来庁件数（傍聴受付を含む）").memo is False


def test_a_line_that_points_to_what_is_below_it() -> None:
    """↓ここから新契約（A4 500枚×5冊/箱） is a note and states no unit; 調達なし counts nothing."""
    label = lexicon().read("↓ここから新契約（A4 500枚×5冊/箱）")
    assert (label.note, label.units) == (True, ())
    assert lexicon().read("調達なし").note


def test_approvals_and_days_of_publishing() -> None:
    """決裁欄, 起案 with a day, and 公表予定 are notes; 決定件数 of a month is none."""
    assert all(lexicon().read(text).note for text in ("決裁欄", "起案　令和4年7月1日", "ホームページで公表予定"))
    assert not lexicon().read("決定　令和4年7月分").note


def test_a_sentence_that_states_the_unit() -> None:
    """※表中の単位は千枚とする。 states a unit as a caption does."""
    label = lexicon().read("※表中の単位は千枚とする。")
    assert (label.note, [(unit.name, unit.factor) for unit in label.units]) == (False, [("枚", 1000)])


def test_an_office_of_two_names() -> None:
    """総務部 総務課 is both together, not the first of them."""
    assert lexicon().read("総務部　総務課").office == "総務部総務課"


def test_what_is_not_yet_counted_is_no_remainder() -> None:
    """「…」は未集計 explains a sign; 未対応 is what is left over. 本局 is an office, 窓口名 heads offices, 予実 says nothing."""
    assert not lexicon().read("単位：件／「…」は未集計").derived
    assert lexicon().read("未対応").derived
    assert (lexicon().read("本局").office, lexicon().read("窓口名").dimension) == ("本局", "office")
    assert lexicon().read("コピー用紙予実管理表").rest == ""
