"""The table of jobs on SQLite, and the statements that move a job through its life."""

from __future__ import annotations

from typing import Final

from bot.delivery.listings import COLUMNS

TABLES: Final = """
CREATE TABLE IF NOT EXISTS procrastinate_jobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    queue_name TEXT NOT NULL,
    task_name TEXT NOT NULL,
    priority INTEGER NOT NULL DEFAULT 0,
    lock TEXT,
    queueing_lock TEXT,
    args TEXT NOT NULL DEFAULT '{}',
    status TEXT NOT NULL DEFAULT 'todo',
    scheduled_at REAL,
    attempts INTEGER NOT NULL DEFAULT 0,
    abort_requested INTEGER NOT NULL DEFAULT 0,
    worker_id INTEGER,
    changed_at REAL NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS procrastinate_jobs_queueing_lock
    ON procrastinate_jobs (queueing_lock) WHERE status = 'todo';
CREATE UNIQUE INDEX IF NOT EXISTS procrastinate_jobs_lock
    ON procrastinate_jobs (lock) WHERE status = 'doing';
CREATE INDEX IF NOT EXISTS procrastinate_jobs_next
    ON procrastinate_jobs (status, priority DESC, id);
CREATE INDEX IF NOT EXISTS procrastinate_jobs_turn
    ON procrastinate_jobs (lock, status, priority DESC, id);
CREATE TABLE IF NOT EXISTS procrastinate_periodic_defers (
    task_name TEXT NOT NULL,
    periodic_id TEXT NOT NULL,
    defer_timestamp INTEGER NOT NULL,
    PRIMARY KEY (task_name, periodic_id)
);
"""

FETCH: Final = f"""
UPDATE procrastinate_jobs SET status = 'doing', worker_id = :worker_id, changed_at = :now
WHERE id = (
    SELECT job.id FROM procrastinate_jobs AS job
    WHERE job.status = 'todo'
      AND (:queues IS NULL OR job.queue_name IN (SELECT value FROM json_each(:queues)))
      AND (job.scheduled_at IS NULL OR job.scheduled_at <= :now)
      AND (job.lock IS NULL OR NOT EXISTS (
          SELECT 1 FROM procrastinate_jobs AS other
          WHERE other.lock = job.lock AND other.status = 'doing'))
      AND (job.lock IS NULL OR job.id = (
          SELECT first.id FROM procrastinate_jobs AS first
          WHERE first.lock = job.lock AND first.status = 'todo'
          ORDER BY first.priority DESC, first.id LIMIT 1))
    ORDER BY job.priority DESC, job.id LIMIT 1)
RETURNING {COLUMNS}
"""  # noqa: S608 - no value stands in it
DEFER: Final = """
INSERT INTO procrastinate_jobs
    (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at, changed_at)
VALUES (:queue_name, :task_name, :priority, :lock, :queueing_lock, :args, :scheduled_at, :now)
RETURNING id
"""
RETRY: Final = """
UPDATE procrastinate_jobs SET
    status = CASE WHEN status = 'doing' AND abort_requested THEN 'failed' ELSE 'todo' END,
    attempts = attempts + 1,
    scheduled_at = :retry_at,
    priority = coalesce(:new_priority, priority),
    queue_name = coalesce(:new_queue_name, queue_name),
    lock = coalesce(:new_lock, lock),
    worker_id = NULL,
    changed_at = :now
WHERE id = :job_id AND status IN ('doing', 'failed')
"""
FINISH: Final = """
UPDATE procrastinate_jobs SET
    status = :status, abort_requested = 0, attempts = attempts + (status = 'doing'),
    changed_at = :now
WHERE id = :job_id AND status IN ('todo', 'doing')
"""
