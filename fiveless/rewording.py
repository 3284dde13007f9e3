"""What labels say in other words than ours, or say without meaning more by it: read as if our words stood there."""

import re

_PEOPLE = re.compile(
    r"(?:(?:[都県府道市区町村国]民|住民|公衆)(?:等|の皆様)?|(?<=した)[県府道市区町村国住]民)(?=[がの]?\s*利用|[がのに]\s*(?:窓口|相談|来|使|有料|供|開放)|向け|[・、]\s*(?:企業|法人|事業者|団体)|に?押印|に?はんこ|の?(?:延べ?)?[件人]?数)"
)
"""県民利用施設, 市民・事業者向け, 住民が利用する: elsewhere than in Tokyo it is other people; 市民課 and 区民センター are offices."""
_OF_THE_TOWN = re.compile(
    r"^本?[県市町村区省](?:が所管する|が?所管の|が|の)(?=(?:行政手続|押印|はんこ|ハンコ|起案|電子|FAX|コピー|窓口|収納|キャッシュレス))"
    r"|(?<=[数枚件])[(\[](?:本?[県市町村区省])[)\]]$",
    re.IGNORECASE,
)
"""県の行政手続数, 押印を廃止した手続数（市）: of the whole government, as everything is that it asks for."""
_OF_A_RATE = re.compile(r"(?<=[数枚件])[(\[](?:[^()\[\]]{1,12}率の)?分[母子][)\]]$|^[^()\[\]]{1,12}率の分[母子](?=[(\[][^()\[\]]+数[)\]]$)")
"""起案件数（電子決裁率の分母） and 電子決裁率の分子（電子決裁件数） are counts."""
_FOR_TO, _FOR_YEAR = re.compile("迄"), re.compile("通期")
_REQUEST = re.compile(
    r"(?:を|について)?(?:(?<![\d前当今本毎])[月課]|部署|項目|年度)?(?:ごと|毎|別)?に?[、,]?[ご御お]?(?:記入|入力|回答|記載|報告|選択|選び|答え|教えて|教示)を?(?:して|し|お)?"
    r"(?:ください|下さい|願います|お願いします)?。?(?=\s?[(\[][^()\[\]]{1,20}[)\]]$|$)"
)
"""FAX送信件数を課ごとに記入してください asks for what it names."""
_FREELY = re.compile(r"^.*自由に?[ご御]?(?:記入|記述|記載|回答|お書き|意見).*$|^.*(?:お?困り|困って).*(?:記入|記述|記載|回答|教え).*$")
"""困っていることがあれば自由に記入してください."""
_OF_A_KIND = r"([^\s()\[\]、,:]{1,10})の単位\s?[:はが]\s?"
_UNIT_OF, _UNIT_OF_NEXT = re.compile(rf"(?:^|(?<=[(\[※])){_OF_A_KIND}"), re.compile(rf"(?<=[、,]){_OF_A_KIND}")
"""（用紙の単位：千枚、ＦＡＸの単位：件） is 単位：用紙は千枚、ＦＡＸは件."""
_ONLY_TOTALS = re.compile(r"(?<=計)のみ|月別の?内訳を?(?:取って|とって|把握して)い?ない")
"""月別内訳を取っていない所属（4月～9月累計のみ） is a running total."""
_SEALS = re.compile(r"^印$")
_BESIDE_LAST_YEAR = re.compile(r"(?:前年|昨年)度?(?:同月|同期)?(?:併記|入り|付き?|あり)(?=[)\]]|$)")
"""実績（前年度併記） holds last year's too, and is not last year's."""
_SHORT_FAX = re.compile(r"(?<=FAX)[(\[・]?([送受])[)\]]?(?=$|[^一-鿿])", re.IGNORECASE)
"""FAX（送） and FAX受."""
_OF_ABOVE = re.compile(r"^(?:上記|前記|左記|上欄|左欄|[上左])の?[(]?\d{0,2}[)]?の(?=うち|内)")
"""上記のうち, 左の（1）のうち."""
_LESS_OTHER = re.compile(
    r"^(?:当月|本月|今月|今年度?|本年度?|当年度?|実績)\s?[-－−–]\s?(?:前月|前年(?:同月|度)?|昨年(?:同月|度)?|計画|目標)(?:実績)?$"
)
"""当月－前月."""
_COPIED = re.compile(r"[(\[※][^()\[\]]*(?:から|より)の?(?:転記|転載|引用|抜粋|再掲)[^()\[\]]*(?:[)\]]|$)")
"""（昨年の報告より転記）."""
_NEW_WAY = r"(?:キャッシュレス(?:決済)?|オンライン|電子(?:決定|決裁|起案|文書)?|デジタル化済み?|カラー)"
_OLD_WAY = r"(?:現金|納付書|口座振替|対面|(?:紙|書面)(?:による)?(?:決定|決裁|起案|文書)?|未済|(?:白黒|モノクロ|単色))"
_AND = r"\s*(?:[・+、,/&]|及び|と)\s*"
_BOTH_KINDS = re.compile(
    rf"[(\[](?:{_NEW_WAY}{_AND}{_OLD_WAY}|(?:{_OLD_WAY}{_AND})+{_NEW_WAY})(?:の?(?:合計|総計|計|別を問わない)|とも|共)?[)\]]"
    rf"|(?:{_NEW_WAY}{_AND}{_OLD_WAY}|{_OLD_WAY}{_AND}{_NEW_WAY})を?(?:合わせた|あわせた|含めた)"
)
"""収納件数（現金・キャッシュレス計） is all that is counted, whichever way it is done."""
_IN_A_SYSTEM = re.compile(r"^[^()\[\]]*システム(?:の|による)(?=[^()\[\]]*[(\[](?:電子[^()\[\]]*紙|紙[^()\[\]]*電子))")
"""総合文書管理システムの起案件数（電子・紙計） is of both kinds, though a system for documents alone tells that they are electronic."""
_INCLUDING = re.compile(r"^((?!.*システム)[^()\[\]]*)[(\[][^()\[\]]{1,12}を?(?:も含む|含む|含める)[)\]]")
"""窓口来庁件数（傍聴受付を含む） counts visits; what a system counts, and what not, the reader leaves to a person."""
_PART_OF_BOTH_WAYS = re.compile(r"送受信(?:件?数)?の?うち(?=[送受発着])")
"""FAX送受信件数のうち送信."""
_AT_WINDOWS = re.compile(
    r"(?<![^\s()\[\]・、])(?!(?:相談|対面)窓口)[一-鿿ァ-ヶー・]{1,12}(?:窓口|カウンター)等?\s*(?=(?:での|における|への|の)?(?:収納|納付|来庁|来所|来客|来訪))"
    r"|[一-鿿ァ-ヶー]{2,12}等の窓口(?=への?来|来)|(?<=来庁)\([^()]*窓口\)|(?<=来所)\([^()]*窓口\)"
)
"""収納件数 at whichever window, 来庁 at whichever: those are counted."""
_AT_TOWN_HALLS = re.compile(
    r"(?<![^\s()\[\]・、])各?(?:区役所|市役所|[町村]?役場|[県府道]庁)(?:・支所)?(?:における|での|の)?"
    r"(?=(?:FAX|コピー|複写|用紙|窓口|来庁|来所|起案|電子|決裁|決定|押印|はんこ|収納|キャッシュレス|行政手続|相談|オンライン))",
    re.IGNORECASE,
)
"""区役所FAX送受信件数: each of them has its row."""
_AND_BRANCHES = re.compile(
    r"(?<=[局庁部会室場])(?:・|及び)(?:所管|各|全)?(?:事業所|出先機関|出先|事務所)等?の?(?=(?:合計|総計|計|全体)[)\]])"
)
"""（教育庁・所管事業所計）."""
_AT_PLACES = re.compile(
    r"(?:都民利用)?施設(?:(?:における|での?|(?:使用|利用)料等?の)(?=[^()\[\]]*(?:収納|納付|支払|決済))|の(?=[^()\[\]]*(?:収納|納付|支払|決済)件数))"
)
"""都民利用施設における収納件数 counts payments, not facilities."""
_FOR_CASHLESS = re.compile(
    r"キャッシュレス\s*(?:化|決済|導入|対応)*\s*の?対象(?:となる)?の?\s*(?=施設|都民利用)|^[\[(【]?キャッシュレス\s*[\])】(\[](?=都民利用施設数)"
)
"""Facilities that are to become cashless, or that stand under キャッシュレス, are all that charge."""
_ALL_WAYS = re.compile(r"[(\[]全(?:決済|支払|収納|納付)(?:手段|方法)の?計?[)\]]|[(\[][ア-ン](?:\+[ア-ン])+[)\]]|(?<=施設数)[(\[]所[)\]]")
"""収納件数（全決済手段）, 送受信件数（ア＋イ）, 都民利用施設数（所）."""
_EACH_OF = re.compile(r"(?<![^\s()\[\]])[一-鿿ァ-ヶー]{1,6}(?:ごと|毎)の")
"""窓口ごとの来庁件数: each has its row."""
_COUNTED_BY = re.compile(
    r"(?<![^\s()\[\]])(?![^\s]{0,12}(?:文書|決裁|起案|申請|電子|会議|オンライン))[一-鿿ァ-ヶーA-Za-z]{2,12}(?:システム|ログ|レポート|検針|台帳)による"
)
"""財務会計システムによる調達枚数; but a system for documents tells that they are electronic."""
_KINDS_OF_CASHLESS = re.compile(
    r"(?:(?:クレジット(?:カード)?|電子マネー|QR(?:コード)?(?:決済)?|コード決済|交通系IC|IC)(?:[・、]|等の?)+)+(?=キャッシュレス)"
)
"""クレジットカード・QR等のキャッシュレス."""
_SENT_OR_RECEIVED = re.compile(r"送\s?[・/]\s?受信")
_SEAL = r"(?:押印|捺印|なつ印|はんこ|ハンコ|判子|印鑑)"
_SEAL_NEEDED = re.compile(
    rf"(?:(?:都民|事業者|申請者)・?(?:事業者)?に)?{_SEAL}(?:を(?:求め(?:る|ている)|要する|必要とする|伴う|規定している|定めている)|が必要(?:な|とされる|であった)"
    r"|の?対象と(?:なる|なっている)|見直しの?対象となる)(?:行政)?(?=手続)"
)
_SEAL_FREED = re.compile(
    rf"{_SEAL}(?:が?不要(?:となった|とした|化した)|を(?:取りやめた|とりやめた|なくした|やめた|省略した|省略できるようにした|廃止した|求めないこととした|不要とした))(?:行政)?(?=手続)"
)
"""押印を求める手続 and 押印を取りやめた手続 are what a seal is wanted for, and what is freed of it."""
_HOW_MANY = re.compile(
    r"(?:を|に)?(?:月に)?何(?:件|枚|回|人|名)の?(来庁|来所|送受信|送信|受信|実施|収納|購入)?[^\s()。]{0,6}か[。?]?(?=$|\s|[(])"
)
"""FAXを何件送信しましたか."""
_MONTHLY = re.compile(r"(?<=\d)(?<![RHrh]\d)(?<![RHrh]\d\d)月報(?!告)")
"""R4.4月報 is the report of April."""
_LESS_JUNK = re.compile(
    r"[(\[][^()\[\]]*(?:迷惑|広告|宣伝|営業|DM|スパム|誤送|誤着|テスト)[^()\[\]]*(?:除く|除き|除いた|含ま(?:ず|ない))[^()\[\]]*[)\]]"
)
"""FAX受信件数（迷惑FAXを除く） counts faxes."""
_BY_KIND = re.compile(r"[^\s()\[\]、,別]{1,10}別の?内訳")
"""用途別内訳."""
_BY_PLACE = re.compile(
    r"(?<![^\s()\[\]・、])[一-鿿ァ-ヶー]{0,6}(?:所|署|校|院|館|場|園|課|局|(?<!内)部|室|センター|方面)・?別の?(?=[^\s()\[\]、])"
)
"""営業所別 before what is counted: each of them has its row."""
_COMPARING = re.compile(r"対?(?:前年度?(?:同月|同期|同四半期)?|前月)(?:との)?(?:対比|比較|対照)(?=表|一覧|資料)")
"""前年同月対比表 is the title of counts of two times, 前年同月対比 that of rates."""
_REVIEW = re.compile(r"(?<![^\s()\[\]、・])(?:押印|はんこ|ハンコ|判子)等?の?見直し(?=(?:の?取組)?(?:状況)?(?:$|[\s()\[\]、・]))")
"""押印の見直し heads what is done to need no seals; 押印見直し手続数 may be those reviewed or those freed."""
_ASKED = re.compile(
    r"(?<=[期月度])中(?:に|の|$)|(?<=月)中(?=[)\]\s(\[])|貴(?:局|庁|部|課|所|室)(?:が|の|で|における|において)"
    r"|(?:は|が)?(?:、)?(?:いくつ|何(?:枚|件|回|人|名|通|施設|手続|箇所|か所))(?:です|でした|あります|ありました)か[。?]?$"
    r"|(?:は、?|を)?お?(?:書き|答え|示し)(?:ください|下さい)。?$|は[、,]$"
)
"""4月中に購入した用紙は何枚ですか."""
_FISCAL_YEAR_IS = re.compile(
    r"\([^()]*(?:fiscal year|年度)[^()]*(?:start|begin|runs|始ま)[^()]*\)|(?<=\d{4}) (?:starts?|begins?|began|runs) [^.]*\.?$",
    re.IGNORECASE,
)
"""Fiscal year 2023 begins in April 2023: no month of a report."""
_APART = re.compile(
    r"(?:^|(?<=[\s()\[\]]))(?:うち|内)[、,]?\s?(?=(?:集計)?除外(?:分|[枚件]数|数))|集計(?=除外(?:分|[枚件]数))"
    r"|(?<=除外分)[(\[][^()\[\]]{1,20}[)\]]|[(\[]?(?:新型)?コロナ(?:ウイルス)?(?:感染症)?(?:対応|関連)?(?:による|に伴う|の)?[)\]]?(?=除外分)"
)
"""うち除外分（コロナ対応） is what is told apart, for whatever reason."""
_YEARS_COMPARED = re.compile(r"[0-9一二三四五]{1,2}[かカヶケヵ]?年(?:間|度|分)?の?(?:比較|推移|対比)表?")
"""2か年比較."""


_REWORDED: tuple[tuple[re.Pattern[str], str], ...] = (
    (_PEOPLE, "都民"),
    (_OF_THE_TOWN, ""),
    (_OF_A_RATE, ""),
    (_OF_ABOVE, ""),
    (_FOR_TO, "まで"),
    (_FOR_YEAR, "年間"),
    (_LESS_OTHER, "増減"),
    (_COPIED, ""),
    (_LESS_JUNK, ""),
    (_IN_A_SYSTEM, ""),
    (_BOTH_KINDS, ""),
    (_INCLUDING, r"\1"),
    (_PART_OF_BOTH_WAYS, ""),
    (_AT_WINDOWS, "窓口"),
    (_AT_TOWN_HALLS, ""),
    (_AT_PLACES, ""),
    (_ALL_WAYS, ""),
    (_EACH_OF, ""),
    (_COUNTED_BY, ""),
    (_KINDS_OF_CASHLESS, ""),
    (_SENT_OR_RECEIVED, "送受信"),
    (_AND_BRANCHES, ""),
    (_BESIDE_LAST_YEAR, ""),
    (_FOR_CASHLESS, "都民利用"),
    (_SEAL_NEEDED, "押印対象"),
    (_SEAL_FREED, "押印廃止済"),
    (_HOW_MANY, r"\1"),
    (_MONTHLY, "月分"),
    (_COMPARING, ""),
    (_REVIEW, "はんこレス"),
    (_YEARS_COMPARED, "\n"),
    (_APART, ""),
    (_SHORT_FAX, r"\1信"),
    (_BY_KIND, "内訳"),
    (_BY_PLACE, ""),
    (_FISCAL_YEAR_IS, ""),
    (_FREELY, "自由記述"),
    (_SEALS, "はんこ"),
    (_ONLY_TOTALS, ""),
    (_UNIT_OF, r"単位:\1は"),
    (_UNIT_OF_NEXT, r"\1は"),
    (_REQUEST, ""),
    (_ASKED, ""),
)

# Without any of these no pattern fits; most names of offices have none.
_HINT = re.compile(
    r"[除の迄通－−–\-(\[)※合あ含民公役庁が送窓カ施ご毎よキfF前昨押捺なはハ判印何報対比推見別記入回答教選計中貴い書示sbrSBR\]]"
)


def reworded(plain: str) -> str:
    """A normalised label in our words, one replacement after the other: 通期 is 年間, キャッシュレス対象施設数 is 都民利用施設数."""
    for pattern, words in _REWORDED if _HINT.search(plain) else ():
        plain = pattern.sub(words, plain)
    return plain
