/** Identifies one tab of a browser for as long as it lives, over its reloads. */
export function tabId(database: string): string {
  const key = `lrt-mock-backend:${database}`;
  const known = sessionStorage.getItem(key);
  if (known) return known;
  const id = Array.from(crypto.getRandomValues(new Uint32Array(3)), (word) => word.toString(36)).join('');
  sessionStorage.setItem(key, id);
  return id;
}
