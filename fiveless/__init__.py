"""fiveless: every number on every sheet is accounted for."""

__version__ = "0.1.0"
