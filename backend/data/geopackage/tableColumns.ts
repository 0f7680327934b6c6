export interface TableColumns {
  names: string[];
  /** The column that is the row's id, whose value is not stored. */
  rowid: number | undefined;
}

const CONSTRAINT = /^(CONSTRAINT|PRIMARY|UNIQUE|CHECK|FOREIGN)\b/i;

/** The columns of a table from the statement that made it. */
export function tableColumns(sql: string): TableColumns {
  const names: string[] = [];
  let rowid: number | undefined;
  for (const part of partsOf(sql)) {
    const definition = part.trim();
    if (definition === '' || CONSTRAINT.test(definition)) continue;
    const quoted = /^(?:"((?:[^"]|"")*)"|`((?:[^`]|``)*)`|\[([^\]]*)\]|'((?:[^']|'')*)')/.exec(definition);
    const bare = /^\S+/.exec(definition)?.[0] ?? '';
    const name = quoted ? (quoted.slice(1).find((text) => text !== undefined) ?? '') : bare;
    const rest = definition.slice(quoted ? quoted[0].length : bare.length);
    if (/^\s*INTEGER\b[^,]*\bPRIMARY\s+KEY\b/i.test(rest)) rowid = names.length;
    names.push(name.replaceAll('""', '"'));
  }
  return { names, rowid };
}

/** Gives the texts between the commas of the outermost brackets, without comments. */
function partsOf(sql: string): string[] {
  const text = sql.replace(/--[^\n]*/g, ' ').replace(/\/\*.*?\*\//gs, ' ');
  const parts: string[] = [];
  let [depth, start, quote] = [0, -1, ''];
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? '';
    if (quote !== '') {
      if (sign === quote) quote = '';
    } else if (sign === '"' || sign === "'" || sign === '`') quote = sign;
    else if (sign === '[') quote = ']';
    else if (sign === '(') {
      if (depth++ === 0) start = at + 1;
    } else if (sign === ')') {
      if (--depth === 0) {
        parts.push(text.slice(start, at));
        break;
      }
    } else if (sign === ',' && depth === 1) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return parts;
}
