/** U+0000, and halves of surrogate pairs: JSON can say them, but databases do not keep them. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

/**
 * Where a JSON value has a text (or a key) that not every store can keep: the path of the first one, as
 * 'name' or 'tags.0'; undefined where all can be kept.
 */
export function unstorableText(value: unknown, path = ''): string | undefined {
  if (typeof value === 'string') return UNSTORABLE.test(value) ? path : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, item] of Object.entries(value)) {
    const at = path === '' ? key : `${path}.${key}`;
    if (UNSTORABLE.test(key)) return at.replace(/[\0\p{Surrogate}]/gu, '?');
    const found = unstorableText(item, at);
    if (found !== undefined) return found;
  }
  return undefined;
}
