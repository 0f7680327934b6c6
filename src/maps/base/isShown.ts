/** True for about one in so many ids, whatever they have in common. The ones of a larger number are among those of a smaller. */
export function isShown(id: string, oneIn: number): boolean {
  // FNV-1a: its low bits depend on every character.
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  return (hash & (oneIn - 1)) === 0;
}
