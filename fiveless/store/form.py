"""The form in which values are kept: the tables of the database, and the pieces of SQL that show texts for numbers."""

# ruff: noqa: S608 - statements are made of names in these modules; what comes from outside is a parameter

from fiveless.observation import KEY, NO_VALUE

VERSION = 3
# 18 places hold every number that a spreadsheet can hold from a tenth upwards, and 20 digits before the point remain.
SCALE = 18
WHOLE = 38 - SCALE

CODED = (*KEY, "status", "note", "sheet")
NUMBERS = ("submission", *CODED, "at_row", "at_column", "whole")
# As in `Observations`: the value is `exact`, or where there is none `whole`.
OBSERVATION = f"""{", ".join(f"{name} INTEGER NOT NULL" for name in NUMBERS[:-1])},
    whole BIGINT NOT NULL,
    exact DECIMAL(38, {SCALE})"""
VALUE = f"coalesce(exact, whole::DECIMAL(38, {SCALE}))"
# The letters of a column, which counts from 0; a sheet has at most 16,384.
_LETTERS = """CASE WHEN at_column < 26 THEN chr(65 + at_column)
    WHEN at_column < 702 THEN chr(65 + (at_column - 26) // 26) || chr(65 + at_column % 26)
    ELSE chr(65 + (at_column - 702) // 676) || chr(65 + (at_column - 702) // 26 % 26) || chr(65 + at_column % 26) END"""
CELL = f"{_LETTERS} || (at_row + 1)"
SAID = " ".join(f"JOIN text said_{name} ON said_{name}.id = {name}" for name in CODED)
SAID_OF_KEY = " ".join(f"JOIN text said_{name} ON said_{name}.id = {name}" for name in KEY)
# Observations and accounts come by the million and are kept as numbers of texts: `observation` and `account` show the texts.
SCHEMA = f"""
CREATE TABLE version (number INTEGER NOT NULL);
INSERT INTO version VALUES ({VERSION});
CREATE TABLE submission (
    id INTEGER NOT NULL,
    file VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    received_at TIMESTAMP NOT NULL,
    command VARCHAR NOT NULL,
    refused BOOLEAN NOT NULL,
    superseded_at TIMESTAMP,
    superseded_by INTEGER
);
CREATE TABLE text (id INTEGER NOT NULL, text VARCHAR NOT NULL);
CREATE TABLE period_month (period INTEGER NOT NULL, first_month INTEGER NOT NULL, last_month INTEGER NOT NULL);
CREATE TABLE observation_number ({OBSERVATION}, superseded_by INTEGER);
CREATE VIEW observation AS
    SELECT submission, {", ".join(f"said_{name}.text AS {name}" for name in CODED)}, {VALUE} AS value, {CELL} AS cell,
        first_month, last_month, later.received_at AS superseded_at, o.superseded_by
    FROM observation_number o JOIN period_month USING (period) {SAID} LEFT JOIN submission later ON later.id = o.superseded_by;
CREATE TABLE account_number (
    submission INTEGER NOT NULL, sheet INTEGER NOT NULL, at_row INTEGER NOT NULL, at_column INTEGER NOT NULL,
    number DOUBLE NOT NULL, written VARCHAR, fate INTEGER NOT NULL, reason INTEGER NOT NULL
);
CREATE TABLE told_by_values (submission INTEGER NOT NULL);
CREATE VIEW account AS
    SELECT submission, sheets.text AS sheet, {CELL} AS cell, coalesce(written, number::BIGINT::VARCHAR) AS number,
        fates.text AS fate, reasons.text AS reason
    FROM account_number JOIN text sheets ON sheets.id = sheet JOIN text fates ON fates.id = fate
        JOIN text reasons ON reasons.id = reason
    UNION ALL SELECT submission, sheets.text, {CELL}, whole::VARCHAR, 'taken', ''
    FROM observation_number JOIN told_by_values USING (submission) JOIN text sheets ON sheets.id = sheet;
CREATE TABLE finding (
    submission INTEGER NOT NULL, code VARCHAR NOT NULL, sheet VARCHAR NOT NULL, cell VARCHAR NOT NULL, fields JSON NOT NULL
);
"""
KEYS = ", ".join(KEY)
# Whether a status says that there is no value: a nought that any file gives takes its place, though both are kept as 0.
NONE = ", ".join(f"'{status}'" for status in NO_VALUE)
IS_NONE = f"({{}} IN (SELECT id FROM text WHERE text IN ({NONE})))"
