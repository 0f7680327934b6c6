import { type DestinationStream, type Logger, pino } from 'pino';
import { redactLine } from '../common/redact.ts';
import type { LogLevel } from '../config/Config.ts';
import { describeError } from './describeError.ts';
import { prettyLine } from './prettyLine.ts';
import { currentTraceparent } from './tracing.ts';

export type { Logger };

export interface LoggerOptions {
  level: LogLevel;
  /** Formats for people at a terminal, one line for each message, instead of JSON. */
  pretty?: boolean;
  /** Default: standard output. */
  destination?: DestinationStream;
}

/**
 * Makes a logger that writes one line of JSON per message: `level` (a word), `time` (ISO 8601, UTC), `msg`, and the
 * given fields, by convention `requestId`, `taskId`, `task` (its name) and `owner`. It adds `traceId` within a span,
 * and writes errors as `err` or `error`, with their causes.
 *
 * It redacts secrets in fields, in texts and on errors. It writes each line before the call returns, so that the last
 * messages of a dying process are there.
 */
export function createLogger({ level, pretty = false, destination }: LoggerOptions): Logger {
  const stream = destination ?? pino.destination({ dest: 1, sync: true });
  return pino(
    {
      level,
      // The id leads a reader from a line to its trace.
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
