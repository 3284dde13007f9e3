"""Who reports in the demo: each bureau's form of report, its offices and its weight in each kind of figure."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

Form = Literal["months_across", "months_down", "blocks", "offices_down", "one_sheet", "summary"]
MONTHLY: frozenset[Form] = frozenset(("offices_down", "one_sheet"))


class Profile(NamedTuple):
    """A bureau's form, its offices, and its weights, relative to other bureaus'. The weights are invented."""

    form: Form
    offices: tuple[str, ...]
    paper: int
    fax: int
    drafts: int
    seals: int
    facilities: int
    payments: int
    procedures: int
    visits: int


# Bureaus without a line in FY2016 (digital services, housing, children) weigh little in paper, so that the published
# rates come out whether or not a comparison counts bureaus that have no base.
PROFILES: Mapping[str, Profile] = {
    "policy-planning": Profile("blocks", ("",), 70, 60, 120, 40, 0, 2, 60, 5),
    "children-policy": Profile("blocks", ("",), 2, 4, 20, 4, 0, 1, 6, 6),
    "general-affairs": Profile("months_down", ("総務課", "人事課", "消費生活課"), 350, 500, 420, 700, 0, 30, 900, 60),
    "finance": Profile("blocks", ("",), 140, 150, 260, 160, 0, 20, 250, 60),
    "strategic-policy-ict": Profile("months_down", ("総務課", "情報システム課"), 6, 40, 120, 20, 0, 1, 20, 3),
    "digital-services": Profile("months_down", ("総務課", "企画課"), 5, 30, 160, 25, 0, 1, 25, 3),
    "taxation": Profile("months_down", ("総務課", "中央事務所", "多摩事務所"), 700, 900, 500, 800, 0, 4200, 700, 1500),
    "citizens-cultural-affairs": Profile("months_down", ("総務課", "文化振興課"), 120, 250, 180, 900, 14, 120, 1500, 900),
    "olympic-paralympic": Profile("months_down", ("総務課",), 90, 120, 150, 60, 7, 30, 60, 15),
    "citizen-safety-promotion": Profile("months_down", ("総務課",), 45, 90, 70, 90, 0, 3, 90, 60),
    "citizens-culture-sports": Profile("months_down", ("総務課", "文化振興課", "スポーツ課"), 220, 350, 330, 1000, 21, 150, 1600, 950),
    "urban-development": Profile("months_across", ("総務課", "都市基盤課", "多摩支所"), 250, 500, 420, 1900, 0, 80, 3200, 400),
    "housing-policy": Profile("months_across", ("企画課", "東部住宅事務所"), 7, 180, 120, 500, 0, 300, 600, 350),
    "environment": Profile("months_across", ("総務課", "企画課", "多摩環境事務所"), 190, 350, 260, 1700, 2, 40, 3000, 130),
    "social-welfare-public-health": Profile(
        "months_across", ("総務課", "企画課", "児童センター", "多摩保健所"), 750, 2300, 900, 3400, 6, 180, 6500, 900
    ),
    "hospital-management": Profile("months_across", ("総務課", "東部病院"), 380, 1400, 280, 350, 0, 900, 150, 2500),
    "industrial-labor": Profile("months_across", ("総務課", "商工課", "多摩支所"), 240, 700, 380, 1300, 5, 60, 2000, 350),
    "wholesale-market": Profile("blocks", ("",), 100, 420, 120, 500, 1, 60, 500, 120),
    "construction": Profile("months_across", ("総務課", "東部公園事務所", "西部公園事務所"), 500, 700, 500, 1300, 17, 120, 1900, 260),
    "port-harbor": Profile("months_across", ("総務課", "東京港管理事務所"), 200, 300, 230, 700, 9, 90, 1000, 110),
    "accounting": Profile("summary", ("",), 50, 60, 60, 20, 0, 8, 20, 30),
    "transportation": Profile("months_across", ("総務課", "電車課", "自動車課"), 420, 500, 400, 200, 5, 2600, 120, 900),
    "waterworks": Profile("offices_down", ("総務課", "東部支所", "西部支所", "多摩支所"), 1050, 1500, 900, 250, 2, 2300, 150, 700),
    "sewerage": Profile("one_sheet", ("総務課", "調整課", "西部事務所"), 400, 600, 330, 280, 1, 90, 250, 120),
    "education": Profile("months_across", ("総務課", "東部学校支所", "西部学校支所"), 1500, 1900, 900, 1300, 6, 160, 900, 300),
    "election": Profile("summary", ("",), 16, 40, 25, 60, 0, 1, 60, 5),
    "personnel": Profile("summary", ("",), 20, 30, 30, 30, 0, 1, 40, 25),
    "audit": Profile("summary", ("",), 15, 15, 20, 5, 0, 1, 6, 1),
    "labor-relations": Profile("summary", ("",), 22, 40, 30, 40, 0, 1, 60, 25),
    "expropriation": Profile("summary", ("",), 14, 20, 15, 25, 0, 1, 40, 4),
    "police": Profile("offices_down", ("総務課", "交通課", "東部方面", "西部方面"), 1650, 900, 1000, 500, 0, 700, 1500, 2600),
    "fire": Profile("months_down", ("総務課", "予防課", "多摩消防署"), 820, 800, 700, 900, 3, 150, 2800, 700),
    "assembly": Profile("summary", ("",), 50, 60, 40, 20, 0, 1, 15, 40),
}
WEIGHED_BY: Mapping[str, str] = {
    "paper.sheets_purchased": "paper",
    "paper.copies": "paper",
    "fax.sent": "fax",
    "fax.received": "fax",
    "seal.decisions": "drafts",
    "seal.procedures": "seals",
    "cash.facilities": "facilities",
    "cash.payments": "payments",
    "face.procedures": "procedures",
    "face.consultations": "visits",
    "face.visits": "visits",
}
