const PAIR = /"((?:[^"\\]|\\.){1,200})"=>(?:"((?:[^"\\]|\\.){0,10000})"|NULL)/g;
const MOST = 200;

/** The tags that GDAL puts into one column of an OpenStreetMap file: '"addr:street"=>"Main St","building"=>"yes"'. */
export function hstoreTags(text: string): [key: string, value: string][] | undefined {
  if (!/^"[^"]{1,200}"=>/.test(text)) return undefined;
  const tags: [string, string][] = [];
  for (const [, key = '', value = ''] of text.matchAll(PAIR)) {
    if (tags.length >= MOST) break;
    tags.push([unescaped(key), unescaped(value)]);
  }
  return tags;
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, '$1');
}
