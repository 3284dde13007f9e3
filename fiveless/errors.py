"""A hopeless situation, told in one sentence: what, where, and how to mend it."""

from collections.abc import Mapping

from fiveless.language import Words


class FivelessError(Exception):
    """The command cannot go on; `exit_code` is 3 (could not run) unless a subclass says otherwise."""

    exit_code = 3

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


class UsageError(FivelessError):
    """The command was asked for something that does not exist (exit code 2)."""

    exit_code = 2


class UnreadableFileError(FivelessError):
    """One file cannot be read; `code` and `fields` make the finding that says so. The rest of the batch goes on."""

    def __init__(self, code: str, words: Words, fields: Mapping[str, str | Words]) -> None:
        super().__init__(words)
        self.code = code
        self.fields = fields
