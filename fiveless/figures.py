"""How figures are written: for reading (`−72.0 %`, `56,950,000`) and for machines (`0.720000`, `56950000`)."""

from decimal import ROUND_HALF_UP, Decimal, localcontext

_DIGITS = 100
_TENTH = Decimal("0.1")
_MILLIONTH = Decimal("0.000001")
MINUS = "\N{MINUS SIGN}"


def plain(value: Decimal) -> str:
    """The exact value without exponent or trailing zeros."""
    text = f"{value or abs(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def fixed(rate: Decimal) -> str:
    """A rate to six places, so that columns of rates are alike."""
    shown = _rounded(rate, _MILLIONTH)
    return f"{shown or abs(shown):f}"


def number(value: Decimal) -> int | float:
    """A value as JSON writes numbers: the shortest decimal that is the same number."""
    return int(value) if value == value.to_integral_value() else float(value)


def amount(value: Decimal | None) -> str:
    """A count with thousands separated; at most one place of a fraction; `–` for none."""
    if value is None:
        return "–"
    whole = value == value.to_integral_value()
    return _signed(_rounded(value, Decimal(1) if whole else _TENTH), ",f")


def percent(rate: Decimal | None) -> str:
    """A rate in percent to one place, half away from zero: 0.998 is `99.8 %`; `–` for none."""
    return "–" if rate is None else f"{_signed(_rounded(rate * 100, _TENTH), 'f')} %"


def _rounded(value: Decimal, place: Decimal) -> Decimal:
    """Rounded half away from zero, however many digits it has before the point."""
    with localcontext(prec=_DIGITS):
        return value.quantize(place, ROUND_HALF_UP)


def _signed(value: Decimal, form: str) -> str:
    """A rounded value with a minus sign where it is below zero, never before a zero."""
    return f"{value or abs(value):{form}}".replace("-", MINUS)


def reduced(rate: Decimal | None) -> str:
    """A reduction as the change that it is: 0.72 is `−72.0 %`, and an increase `+3.1 %`."""
    if rate is None:
        return "–"
    shown = _rounded(rate * 100, _TENTH)
    sign = MINUS if shown > 0 else "+" if shown < 0 else "±"
    return f"{sign}{shown.copy_abs():f} %"


def whole_percent(rate: Decimal | None) -> str:
    """A share of the way in whole percent, cut rather than rounded, so that 100 % is not shown before it is reached."""
    return "–" if rate is None else f"{int(rate * 100)} %".replace("-", MINUS)


def plural(unit: str) -> str:
    """The English plural of a unit: `sheets`, `faxes`, `copies`."""
    if unit.endswith("y"):
        return unit[:-1] + "ies"
    return unit + ("es" if unit.endswith(("x", "s", "ch", "sh")) else "s")
