import type pg from 'pg';

/** Nobody waits for ever: not for another transaction's locks, and not for a process that froze while it sent records. */
const BEGIN =
  "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SET LOCAL statement_timeout = '60s'; SET LOCAL idle_in_transaction_session_timeout = '10s'";

/**
 * Runs the work in one database transaction on one connection: COMMIT when it resolves, ROLLBACK when it rejects,
 * which is rethrown. Rejects with the driver's error where the connection is lost; lost during COMMIT, nobody knows
 * whether it was stored.
 */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.ClientBase) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  // While it is checked out nobody else listens; the query that runs, or the next one, rejects with the same error.
  const ignore = () => {};
  client.on('error', ignore);
  let broken = true;
  try {
    await client.query(BEGIN);
    let result: T;
    try {
      result = await work(client);
    } catch (error) {
      broken = await client.query('ROLLBACK').then(
        () => false,
        () => true,
      );
      throw error;
    }
    const { command } = await client.query('COMMIT');
    broken = false;
    // PostgreSQL answers this if a statement failed in the transaction and the work continued all the same.
    if (command !== 'COMMIT') throw new Error('the database rolled the transaction back: a statement failed');
    return result;
  } finally {
    client.removeListener('error', ignore);
    client.release(broken);
  }
}
