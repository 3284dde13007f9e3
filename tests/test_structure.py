"""The codelists' own questions."""

from fiveless import reference
from fiveless.period import Period


def test_a_split_bureau_and_its_successors_are_one_line() -> None:
    """福祉保健局, its successors, and 病院経営本部 that merged into it are compared as one."""
    line = reference.load(None).lineage
    assert line["social-welfare-public-health"] == line["social-welfare"] == line["public-health"] == line["hospital-management"]
    assert line["finance"] != line["taxation"]


def test_who_is_due_depends_on_the_month() -> None:
    """戦略政策情報推進本部 owes March 2021, デジタルサービス局 April 2021."""
    codelists = reference.load(None)
    march = {bureau.code for bureau in codelists.due(Period.month(2021, 3))}
    april = {bureau.code for bureau in codelists.due(Period.month(2021, 4))}
    assert "strategic-policy-ict" in march - april
    assert "digital-services" in april - march


def test_target_in_force() -> None:
    """A year's own target, else the last before it, else the first to come."""
    codelists = reference.load(None)
    found = {(code, year): target.value for code, year in _ASKED if (target := codelists.target(code, year))}
    assert {key: str(value) for key, value in found.items()} == _TARGETS
    assert codelists.target("cash.payment_rate", 2022) is None


_TARGETS = {("paper.reduction", 2021): "0.50", ("fax.reduction", 2022): "0.98", ("face.online_rate", 2022): "0.70"}
_ASKED = list(_TARGETS)


def test_headlines_are_the_five_in_order() -> None:
    """One headline for each of paper, seal, fax, cash and face."""
    assert [each.less for each in reference.load(None).headlines()] == ["paper", "seal", "fax", "cash", "face"]
