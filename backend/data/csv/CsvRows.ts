import type Papa from 'papaparse';

export interface CsvRow {
  /** The row in the file, from 1. */
  number: number;
  fields: string[];
  /** A quote opens here that nothing closes; the fields are those of its first line. */
  openQuote?: true;
}

/** A row beyond this has a quote that is not closed. */
const MAX_ROW = 2 ** 20;

type Parser = (text: string, ignoreLastRow: boolean) => Papa.ParseResult<string[]>;

export async function csvParser(delimiter: string): Promise<Parser> {
  const { default: papa } = await import('papaparse');
  return (text, ignoreLastRow) => {
    const parser = new papa.Parser({ delimiter, newline: '\n', quoteChar: '"', escapeChar: '"' });
    return parser.parse(text, 0, ignoreLastRow);
  };
}

/** Rows of a CSV text that comes in pieces. A quote that is not closed spoils its line, and not the rest of the file. */
export class CsvRows {
  readonly #parse: Parser;
  readonly #mend: (text: string) => string;
  #rest = '';
  #number = 0;

  /** `mend` changes each piece of text before it is taken apart; it must not change the ends of lines. */
  constructor(parse: Parser, mend: (text: string) => string = (text) => text) {
    this.#parse = parse;
    this.#mend = mend;
  }

  write(piece: string): CsvRow[] {
    let text = this.#mend(this.#rest + piece);
    // It may be the first half of a line end.
    const held = text.endsWith('\r') ? '\r' : '';
    if (held) text = text.slice(0, -1);
    if (text.includes('\r')) text = text.replace(/\r\n?/g, '\n');
    const { data, meta } = this.#parse(text, true);
    this.#rest = text.slice(meta.cursor) + held;
    const rows = data.map((fields) => this.#row(fields));
    while (this.#rest.length > MAX_ROW) rows.push(...this.#spoiltLine());
    return rows;
  }

  end(): CsvRow[] {
    const rows: CsvRow[] = [];
    while (this.#rest !== '') {
      const text = this.#rest.replace(/\r\n?/g, '\n');
      const { data, errors } = this.#parse(text, false);
      const isOpen = errors.some(({ code }) => code === 'MissingQuotes');
      if (!isOpen) {
        rows.push(...data.map((fields) => this.#row(fields)));
        break;
      }
      const whole = this.#parse(text, true);
      rows.push(...whole.data.map((fields) => this.#row(fields)));
      this.#rest = text.slice(whole.meta.cursor);
      if (this.#rest === '') break;
      rows.push(...this.#spoiltLine());
    }
    this.#rest = '';
    return rows;
  }

  /** The first line of the rest, and the whole rows that follow it. */
  #spoiltLine(): CsvRow[] {
    const end = this.#rest.indexOf('\n');
    const line = end < 0 ? this.#rest : this.#rest.slice(0, end);
    const spoilt: CsvRow = { ...this.#row([line.slice(0, 1_000)]), openQuote: true };
    const text = end < 0 ? '' : this.#rest.slice(end + 1);
    const { data, meta } = this.#parse(text, true);
    this.#rest = text.slice(meta.cursor);
    return [spoilt, ...data.map((fields) => this.#row(fields))];
  }

  #row(fields: string[]): CsvRow {
    return { number: ++this.#number, fields };
  }
}
