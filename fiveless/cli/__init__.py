"""The command line: options are read, the pipeline is called, the result is shown, the exit code is chosen."""

from fiveless.cli.commands import app, main

__all__ = ["app", "main"]
