"""Labels in other words than ours are read as if our words stood there."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fiveless import rewording
from fiveless.notation import segmented
from fiveless.rewording import reworded


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("県民利用施設数", "都民利用施設数"),
        ("住民等が利用する施設数", "都民が利用する施設数"),
        ("市民・事業者向け行政手続数", "都民・事業者向け行政手続数"),
        ("窓口に来庁した区民の件数", "窓口に来庁した都民の件数"),
        ("区役所FAX送受信件数", "FAX送受信件数"),
        ("県の行政手続数", "行政手続数"),
        ("押印を廃止した手続数（市）", "押印廃止済手続数"),
        ("起案件数（電子決裁率の分母）", "起案件数"),
        ("電子決裁率の分子（電子決裁件数）", "(電子決裁件数)"),
        ("総合文書管理システムの起案件数（電子・紙計）", "起案件数"),
        ("県民利用施設のキャッシュレス収納件数", "キャッシュレス収納件数"),
        ("収納件数（納付書・口座振替・キャッシュレス計）", "収納件数"),
        ("8月迄累計", "8月まで累計"),
        ("通期目標", "年間目標"),
        ("当月－前月", "増減"),
        ("上記のうち電子決定", "うち電子決定"),
        ("FAX送", "FAX送信"),
        ("FAX（受）", "FAX受信"),
        ("FAX送・受信件数", "FAX送受信件数"),
        ("FAX送受信件数のうち送信", "FAX送信"),
        ("FAX受信件数（迷惑FAXを除く）", "FAX受信件数"),
        ("収納件数（現金・キャッシュレス計）", "収納件数"),
        ("収納件数（全決済手段）", "収納件数"),
        ("対面・オンラインを合わせた相談件数", "相談件数"),
        ("窓口来庁件数（傍聴受付を含む）", "窓口来庁件数"),
        ("定期券窓口等の収納件数", "窓口の収納件数"),
        ("施設における収納件数", "収納件数"),
        ("キャッシュレス化の対象となる施設数", "都民利用施設数"),
        ("クレジット・電子マネー等のキャッシュレス収納件数", "キャッシュレス収納件数"),
        ("窓口ごとの来庁件数", "来庁件数"),
        ("営業所別収納件数", "収納件数"),
        ("財務会計システムによる調達枚数", "調達枚数"),
        ("申請者に押印を求める手続数", "押印対象手続数"),
        ("押印を取りやめた手続数", "押印廃止済手続数"),
        ("今月FAXを何件送信しましたか", "今月FAX送信"),
        ("R4.4月報", "R4.4月分"),
        ("4月報告", "4月"),
        ("実績（前年度併記）", "実績()"),
        ("事務所窓口来庁件数の２か年比較", "窓口来庁件数の\n"),
        ("FAX送信件数を課ごとに記入してください", "FAX送信件数"),
    ],
)
def test_in_our_words(text: str, ours: str) -> None:
    """Each is a writing that was met; what is left says the same in words that the lexicon has."""
    assert reworded(segmented(text)) == ours


@pytest.mark.parametrize(
    "text",
    [
        "電子・紙別",
        "市民課",
        "区役所数",
        "区民センター利用件数",
        "国民健康保険課",
        "住民票",
        "相談窓口来所件数",
        "個別相談件数",
        "コピー用紙（学校分を除く）",
        "文書総合管理システムによる起案件数",
        "押印見直し手続数",
    ],
)
def test_what_stays_as_it_is(text: str) -> None:
    """Words that only look alike are left: they mean what they say."""
    assert reworded(text) == text


@pytest.mark.parametrize(("pattern", "_words"), rewording._REWORDED)
def test_no_pattern_is_passed_over(pattern: re.Pattern[str], _words: str) -> None:
    """Whatever fits a pattern has one of the signs without which none is tried."""

    @given(st.from_regex(pattern))
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    def fits(text: str) -> None:
        assert rewording._HINT.search(text)

    fits()
