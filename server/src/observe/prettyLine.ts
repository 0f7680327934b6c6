/** Control characters, and those that change the direction of text: a log line must not steer the terminal. */
const CONTROL = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const LEFT_OUT = new Set(['level', 'time', 'msg', 'err', 'error', 'pid', 'hostname']);

/**
 * Formats a line of JSON for people at a terminal: `08:42:56 info  message  taskId=...`, with an error's stack below.
 */
export function prettyLine(line: string): string {
  const fields: Record<string, unknown> = JSON.parse(line);
  const { level, time, msg, err, error } = fields;
  const rest = Object.entries(fields)
    .filter(([name, value]) => !LEFT_OUT.has(name) && value !== undefined)
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const head = [String(time).slice(11, 19), String(level).padEnd(5), String(msg ?? ''), ...rest];
  const text = head.join(' ').replace(CONTROL, '�');
  return [text, ...stackLines(err ?? error, '  ')].join('\n').concat('\n');
}

function stackLines(error: unknown, indent: string): string[] {
  if (typeof error !== 'object' || error === null) return [];
  const { message, stack, cause } = { message: '', stack: undefined, cause: undefined, ...error };
  const lines = String(stack ?? message).split('\n');
  const own = lines.map((line) => indent + line.replace(CONTROL, '�'));
  const causes = stackLines(cause, `${indent}  `);
  return causes.length > 0 ? [...own, `${indent}caused by`, ...causes] : own;
}
