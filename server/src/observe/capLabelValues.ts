/**
 * Keeps the values of a metric's label few: the first `limit` values pass, any other becomes 'other'. Each value
 * costs a time series for as long as the process lives.
 */
export function fewNames(limit = 200): (name: string) => string {
  const known = new Set<string>();
  return (name) => {
    if (known.has(name)) return name;
    if (known.size >= limit) return 'other';
    known.add(name);
    return name;
  };
}
