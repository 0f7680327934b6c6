import { type DestinationStream, type Logger, pino } from 'pino';
import { redactLine } from '../common/redact.ts';
import type { LogLevel } from '../config/Config.ts';
import { describeError } from './describeError.ts';
import { prettyLine } from './prettyLine.ts';
import { currentTraceparent } from './tracing.ts';

export type { Logger };

export interface LoggerOptions {
  level: LogLevel;
  /** For people at a terminal, one line each, instead of JSON. */
  pretty?: boolean;
  /** Default: standard output. */
  destination?: DestinationStream;
}

/**
 * A logger that writes one line of JSON per message: `level` (word), `time` (ISO 8601, UTC), `msg`, and the fields
 * given, by convention `requestId`, `taskId`, `task` (its name), `owner`; `traceId` within a span; errors as `err` or `error`, with their causes.
 * Secrets do not get out: not by field, not in a text, not on an error. Lines are written before the call returns, so
 * that the last words of a dying process are there.
 */
export function createLogger({ level, pretty = false, destination }: LoggerOptions): Logger {
  const stream = destination ?? pino.destination({ dest: 1, sync: true });
  return pino(
    {
      level,
      // Leads from a line to its trace.
      mixin: () => {
        const traceId = currentTraceparent()?.split('-')[1];
        return traceId === undefined ? {} : { traceId };
      },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError, error: describeError },
      hooks: { streamWrite: redactLine },
    },
    pretty ? { write: (line) => stream.write(prettyLine(line)) } : stream,
  );
}
