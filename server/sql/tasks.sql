-- Every transition of a row of lrt.task, for servers and workers (server/src/distributed/rows calls these functions and
-- writes no row itself). "lrt-server migrate" applies this file again whenever it has changed: functions are replaced,
-- tables stay the migrations' own.
--
-- Locks. Two calls that take the same locks in another order wait for each other for ever, so the order is fixed:
--  1. Idempotency keys, then owners' locks, then exclusive keys, then rows of tasks. Each kind is sorted, and every
--     statement locks rows in order of id. Callers give JSON in order of id; a nested loop keeps that order.
--  2. Idempotency keys have a table of their own. Deleting a task deletes its key. Only clear_tasks updates a key, that of a
--     task which it deletes in the same moment; a start with that key waits for it for so long.
--  3. Only what raises an owner's count takes the owner's lock. An end takes none.
--  4. A transaction that holds a task's row takes none of the first three. It dispatches after its commit, in another
--     transaction: a worker that freezes before its commit must not hold up everybody's dispatching.
--  5. Exclusive keys are tried and never waited for. The unique index task_exclusive stays the judge.
--  6. The lock and the look are two statements: in one, the look would use a snapshot from before the lock.
-- Rows that a worker's open commit holds are the only ones that can be locked for longer than a statement. Whoever works on
-- many rows at once therefore leaves locked ones out (SKIP LOCKED), and its caller comes back to them.
-- test/server/distributed/locks.test.ts holds these rules.
--
-- The functions make their plans once, and find rows by index whatever the statistics say: the statistics of a table that
-- fills up and empties by the second are never right, and a plan made while it was empty may scan all of it. Therefore
-- `coalesce(..., false)`, and LATERAL with LIMIT or DISTINCT: no plan can begin with such a condition.
--
-- Indexes name no status (migration 0011): a task that is not dispatched and has no finished_at is queued, and one that is
-- dispatched and has none is queued or runs. A condition must say `finished_at IS NULL` to find them by index.

-- An earlier version ended tasks and dispatched in one transaction.
DROP FUNCTION IF EXISTS lrt.finish_tasks(json, integer);

-- An earlier version kept idempotency keys in the tasks' own rows only.
DO $$ BEGIN
  IF to_regclass('lrt.task_idempotency') IS NOT NULL THEN
    DROP INDEX lrt.task_idempotency;
    INSERT INTO lrt.task_key (owner, key, task_id)
      SELECT task.owner, task.idempotency_key, task.id FROM lrt.task AS task WHERE task.idempotency_key IS NOT NULL;
  END IF;
END $$;

-- Dispatching is serialised by owner, so that the limits hold. Owners share this many locks: PostgreSQL has room for some
-- thousands of locks in all, and there may be more owners than that.
CREATE OR REPLACE FUNCTION lrt.lock_owners(owners text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('lrt.owner'), sorted.lock) FROM (
    SELECT DISTINCT hashtext(owner.name) & 511 AS lock FROM unnest(owners) AS owner (name) ORDER BY 1
  ) AS sorted;
END $$;

-- Picks which waiting tasks may go to the queue now: tasks of these owners, and tasks that wait for these exclusive keys.
-- `owners` null means all owners. `busy` says that another call decides about one of the keys at this moment: call again
-- soon, because that call may not see what this one was called for.
CREATE OR REPLACE FUNCTION lrt.dispatch_waiting(owners text[], keys text[], per_owner integer)
RETURNS json LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
  waiting_owners text[];
  wanted_keys text[];
  free_keys text[];
  dispatched json;
BEGIN
  IF owners IS NULL THEN
    waiting_owners := ARRAY(
      SELECT DISTINCT waiting.owner FROM lrt.task AS waiting WHERE NOT waiting.dispatched AND waiting.finished_at IS NULL
    );
  ELSE
    waiting_owners := ARRAY(
      SELECT given.name FROM unnest(owners) AS given (name), LATERAL (
        SELECT FROM lrt.task AS waiting
        WHERE waiting.owner = given.name AND NOT waiting.dispatched AND waiting.finished_at IS NULL LIMIT 1
      ) AS found
      UNION
      SELECT others.owner FROM unnest(keys) AS given (key), LATERAL (
        SELECT DISTINCT waiting.owner FROM lrt.task AS waiting
        WHERE waiting.exclusive_key = given.key AND NOT waiting.dispatched AND waiting.finished_at IS NULL
      ) AS others
    );
  END IF;
  IF cardinality(waiting_owners) = 0 THEN
    RETURN json_build_object('dispatched', '[]'::json, 'busy', false);
  END IF;
  PERFORM lrt.lock_owners(waiting_owners);
  wanted_keys := ARRAY(
    SELECT DISTINCT found.exclusive_key FROM unnest(waiting_owners) AS owner (name) CROSS JOIN LATERAL (
      SELECT waiting.exclusive_key FROM lrt.task AS waiting
      WHERE waiting.owner = owner.name AND NOT waiting.dispatched AND waiting.finished_at IS NULL
        AND waiting.exclusive_key IS NOT NULL AND waiting.run_after <= now()
      ORDER BY waiting.priority, waiting.ordinal LIMIT 1000
    ) AS found
    WHERE coalesce((
      SELECT false FROM lrt.task AS held
      WHERE held.exclusive_key = found.exclusive_key AND held.dispatched AND held.finished_at IS NULL
    ), true)
    ORDER BY 1 LIMIT 1000
  );
  free_keys := ARRAY(
    SELECT wanted.key FROM unnest(wanted_keys) AS wanted (key)
    WHERE pg_try_advisory_xact_lock(hashtext('lrt.exclusive'), hashtext(wanted.key))
  );
  WITH room AS MATERIALIZED (
    SELECT counted.name, counted.free FROM (
      SELECT owner.name, per_owner - (
        SELECT count(*) FROM lrt.task AS held
        WHERE held.owner = owner.name AND held.dispatched AND held.finished_at IS NULL AND held.queue NOT IN ('lrt-bulk', 'lrt-workflow')
      ) AS free FROM unnest(waiting_owners) AS owner (name)
    ) AS counted WHERE counted.free > 0
  ), candidate AS (
    SELECT found.* FROM room CROSS JOIN LATERAL (
      SELECT waiting.id, waiting.owner, waiting.priority, waiting.ordinal FROM lrt.task AS waiting
      WHERE waiting.owner = room.name AND NOT waiting.dispatched AND waiting.finished_at IS NULL
        AND waiting.exclusive_key IS NULL AND waiting.queue NOT IN ('lrt-bulk', 'lrt-workflow') AND waiting.run_after <= now()
      ORDER BY waiting.priority, waiting.ordinal LIMIT room.free
    ) AS found
    UNION ALL
    SELECT first.* FROM unnest(free_keys) AS free (key) CROSS JOIN LATERAL (
      SELECT waiting.id, waiting.owner, waiting.priority, waiting.ordinal
      FROM room CROSS JOIN LATERAL (
        SELECT own.id, own.owner, own.priority, own.ordinal FROM lrt.task AS own
        WHERE own.exclusive_key = free.key AND own.owner = room.name AND NOT own.dispatched AND own.finished_at IS NULL
          AND own.run_after <= now()
        ORDER BY own.priority, own.ordinal LIMIT 1
      ) AS waiting
      ORDER BY waiting.priority, waiting.ordinal LIMIT 1
    ) AS first
    WHERE coalesce((
      SELECT false FROM lrt.task AS held
      WHERE held.exclusive_key = free.key AND held.dispatched AND held.finished_at IS NULL
    ), true)
  ), ranked AS (
    SELECT candidate.id, candidate.owner,
      row_number() OVER (PARTITION BY candidate.owner ORDER BY candidate.priority, candidate.ordinal) AS nth
    FROM candidate
  ), chosen AS MATERIALIZED (
    SELECT ranked.id FROM ranked JOIN room ON room.name = ranked.owner WHERE ranked.nth <= room.free
    UNION
    SELECT bulk.id FROM unnest(waiting_owners) AS owner (name) CROSS JOIN LATERAL (
      SELECT own.id FROM lrt.task AS own
      WHERE own.owner = owner.name AND own.queue IN ('lrt-bulk', 'lrt-workflow') AND NOT own.dispatched AND own.finished_at IS NULL
        AND own.run_after <= now()
      ORDER BY own.ordinal LIMIT 100
    ) AS bulk
    ORDER BY id
  ), updated AS (
    UPDATE lrt.task AS task SET dispatched = true, job = task.job + 1, touched_at = now()
    FROM chosen WHERE task.id = chosen.id AND coalesce(NOT task.dispatched AND task.status = 'queued', false)
    RETURNING task.id, task.queue, task.priority, task.job, task.ordinal
  )
  SELECT coalesce(json_agg(json_build_object('id', id, 'queue', queue, 'priority', priority, 'job', job)
    ORDER BY priority, ordinal), '[]') INTO dispatched FROM updated;
  RETURN json_build_object('dispatched', dispatched, 'busy', cardinality(free_keys) < cardinality(wanted_keys));
END $$;

-- The same for servers and workers of the version before this one.
CREATE OR REPLACE FUNCTION lrt.dispatch_tasks(owners text[], keys text[], per_owner integer)
RETURNS TABLE (id text, queue text, priority smallint, job integer) LANGUAGE sql AS $$
  SELECT * FROM json_to_recordset(lrt.dispatch_waiting(owners, keys, per_owner) -> 'dispatched')
    AS dispatched (id text, queue text, priority smallint, job integer)
$$;

-- Tasks of the queue 'lrt-bulk' act on many others, and those of 'lrt-workflow' wait for others. They do not count for the limit of
-- their owner, and do not wait for it.

-- JSON documents come as text within the JSON: read as JSON twice they would be refused for U+0000 or half a surrogate
-- pair in a text, which JSON may have and PostgreSQL's text may not.

-- Inserts new tasks and dispatches what may run. `created` has the ids of the new ones: the idempotency keys of the
-- others were known. Null where `max_waiting` tasks wait already. Nothing was inserted then. `busy` is that of
-- dispatch_waiting. `over` has the ids of nodes whose run has ended or is to be cancelled, which were not inserted: their runs'
-- rows are locked until this is committed, so no node starts after a cancellation. `claimed` has the ids of those that the caller
-- wanted to run itself (`claim`) and that may run now: they run, as its first attempt, and have no job in a queue. The time of a task's creation is that of the
-- statement, by the database's clock.
CREATE OR REPLACE FUNCTION lrt.enqueue_tasks(tasks json, per_owner integer, max_waiting integer)
RETURNS json LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
  fresh text[];
  created json;
  chosen json;
  others text[];
  more json;
  runs text[];
  over text[];
  taken json;
BEGIN
  IF (SELECT count(*) FROM lrt.task AS waiting WHERE NOT waiting.dispatched AND waiting.finished_at IS NULL) >= max_waiting THEN
    RETURN NULL;
  END IF;
  WITH kept AS (
    INSERT INTO lrt.task_key AS known (owner, key, task_id)
    SELECT given.owner, given.idempotency_key, given.id
    FROM json_to_recordset(tasks) AS given (id text, owner text, idempotency_key text)
    WHERE given.idempotency_key IS NOT NULL ORDER BY given.owner, given.idempotency_key
    ON CONFLICT DO NOTHING RETURNING known.task_id
  )
  SELECT coalesce(array_agg(kept.task_id), '{}') INTO fresh FROM kept;
  PERFORM lrt.lock_owners(ARRAY(
    SELECT given.owner FROM json_to_recordset(tasks) AS given (id text, owner text, idempotency_key text)
    WHERE given.idempotency_key IS NULL OR given.id = ANY (fresh)
  ));
  over := '{}';
  -- Most tasks are no nodes. To read all of the JSON once more would cost each of them something.
  IF position('"run_id":' IN tasks::text) > 0 THEN
    runs := ARRAY(
      SELECT DISTINCT given.run_id FROM json_to_recordset(tasks) AS given (id text, run_id text)
      WHERE given.run_id IS NOT NULL AND given.id = ANY (fresh)
    );
    PERFORM FROM lrt.task AS run WHERE run.id = ANY (runs) ORDER BY run.id FOR SHARE;
    over := ARRAY(
      SELECT given.id FROM json_to_recordset(tasks) AS given (id text, run_id text)
      WHERE given.run_id IS NOT NULL AND given.id = ANY (fresh) AND coalesce((
        SELECT false FROM lrt.task AS run
        WHERE run.id = given.run_id AND coalesce(run.finished_at IS NULL AND NOT run.cancel_requested, false)
      ), true)
    );
    DELETE FROM lrt.task_key AS known WHERE known.task_id = ANY (over);
    fresh := ARRAY(SELECT unnest(fresh) EXCEPT SELECT unnest(over));
  END IF;
  WITH given AS (
    SELECT * FROM json_to_recordset(tasks) AS given (id text, name text, queue text, priority smallint, owner text,
      params text, tags text, fingerprint text, idempotency_key text, retry_of text, exclusive_key text, progress text,
      traceparent text, words text, ignored_params text, only_items text, design text, run_id text, claim boolean)
    WHERE given.idempotency_key IS NULL OR given.id = ANY (fresh)
  ), at_once AS (
    -- The common case, owners with nothing waiting and room for all of these, needs no search.
    SELECT given.owner FROM given GROUP BY given.owner
    HAVING bool_and(given.exclusive_key IS NULL)
      AND coalesce((
        SELECT false FROM lrt.task AS waiting
        WHERE waiting.owner = given.owner AND NOT waiting.dispatched AND waiting.finished_at IS NULL LIMIT 1
      ), true) AND per_owner >= count(*) + (
        SELECT count(*) FROM lrt.task AS held
        WHERE held.owner = given.owner AND held.dispatched AND held.finished_at IS NULL AND held.queue NOT IN ('lrt-bulk', 'lrt-workflow')
      )
  ), judged AS MATERIALIZED (
    SELECT *, owner IN (SELECT at_once.owner FROM at_once) OR queue IN ('lrt-bulk', 'lrt-workflow') AS may_run FROM given
  ), inserted AS (
    INSERT INTO lrt.task AS task (id, name, queue, priority, owner, params, tags, fingerprint, idempotency_key, retry_of,
      exclusive_key, progress, traceparent, words, ignored_params, only_items, design, run_id, dispatched, job,
      status, claimed, started_at)
    SELECT id, name, queue, priority, owner, params::json, tags::json, fingerprint, idempotency_key, retry_of,
      exclusive_key, progress::json, traceparent, words, ignored_params::json, only_items::json, design, run_id,
      may_run, may_run::integer, CASE WHEN may_run AND claim THEN 'running' ELSE 'queued' END, coalesce(may_run AND claim, false),
      CASE WHEN may_run AND claim THEN now() END
    FROM judged
    RETURNING task.id, task.queue, task.priority, task.job, task.owner, task.dispatched, task.claimed
  )
  SELECT coalesce(json_agg(id), '[]'),
    coalesce(json_agg(json_build_object('id', id, 'queue', queue, 'priority', priority, 'job', job)) FILTER (WHERE dispatched AND NOT claimed), '[]'),
    array_agg(DISTINCT owner) FILTER (WHERE NOT dispatched), coalesce(json_agg(id) FILTER (WHERE claimed), '[]')
  INTO created, chosen, others, taken FROM inserted;
  IF others IS NOT NULL THEN
    more := lrt.dispatch_waiting(others, '{}', per_owner);
    SELECT coalesce(json_agg(each), '[]') INTO chosen FROM (
      SELECT json_array_elements(chosen) AS each UNION ALL SELECT json_array_elements(more -> 'dispatched') AS each
    ) AS dispatched;
  END IF;
  RETURN json_build_object('created', created, 'dispatched', chosen, 'busy', coalesce((more ->> 'busy')::boolean, false),
    'over', over, 'claimed', taken);
END $$;

-- Why those of these tasks wait that are queued. It reads once what is dispatched, and the tasks that wait of the same owners
-- and for the same keys, however many tasks are asked for.
--  later: its time has not come. limit: the owner has no free place. exclusive: another task has its key, or goes first for
--  it. worker: it is in the queue, or about to be.
-- `place` counts those that wait for the same, as dispatch_waiting and the queue will take them: by priority, then in the
-- order of the rows (in the queue: in the order in which they were dispatched). `running` counts the owner's tasks that are
-- dispatched for a limit, else those of the queue that run.
-- PostgreSQL cannot know how many rows a part of the query gives, and takes nested loops where it expects few. Over 10,000
-- waiting tasks they take seconds. So nested loops are off, but for those that LATERAL prescribes, which use an index.
CREATE OR REPLACE FUNCTION lrt.waiting_tasks(task_ids text[], per_owner integer)
RETURNS TABLE (id text, queue text, reason text, place integer, held_by text, run_after timestamptz, running integer)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_nestloop = off AS $$
BEGIN
  RETURN QUERY
  WITH asked AS MATERIALIZED (
    SELECT own.id, own.owner, own.queue, own.exclusive_key, own.dispatched, own.run_after FROM lrt.task AS own
    WHERE own.id = ANY (task_ids) AND own.finished_at IS NULL AND own.status = 'queued'
  ), held AS MATERIALIZED (
    SELECT task.id, task.owner, task.queue, task.exclusive_key, task.status, task.priority, task.ordinal, task.touched_at
    FROM lrt.task AS task WHERE task.dispatched AND task.finished_at IS NULL
  ), own AS MATERIALIZED (
    SELECT task.* FROM (SELECT DISTINCT asked.owner FROM asked WHERE NOT asked.dispatched) AS owner CROSS JOIN LATERAL (
      SELECT task.id, task.owner, task.exclusive_key, task.priority, task.ordinal FROM lrt.task AS task
      WHERE task.owner = owner.owner AND NOT task.dispatched AND task.finished_at IS NULL AND task.run_after <= now()
        AND task.queue NOT IN ('lrt-bulk', 'lrt-workflow')
      OFFSET 0
    ) AS task
  ), rivals AS MATERIALIZED (
    -- Tasks of others that wait for the same keys.
    SELECT task.* FROM (SELECT DISTINCT own.exclusive_key FROM own) AS key CROSS JOIN LATERAL (
      SELECT task.id, task.owner, task.exclusive_key, task.priority, task.ordinal FROM lrt.task AS task
      WHERE task.exclusive_key = key.exclusive_key AND NOT task.dispatched AND task.finished_at IS NULL
        AND task.run_after <= now()
      OFFSET 0
    ) AS task
  ), waiting AS MATERIALIZED (
    SELECT task.id, task.owner, task.exclusive_key, task.priority, task.ordinal, holder.id AS holder,
      per_owner - coalesce(counted.dispatched, 0) AS free,
      -- The end of the key's holder frees a place of the holder's owner.
      per_owner - coalesce(counted.dispatched, 0) + (holder.owner IS NOT DISTINCT FROM task.owner)::integer AS free_then
    FROM (SELECT * FROM own UNION SELECT * FROM rivals) AS task
      LEFT JOIN held AS holder ON holder.exclusive_key = task.exclusive_key
      LEFT JOIN (SELECT held.owner, count(*)::integer AS dispatched FROM held WHERE held.queue NOT IN ('lrt-bulk', 'lrt-workflow') GROUP BY held.owner) AS counted
        ON counted.owner = task.owner
  ), first AS MATERIALIZED (
    -- A key that is free goes to the first task whose owner has a free place.
    SELECT DISTINCT ON (waiting.exclusive_key) waiting.exclusive_key, waiting.id FROM waiting
    WHERE waiting.exclusive_key IS NOT NULL AND waiting.holder IS NULL AND waiting.free > 0
    ORDER BY waiting.exclusive_key, waiting.priority, waiting.ordinal
  ), judged AS MATERIALIZED (
    SELECT waiting.*, coalesce(waiting.holder, nullif(first.id, waiting.id)) AS blocked_by
    FROM waiting LEFT JOIN first ON first.exclusive_key = waiting.exclusive_key
  ), of_owner AS (
    SELECT judged.id, row_number() OVER (PARTITION BY judged.owner ORDER BY judged.priority, judged.ordinal) AS nth
    FROM judged WHERE judged.blocked_by IS NULL AND judged.free <= 0
  ), of_key AS (
    SELECT judged.id, row_number() OVER (PARTITION BY judged.exclusive_key ORDER BY judged.priority, judged.ordinal) AS nth
    FROM judged WHERE judged.blocked_by IS NOT NULL AND judged.free_then > 0
  ), of_queue AS (
    SELECT held.id, row_number() OVER (PARTITION BY held.queue ORDER BY held.priority, held.touched_at, held.ordinal) AS nth
    FROM held WHERE held.status = 'queued'
  ), at_work AS (
    SELECT held.queue, count(*)::integer AS running FROM held WHERE held.status = 'running' GROUP BY held.queue
  )
  SELECT asked.id, asked.queue,
    CASE
      WHEN asked.dispatched THEN 'worker'
      WHEN judged.id IS NULL THEN 'later'
      WHEN judged.free <= 0 THEN 'limit'
      WHEN judged.blocked_by IS NOT NULL THEN 'exclusive'
      ELSE 'worker'
    END,
    (CASE
      WHEN asked.dispatched THEN of_queue.nth
      WHEN judged.free <= 0 THEN of_owner.nth
      WHEN judged.blocked_by IS NOT NULL THEN of_key.nth
    END)::integer,
    CASE WHEN judged.free > 0 THEN judged.blocked_by END,
    asked.run_after,
    CASE WHEN judged.free <= 0 THEN per_owner - judged.free ELSE coalesce(at_work.running, 0) END
  FROM asked LEFT JOIN judged ON judged.id = asked.id
    LEFT JOIN of_queue ON of_queue.id = asked.id
    LEFT JOIN of_owner ON of_owner.id = asked.id
    LEFT JOIN of_key ON of_key.id = asked.id
    LEFT JOIN at_work ON at_work.queue = asked.queue;
END $$;

-- Claims attempts for a worker: of tasks that have not ended, by their newest job. A task that was claimed before lost its
-- worker, so the attempt rises. A row that is locked is left out: the lost worker may be frozen within its commit.
CREATE OR REPLACE FUNCTION lrt.claim_tasks(jobs json)
RETURNS SETOF lrt.task LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  RETURN QUERY
  UPDATE lrt.task AS task SET status = 'running', attempt = task.attempt + task.claimed::integer,
    losses = task.losses + task.claimed::integer, claimed = true, started_at = coalesce(task.started_at, now()),
    touched_at = now()
  FROM (
    SELECT locked.id FROM json_to_recordset(jobs) AS given (id text, job integer) CROSS JOIN LATERAL (
      SELECT claimable.id FROM lrt.task AS claimable
      WHERE claimable.id = given.id AND coalesce(
        claimable.job = given.job AND claimable.dispatched AND claimable.status IN ('queued', 'running'), false)
      FOR UPDATE SKIP LOCKED
    ) AS locked
  ) AS chosen
  WHERE task.id = chosen.id
  RETURNING task.*;
END $$;

-- Notes that the terminal events of these tasks are published, and their numbers. Until then lrt.unpublished has the task.
CREATE OR REPLACE FUNCTION lrt.mark_published(tasks json)
RETURNS void LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  UPDATE lrt.task AS task SET published = true, seq = given.seq
  FROM json_to_recordset(tasks) AS given (id text, seq bigint) WHERE task.id = given.id;
  DELETE FROM lrt.unpublished AS waiting
  USING json_to_recordset(tasks) AS given (id text) WHERE waiting.task_id = given.id;
END $$;

-- Renews attempts that run, with their progress. Gives those that still are the task's attempt. A row that is locked is
-- left as it is: its worker commits the end of the task at this moment.
CREATE OR REPLACE FUNCTION lrt.touch_tasks(running json)
RETURNS TABLE (id text, attempt integer, cancel_requested boolean)
LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  RETURN QUERY
  WITH given AS (
    SELECT * FROM json_to_recordset(running) AS given (id text, attempt integer, progress text, message text)
  ), touched AS (
    UPDATE lrt.task AS task SET touched_at = now(), progress = coalesce(chosen.progress::json, task.progress),
      message = coalesce(chosen.message, task.message)
    FROM (
      SELECT given.* FROM given CROSS JOIN LATERAL (
        SELECT FROM lrt.task AS own
        WHERE own.id = given.id AND coalesce(own.attempt = given.attempt AND own.status = 'running', false)
        FOR UPDATE SKIP LOCKED
      ) AS locked
    ) AS chosen
    WHERE task.id = chosen.id
  )
  SELECT task.id, task.attempt, task.cancel_requested FROM given CROSS JOIN LATERAL (
    SELECT own.id, own.attempt, own.cancel_requested FROM lrt.task AS own
    WHERE own.id = given.id AND coalesce(own.attempt = given.attempt AND own.status = 'running', false)
  ) AS task;
END $$;

-- Ends tasks, each only if this attempt still runs it and nobody asked to cancel it (unless it ends cancelled). The
-- row decides: of a finish and a cancellation, the transaction that commits first wins. `ended` has the ids of the tasks
-- that this call ended. By the clock, a task ends after what it wrote to its design (migration 0017). `owners` and `keys` are what to dispatch for once this is committed (rule 4).
CREATE OR REPLACE FUNCTION lrt.end_tasks(ends json)
RETURNS json LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
  answer json;
BEGIN
  WITH ended AS (
    UPDATE lrt.task AS task SET status = done.status, result = done.result::json, error = done.error::json,
      progress = done.progress::json, items = done.items::json, message = done.message, cancel_requested = false,
      built = done.built::json, box = done.box::box, finished_at = clock_timestamp(), touched_at = now()
    FROM json_to_recordset(ends) AS done (id text, attempt integer, status text, result text, error text,
      progress text, items text, message text, built text, box text)
    WHERE task.id = done.id AND coalesce(task.attempt = done.attempt AND task.status = 'running'
      AND (NOT task.cancel_requested OR done.status = 'cancelled'), false)
    RETURNING task.id, task.owner, task.exclusive_key
  ), unpublished AS (
    INSERT INTO lrt.unpublished (task_id) SELECT ended.id FROM ended
  )
  SELECT json_build_object(
    'ended', coalesce(json_agg(id), '[]'),
    'owners', coalesce(json_agg(DISTINCT owner), '[]'),
    'keys', coalesce(json_agg(DISTINCT exclusive_key) FILTER (WHERE exclusive_key IS NOT NULL), '[]')
  ) INTO answer FROM ended;
  RETURN answer;
END $$;

-- Ends a queued task at once, or notes that a running one is to be cancelled: from then on its attempt can only end
-- cancelled. The row keeps who asked first, and when. No row: the task has ended, or its row is locked because its worker
-- commits the end at this moment.
CREATE OR REPLACE FUNCTION lrt.cancel_task(task_id text, asked_by text) RETURNS SETOF lrt.task LANGUAGE sql AS $$
  WITH cancelled AS (
    UPDATE lrt.task SET cancel_requested = (status = 'running'),
      cancelled_by = CASE WHEN cancel_requested THEN cancelled_by ELSE cancel_task.asked_by END,
      cancel_requested_at = CASE WHEN cancel_requested THEN cancel_requested_at ELSE now() END,
      finished_at = CASE WHEN status = 'queued' THEN now() END,
      status = CASE WHEN status = 'queued' THEN 'cancelled' ELSE status END
    WHERE id = (
      SELECT id FROM lrt.task WHERE id = cancel_task.task_id AND status IN ('queued', 'running') FOR UPDATE SKIP LOCKED
    ) RETURNING *
  ), unpublished AS (
    INSERT INTO lrt.unpublished (task_id) SELECT id FROM cancelled WHERE status = 'cancelled'
  )
  SELECT * FROM cancelled
$$;

-- The same for servers of the version before this one, which do not say who asked.
CREATE OR REPLACE FUNCTION lrt.cancel_task(task_id text) RETURNS SETOF lrt.task LANGUAGE sql AS $$
  SELECT * FROM lrt.cancel_task(task_id, NULL)
$$;

-- The same for all nodes of a run, for whoever asked to cancel the run, else for its owner. Gives the rows that it changed. Rows
-- that are locked are left out: call again until there is none left.
CREATE OR REPLACE FUNCTION lrt.cancel_nodes(of_run text) RETURNS SETOF lrt.task LANGUAGE sql AS $$
  WITH asked AS (
    SELECT coalesce(run.cancelled_by, run.owner) AS by FROM lrt.task AS run WHERE run.id = of_run
  ), chosen AS MATERIALIZED (
    SELECT own.id FROM lrt.task AS own
    WHERE own.run_id = of_run AND own.finished_at IS NULL AND coalesce(NOT own.cancel_requested, false)
    ORDER BY own.id FOR UPDATE SKIP LOCKED
  ), cancelled AS (
    UPDATE lrt.task AS task SET cancel_requested = (task.status = 'running'),
      cancelled_by = coalesce((SELECT asked.by FROM asked), task.owner), cancel_requested_at = now(),
      finished_at = CASE WHEN task.status = 'queued' THEN now() END,
      status = CASE WHEN task.status = 'queued' THEN 'cancelled' ELSE task.status END
    FROM chosen WHERE task.id = chosen.id AND coalesce(task.status IN ('queued', 'running'), false) RETURNING task.*
  ), unpublished AS (
    INSERT INTO lrt.unpublished (task_id) SELECT id FROM cancelled WHERE status = 'cancelled'
  )
  SELECT * FROM cancelled
$$;

-- Gives new jobs to nodes of a run that are in a queue, for a worker that runs the nodes of this run alone: their jobs in the queue
-- are stale from then on.
CREATE OR REPLACE FUNCTION lrt.take_nodes(of_run text, at_most integer)
RETURNS TABLE (id text, queue text, priority smallint, job integer) LANGUAGE sql AS $$
  UPDATE lrt.task AS task SET job = task.job + 1, touched_at = now()
  FROM (
    SELECT own.id FROM lrt.task AS own
    WHERE own.run_id = of_run AND own.finished_at IS NULL AND coalesce(own.dispatched AND own.status = 'queued', false)
    ORDER BY own.id LIMIT at_most FOR UPDATE SKIP LOCKED
  ) AS chosen
  WHERE task.id = chosen.id
  RETURNING task.id, task.queue, task.priority, task.job
$$;

-- Queues the next attempt, which may run in `wait_seconds`. No row: the task is not this attempt's any more, or is to be
-- cancelled. Call dispatch_waiting when it is committed.
CREATE OR REPLACE FUNCTION lrt.requeue_task(task_id text, of_attempt integer, wait_seconds double precision, no_progress json)
RETURNS SETOF lrt.task LANGUAGE sql AS $$
  UPDATE lrt.task SET status = 'queued', attempt = attempt + 1, claimed = false, dispatched = false,
    run_after = now() + make_interval(secs => wait_seconds), progress = no_progress, items = NULL, message = '',
    touched_at = now()
  WHERE id = task_id AND attempt = of_attempt AND status = 'running' AND NOT cancel_requested RETURNING *
$$;

-- Gives an attempt back as if no worker had claimed it. Another worker may claim it in `wait_seconds`.
CREATE OR REPLACE FUNCTION lrt.unclaim_task(task_id text, of_attempt integer, wait_seconds double precision)
RETURNS void LANGUAGE sql AS $$
  UPDATE lrt.task SET status = 'queued', claimed = false, dispatched = false,
    run_after = now() + make_interval(secs => wait_seconds), touched_at = now()
  WHERE id = task_id AND attempt = of_attempt AND status = 'running'
$$;

-- Gives another job to tasks whose job got lost. The number of the lost job is given, so that two sweepers give one. A
-- row that is locked is left out until the next sweep.
CREATE OR REPLACE FUNCTION lrt.dispatch_again(lost_jobs json)
RETURNS TABLE (id text, queue text, priority smallint, job integer) LANGUAGE sql AS $$
  UPDATE lrt.task AS task SET job = task.job + 1, touched_at = now()
  FROM (
    SELECT locked.id FROM json_to_recordset(lost_jobs) AS lost (id text, job integer) CROSS JOIN LATERAL (
      SELECT own.id FROM lrt.task AS own
      WHERE own.id = lost.id AND own.job = lost.job AND own.dispatched AND own.status IN ('queued', 'running')
      FOR UPDATE SKIP LOCKED
    ) AS locked
  ) AS chosen
  WHERE task.id = chosen.id
  RETURNING task.id, task.queue, task.priority, task.job
$$;

-- Deletes at most 1,000 tasks that ended longest ago: failed ones after `keep_failed_days`, others after `keep_days`, and
-- those beyond the newest `keep_tasks`.
-- A task that has just ended is kept, however many ended after it: whoever did not hear that it was queued asks again with
-- its idempotency key, which goes with it.
CREATE OR REPLACE FUNCTION lrt.forget_tasks(keep_days integer, keep_failed_days integer, keep_tasks bigint)
RETURNS SETOF text LANGUAGE sql AS $$
  -- Keys of tasks that were cleared just after their end.
  DELETE FROM lrt.task_key WHERE cleared_until < now();
  WITH newest AS MATERIALIZED (
    -- Counted once: it reads as many entries of the index as tasks are kept.
    SELECT least(finished_at, now() - interval '2 minutes') AS finished_at FROM lrt.task
    WHERE lrt.task.finished_at IS NOT NULL ORDER BY lrt.task.finished_at DESC OFFSET keep_tasks - 1 LIMIT 1
  )
  DELETE FROM lrt.task WHERE id IN (
    SELECT id FROM lrt.task AS old WHERE published AND finished_at < greatest(
      now() - make_interval(days => CASE status WHEN 'failed' THEN keep_failed_days ELSE keep_days END),
      (SELECT finished_at FROM newest)
    ) AND finished_at < greatest(
      -- The same for all rows, so that it is found by index.
      now() - make_interval(days => least(keep_days, keep_failed_days)), (SELECT finished_at FROM newest)
    )
    -- The nodes of a run are kept for as long as the run.
    AND coalesce((SELECT false FROM lrt.task AS run WHERE run.id = old.run_id), true)
    LIMIT 1000 FOR UPDATE OF old SKIP LOCKED
  ) RETURNING id
$$;

-- The same for servers and workers of the version before this one.
CREATE OR REPLACE FUNCTION lrt.forget_tasks(keep_days integer, keep_tasks bigint) RETURNS SETOF text LANGUAGE sql AS $$
  SELECT lrt.forget_tasks(keep_days, keep_days, keep_tasks)
$$;

-- Deletes those of these tasks that have ended, at once, for their owner or an admin (the caller has checked that). The key
-- of a task that has just ended stays for as long as that of a task that nobody clears. Gives the ids of the deleted ones. A
-- row that is locked, or whose end is not published yet, is left out: its caller asks again.
CREATE OR REPLACE FUNCTION lrt.clear_tasks(task_ids text[]) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
  chosen text[];
BEGIN
  chosen := ARRAY(
    SELECT task.id FROM lrt.task AS task
    WHERE task.id = ANY (task_ids) AND task.finished_at IS NOT NULL AND task.published ORDER BY task.id FOR UPDATE SKIP LOCKED
  );
  UPDATE lrt.task_key AS known SET cleared_until = task.finished_at + interval '2 minutes'
  FROM lrt.task AS task
  WHERE task.id = ANY (chosen) AND task.idempotency_key IS NOT NULL AND task.finished_at > now() - interval '2 minutes'
    AND known.task_id = task.id;
  RETURN QUERY DELETE FROM lrt.task AS task WHERE task.id = ANY (chosen) RETURNING task.id;
END $$;
