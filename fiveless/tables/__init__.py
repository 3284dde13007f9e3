"""What is shown on a screen or handed on as a file: progress, receipts, codelists and observations as tables."""
