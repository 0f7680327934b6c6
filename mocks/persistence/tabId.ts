/** What tells the tabs of a browser apart: kept for as long as the tab lives, over its reloads. */
export function tabId(database: string): string {
  const key = `lrt-mock-backend:${database}`;
  const known = sessionStorage.getItem(key);
  if (known) return known;
  const id = Array.from(crypto.getRandomValues(new Uint32Array(3)), (word) => word.toString(36)).join('');
  sessionStorage.setItem(key, id);
  return id;
}
