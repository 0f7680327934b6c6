import { pino } from 'pino';
import type { LogLevel } from '../config/Config.ts';
import { createLogger, type Logger } from '../observe/createLogger.ts';

/** The log goes to standard error: standard output has what somebody asked to see. For people where they look on. */
export function openLog(level: LogLevel): Logger {
  const destination = pino.destination({ dest: 2, sync: true });
  return createLogger({ level, pretty: process.stderr.isTTY === true, destination });
}
