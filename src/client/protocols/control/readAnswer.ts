// Reads, for the client of the control protocol, what a service answers. A service may be anybody's, so what does not fit is named.
import { isRecord } from '../../../contract/index.ts';
import { TaskClientError } from '../../TaskClientError.ts';

/** A service says this of a task. */
export interface ControlStatus {
  status: 'running' | 'complete' | 'failed';
  /** 0 to 100; null where the service does not say. */
  percent: number | null;
  /** Says what the task is doing. Empty where the service does not say it. */
  message: string;
  /** Why it failed. */
  error?: string;
  /** The longest pause before the next question, in seconds, where the service says one. */
  pollSeconds?: number;
}

const MAX_TEXT = 2_000;

/** Reads the answer to `GET /control/status/ID`, and the state in that to `POST /control/execute`. Throws 'invalid-response'. */
export function readStatus(value: unknown, url: string): ControlStatus {
  const { status, progress, message, error, poll_seconds: pollSeconds } = recordOf(value, url);
  if (status !== 'running' && status !== 'complete' && status !== 'failed') {
    throw invalid(
      url,
      `the status ${JSON.stringify(status)?.slice(0, 100)}; known are running, complete and failed`,
    );
  }
  const isPercent = typeof progress === 'number' && Number.isFinite(progress);
  return {
    status,
    percent: isPercent ? Math.min(Math.max(progress, 0), 100) : null,
    message: textOf(message),
    ...(textOf(error) !== '' && { error: textOf(error) }),
    ...(typeof pollSeconds === 'number' && pollSeconds > 0 && { pollSeconds }),
  };
}

/** The id under which the service knows a task that it has begun. The template's services say the caller's own. */
export function readTaskId(value: unknown, own: string): string {
  const id = isRecord(value) ? value.task_id : undefined;
  return typeof id === 'string' && id !== '' && id.length <= 200 ? id : own;
}

/**
 * Reads the `output` of an answer: the data itself where it travels as JSON within the reference, and else the reference, as it
 * is. Throws 'invalid-response' where there is none.
 */
export function readOutput(value: unknown, url: string): unknown {
  const { output } = recordOf(value, url);
  if (output === undefined) throw invalid(url, 'no "output"');
  if (!isRecord(output) || output.protocol !== 'inline' || typeof output.uri !== 'string') return output;
  if (typeof output.format !== 'string' || !/^(geo)?json$/i.test(output.format)) return output;
  try {
    const bytes = Uint8Array.from(atob(output.uri), (sign) => sign.charCodeAt(0));
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw invalid(url, 'an inline output that is no JSON in base64');
  }
}

function recordOf(value: unknown, url: string): Record<string, unknown> {
  if (isRecord(value)) return value;
  throw invalid(url, 'JSON that is no object');
}

function invalid(url: string, what: string): TaskClientError {
  return new TaskClientError({ code: 'invalid-response', message: `${url} answered with ${what}` });
}

const textOf = (value: unknown) => (typeof value === 'string' ? value.slice(0, MAX_TEXT) : '');
