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
const SCHEME = /\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi;
const JWT = /\beyJ[\w-]{5,}\.[\w-]+\.[\w-]*/g;

/** Returns the text without the passwords in URLs, the tokens in queries, and whatever follows "Bearer". */
export function redactText(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return text
    .replace(USER_INFO, `://${HIDDEN}@`)
    .replace(QUERY_SECRET, `$1${HIDDEN}`)
    .replace(SCHEME, `$1 ${HIDDEN}`)
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
