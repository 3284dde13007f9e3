"""One function for each job: ingest, progress, report, export, demo. Each returns what it did and prints nothing."""

from fiveless.pipeline.demonstrating import Demonstration, demo
from fiveless.pipeline.exporting import ExportForm, export, keep, selection
from fiveless.pipeline.ingesting import Arrived, OnFile, discover, ingest, now, settings_changed
from fiveless.pipeline.measuring import Measured, month, progress, write_report
from fiveless.pipeline.previewing import Looked, explain, explained, look

__all__ = [
    "Arrived",
    "Demonstration",
    "ExportForm",
    "Looked",
    "Measured",
    "OnFile",
    "demo",
    "discover",
    "explain",
    "explained",
    "export",
    "ingest",
    "keep",
    "look",
    "month",
    "now",
    "progress",
    "selection",
    "settings_changed",
    "write_report",
]
