"""The tables of this program: the one place where they are declared, for both databases.

Append a step to `STEPS` to add or change tables; never edit one that was released. Each step runs
once in a database, in its order, within the transaction that notes its number in `bot_schema`.
Statements must be understood by PostgreSQL and SQLite alike: write `BIGINT`, `TEXT`, `BYTEA` and
`DOUBLE PRECISION`, moments as whole seconds since 1970 in a `BIGINT`. The jobs themselves are
procrastinate's: `procrastinate_jobs(id)` may be referenced, and with `ON DELETE CASCADE` a row goes
when its job is done.
"""

from __future__ import annotations

from typing import Final

Step = tuple[str, ...]

STEPS: Final[tuple[Step, ...]] = (
    (
        # Updates that were stored once, so that Telegram may deliver them again. Each bot counts
        # its own.
        """CREATE TABLE bot_seen_updates (
               bot_id BIGINT NOT NULL,
               update_id BIGINT NOT NULL,
               seen_at BIGINT NOT NULL,
               PRIMARY KEY (bot_id, update_id)
           )""",
        "CREATE INDEX bot_seen_updates_seen_at ON bot_seen_updates (seen_at)",
        # What waits, sealed. It goes together with its job.
        """CREATE TABLE bot_payloads (
               job_id BIGINT PRIMARY KEY REFERENCES procrastinate_jobs (id) ON DELETE CASCADE,
               update_id BIGINT NOT NULL,
               sealed BYTEA NOT NULL
           )""",
        # What could not be done after the last try: nothing of what it said or who said it.
        """CREATE TABLE bot_dead_letters (
               update_id BIGINT PRIMARY KEY,
               died_at BIGINT NOT NULL,
               code TEXT NOT NULL,
               tries BIGINT NOT NULL
           )""",
    ),
    (
        # Those who came by an invitation: who and when, no name.
        """CREATE TABLE bot_people (
               person BIGINT PRIMARY KEY,
               joined_at BIGINT NOT NULL
           )""",
        # Invitations by the hash of their token, which only the link holds.
        """CREATE TABLE bot_invitations (
               token_hash TEXT PRIMARY KEY,
               expires_at BIGINT NOT NULL,
               used_at BIGINT
           )""",
        # Readings that count for a quota; the update tells a second try from a second photo.
        """CREATE TABLE bot_readings (
               person BIGINT NOT NULL,
               update_id BIGINT NOT NULL,
               at BIGINT NOT NULL,
               PRIMARY KEY (person, update_id)
           )""",
        "CREATE INDEX bot_readings_at ON bot_readings (at)",
        # A row for each person is held while theirs are counted.
        """CREATE TABLE bot_meters (
               person BIGINT PRIMARY KEY,
               at BIGINT NOT NULL
           )""",
        # What was done: ids, moments and codes. No value, no file, no name.
        """CREATE TABLE bot_audit (
               at BIGINT NOT NULL,
               event TEXT NOT NULL,
               person BIGINT NOT NULL,
               actor BIGINT,
               update_id BIGINT,
               document_type BIGINT,
               verdict TEXT NOT NULL,
               provider TEXT NOT NULL,
               cost BIGINT NOT NULL,
               code TEXT NOT NULL
           )""",
        "CREATE INDEX bot_audit_at ON bot_audit (at)",
        "CREATE INDEX bot_audit_person ON bot_audit (person, at)",
        # Reminders; each has a job with the queueing lock `reminder:<id>`.
        """CREATE TABLE bot_reminders (
               id BIGINT PRIMARY KEY,
               chat BIGINT NOT NULL,
               document_type BIGINT NOT NULL,
               until TEXT NOT NULL,
               alias TEXT NOT NULL,
               day TEXT NOT NULL,
               language TEXT NOT NULL,
               UNIQUE (chat, document_type, until, alias, day)
           )""",
    ),
    (
        # What procrastinate counts as attempts are also stops, and a database or a network that
        # was away. These are tries that failed while Telegram was there, and deaths of the process.
        "ALTER TABLE bot_payloads ADD COLUMN tries BIGINT NOT NULL DEFAULT 0",
        "ALTER TABLE bot_payloads ADD COLUMN deaths BIGINT NOT NULL DEFAULT 0",
    ),
    (
        # The bot whose database this is, in one row.
        """CREATE TABLE bot_identity (
               one BIGINT PRIMARY KEY CHECK (one = 1),
               bot_id BIGINT NOT NULL
           )""",
        # Where one has worked already, it is that one; had there been several, the latest.
        """INSERT INTO bot_identity (one, bot_id)
           SELECT 1, bot_id FROM bot_seen_updates ORDER BY seen_at DESC LIMIT 1""",
    ),
)

VERSION_TABLE: Final = "CREATE TABLE IF NOT EXISTS bot_schema (version BIGINT PRIMARY KEY)"
VERSION: Final = "SELECT coalesce(max(version), 0) AS version FROM bot_schema"
NOTE_VERSION: Final = "INSERT INTO bot_schema (version) VALUES (%(version)s)"


def missing(version: int) -> tuple[tuple[int, Step], ...]:
    """The steps that a database of that version lacks, with their numbers.

    Raises:
        ValueError: the database is of a later version than this program.
    """
    if version > len(STEPS):
        raise ValueError(f"a later version, {version}, of this program has used this database")
    return tuple(enumerate(STEPS, 1))[version:]
