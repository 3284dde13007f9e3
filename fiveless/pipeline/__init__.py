"""One function for each job: ingest, progress, report, export, history, lint, demo. Each returns what it did and prints nothing."""

from fiveless.pipeline.asking import Asked, asked, is_day, known_at, month, two_days, two_periods
from fiveless.pipeline.backtesting import backtest
from fiveless.pipeline.demonstrating import Demonstration, demo
from fiveless.pipeline.drafting import draft
from fiveless.pipeline.exporting import ExportForm, export, keep, selection
from fiveless.pipeline.ingesting import Arrived, OnFile, discover, ingest, now, settings_changed
from fiveless.pipeline.linting import Linted, lint
from fiveless.pipeline.looking_back import history
from fiveless.pipeline.measuring import (
    AGAINST_NAMES,
    Between,
    Explained,
    Measured,
    between,
    cells_of,
    change,
    progress,
    trend,
    write_report,
)
from fiveless.pipeline.previewing import Looked, explain, explained, look
from fiveless.pipeline.returning import Case, Outbox, Returned, outbox, send_back

__all__ = [
    "AGAINST_NAMES",
    "Arrived",
    "Asked",
    "Between",
    "Case",
    "Demonstration",
    "Explained",
    "ExportForm",
    "Linted",
    "Looked",
    "Measured",
    "OnFile",
    "Outbox",
    "Returned",
    "asked",
    "backtest",
    "between",
    "cells_of",
    "change",
    "demo",
    "discover",
    "draft",
    "explain",
    "explained",
    "export",
    "history",
    "ingest",
    "is_day",
    "keep",
    "known_at",
    "lint",
    "look",
    "month",
    "now",
    "outbox",
    "progress",
    "selection",
    "send_back",
    "settings_changed",
    "trend",
    "two_days",
    "two_periods",
    "write_report",
]
