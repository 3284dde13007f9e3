"""The words of a preview: kinds of cell, parts of a meaning, where a label stands."""

from collections.abc import Mapping
from typing import NamedTuple

from fiveless.language import Words
from fiveless.preview.places import Part, Spot


class Look(NamedTuple):
    """How a kind of cell is told: a mark that needs no colour and is no ▲ or -, which before a number mean minus; and its name."""

    mark: str
    name: Words


LOOKS: Mapping[str, Look] = {
    "taken": Look("●", Words("採用", "taken")),
    "check": Look("✓", Words("検算", "check")),
    "aside": Look("✕", Words("保留", "set aside")),
    "passed": Look("･", Words("対象外", "no observation")),
    "trouble": Look("!", Words("要確認", "to be checked")),
    "unread": Look("?", Words("分からない見出し", "heading not understood")),
    "gap": Look("□", Words("空欄", "blank")),
    "label": Look("", Words("見出し", "heading")),
    "note": Look("", Words("注記・その他", "note")),
    "mark": Look("", Words("記号", "mark")),
}
MEANS: Mapping[str, Words] = {
    "taken": Words("観測値になった数値です。", "A number that became an observation."),
    "check": Words("合計の検算か、同じ数値の再記載です。", "A total that was computed again, or a figure stated again."),
    "aside": Words("人の判断が要る数値です。", "A number that needs a person."),
    "passed": Words(
        "観測値ではない数値（率・再掲・番号など）です。対応は不要です。",
        "A number that is none (a rate, a repetition, a running number); nothing to do.",
    ),
    "trouble": Words(
        "合わない合計、エラー値、数値欄の文字などです。", "A total that does not add up, an error, words for a number and the like."
    ),
    "unread": Words("数値の保留の原因になった見出しです。", "A heading because of which numbers are set aside."),
    "gap": Words("数値の表の中の空欄です（0 とはみなしません）。", "A blank among figures (it is not taken for 0)."),
    "label": Words("意味を読み取った見出しです。", "A heading that was read."),
    "note": Words("数値の意味には使わない文です。", "A text that gives no number its meaning."),
    "mark": Words("－ などの記号です。", "A sign such as －."),
}
FACETS: Mapping[str, Words] = {
    "measure": Words("指標", "measure"),
    "period": Words("時期", "period"),
    "basis": Words("期間の取り方", "basis"),
    "scenario": Words("区分", "scenario"),
    "bureau": Words("局", "bureau"),
    "office": Words("部署", "office"),
    "unit": Words("単位", "unit"),
    "status": Words("状態", "status"),
    "aggregate": Words("合計", "total"),
    "dimension": Words("見出しの役割", "heads"),
    "less": Words("5つのレス", "less"),
    "counted": Words("数えるもの", "what is counted"),
    "apart": Words("採らない理由", "set apart by"),
    "unknown": Words("分からない見出し", "not understood"),
}
WHERE: Mapping[str, Words] = {
    "beside": Words("行の見出し", "heading of its row"),
    "over": Words("列の見出し", "heading of its column"),
    "right": Words("右の欄", "to its right"),
    "caption": Words("表題", "caption"),
    "sheet": Words("シート名", "sheet's name"),
    "cover": Words("表紙", "cover"),
    "file": Words("ファイル名", "file's name"),
}
BASES: Mapping[str, Words] = {
    "month": Words("単月", "month"),
    "quarter": Words("四半期", "quarter"),
    "year": Words("年度計", "fiscal year"),
    "ytd": Words("4月からの累計", "since April"),
    "as_of": Words("末時点", "at the end"),
}
SCENARIOS: Mapping[str, Words] = {
    "actual": Words("実績", "actual"),
    "target": Words("目標", "target"),
    "plan": Words("計画", "plan"),
    "cap": Words("上限", "cap"),
    "excluded": Words("除外分", "excluded"),
}
STATUSES: Mapping[str, Words] = {
    "estimated": Words("推計値", "estimated"),
    "provisional": Words("速報値", "provisional"),
    "revised": Words("訂正値", "revised"),
    "missing": Words("欠測", "missing"),
    "not_applicable": Words("該当なし", "not applicable"),
    "normal": Words("確定", "normal"),
}
AGGREGATES: Mapping[str, Words] = {"subtotal": Words("小計", "subtotal"), "total": Words("合計", "total")}
DIMENSIONS: Mapping[str, Words] = {
    "office": Words("部署", "office"),
    "desk": Words("担当", "desk"),
    "bureau": Words("局", "bureau"),
    "measure": Words("指標", "measure"),
    "unit": Words("単位", "unit"),
    "month": Words("月", "month"),
    "year": Words("年度", "fiscal year"),
    "calendar_year": Words("年", "year"),
    "era_year": Words("年", "year"),
    "period": Words("年月", "month"),
    "submitted": Words("提出日", "date of submission"),
    "note": Words("備考", "remark"),
    "contact": Words("連絡先", "contact"),
    "index": Words("番号", "running number"),
    "any": Words("行と列", "rows and columns"),
}
MARKS: Mapping[str, Words] = {
    "nil": Words("該当する件数がない（なし）", "nothing to count (nil)"),
    "not_available": Words("不明・欠測", "not available"),
    "not_applicable": Words("対象外・該当なし", "not applicable"),
    "not_counted": Words("未集計・未報告", "not counted yet"),
    "tick": Words("数値ではない印", "a tick, no number"),
}


def read_at(spot: Spot) -> Words:
    """A place where something was read: its cell, how it stands to the number, and its text."""
    where = WHERE[spot.where]
    ja, en = (f"「{spot.text}」", f" «{spot.text}»") if spot.text else ("", "")
    return Words(f"{spot.cell} {where.ja}{ja}".strip(), f"{spot.cell} {where.en}{en}".strip())


def given_by(part: Part) -> Words:
    """Where a part of a meaning was read, else why it is so; empty for what a label says by itself."""
    if part.why:
        return Words(f"（{part.why.ja}）", f" ({part.why.en})")
    read = [read_at(spot) for spot in part.spots]
    return Words(" ← " + "、".join(each.ja for each in read), " ← " + ", ".join(each.en for each in read)) if read else Words("", "")
