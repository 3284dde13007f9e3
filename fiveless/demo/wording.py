"""How the demo's bureaus write: sheet names, headings in several wordings, and months in several eras' forms."""

from collections.abc import Mapping
from typing import Literal

from fiveless.period import Period
from fiveless.structure import Less

Writing = Literal["long", "wide", "short"]
SHEETS: Mapping[Less, tuple[str, str]] = {
    "paper": ("ペーパーレス", "ペーパーレス"),
    "seal": ("はんこレス", "はんこレス"),
    "fax": ("FAXレス", "ＦＡＸレス"),
    "cash": ("キャッシュレス", "キャッシュレス"),
    "face": ("タッチレス", "タッチレス"),
}
FLOWS: Mapping[Less, tuple[str, ...]] = {
    "paper": ("paper.sheets_purchased", "paper.copies"),
    "seal": ("seal.decisions", "seal.decisions_electronic"),
    "fax": ("fax.sent", "fax.received"),
    "cash": ("cash.payments", "cash.payments_cashless"),
    "face": ("face.consultations", "face.consultations_online", "face.visits"),
}
STOCKS: Mapping[Less, tuple[str, ...]] = {
    "paper": (),
    "seal": ("seal.procedures", "seal.procedures_abolished"),
    "fax": (),
    "cash": ("cash.facilities", "cash.facilities_cashless"),
    "face": ("face.procedures", "face.procedures_online"),
}
WORDINGS: Mapping[str, tuple[str, str, str]] = {
    "paper.sheets_purchased": ("コピー用紙調達量", "コピー用紙購入枚数", "コピー用紙の調達量"),
    "paper.copies": ("コピー件数", "複写件数", "コピー件数"),
    "fax.sent": ("FAX送信件数", "ＦＡＸ送信件数", "ファクシミリ送信件数"),
    "fax.received": ("FAX受信件数", "ＦＡＸ受信件数", "ファクシミリ受信件数"),
    "seal.decisions": ("起案文書数", "起案文書件数", "起案文書数"),
    "seal.decisions_electronic": ("電子決定件数", "うち電子決定件数", "うち電子決定"),
    "seal.procedures": ("押印対象手続数", "押印対象手続数", "押印を求める手続数"),
    "seal.procedures_abolished": ("押印廃止済手続数", "押印廃止済手続数", "うち押印廃止済手続数"),
    "cash.facilities": ("都民利用施設数", "都民利用施設数", "都民利用施設数"),
    "cash.facilities_cashless": ("キャッシュレス導入施設数", "うちキャッシュレス導入施設数", "キャッシュレス導入済施設数"),
    "cash.payments": ("収納件数", "収納件数", "収納件数"),
    "cash.payments_cashless": ("キャッシュレス収納件数", "うちキャッシュレス収納件数", "キャッシュレス収納件数"),
    "face.procedures": ("行政手続数", "行政手続数", "行政手続数"),
    "face.procedures_online": ("デジタル化済手続数", "うちデジタル化済手続数", "デジタル化済手続数"),
    "face.consultations": ("相談・説明会等件数", "相談・説明会等の件数", "相談・説明会等件数"),
    "face.consultations_online": ("オンライン相談・説明会等件数", "うちオンライン相談・説明会等の件数", "オンライン相談・説明会等件数"),
    "face.visits": ("窓口来庁件数", "窓口への来庁件数", "来庁件数"),
}
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_REIWA = Period.month(2019, 5).first


def month(period: Period, writing: Writing = "long") -> str:
    """令和4年7月, 令和４年７月 or R4.7."""
    name, initial, year = ("令和", "R", period.first // 12 - 2018) if period.first >= _REIWA else ("平成", "H", period.first // 12 - 1988)
    number = period.first % 12 + 1
    if writing == "short":
        return f"{initial}{year}.{number}"
    text = f"{name}{'元' if year == 1 else year}年{number}月"
    return text.translate(_WIDE) if writing == "wide" else text


def year(fiscal_year: int, writing: Writing = "long") -> str:
    """令和4年度, 令和４年度 or R4年度."""
    name, initial, number = ("令和", "R", fiscal_year - 2018) if fiscal_year >= 2019 else ("平成", "H", fiscal_year - 1988)
    if writing == "short":
        return f"{initial}{number}年度"
    text = f"{name}{'元' if number == 1 else number}年度"
    return text.translate(_WIDE) if writing == "wide" else text


def of_month(period: Period) -> str:
    """4月 … 3月."""
    return f"{period.first % 12 + 1}月"
