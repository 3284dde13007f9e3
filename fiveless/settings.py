"""What a user writes in TOML: each value taken as its key's type, each mistake told in one sentence."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from fiveless.errors import FivelessError
from fiveless.language import Words

_KEY = Words("キー", "key")


@dataclass(frozen=True, slots=True)
class Type:
    """How a value is taken (ValueError or TypeError where it is not of the type) and what the user is told to write."""

    take: Callable[[Any], Any]
    expects: Words


def as_text(value: Any) -> str:
    """A text with something in it; ValueError for anything else."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError(value)
    return value.strip()


def as_texts(value: Any) -> tuple[str, ...]:
    """A list of such texts."""
    if not isinstance(value, list):
        raise TypeError(value)
    return tuple(as_text(each) for each in value)


def _yes(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def one_of(*choices: str) -> Type:
    """One of some words."""
    return mapped({choice: choice for choice in choices})


def mapped(choices: Mapping[str, str]) -> Type:
    """One of some words, each taken as another."""

    def take(value: Any) -> str:
        if value not in choices:
            raise ValueError(value)
        return choices[value]

    shown = ", ".join(f'"{choice}"' for choice in dict.fromkeys(choices.values()))
    return Type(take, Words(f"{shown} のいずれか", f"one of {shown}"))


TEXT = Type(as_text, Words("引用符で囲んだ文字列", "a text in quotation marks"))
TEXTS = Type(as_texts, Words('文字列の並び（例 ["政企", "政企局"]）', 'a list of texts such as ["a", "b"]'))
YES = Type(_yes, Words("true か false", "true or false"))


# How a mistake is told --------------------------------------------------------------------------------------------------


def fail(place: str, says: Words, **fields: Any) -> NoReturn:
    """FivelessError: at a place (file › table › key) something is to be mended."""
    raise FivelessError(Words(f"{{place}}：{says.ja}", f"{{place}}: {says.en}").filled(place=place, **fields))


def reject_unknown(place: str, given: str, known: Iterable[str], what: Words) -> None:
    """One sentence with the nearest known name, or all of them where none is near."""
    choices = list(known)
    if given in choices:
        return
    from rapidfuzz import process

    near = process.extractOne(given, choices, score_cutoff=60)
    says = Words(
        "「{given}」という{what}はありません。「{near}」ではありませんか。"
        if near
        else "「{given}」という{what}はありません。使えるのは {near} です。",
        'there is no {what} "{given}"; did you mean "{near}"?' if near else 'there is no {what} "{given}"; there are {near}.',
    )
    fail(place, says, given=given, what=what, near=near[0] if near else ", ".join(choices[:12]) or "—")


# Files and tables -------------------------------------------------------------------------------------------------------


def parsed(path: Path, shown: str) -> dict[str, Any]:
    """The TOML of a file, numbers exact; UTF-8 with or without a byte order mark. FivelessError, naming it as `shown`, if it is none."""
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"), parse_float=Decimal)
    except UnicodeDecodeError:
        fail(shown, Words("UTF-8 ではありません。文字コード UTF-8 で保存し直してください。", "this is not UTF-8; save it again as UTF-8."))
    except OSError as error:
        reason = error.strerror or str(error)
        fail(
            shown,
            Words("読めません（{reason}）。権限を確かめてください。", "cannot be read ({reason}); check its permissions."),
            reason=reason,
        )
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        where = Words(f"{line[1]} 行目", f"line {line[1]}") if line else Words("末尾", "the end")
        says = Words(
            "{where}が TOML として読めません（{reason}）。引用符・括弧・「=」を直してください。",
            "{where} is not valid TOML ({reason}); mend the quotation marks, brackets or = there.",
        )
        fail(shown, says, where=where, reason=re.sub(r" \(at .*\)$", "", str(error)))


def mapping(value: Any, place: str) -> Mapping[str, Any]:
    """A table of keys."""
    if not isinstance(value, dict):
        fail(place, Words("{place} という見出しの下に key = value の形で書いてください。", "write it as a table of key = value lines."))
    return value


def checked(given: Mapping[str, Any], keys: Mapping[str, Type], place: str) -> dict[str, Any]:
    """Each value taken as its key's type."""
    for key in given:
        reject_unknown(place, key, keys, _KEY)
    return {key: taken(value, keys[key], f"{place} › {key}") for key, value in given.items()}


def taken(value: Any, kind: Type, place: str) -> Any:
    """A value as its type takes it."""
    try:
        return kind.take(value)
    except (ValueError, TypeError):
        shown = f'"{value}"' if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
        says = Words("{shown} は使えません。{expects}を書いてください。", "{shown} does not do; write {expects}.")
        fail(place, says, shown=shown, expects=kind.expects)
