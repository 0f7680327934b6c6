import { TaskRefusal } from '../../../backend/common/TaskRefusal.ts';
import { problemResponse } from '../../../backend/http/problem.ts';
import { inTime } from '../common/inTime.ts';

/** A dependency that does not say in this time that it is there, is not. */
const PATIENCE_MS = 2_000;

/** The refusal of a server that is about to stop. */
export function shuttingDown(): TaskRefusal {
  const message = 'This server is shutting down; use another one';
  return new TaskRefusal({ code: 'unavailable', message, details: { retryAfterSeconds: 1 } });
}

/** Answers /readyz: 200, or 503 that names what is missing. It reveals nothing else, because anybody may ask. */
export async function readiness(
  draining: boolean,
  ready: () => Promise<Record<string, boolean>>,
): Promise<Response> {
  if (draining) return problemResponse(shuttingDown().error);
  const dependencies = await inTime(ready(), PATIENCE_MS).catch(() => undefined);
  if (!dependencies) {
    return problemResponse({ code: 'unavailable', message: 'What this server depends on does not answer' });
  }
  const missing = Object.keys(dependencies).filter((name) => !dependencies[name]);
  if (missing.length > 0) {
    const message = `Not available: ${missing.join(', ')}`;
    return problemResponse({ code: 'unavailable', message, details: { dependencies } });
  }
  return Response.json({ status: 'ready', dependencies }, { headers: { 'Cache-Control': 'no-store' } });
}
