"""Serial numbers of a spreadsheet as dates and times."""

import datetime as dt

from fiveless.grid import Value

_EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet knows no time zone
_EPOCH_1904 = dt.datetime(1904, 1, 1)  # noqa: DTZ001 - as above
_LEAP_DAY_THAT_WAS_NOT = 60
_LAST = 2_958_466


def value(serial: float, *, elapsed: bool, since_1904: bool) -> Value:
    """44652 → date(2022, 4, 1); a time alone below 1, a duration where the format counts hours; the number itself if it is no date."""
    if elapsed:
        return dt.timedelta(milliseconds=round(serial * 86_400_000)) if abs(serial) < _LAST else serial
    if not 0 <= serial < _LAST - (1462 if since_1904 else 0):
        return serial
    early = 0 < serial < _LEAP_DAY_THAT_WAS_NOT and not since_1904
    moment = (_EPOCH_1904 if since_1904 else _EPOCH) + dt.timedelta(milliseconds=round(serial * 86_400_000), days=int(early))
    if serial < 1:
        return moment.time()
    return moment.date() if serial == int(serial) else moment
