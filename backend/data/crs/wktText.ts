// These functions read a name or a code from the text of a coordinate system, without understanding all of it.

const ROOTS =
  /^\s*(PROJCS|GEOGCS|PROJCRS|PROJECTEDCRS|GEOGCRS|GEOGRAPHICCRS|GEODCRS|GEODETICCRS|BASEGEOGCRS|COMPD_CS|COMPOUNDCRS|BOUNDCRS)\s*[[(]/i;

export function isWkt(text: string): boolean {
  return ROOTS.test(text);
}

/** A compound system, or one that is bound to another, has a part in the plane. This gives that part. */
export function horizontalWkt(text: string): string {
  if (!/^\s*(COMPD_CS|COMPOUNDCRS|BOUNDCRS)/i.test(text)) return text;
  const inner = /(PROJCS|GEOGCS|PROJCRS|PROJECTEDCRS|GEOGCRS|GEOGRAPHICCRS|GEODCRS)\s*\[/i.exec(text);
  if (!inner) return text;
  let [depth, quoted] = [0, false];
  for (let at = inner.index; at < text.length; at++) {
    const sign = text[at];
    if (sign === '"') quoted = !quoted;
    if (quoted) continue;
    if (sign === '[') depth++;
    if (sign === ']' && --depth === 0) return text.slice(inner.index, at + 1);
  }
  return text;
}

export function wktName(text: string): string {
  return /^[^"]*"([^"]*)"/.exec(text)?.[1] ?? 'unnamed';
}

export function wktDatum(text: string): string {
  return /\b(?:DATUM|TRF|GEODETICDATUM)\s*[[(]\s*"([^"]*)"/i.exec(text)?.[1] ?? '';
}

/** The code of the whole system, which stands last. */
export function wktEpsg(text: string): number | undefined {
  const found =
    /AUTHORITY\s*\[\s*"EPSG"\s*,\s*"?(\d+)"?\s*\]\s*\]\s*$/i.exec(text) ??
    /\bID\s*\[\s*"EPSG"\s*,\s*(\d+)[^\]]*\]\s*\]\s*$/i.exec(text);
  return found?.[1] === undefined ? undefined : Number(found[1]);
}
