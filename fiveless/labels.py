"""What a label says: each distinct text is split into dates, units, names and known words once; what is left over is kept."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, replace
from functools import cache, lru_cache
from operator import attrgetter

from fiveless import dating, notation
from fiveless.dating import Dated
from fiveless.notation import Unit
from fiveless.observation import Basis, Scenario, Status
from fiveless.rewording import reworded
from fiveless.structure import Codelists, Less, Word
from fiveless.units import names_unit, units_stated

_STATES_UNIT = re.compile("単位[はを]")
"""※表中の単位は千枚とする。 is a sentence that states the unit."""
_POINTING = re.compile(r"\s*[↓⇩]\s*\S")
"""↓ここから新契約 speaks of what is below it."""
_NOTE = re.compile(
    r"[※*]|(?:出所|出典|資料|(?:増減|増加|減少)?の?理由)[:：]|[(\[]資料[)\]]|(?:電話|内線|TEL)[:：\s]?\d[\d()-]+|(?:起案|決裁|決定|供覧|施行)(?:日|年月日)?[:\s]*(?:令和|平成|[RH]|20\d\d)\S*?(?:\d{1,2}日|[./-]\d{1,2}[./-]\d{1,2})$|(?:調達|実績|利用|購入|使用|発生|受付)(?:は|が)?(?:なし|無し|無)$|\(?注\d*[):.：]?|(?:別記|別添)?(?:第\d+号)?様式(?:第?\d+号?)?(?:の\d+)?(?:\(.*\))?$|(?:参考)?(?:資料|別紙|別表|別添)\s?\d*$|(?:備考|目標|計画|基準|目的|方針|趣旨|背景)[:：]|note:"
    r"|[(\[]?(?:[局庁部課室所]内限り?|関係者限り?|取扱注意|部外秘|対外秘|内部資料)[)\]]?$"
    r"|(?:取消線|取り消し線|二重線|見え消し|赤字|青字|朱書き?|太字|斜体|下線|網掛け?|網かけ|着色|色付き|[赤青黄緑灰]色?)(?:の|は|部分|セル|箇所|欄)",
    re.IGNORECASE,
)
_ERA_BEFORE_NAME = re.compile(r"(?<![A-Za-z0-9])([RHＲＨ][0-9０-９]{1,2})(?=[一-鿿])(?:(?![年月日度第四半上下])|(?=月[次別例間]))")
"""R3建設局 in the name of a file."""
_ADDRESSEE = re.compile(
    r"(?:殿|様|御中|(?:[長局課部室庁会]|担当|事務局)(?:宛て?|あて))$|提出先|送付先|あて先|宛て?先|問い?合わ?せ先?|照会[先元]|取りまとめ[:局]|とりまとめ[:局]|所管[:]|(?:集計|確認|記入|回収)用$"
)
_PIVOTED = re.compile(r"^(?:合計 / |sum of )(?=\S)", re.IGNORECASE)
"""Before the name of what a pivot table gives, it says how: 合計 / 収納件数 heads the figures themselves."""
_AS_OF = re.compile(r"末|現在|時点|as of", re.IGNORECASE)
_QUESTION = r"(?:設問|質問|問)\s?[0-9０-９一二三四五六七八九十]{1,3}(?:[-－の][0-9０-９]{1,2}|[(（][0-9０-９]{1,2}[)）])?"
_FORMULA = r"[A-Z](?:\s?[+＋*/×÷=~-]\s?[A-Z])+"
_LETTER = re.compile(rf"[(\[]?(?:{_FORMULA}|[A-Zア-ン]|\d{{1,2}}(?=[)\]])|Q(?:[5-9]|\d\d)|{_QUESTION})[)\]]?")
_FROM_APRIL = re.compile(
    r"4月(?:から|以降)(?:[同当本今]月|報告月)?(?:末?まで)?の?\s*(?:(?=累計|累積|合計)|計(?!画))|(?<=累計)\s?[(]4月(?:から|以降|~)(?:[当本今]月|報告月)?分?(?:まで)?[)]"
)
_NOT_REPORTED = re.compile(
    r"(?:作成|更新|提出|送付|公表|公開|記入|報告|印刷|出力|回答|締切|〆切|次回|次期|目標)(?:年月日|日|期限|予定日?)\s*[:]?\s*\f"
    r"|(?:作成|更新|提出|送付|印刷|出力|回答|期限|締切|〆切|次回|次期|基準|様式第?)[:]?\f|目標:\f"
    r"|\f\s*(?:付け?|作成|更新|提出|印刷|改定|改訂|改正|制定|策定|決定|比|までに|締切|〆切|現在改)"
)
_PAGE = re.compile(r"[(\[-]?\s?(?:p\.?|No\.?)?\s?\d{1,3}\s?(?:[/-]\s?\d{1,3}\s?(?:頁|ページ|枚目)|頁|ページ|枚目)\s?[)\]-]?", re.IGNORECASE)
_CALLS = re.compile(r".+(?:電話|内線|tel)(?:番号)?", re.IGNORECASE | re.DOTALL)
_MONTHS_SHARE = re.compile(r"月分(?!まで|から|以降|以前|より|は別|を除|提出)")
_IN_BRACKETS = re.compile(r"[(\[][^()\[\]]*(?:提出|作成|更新|記入|印刷|出力|改定|改訂|送付|発行)[^()\[\]]*[)\]]")
_DAYS_COUNTED = re.compile(
    r"^(?:決定|起案|収納|入金|取引|送信|受信|送受信|利用|使用|処理|受付|来庁|計上|発注|購入|納品)(?:年月日|年月|日時|日付|日|期間)(?=\s?[:=])"
)
"""Before the days of which an extract gives the figures: 決定日=2024/10/01~2024/10/31."""
_DAY_OF_WORK = re.compile(r"(?:提出|作成|更新|記入)(?!様式|用|要領|シート|[票表])|報告日|印刷|出力|期限|締切|〆切")
_OF_NAMES = re.compile(r"(?:様|殿|御中)(?=[_\s()（）-]|$)|[※*]")
_ADDRESSED = re.compile("宛|あて|提出先|送付先")
_INSTRUCTION = re.compile(r"(?<=[^\s\n])\s*[(\[][^()\[\]]*(?:。|ください|下さい|願います|こと)[^()\[\]]*[)\]]$")
_STOCKS_ARE = re.compile(r"\s*[(（][^()（）]{0,6}ストック(?:の指標|の項目|指標)?は[^()（）]*[)）]")
"""（ストックは年度末） says nothing of the flows beside them, and stocks are at the end of their time in any case."""
_SENTENCE = re.compile(
    r"。|(?:から|より)(?:記録|集計|運用|掲載|計上)(?:を?開始)?[)\]]?$|場合(?:は|には).*(?:記入|記載|入力|報告|明記)|(?:公表|公開)予定|^(?:起案|決裁|決定|供覧|回議|合議|施行)(?:欄|印|者|区分)$|ください|下さい|願います|(?:ます|ました|ません)\s*(?:[(（][^()（）]*[)）])?$"
)
_BUREAU_LIKE = re.compile(r"(?:局|庁|本部|室|会|署)$")
_YEARLY = re.compile(r"[(（\[](?:年間|通年|年度)[)）\]]|年間の?(?=[^\s()]{1,6}(?:上限|目標|計画|限度|配当|枠|予定))")
_IN_A_YEAR = r"年間|通年|年度の?(?:合計|総計|計)|年計"
_WHOLE_YEAR = re.compile(rf"{_IN_A_YEAR}|年度の?間")
_OF_YEAR = re.compile(rf"{_IN_A_YEAR}|(?i:full year|total)")
_UNTIL = re.compile(r"月末?日?まで")
_UP_TO = re.compile(r"(?:年度|[RHrh]\d{1,2}実績).*月末?日?(?:まで|現在|時点)", re.DOTALL)
"""令和5年度（11月末現在）, of what is counted over time, is from April on."""
_PREVIOUS_YEAR = re.compile(r"年度(?!同)")
_OF_QUARTER = re.compile(r"[当本今]?四半期")
_YEAR_END = re.compile(r"年度末(?!まで)|(?i:end of (?:fy|fiscal)|year[- ]end)")
_COUNTED = re.compile(r"(?<=[^\s()目標計画])実績(?:件|枚|人)?数")
_WHOLE = re.compile(r"総数|総件数|全件|全体")
_BOTH_WAYS = re.compile(r"送受信[^\s()]*\((?:合計|総?計)\)$")
_EACH = "各"
"""各局 before what is counted names no bureau."""
_CHUNKS = re.compile(r"[\n\f()\[\]:=、,/\\|_]+")
_MARKER = re.compile(
    r"^(?:\d{1,2}[.)．]|[(\[]?[0-9A-Za-zア-ンⅰ-ⅹ][)\]]|[■□◆◇●○・◎▼▽▶>-]+)\s*"
    rf"|\s*[(\[](?:[A-Z]|{_FORMULA}|[※*]\d*|注\d*)[)\]]$|\s*[※*]\d*$|\s*注\d+$"
)
_LEAD = re.compile(
    r"^\s*(?:#+\s*(?=[^\s\d#])|[0０][0-9０-９][_＿](?=[^\s\d_＿])|(?:[A-ZＡ-ＺⅠ-Ⅻⅰ-ⅻア-ン]|[0-9０-９]{1,2}(?:[-－.．](?:[0-9０-９]{1,2}|[(（][0-9０-９]{1,2}[)）]))+"
    r"|[0-9０-９]{1,2}(?=[\s\u3000])|No\. of(?=\s))[\s\u3000]+"
    r"(?=[^\s月年日四件枚人期回～~-]{2})(?!(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))"
    rf"|[\[【（(]?{_QUESTION}(?:[\]】）)]\s*|[\s\u3000:：.．、]+|(?=[^\s\d]{{2}}))(?:{_QUESTION}(?=の(?:うち|内)))?"
    r"|[QＱ][0-9０-９]{1,2}(?:[-－][0-9０-９]{1,2})?[.．:：、)）][\s\u3000]*(?=[^\s\d])|要求資料第?[0-9０-９]{1,3}号[\s\u3000:：]*|(?:第?[表図]|様式|別紙|別表|付表|資料)\s*[0-9０-９]{1,2}(?:[-－][0-9０-９]{1,2})*[表図号]?[\s\u3000:：.．]+)"
)
_REMARK = re.compile(r"(?<=[^\s\u3000])[\s\u3000]+[※＊][^\n]{3,}$")
_ARROWS = re.compile(r"[→⇒↓↑←⇨⇩]")
_BETWEEN = re.compile(r"(?<=[一-鿿])[→⇒⇨](?=[一-鿿])")
_SPELT = re.compile(r"(?<![A-Za-z])(?:[A-Z]\s+){2,}[A-Z](?![A-Za-z])")
_CUT_SHORT = ("委", "選管", "委員会")
_CLERKS = re.compile(r"^の?庶務$")
"""水道局庶務 are its clerks for general affairs, who gather its figures."""
_NUMBERED = re.compile(r"^[(\[]?\d{1,3}[)\].-]?\s?")
_PLACE = re.compile(
    r"(?:設置|使用|利用|発信|送信|受信|購入|発注|調達|配置|対象|実施|取扱い?|受付)(?:部署|所属|課所|場所|拠点)(?:名|等)?|(?:取扱い?|収納|受付)窓口|(?:取扱い?|収納|受付)?窓口名"
    r"|(?:報告|集計|調査|回答|記載|記入)?の?対象(?:部署|所属|課所?|室|公所|事業所|事務所|施設|機関|組織)(?:名|等)?"
)
_KINDS_OF_OFFICE = r"(?:事務所|センター|出張所|[部課室係班所署園校館])"
_OFFICE_OR_ALIKE = re.compile(
    rf"(?:(?:部署|所属|[部課室係班署園校])・?)+\({_KINDS_OF_OFFICE}(?:[・、]{_KINDS_OF_OFFICE})*等?\)(?:の?名称?)?"
)
"""部（室）名, 課（室・所）名."""
_BUREAU_OR_ALIKE = re.compile(r"(?:局|局庁)\((?:(?:本部|庁|室|委員会|事務局|局相当)[・、]?)+等?\)(?:の?名称?)?")
"""局（本部）名."""
_OF_PLACES = frozenset({"施設", "窓口", "拠点"})
"""With an office named before or behind them they are offices too: 所属・施設."""
_CODE = re.compile(r"(?!(?:QR|バー|二次元)コード)[^。]{0,12}(?:コード|番号|ID|CD)|(?i:(?:\w{1,12}[ _-]){1,2}(?:id|code|cd))")
_WHEN = re.compile(
    r"(?:納入|納品|検収|調達|購入|発注|利用|使用|送信|受信|受付|実施|処理|支払|収納|決定|起案|該当|発生|取扱い?)(?:(?P<period>年月|期間|時期)|月)"
    r"|(?:実績|調査(?:対象)?|計上|回答|該当|執行|当該|集計)(?P<year>年度)"
)
_OFFICE = re.compile(
    r"(課|室|(?<!関)係|班|担当|所|センター|署|学校|高校|館|園|場|院|分室|支庁|事務局|部|本部|本庁|本局|団|隊|庁舎|支局|出先|(?<=..)(?:管区|駅|工区|ターミナル|ステーション|プラザ|ホール|公園|庭園|霊園|グループ|チーム|コーナー|ふ頭|埠頭)"
    r"|\b(office|division|section|cent(?:er|re)|branch|department|unit))$",
    re.IGNORECASE,
)
BASES = frozenset({"基準年", "基準年度"})
"""What a label says of which year nobody knows, unless another names it."""
_PLACEHOLDER = re.compile(r"[○〇◯△□×✕●◎]{2}")
_LONGEST, _APRIL = 1000, 4
_NOUN = re.compile(r"[A-Z][a-z]+")
_PART_OF = re.compile(r"うち(?=\S)")
_TOTAL_OF = re.compile(r"(?<=.)(?:(?<=委員会)|(?<![会統設時集推家累]))(?:合計|小計|総計|計)$")
_STRONG = frozenset({"concept", "less", "measure", "scenario", "shift", "basis", "derived", "aggregate", "part", "memo", "forecast"})
_PRIVATE = frozenset({"desk", "contact", "submitted", "index"})
_EXPLAINED = re.compile(r"[^()\[\]:]+[(\[][^()\[\]]+[)\]]")
"""順位（前年） and 電話（直通） head what 順位 and 電話 do."""
_FILLER = re.compile(r"[\s・.\-~＋+&'’%#※*;]+")
_COUNTER = re.compile(r"^\s*\d{1,2}\s*$")


@dataclass(frozen=True, slots=True, eq=False)
class Label:
    """The meanings of one text; every one may be absent. Each text is read once, so a label is known by its identity.

    `office` is what looks like an office's name, `alias` the bureaus whose short name it is, `named` whether it names its own role
    (部署名：総務課), `far` whether as a caption it may belong to another table, `of_block` whether as a heading it stands over the labels
    beside its figures too. `counted` is the unit that 枚数 or 人数 implies, `flow` whether 利用 or 受付 makes it a count of events,
    `document` whether 報告書 or 状況 makes it a title, `yearly` whether 年間 stands before a target, `unclear_unit` whether a unit is
    stated that is none we know, `noun` whether its unit may be the heading itself (Copies, Visits), `span` of what part of a year it is
    the total (年間), or how a year is meant (`_span_of_year`), `rest` what was not understood, `narrowed` whether that stands together
    with what is counted, and `reports` of what time a sentence says that the figures are.
    """

    text: str
    dated: Dated | None = None
    measures: frozenset[str] = frozenset()
    concepts: frozenset[str] = frozenset()
    less: Less | None = None
    units: tuple[Unit, ...] = ()
    bureaus: tuple[str, ...] = ()
    office: str = ""
    scenario: Scenario | None = None
    shift: int | None = None
    basis: Basis | None = None
    status: Status | None = None
    counted: str = ""
    flow: bool = False
    yearly: bool = False
    unclear_unit: bool = False
    alias: tuple[str, ...] = ()
    aggregate: str = ""
    dimension: str = ""
    group: str = ""
    part: bool = False
    memo: bool = False
    derived: bool = False
    compared: bool = False
    forecast: bool = False
    document: bool = False
    note: bool = False
    named: bool = False
    narrowed: bool = False
    far: bool = False
    of_block: bool = False
    noun: bool = False
    span: str = ""
    rest: str = ""
    reports: Dated | None = None

    @property
    def names_measure(self) -> bool:
        """Whether it says anything of what is counted."""
        return bool(self.concepts or self.measures)

    @property
    def only_unit(self) -> bool:
        """Whether it is a unit and nothing else."""
        return bool(self.units) and self.says_only("units")

    @property
    def names_goal(self) -> bool:
        """Whether it names a target, plan or cap."""
        return self.scenario not in (None, "actual")

    @property
    def says(self) -> tuple[object, ...]:
        """All that it says, for comparison."""
        return _values(self)

    def says_only(self, *names: str) -> bool:
        """Whether it says nothing but what some of its fields hold."""
        return all(own == silent or name in names for name, own, silent in zip(_FIELDS, self.says, _NOTHING, strict=True) if name != "text")


_FIELDS = tuple(each.name for each in fields(Label))
_values: Callable[[Label], tuple[object, ...]] = attrgetter(*_FIELDS)
_NOTHING = Label("").says
_WHOSE = {"text": "", "bureaus": (), "alias": (), "group": "", "named": False}


@cache
def gist(label: Label) -> Label:
    """What a label says of measure, time and unit, less whose it is and in which words; labels of one gist share one object."""
    bare = _WHOSE | {"office": "?" if label.office else "", "rest": "?" if label.rest and label.rest not in BASES else label.rest}
    key = tuple([bare.get(name, value) for name, value in zip(_FIELDS, _values(label), strict=True)])
    found = _GISTS.get(key)
    if found is None:
        found = _GISTS[key] = replace(label, **bare)  # type: ignore[arg-type]  # of the fields' own types
    return found


_GISTS: dict[tuple[object, ...], Label] = {}


@dataclass
class _Draft:
    """A label in the making."""

    words: dict[str, list[str]] = field(default_factory=dict)
    bureaus: tuple[str, ...] = ()
    office: str = ""
    role: str = ""
    private: str = ""
    named: bool = False
    alias: tuple[str, ...] = ()
    narrowed: bool = False
    rest: list[str] = field(default_factory=list)

    def add(self, words: Iterable[Word]) -> None:
        for word in words:
            self.words.setdefault(word.kind, []).append(word.value)

    def name(self, codes: Iterable[str]) -> None:
        """A bureau's name stands in the label; two different ones make it ambiguous."""
        self.bureaus = tuple(dict.fromkeys((*self.bureaus, *codes)))

    def last(self, kind: str) -> str:
        """Japanese names a thing last: 目標に対する実績 is an actual."""
        values = self.words.get(kind)
        return values[-1] if values else ""

    def one(self, kind: str) -> str:
        """The first of the values."""
        values = self.words.get(kind)
        return values[0] if values else ""


class Lexicon:
    """Reads labels by the words and names of the codelists; every distinct text is read once and kept."""

    def __init__(self, codelists: Codelists) -> None:
        self.codelists = codelists
        self._words: dict[str, list[Word]] = {}
        for word in codelists.words:
            self._words.setdefault(_key(word.text), []).append(word)
        for measure in codelists.measures:
            if not measure.concepts:
                for name in measure.name:
                    self._words.setdefault(_key(name), []).append(Word(name, "measure", measure.code))
        self._codes = {each.code: Label(each.code, measures=frozenset({each.code})) for each in codelists.measures}
        for bureau in codelists.bureaus:
            own, common = ((), (bureau.code,)) if "-" not in bureau.code else ((bureau.code,), ())  # finance and police are words too
            self._codes[bureau.code] = Label(bureau.code, bureaus=own, alias=common)
        self._codes |= {"face": Label("face", less="face"), "as_of": Label("as_of", basis="as_of")}
        self._names: dict[str, list[str]] = {}
        self._aliases: dict[str, list[str]] = {}
        for bureau in codelists.bureaus:
            for name in bureau.name:
                self._names.setdefault(_key(name), []).append(bureau.code)
            for alias in bureau.aliases:
                self._aliases.setdefault(_key(alias), []).append(bureau.code)
        self._dimensions = {text: word.value for text, words in self._words.items() for word in words if word.kind == "dimension"}
        inner = {text: kept for text, words in self._words.items() if (kept := [word for word in words if word.kind != "dimension"])}
        self._words = inner
        self._pattern = _alternation(inner)
        self._bureau_pattern = _alternation(
            {**self._names, **{alias: codes for alias, codes in self._aliases.items() if not self._is_common(alias)}}
        )
        with_comma = [re.escape(name) for name in self._names if "," in name]
        self._comma_names = re.compile("|".join(with_comma) or r"(?!)", re.IGNORECASE)
        self.read = lru_cache(maxsize=200_000)(self._known_or_read)

    def _known_or_read(self, text: str) -> Label:
        """A code of the lists stands for what it is the code of; a text of a page is a note, however it reads."""
        return Label(text, note=True) if len(text) > _LONGEST else self._codes.get(text.strip()) or self._read(text)

    def read_name(self, stem: str) -> Label:
        """What the name of a file says: 集計用, ※再提出 or 水道局様 in it makes it no note, デジタルサービス局あて does."""
        stem = _ERA_BEFORE_NAME.sub(r"\1_", stem)
        label = self.read(stem)
        reads = label.note and len(stem) <= _LONGEST and not _ADDRESSED.search(stem)
        return self._read(_OF_NAMES.sub("_", stem), of_name=True) if reads else label

    def _read(self, text: str, *, of_name: bool = False) -> Label:
        shown = notation.trimmed(text)
        pointing = bool(_POINTING.match(text))
        text = _undecorated(self._unbroken(_PIVOTED.sub("", _STOCKS_ARE.sub("", text)))) or text
        plain = notation.normalised(text) if _key(text) in self._names else notation.segmented(text)
        if not plain:
            return Label("")
        units, plain = units_stated(reworded(plain))
        unclear = not units and names_unit(plain) and _key(plain.strip("()[] :")) not in self._dimensions
        plain = _INSTRUCTION.sub("", plain) or plain
        addressed = _ADDRESSEE.search(plain)
        if not of_name and (addressed or pointing or _NOTE.match(plain) or _SENTENCE.search(plain)):
            role = self._dimensions.get(_key(plain.strip(" :")), "") if addressed else ""
            note = not (role or (units and _STATES_UNIT.search(text)))
            said, doubt = ((), False) if pointing else (units, unclear)
            return Label(shown, units=said, unclear_unit=doubt, dimension=role, note=note, reports=_reported(plain))
        if _LETTER.fullmatch(plain) or _PAGE.fullmatch(plain):
            return Label(shown)
        if units and not plain.strip("()[] \n"):
            return self._unit_label(shown, units)
        dimension = self._dimension(plain)
        if dimension:
            return Label(shown, units=units, dimension=dimension)
        plain = _DAYS_COUNTED.sub("対象期間", plain)
        dated, rest = dating.find(_since_april(_without_date_of_work(_unmarked(plain))))
        if dated and (_NOT_REPORTED.search(rest) or (dated.end and _DAY_OF_WORK.search(rest))):
            dated = None
        draft = self._best_draft(rest, broken="\n" in text.strip())
        label = self._label(shown, dated, units, unclear, draft)
        explained = draft.private and _EXPLAINED.fullmatch(label.text) and label.says_only("named")
        return replace(label, dimension=draft.private, named=False) if explained else label

    def _best_draft(self, text: str, *, broken: bool) -> _Draft:
        """A label in pieces; a line break may also stand inside an office's name: 文京都税 over 事務所."""
        draft = self._draft(text)
        if not broken:
            return draft
        joined = self._draft(text.replace("\n", ""))
        if "yearly" in joined.words and not ("yearly" in draft.words or joined.rest):
            return joined
        headed = _key(text.strip().split("\n")[0]) in self._dimensions
        if joined.office and not (joined.rest or joined.words or joined.bureaus or headed):
            return joined
        return joined if draft.rest and not joined.rest and (joined.office or joined.words) else draft

    def _draft(self, text: str) -> _Draft:
        draft = _Draft()
        for chunk in _CHUNKS.split(self._comma_names.sub(lambda name: name[0].replace(",", "，"), text)):
            self._chunk(chunk.strip(), draft)
        return draft

    def _unbroken(self, text: str) -> str:
        """A bureau's name, or a known word such as 前年度実績, without the line breaks that lay it out."""
        joined = re.sub(r"\s*\n\s*", "", text) if "\n" in text else text
        name = _key(joined).removeprefix("東京都")
        return joined if name in self._names or name in self._aliases or _key(joined) in self._words else text

    def _unit_label(self, shown: str, units: tuple[Unit, ...]) -> Label:
        """A label that is a unit and nothing else; an English one with a capital may also say what is counted."""
        words, rest = self._tokens(shown) if _NOUN.fullmatch(shown) else ([], "")
        concepts = frozenset(concept for word in words if word.kind == "concept" for concept in word.value.split())
        return Label(shown, units=units, concepts=concepts, noun=True) if concepts and not rest else Label(shown, units=units)

    def _label(self, shown: str, dated: Dated | None, units: tuple[Unit, ...], unclear: bool, draft: _Draft) -> Label:
        shift = draft.one("shift")
        goal = _is_goal_of_year(shown, draft)
        base = draft.one("base")
        if base and not (dated and (dated.year or base.startswith("前"))):
            draft.rest.append(base)
        if not dated and ("year_end" in draft.words or _is_goal_of_year_end(shown, draft)):
            dated = Dated(month=3, end=True)
        since_april = bool(dated and dated.first_month == _APRIL and dated.month not in (3, 6) and draft.one("aggregate"))
        if "same" in draft.words and dated and dated.year and not dated.within_year:
            dated = replace(dated, same_month=True)
        return Label(
            shown,
            dated=dated,
            measures=frozenset(draft.words.get("measure", ())),
            concepts=frozenset(concept for value in draft.words.get("concept", ()) for concept in value.split()),
            less=draft.one("less") or None,  # type: ignore[arg-type]  # words.csv holds the codes of the five only; a test holds it
            units=units,
            bureaus=draft.bureaus,
            office=draft.office,
            scenario=_scenario(shown, draft) or None,  # type: ignore[arg-type]  # as above
            shift=int(shift) if shift else None,
            basis=_basis(draft)
            or ("ytd" if since_april else None)
            or ("as_of" if dated and dated.end and _AS_OF.search(shown) and not _UNTIL.search(shown) else None),  # type: ignore[arg-type]  # as above
            status=draft.one("status") or None,  # type: ignore[arg-type]  # as above
            counted=draft.one("counted"),
            flow="flow" in draft.words,
            yearly=goal or "yearly" in draft.words or _is_of_other_year(shown, draft),
            unclear_unit=unclear,
            alias=draft.alias,
            span="" if goal else draft.one("span") or _span_of_year(shown, dated, draft),
            aggregate="" if goal or since_april or draft.one("derived") or _is_alone(shown, draft) else draft.one("aggregate"),
            group=draft.one("group"),
            part="part" in draft.words,
            memo=_is_memo(draft, dated) or is_placeholder(draft.office),
            derived="derived" in draft.words,
            compared="compared" in draft.words,
            forecast="forecast" in draft.words,
            document="document" in draft.words,
            named=draft.named,
            narrowed=draft.narrowed,
            rest=" ".join(draft.rest),
        )

    def _dimension(self, plain: str) -> str:
        """The role that a heading gives to its row or column: 部署名 → office; 部署/月 → any."""
        bare = plain.strip("()[] :*")
        if _key(bare) in self._dimensions:
            return self._dimensions[_key(bare)]
        if _CODE.fullmatch(bare) or _CALLS.fullmatch(bare):
            return "contact" if _CALLS.fullmatch(bare) else "index"
        whole = plain.strip(" :*")
        if _PLACE.fullmatch(bare) or _OFFICE_OR_ALIKE.fullmatch(whole) or _BUREAU_OR_ALIKE.fullmatch(whole):
            return "bureau" if _BUREAU_OR_ALIKE.fullmatch(whole) else "office"
        if when := _WHEN.fullmatch(bare):
            return "period" if when["period"] else "year" if when["year"] else "month"
        for parts in (re.split(r"[/\\・|\n()\[\]]", bare), re.split(r"[/\\・|\s()\[\]]", bare)):
            roles = [self._dimensions.get(_key(part), "") for part in parts if part.strip()]
            if "office" in roles:
                roles = [
                    role or ("office" if part in _OF_PLACES else "") for role, part in zip(roles, filter(str.strip, parts), strict=True)
                ]
            if roles and all(roles):
                return _one_role(set(roles))
        return ""

    def _chunk(self, chunk: str, draft: _Draft) -> None:
        if not chunk:
            return
        key = _key(chunk)
        heads = self._dimensions.get(key, "")
        role, draft.role = draft.role, "" if key.startswith(_EACH) else heads
        key = _NUMBERED.sub("", key) if _NUMBERED.sub("", key) in self._aliases else key
        codes = self._names.get(key) or self._aliases.get(key)
        draft.named = draft.named or bool(draft.role)
        if heads or role in _PRIVATE:
            draft.private = draft.private or (role if role in _PRIVATE - {"submitted"} and not heads else "")
            return
        if codes and (key in self._names or _BUREAU_LIKE.search(key) or not self._is_common(key) or role == "bureau"):
            draft.name(codes)
            return
        if codes:
            draft.alias = draft.alias or tuple(codes)
            return
        words, rest = self._tokens(chunk)
        if role == "office" and (rest or not any(word.kind == "aggregate" for word in words)):
            draft.office = draft.office or chunk
            return
        if not rest and not self._is_total_of_office(chunk):
            draft.add(words)
            return
        bureau = self._bureau_pattern.search(key)
        if bureau and self._is_no_name(chunk[: bureau.start()]):
            draft.name(self._names.get(bureau[0]) or self._aliases[bureau[0]])
            self._chunk(chunk[: bureau.start()], draft)
            self._chunk(_CLERKS.sub("", chunk[bureau.end() :].strip()), draft)
        elif _TOTAL_OF.search(chunk) and not bureau:
            draft.add([Word(chunk, "aggregate", "subtotal")])
            self._chunk(_TOTAL_OF.sub("", chunk), draft)
        elif len(chunk) > 1 and _OFFICE.search(chunk) and not bureau:
            self._office(chunk, draft)
        else:
            known = [word for word in words if len(word.text) > 1 and word.kind in _STRONG]
            draft.add(known)
            draft.narrowed = draft.narrowed or any(word.kind in ("concept", "measure") for word in known)
            draft.rest.append(rest)

    def _is_total_of_office(self, chunk: str) -> bool:
        """Whether 計 stands behind an office: 計画部計 is the total of 計画部, 各課計 and 部計 those of offices not named."""
        office = _TOTAL_OF.sub("", chunk)
        names = _OFFICE.search(office) and _key(office) not in self._dimensions and self._tokens(office)[1]
        return bool(office != chunk and names)

    def _office(self, chunk: str, draft: _Draft) -> None:
        """An office, or with うち before it a part of one."""
        part = _PART_OF.match(chunk)
        if part:
            draft.add([Word(part[0], "part", "")])
            draft.rest.append(chunk)
        else:
            draft.office += chunk

    def _is_common(self, alias: str) -> bool:
        """Whether a short name is a common word too: 市場, 監査; those count only where a bureau is expected."""
        names = (self.codelists.bureau[code].name.ja for code in self._aliases[alias])
        return len(alias) < 3 and any(alias in name for name in names)

    def _is_no_name(self, text: str) -> bool:
        """Whether what stands before a bureau's name leaves the name whole: 提出局, 01, 東京都; but not 大阪市."""
        return _key(text) in self._dimensions or text.strip().isdigit() or text.endswith("-") or not self._tokens(text)[1]

    def _tokens(self, chunk: str) -> tuple[list[Word], str]:
        """The known words in a chunk, and what stands between them or is known to be something else: コピー料金."""
        key = _key(chunk)
        words: list[Word] = []
        rest: list[str] = []
        last = 0
        for found in self._pattern.finditer(key):
            known = self._words[found[0]]
            other = any(word.kind == "other" for word in known)
            rest.append(key[last : found.end() if other else found.start()])
            words += [] if other else known
            last = found.end()
        rest.append(key[last:])
        if words and _COUNTER.match(rest[0]):
            rest[0] = ""
        return words, " ".join(part for part in (_FILLER.sub(" ", each).strip() for each in rest) if part)


def _basis(draft: _Draft) -> str:
    """当月末累計 and 累計（4月～当月） are cumulative, whatever month they name."""
    return "ytd" if "ytd" in draft.words.get("basis", ()) else draft.one("basis")


def _scenario(shown: str, draft: _Draft) -> str:
    """The scenario that a label names; コピー実績件数 names none, for it is no more than コピー件数."""
    return "" if "concept" in draft.words and _COUNTED.search(shown) else draft.last("scenario")


def _is_alone(shown: str, draft: _Draft) -> bool:
    """Whether 計 is part of what is named rather than that of other figures."""
    return _is_whole(shown, draft) or _is_of_other_year(shown, draft)


def _is_of_other_year(shown: str, draft: _Draft) -> bool:
    """Whether 前年度年間計 or 前年度目標 is of all of another year, whatever month is reported; so is 今年度配当 of this one."""
    shift = draft.one("shift")
    if not shift or int(shift) % 12 or "same" in draft.words or not _PREVIOUS_YEAR.search(shown):
        return False
    return _is_goal(draft) or (shift != "0" and bool(_WHOLE_YEAR.search(shown)))


def _is_memo(draft: _Draft, dated: Dated | None) -> bool:
    """Whether it repeats or explains figures; （参考）令和3年度実績 and 前年同月（参考） do not, for they are of a time of their own."""
    values = draft.words.get("memo", ())
    of_own_time = bool(dated and dated.year) or "shift" in draft.words
    return any(value != "reference" or not of_own_time for value in values)


def _is_goal_of_year(shown: str, draft: _Draft) -> bool:
    """購入上限枚数（年間） and 年間購入上限枚数 are the cap of a year, as 年間上限 is, rather than a total of caps."""
    return bool(_YEARLY.search(shown)) and _is_goal(draft)


def _is_goal_of_year_end(shown: str, draft: _Draft) -> bool:
    """年度末目標 is to be reached by March, whatever month is reported; 年度末 itself may be of another year."""
    return bool(_YEAR_END.search(shown)) and _is_goal(draft) and draft.one("shift") in ("", "0")


def _is_goal(draft: _Draft) -> bool:
    """Whether a label names a target, plan or cap."""
    return draft.last("scenario") not in ("", "actual")


def _span_of_year(shown: str, dated: Dated | None, draft: _Draft) -> str:
    """How a year is meant: "year" for its end (令和5年度末), which is no part of it up to the month of a report; "fiscal" for 前年度.

    It is "until" for 令和5年度（9月末まで）, from April on, "same" for 同月 and 同期 of whatever year, "quarter" for 四半期目標.
    """
    if not dated and "same" in draft.words:
        return "same"
    if dated and dated.fiscal and dated.year and not dated.first_month:
        if dated.month and _UP_TO.search(shown):
            return "until"
        return "year" if not dated.within_year and (_YEAR_END.search(shown) or _OF_YEAR.search(shown)) else ""
    if not dated and _OF_QUARTER.match(shown) and _is_goal(draft):
        return "quarter"
    return "fiscal" if not dated and draft.one("shift") not in ("", "0") and _PREVIOUS_YEAR.search(shown) else ""


def _is_whole(shown: str, draft: _Draft) -> bool:
    """収納件数（総数） is the whole of what is counted, beside a part of it; no total of other figures, as FAX総数 is.

    FAX送受信件数（合計） is sent and received together, whether or not those are stated.
    """
    if _BOTH_WAYS.search(shown):
        return True
    named = {*draft.words.get("concept", ()), *draft.words.get("measure", ())}
    return bool(_WHOLE.search(shown)) and bool(named - {"FAX"})


def _one_role(roles: set[str]) -> str:
    """The role of a heading that names one twice (Year（年度）), or of a corner that names those of rows and columns (部署/月)."""
    if roles == {"year", "calendar_year"}:
        return "year"
    return roles.pop() if len(roles) == 1 else "any"


def _undecorated(text: str) -> str:
    """A label without arrows, leading numbers and letters, and with a word spelt letter by letter (F A X) written in one."""
    bare = _LEAD.sub("", _ARROWS.sub("", _BETWEEN.sub("/", _REMARK.sub("", notation.unnumbered(text)))))
    return _SPELT.sub(lambda found: re.sub(r"\s", "", found[0]), unicodedata.normalize("NFKC", bare)) if bare.strip() else text


def pure_less(label: Label) -> bool:
    """キャッシュレス alone names one of the five, and may also name a part of a count."""
    return label.less is not None and label.concepts <= {"CASHLESS"} and not label.measures and not label.part


def is_placeholder(name: str) -> bool:
    """Whether a name stands in an example for any: ○○課."""
    return bool(_PLACEHOLDER.match(name))


def looks_like_office(text: str) -> bool:
    """Whether a name ends as those of offices do."""
    return bool(_OFFICE.search(text))


def _key(text: str) -> str:
    return notation.normalised(text).casefold()


def _unmarked(plain: str) -> str:
    """A label without its bullet, number or footnote sign."""
    bare = _MARKER.sub("", plain)
    return bare if bare.strip() else plain


def _reported(sentence: str) -> Dated | None:
    """The time that a sentence says the figures are of: 令和5年2月分の実績を回答します; no other day, deadline or beginning."""
    dated, rest = dating.find(sentence)
    of_figures = dated and dated.within_year and re.search(rf"{dating.DATE}(?:の?1か?月間)?(?:の?実績|\(\d{{4}}年\)|を?お送り|中の)", rest)
    return dated if of_figures or (dated and dated.within_year and _MONTHS_SHARE.search(sentence)) else None


def _since_april(plain: str) -> str:
    """4月からの累計 and 4月からの計 are a running total; the month is where it begins."""
    return _FROM_APRIL.sub(lambda found: "累計" if found[0].endswith("計") else "同月" if "同月" in found[0] else "", plain)


def _without_date_of_work(plain: str) -> str:
    """令和4年6月（令和4年7月10日作成） less the day of its writing, if another date is left."""
    found = _IN_BRACKETS.search(plain)
    bare = plain.replace(found[0], "\n") if found and dating.find(found[0])[0] else plain
    return bare if found and dating.find(bare)[0] else plain


def _alternation(texts: Iterable[str]) -> re.Pattern[str]:
    """Any of the texts, longest first; words in Latin letters only as whole words.

    Those with one first character stand together behind it: to search for hundreds of words then costs little more than for one.
    """
    rests: dict[str, list[str]] = {}
    for text in sorted(texts, key=len, reverse=True):
        rests.setdefault(text[0], []).append(text[1:])
    return re.compile("|".join(_begun_with(first, those) for first, those in rests.items()) or r"(?!)")


def _begun_with(first: str, rests: Iterable[str]) -> str:
    """A first character with whatever may follow it."""
    not_inside = f"(?<![a-z]{re.escape(first)})" if notation.LATIN.match(first) else ""
    return f"{re.escape(first)}{not_inside}(?:{'|'.join(re.escape(rest) + _ending(first + rest) for rest in rests)})"


def _ending(text: str) -> str:
    """What must not follow a word."""
    return r"(?![a-z])" if notation.LATIN.match(text[-1]) else r"(?![一-鿿])" if text.endswith(_CUT_SHORT) else ""
