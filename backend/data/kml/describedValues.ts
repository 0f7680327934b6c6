const MAX = 200_000;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** Values out of a description: GIS programs write the columns of a feature as a table in HTML. Else it is one text. */
export function describedValues(description: string): [string, string][] {
  const html = description.slice(0, MAX);
  const rows = html.split(/<tr[\s>]/i).slice(1);
  const values = rows.flatMap((row): [string, string][] => {
    const cells = [...row.matchAll(/<t[dh]\b[^>]*>(.*?)(?=<\/t[dh]>|<t[dh][\s>]|$)/gis)].map(
      ([, cell = '']) => plainText(cell),
    );
    const [key, value] = cells;
    return cells.length === 2 && key && value !== undefined && key.length < 100 ? [[key, value]] : [];
  });
  if (values.length > 0) return values;
  const text = plainText(html);
  return text === '' ? [] : [['description', text]];
}

function plainText(html: string): string {
  return html
    .replace(/<br\s*\/?>/gi, ' ')
    .replace(/<[^<>]{0,2000}>/g, '')
    .replace(/&(#x?[\da-f]{1,6}|[a-z]{1,8});/gi, (whole, name: string) => entity(name) ?? whole)
    .replace(/\s+/g, ' ')
    .trim();
}

function entity(name: string): string | undefined {
  if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()];
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : undefined;
}
