"""What holds for every test: no settings from outside, no network, and the same random examples each time."""

import socket

import pytest
from hypothesis import settings

from fiveless import reference
from fiveless.structure import Codelists

settings.register_profile("repeatable", derandomize=True, deadline=None, database=None)
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def codelists() -> Codelists:
    """The built-in codelists."""
    return reference.load(None)


SETTINGS_FROM_OUTSIDE = (
    "COLUMNS",
    "FIVELESS_LANG",
    "FIVELESS_PROJECT",
    "FORCE_COLOR",
    "LC_ALL",
    "LC_MESSAGES",
    "LINES",
    "NO_COLOR",
    "PYTHONIOENCODING",
    "PYTHONUNBUFFERED",
    "PYTHONUTF8",
)


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SETTINGS_FROM_OUTSIDE:
        monkeypatch.delenv(name, raising=False)
    # No language, for subprocesses too; without it Python would ask the process's locale, and may take C for American English.
    monkeypatch.setenv("LANG", "C")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_socket: socket.socket, address: object) -> None:
        raise AssertionError(f"a test wants the network: {address}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
