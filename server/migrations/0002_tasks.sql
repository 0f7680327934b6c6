-- Up Migration

-- Released as it is, so it stays as it is: a database that has run it keeps its tables, and its "down" drops its functions
-- by name. The functions below are those of the first release. sql/tasks.sql replaces each of them, or drops it, right after
-- the migrations: read and change them there.

-- One row per task is the truth: what Redis holds is the way there.
CREATE TABLE lrt.task (
  id text PRIMARY KEY,
  ordinal bigint GENERATED ALWAYS AS IDENTITY,
  name text NOT NULL,
  queue text NOT NULL,
  priority smallint NOT NULL,
  owner text NOT NULL,
  status text NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  params json NOT NULL,
  tags json NOT NULL,
  -- Equal for equal name and params.
  fingerprint text NOT NULL,
  idempotency_key text,
  retry_of text,
  -- Tasks with the same key are never dispatched at the same time.
  exclusive_key text,
  -- Raised whenever it runs again; who has an older one may not write any more.
  attempt integer NOT NULL DEFAULT 1,
  -- True once a worker has taken this attempt up.
  claimed boolean NOT NULL DEFAULT false,
  -- Counts the attempts that were lost with their worker: nobody reported how they ended.
  losses integer NOT NULL DEFAULT 0,
  -- True once the task was handed to the queue. Until then it waits for a free place of its owner, for its exclusive
  -- key or for its time.
  dispatched boolean NOT NULL DEFAULT false,
  run_after timestamptz NOT NULL DEFAULT now(),
  -- Number of the queue's job for it: one of an earlier number is stale.
  job integer NOT NULL DEFAULT 0,
  cancel_requested boolean NOT NULL DEFAULT false,
  progress json NOT NULL,
  seq bigint NOT NULL DEFAULT 1,
  result json,
  error json,
  traceparent text,
  -- A search of the task list looks in here and in the progress message: the name and the tags, in lower case.
  words text NOT NULL,
  message text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  finished_at timestamptz,
  -- The last time at which a worker or the queue was known to look after the task.
  touched_at timestamptz NOT NULL DEFAULT now(),
  -- True once the log has the terminal event. Then `seq` is that event's number.
  told boolean NOT NULL DEFAULT false
);

CREATE UNIQUE INDEX task_idempotency ON lrt.task (owner, idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE UNIQUE INDEX task_exclusive ON lrt.task (exclusive_key)
  WHERE exclusive_key IS NOT NULL AND dispatched AND status IN ('queued', 'running');
CREATE INDEX task_newest ON lrt.task (ordinal DESC);
CREATE INDEX task_owner_newest ON lrt.task (owner, ordinal DESC);
CREATE INDEX task_waiting ON lrt.task (owner, priority, ordinal) WHERE NOT dispatched AND status = 'queued';
CREATE INDEX task_waiting_for_key ON lrt.task (exclusive_key, owner)
  WHERE exclusive_key IS NOT NULL AND NOT dispatched AND status = 'queued';
CREATE INDEX task_dispatched ON lrt.task (owner) WHERE dispatched AND status IN ('queued', 'running');
CREATE INDEX task_untold ON lrt.task (finished_at) WHERE NOT told AND finished_at IS NOT NULL;
CREATE INDEX task_finished ON lrt.task (finished_at) WHERE finished_at IS NOT NULL;

-- The functions make their plans once, and find rows by index whatever the statistics say: those of a table that fills
-- up and empties by the second are never right, and a plan made while it was empty may scan all of it. Therefore
-- `coalesce(..., false)` and LATERAL with LIMIT or DISTINCT: conditions that no plan can begin with.
-- Callers pass the ids in order, so every function locks rows in order of id, and two of them never wait for each
-- other.

-- Picks which waiting tasks may go to the queue now: of these owners, and those that wait for these exclusive keys.
-- `owners` null: of all. One at a time over all servers, so that limits hold; it is a matter of a millisecond.
CREATE FUNCTION lrt.dispatch_tasks(owners text[], keys text[], per_owner integer)
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

-- Writes new tasks down and dispatches what may run. `created` has those that were new; another one's idempotency key
-- was known. Null where `max_waiting` tasks wait already: nothing was written.
CREATE FUNCTION lrt.enqueue_tasks(tasks json, per_owner integer, max_waiting integer)
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
      traceparent text, words text, created_at timestamptz)
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
      exclusive_key, progress, traceparent, words, created_at, dispatched, job)
    SELECT id, name, queue, priority, owner, params::json, tags::json, fingerprint, idempotency_key, retry_of,
      exclusive_key, progress::json, traceparent, words, created_at, may_run, may_run::integer
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

-- Takes attempts up: of tasks that have not ended, by their newest job.
CREATE FUNCTION lrt.claim_tasks(jobs json)
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

-- Notes that the logs of these tasks have their terminal events, and the numbers of those.
CREATE FUNCTION lrt.tell_tasks(tasks json)
RETURNS void LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  UPDATE lrt.task AS task SET told = true, seq = given.seq
  FROM json_to_recordset(tasks) AS given (id text, seq bigint) WHERE task.id = given.id;
END $$;

-- Says that attempts are looked after, and how far they are; gives those that still are the task's.
CREATE FUNCTION lrt.touch_tasks(running json)
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

-- Ends tasks, each only if it is still the given attempt that runs it and nobody asked to cancel it (unless that is
-- how it ends). `ended` has those that this call ended; what they held back is dispatched, unless `per_owner` is null:
-- within a longer transaction it would hold up everybody's dispatching until that is committed.
CREATE FUNCTION lrt.finish_tasks(ends json, per_owner integer)
RETURNS json LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
  finished text[];
  owners text[];
  keys text[];
  dispatched json;
BEGIN
  WITH ended AS (
    UPDATE lrt.task AS task SET status = done.status, result = done.result::json, error = done.error::json,
      progress = done.progress::json, message = done.message, cancel_requested = false,
      finished_at = now(), touched_at = now()
    FROM json_to_recordset(ends) AS done (id text, attempt integer, status text, result text, error text,
      progress text, message text)
    WHERE task.id = done.id AND coalesce(task.attempt = done.attempt AND task.status = 'running'
      AND (NOT task.cancel_requested OR done.status = 'cancelled'), false)
    RETURNING task.id, task.owner, task.exclusive_key
  )
  SELECT coalesce(array_agg(id), '{}'), coalesce(array_agg(DISTINCT owner), '{}'),
    coalesce(array_agg(exclusive_key) FILTER (WHERE exclusive_key IS NOT NULL), '{}')
  INTO finished, owners, keys FROM ended;
  IF per_owner IS NOT NULL THEN
    SELECT json_agg(chosen) INTO dispatched FROM lrt.dispatch_tasks(owners, keys, per_owner) AS chosen;
  END IF;
  RETURN json_build_object('ended', array_to_json(finished), 'dispatched', coalesce(dispatched, '[]'));
END $$;

-- Down Migration

DROP FUNCTION lrt.finish_tasks, lrt.touch_tasks, lrt.tell_tasks, lrt.claim_tasks, lrt.enqueue_tasks, lrt.dispatch_tasks;
DROP TABLE lrt.task;
