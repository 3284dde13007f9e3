"""What a user reads, in Japanese and English, and which of the two to use."""

import locale
import os
from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple

Lang = Literal["ja", "en"]


class Words(NamedTuple):
    """One sentence or term in both languages; `{name}` fields are filled by `filled`."""

    ja: str
    en: str

    def to(self, lang: Lang) -> str:
        """The text in one language."""
        return self.ja if lang == "ja" else self.en

    def filled(self, **fields: Any) -> "Words":
        """Fill the `{name}` fields; a field that is itself `Words` is filled language by language."""
        return Words(_fill(self.ja, "ja", fields), _fill(self.en, "en", fields))


def listed(words: Iterable[Words]) -> Words:
    """Several as a list in one sentence; nothing for none."""
    each = list(words)
    return Words("、".join(one.ja for one in each), ", ".join(one.en for one in each))


def _fill(template: str, lang: Lang, fields: Mapping[str, Any]) -> str:
    return template.format(**{name: value.to(lang) if isinstance(value, Words) else value for name, value in fields.items()})


def of(code: str | None) -> Lang | None:
    """`ja_JP.UTF-8`, `Japanese_Japan.932`, `en-GB` … as one of the two languages; None for C, POSIX and all others."""
    if not code:
        return None
    start = code.lower()[:2]
    return "ja" if start == "ja" else "en" if start == "en" else None


def chosen(environ: Mapping[str, str], default: Lang) -> Lang:
    """The language of `FIVELESS_LANG`, else of the locale (which Windows keeps elsewhere than in the environment), else `default`."""
    for name in ("FIVELESS_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return of(environ[name]) or default
    return (of(locale.getlocale()[0]) if os.name == "nt" else None) or default
