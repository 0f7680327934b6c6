/** SHA-256 of generateTown() as JSON: the town that pictures and stories show, the same in Node and in a browser. */
export const TOWN_HASH = 'd87598b468afd1f0800bfb8056bac10ffeeb95a24e0e87f52527863ef7e8482e';

export async function hash(value: unknown): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(value)));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
