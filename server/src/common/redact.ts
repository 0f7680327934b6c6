const HIDDEN = '***';
/** Nobody should read the values of fields and query parameters with these names in a log. */
const SECRET_NAME = /authorization|cookie|passw|secret|token|credential|api[-_]?key|private[-_]?key|^jwt$/i;
/** Most of what is logged matches none of these, and need not be examined further. */
const SUSPECT = /:\/\/|authorization|cookie|passw|secret|token|credential|key|jwt|eyJ|bearer|basic/i;

/**
 * Matches whatever is between "://" and the last "@" near it: a password may hold almost any character, and those of
 * hosted services may have more than a thousand. It is bounded, so it is quick.
 */
const USER_INFO = /:\/\/[^\s"']{1,4096}@/g;
const QUERY_SECRET = /([?&][\w.-]{0,40}(?:passw|secret|token|credential|key|jwt)[\w.-]{0,40}=)[^\s&#"']+/gi;
/**
 * Matches a secret that a text names: `password=...` of a connection string or a shell, `"token":"..."` of JSON in a text,
 * with its quotes escaped or not, `TOKEN '...'` of SQL, and `--access-token ...` of a command.
 */
const NAMED = String.raw`(?:passw(?:or)?d|passphrase|secret|token|credentials?|(?:api|private|access)[-_]?key|jwt)`;
const VALUE = String.raw`(\\{0,4}"[^"\\]{0,4096}|\\{0,4}'[^'\\]{0,4096}|[^\s"'\\,;&)}\]]+)`;
const ASSIGNED = new RegExp(
  String.raw`(${NAMED}(?:\\{0,4}["']\s{0,9}:|\s{0,9}=|\s{1,9}(?=["']))\s{0,9})${VALUE}`,
  'gi',
);
const ARGUMENT = new RegExp(String.raw`(--[\w-]{0,40}${NAMED}\s{1,9})[^\s"']+`, 'gi');
/** A header of a request or an answer, to the end of its line. */
const HEADER = /((?:proxy-)?authorization|(?:set-)?cookie|api-key)(\s{0,9}:\s{0,9})(?:(?!\\[rn])[^\r\n])+/gi;
const SCHEME = /\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi;
const JWT = /\beyJ[\w-]{5,}\.[\w-]+\.[\w-]*/g;

/**
 * Returns the text without the passwords in URLs, the tokens in queries, whatever follows "Bearer", the values of headers
 * that sign in, and whatever a text calls a password, a token, a secret or a key.
 *
 * @example
 * redactText('host=db password=hunter2'); // 'host=db password=***'
 */
export function redactText(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return text
    .replace(USER_INFO, `://${HIDDEN}@`)
    .replace(QUERY_SECRET, `$1${HIDDEN}`)
    .replace(HEADER, `$1$2${HIDDEN}`)
    .replace(SCHEME, `$1 ${HIDDEN}`)
    .replace(
      ASSIGNED,
      (_, name: string, value: string) => `${name}${/^\\*["']/.exec(value)?.[0] ?? ''}${HIDDEN}`,
    )
    .replace(ARGUMENT, `$1${HIDDEN}`)
    .replace(JWT, HIDDEN);
}

/**
 * Redacts one line of a JSON log: it hides secrets by the names of their fields, at any depth, and by their looks in
 * any text. It treats a line that is not JSON as text.
 */
export function redactLine(line: string): string {
  if (!SUSPECT.test(line)) return line;
  try {
    return `${JSON.stringify(JSON.parse(line), hide)}\n`;
  } catch {
    return redactText(line);
  }
}

function hide(name: string, value: unknown): unknown {
  if (value !== null && value !== undefined && name !== '' && SECRET_NAME.test(name)) {
    return typeof value === 'number' || typeof value === 'boolean' ? value : HIDDEN;
  }
  return typeof value === 'string' ? redactText(value) : value;
}
