-- Every transition of a row of lrt.task, for servers and workers (server/src/distributed/rows calls these functions and
-- writes no row itself). "lrt-server migrate" applies this file again whenever it has changed: functions are replaced,
-- tables stay the migrations' own.
--
-- Locks. Two calls that take the same locks in another order wait for each other for ever, so the order is fixed:
--  1. Idempotency keys, then owners' locks, then exclusive keys, then rows of tasks. Each kind is sorted, and every
--     statement locks rows in order of id. Callers give JSON in order of id; a nested loop keeps that order.
--  2. Idempotency keys have a table of their own whose rows nobody updates. Deleting a task deletes its key.
--  3. Only what raises an owner's count takes the owner's lock. An end takes none.
--  4. A transaction that holds a task's row takes none of the first three. It dispatches after its commit, in another
--     transaction: a worker that freezes before its commit must not hold up everybody's dispatching.
--  5. Exclusive keys are tried and never waited for. The unique index task_exclusive stays the judge.
--  6. The lock and the look are two statements: in one, the look would use a snapshot from before the lock.
-- Rules 3 (for ends), 4, 5 and 6 hold today. Rule 1 holds for rows only, and rule 2 does not hold yet: enqueue_tasks takes
-- one lock for all owners and then inserts rows with their idempotency keys, so it may wait for the row of a known key
-- while it holds that lock.
--
-- The functions make their plans once, and find rows by index whatever the statistics say: the statistics of a table that
-- fills up and empties by the second are never right, and a plan made while it was empty may scan all of it. Therefore
-- `coalesce(..., false)`, and LATERAL with LIMIT or DISTINCT: no plan can begin with such a condition.

-- An earlier version ended tasks and dispatched in one transaction.
DROP FUNCTION IF EXISTS lrt.finish_tasks(json, integer);

-- Picks which waiting tasks may go to the queue now: tasks of these owners, and tasks that wait for these exclusive keys.
-- `owners` null means all owners. One call at a time, over all servers, so that the limits hold. A call takes about a
-- millisecond.
CREATE OR REPLACE FUNCTION lrt.dispatch_tasks(owners text[], keys text[], per_owner integer)
RETURNS TABLE (id text, queue text, priority smallint, job integer)
LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
  waiting_owners text[];
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('lrt.dispatch_tasks'));
  IF owners IS NULL THEN
    waiting_owners := ARRAY(
      SELECT DISTINCT waiting.owner FROM lrt.task AS waiting WHERE NOT waiting.dispatched AND waiting.status = 'queued'
    );
  ELSE
    waiting_owners := ARRAY(
      SELECT given.name FROM unnest(owners) AS given (name), LATERAL (
        SELECT FROM lrt.task AS waiting
        WHERE waiting.owner = given.name AND NOT waiting.dispatched AND waiting.status = 'queued' LIMIT 1
      ) AS found
      UNION
      SELECT others.owner FROM unnest(keys) AS given (key), LATERAL (
        SELECT DISTINCT waiting.owner FROM lrt.task AS waiting
        WHERE waiting.exclusive_key = given.key AND NOT waiting.dispatched AND waiting.status = 'queued'
      ) AS others
    );
  END IF;
  IF cardinality(waiting_owners) = 0 THEN
    RETURN;
  END IF;
  RETURN QUERY
  WITH room AS (
    SELECT owner.name, per_owner - (
      SELECT count(*) FROM lrt.task AS held
      WHERE held.owner = owner.name AND held.dispatched AND held.status IN ('queued', 'running')
    ) AS free FROM unnest(waiting_owners) AS owner (name)
  ), candidate AS (
    SELECT found.*, row_number() OVER (
      PARTITION BY coalesce(found.exclusive_key, found.id) ORDER BY found.priority, found.ordinal
    ) AS nth_of_key
    FROM room CROSS JOIN LATERAL (
      SELECT waiting.id, waiting.owner, waiting.exclusive_key, waiting.priority, waiting.ordinal
      FROM lrt.task AS waiting
      WHERE waiting.owner = room.name AND NOT waiting.dispatched AND waiting.status = 'queued'
        AND waiting.run_after <= now()
        AND coalesce((
          SELECT false FROM lrt.task AS held
          WHERE held.exclusive_key = waiting.exclusive_key AND held.dispatched AND held.status IN ('queued', 'running')
        ), true)
      ORDER BY waiting.priority, waiting.ordinal LIMIT 1000
    ) AS found
    WHERE room.free > 0
  ), ranked AS (
    SELECT candidate.id, candidate.owner,
      row_number() OVER (PARTITION BY candidate.owner ORDER BY candidate.priority, candidate.ordinal) AS nth
    FROM candidate WHERE nth_of_key = 1
  )
  UPDATE lrt.task AS task SET dispatched = true, job = task.job + 1, touched_at = now()
  FROM ranked JOIN room ON room.name = ranked.owner
  WHERE task.id = ranked.id AND ranked.nth <= room.free
  RETURNING task.id, task.queue, task.priority, task.job;
END $$;

-- JSON documents come as text within the JSON: read as JSON twice they would be refused for U+0000 or half a surrogate
-- pair in a text, which JSON may have and PostgreSQL's text may not.

-- Inserts new tasks and dispatches what may run. `created` has the ids of the new ones: the idempotency keys of the
-- others were known. Null where `max_waiting` tasks wait already. Nothing was inserted then.
CREATE OR REPLACE FUNCTION lrt.enqueue_tasks(tasks json, per_owner integer, max_waiting integer)
RETURNS json LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
  created json;
  chosen json;
  others text[];
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('lrt.dispatch_tasks'));
  IF (SELECT count(*) FROM lrt.task AS waiting WHERE NOT waiting.dispatched AND waiting.status = 'queued') >= max_waiting THEN
    RETURN NULL;
  END IF;
  WITH given AS (
    SELECT * FROM json_to_recordset(tasks) AS given (id text, name text, queue text, priority smallint, owner text,
      params text, tags text, fingerprint text, idempotency_key text, retry_of text, exclusive_key text, progress text,
      traceparent text, words text, created_at timestamptz, ignored_params text, only_items text)
  ), at_once AS (
    -- The common case, owners with nothing waiting and room for all of these, needs no search.
    SELECT given.owner FROM given GROUP BY given.owner
    HAVING bool_and(given.exclusive_key IS NULL)
      AND coalesce((
        SELECT false FROM lrt.task AS waiting
        WHERE waiting.owner = given.owner AND NOT waiting.dispatched AND waiting.status = 'queued' LIMIT 1
      ), true) AND per_owner >= count(*) + (
        SELECT count(*) FROM lrt.task AS held
        WHERE held.owner = given.owner AND held.dispatched AND held.status IN ('queued', 'running')
      )
  ), judged AS MATERIALIZED (
    SELECT *, owner IN (SELECT at_once.owner FROM at_once) AS may_run FROM given
  ), inserted AS (
    INSERT INTO lrt.task AS task (id, name, queue, priority, owner, params, tags, fingerprint, idempotency_key, retry_of,
      exclusive_key, progress, traceparent, words, created_at, ignored_params, only_items, dispatched, job)
    SELECT id, name, queue, priority, owner, params::json, tags::json, fingerprint, idempotency_key, retry_of,
      exclusive_key, progress::json, traceparent, words, created_at, ignored_params::json, only_items::json,
      may_run, may_run::integer
    FROM judged
    ON CONFLICT (owner, idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING
    RETURNING task.id, task.queue, task.priority, task.job, task.owner, task.dispatched
  )
  SELECT coalesce(json_agg(id), '[]'),
    coalesce(json_agg(json_build_object('id', id, 'queue', queue, 'priority', priority, 'job', job)) FILTER (WHERE dispatched), '[]'),
    array_agg(DISTINCT owner) FILTER (WHERE NOT dispatched)
  INTO created, chosen, others FROM inserted;
  IF others IS NOT NULL THEN
    SELECT coalesce(json_agg(each), '[]') INTO chosen FROM (
      SELECT json_array_elements(chosen) AS each
      UNION ALL SELECT row_to_json(picked) FROM lrt.dispatch_tasks(others, '{}', per_owner) AS picked
    ) AS dispatched;
  END IF;
  RETURN json_build_object('created', created, 'dispatched', chosen);
END $$;

-- Claims attempts for a worker: of tasks that have not ended, by their newest job. A task that was claimed before lost its
-- worker, so the attempt rises.
CREATE OR REPLACE FUNCTION lrt.claim_tasks(jobs json)
RETURNS SETOF lrt.task LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  RETURN QUERY
  UPDATE lrt.task AS task SET status = 'running', attempt = task.attempt + task.claimed::integer,
    losses = task.losses + task.claimed::integer, claimed = true, started_at = coalesce(task.started_at, now()),
    touched_at = now()
  FROM json_to_recordset(jobs) AS given (id text, job integer)
  WHERE task.id = given.id
    AND coalesce(task.job = given.job AND task.dispatched AND task.status IN ('queued', 'running'), false)
  RETURNING task.*;
END $$;

-- Notes that the terminal events of these tasks are published, and their numbers.
CREATE OR REPLACE FUNCTION lrt.mark_published(tasks json)
RETURNS void LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  UPDATE lrt.task AS task SET published = true, seq = given.seq
  FROM json_to_recordset(tasks) AS given (id text, seq bigint) WHERE task.id = given.id;
END $$;

-- Renews attempts that run, with their progress. Gives those that still are the task's attempt.
CREATE OR REPLACE FUNCTION lrt.touch_tasks(running json)
RETURNS TABLE (id text, attempt integer, cancel_requested boolean)
LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  RETURN QUERY
  UPDATE lrt.task AS task SET touched_at = now(), progress = coalesce(given.progress::json, task.progress),
    message = coalesce(given.message, task.message)
  FROM json_to_recordset(running) AS given (id text, attempt integer, progress text, message text)
  WHERE task.id = given.id AND coalesce(task.attempt = given.attempt AND task.status = 'running', false)
  RETURNING task.id, task.attempt, task.cancel_requested;
END $$;

-- Ends tasks, each only if this attempt still runs it and nobody asked to cancel it (unless it ends cancelled). The
-- row decides: of a finish and a cancellation, the transaction that commits first wins. `ended` has the ids of the tasks
-- that this call ended. `owners` and `keys` are what to dispatch for once this is committed (rule 4).
CREATE OR REPLACE FUNCTION lrt.end_tasks(ends json)
RETURNS json LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
  answer json;
BEGIN
  WITH ended AS (
    UPDATE lrt.task AS task SET status = done.status, result = done.result::json, error = done.error::json,
      progress = done.progress::json, items = done.items::json, message = done.message, cancel_requested = false,
      finished_at = now(), touched_at = now()
    FROM json_to_recordset(ends) AS done (id text, attempt integer, status text, result text, error text,
      progress text, items text, message text)
    WHERE task.id = done.id AND coalesce(task.attempt = done.attempt AND task.status = 'running'
      AND (NOT task.cancel_requested OR done.status = 'cancelled'), false)
    RETURNING task.id, task.owner, task.exclusive_key
  )
  SELECT json_build_object(
    'ended', coalesce(json_agg(id), '[]'),
    'owners', coalesce(json_agg(DISTINCT owner), '[]'),
    'keys', coalesce(json_agg(DISTINCT exclusive_key) FILTER (WHERE exclusive_key IS NOT NULL), '[]')
  ) INTO answer FROM ended;
  RETURN answer;
END $$;

-- Ends a queued task at once, or notes that a running one is to be cancelled: from then on its attempt can only end
-- cancelled. No row: the task has ended.
CREATE OR REPLACE FUNCTION lrt.cancel_task(task_id text) RETURNS SETOF lrt.task LANGUAGE sql AS $$
  UPDATE lrt.task SET cancel_requested = (status = 'running'),
    finished_at = CASE WHEN status = 'queued' THEN now() END,
    status = CASE WHEN status = 'queued' THEN 'cancelled' ELSE status END
  WHERE id = task_id AND status IN ('queued', 'running') RETURNING *
$$;

-- Queues the next attempt, which may run in `wait_seconds`. No row: the task is not this attempt's any more, or is to be
-- cancelled. Call dispatch_tasks when it is committed.
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

-- Gives another job to tasks whose job got lost. The number of the lost job is given, so that two sweepers give one.
CREATE OR REPLACE FUNCTION lrt.dispatch_again(lost_jobs json)
RETURNS TABLE (id text, queue text, priority smallint, job integer) LANGUAGE sql AS $$
  UPDATE lrt.task AS task SET job = task.job + 1, touched_at = now()
  FROM json_to_recordset(lost_jobs) AS lost (id text, job integer)
  WHERE task.id = lost.id AND task.job = lost.job AND task.dispatched AND task.status IN ('queued', 'running')
  RETURNING task.id, task.queue, task.priority, task.job
$$;

-- Deletes at most 1,000 tasks that ended longest ago: more than `keep_days` ago, or beyond the newest `keep_tasks`.
CREATE OR REPLACE FUNCTION lrt.forget_tasks(keep_days integer, keep_tasks bigint) RETURNS SETOF text LANGUAGE sql AS $$
  DELETE FROM lrt.task WHERE id IN (
    SELECT id FROM lrt.task WHERE published AND finished_at < greatest(now() - make_interval(days => keep_days), (
      SELECT finished_at FROM lrt.task WHERE finished_at IS NOT NULL ORDER BY finished_at DESC OFFSET keep_tasks LIMIT 1
    )) LIMIT 1000
  ) RETURNING id
$$;
