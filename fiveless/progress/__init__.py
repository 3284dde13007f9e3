"""How far each of the five has come: reductions and shares from bureaus' figures, like for like, nothing missing taken as zero."""

from fiveless.progress.change import Change, Move
from fiveless.progress.comparing import Against
from fiveless.progress.figure import Figure, Term
from fiveless.progress.known import ALL, Known, Scope
from fiveless.progress.measuring import measure_progress, measures_used
from fiveless.progress.result import FLAG_NAMES, STATUS_NAMES, Both, Comparison, Pace, Progress, Verdict

__all__ = [
    "ALL",
    "FLAG_NAMES",
    "STATUS_NAMES",
    "Against",
    "Both",
    "Change",
    "Comparison",
    "Figure",
    "Known",
    "Move",
    "Pace",
    "Progress",
    "Scope",
    "Term",
    "Verdict",
    "measure_progress",
    "measures_used",
]
