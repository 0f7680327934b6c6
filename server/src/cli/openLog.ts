import { pino } from 'pino';
import type { LogLevel } from '../config/Config.ts';
import { createLogger, type Logger } from '../observe/createLogger.ts';

/**
 * Opens the log on standard error, because standard output holds what somebody asked to see. At a terminal it is
 * formatted for people.
 */
export function openLog(level: LogLevel): Logger {
  const destination = pino.destination({ dest: 2, sync: true });
  return createLogger({ level, pretty: process.stderr.isTTY === true, destination });
}
