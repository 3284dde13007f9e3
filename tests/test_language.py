"""Which language a user reads."""

import pytest

from fiveless import language
from fiveless.language import Words


@pytest.mark.parametrize(
    ("code", "lang"),
    [("ja_JP.UTF-8", "ja"), ("Japanese_Japan.932", "ja"), ("en_GB", "en"), ("C.UTF-8", None), ("", None), (None, None), ("de_DE", None)],
)
def test_locales(code: str | None, lang: str | None) -> None:
    """Japanese and English locales of any system are known; all others say nothing."""
    assert language.of(code) == lang


def test_own_setting_before_the_locale() -> None:
    """FIVELESS_LANG stands before LANG, and a locale of another language gives the default."""
    assert language.chosen({"FIVELESS_LANG": "en", "LANG": "ja_JP.UTF-8"}, "ja") == "en"
    assert language.chosen({"LANG": "de_DE.UTF-8"}, "ja") == "ja"


def test_words_are_filled_language_by_language() -> None:
    """A field that is itself in two languages is filled in each."""
    filled = Words("{what}がない", "no {what}").filled(what=Words("局", "bureau"))
    assert filled == ("局がない", "no bureau")
