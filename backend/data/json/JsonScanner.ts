import { LIMITS } from '../limits.ts';

export interface JsonSink {
  /** An element of a list that is streamed; undefined where it is larger or deeper than anything that is read. */
  item(text: string | undefined): void;
  /** Another member of the outermost object. */
  member(key: string, text: string | undefined): void;
  /** The outermost object is complete. */
  end(): void;
}

type State = 'outside' | 'object' | 'key' | 'colon' | 'list' | 'capture';

const CODE = {
  quote: 34,
  comma: 44,
  colon: 58,
  backslash: 92,
  open: 91,
  close: 93,
  openBrace: 123,
  closeBrace: 125,
} as const;

/**
 * Cuts JSON text that comes in pieces into the elements of its lists, and holds one element at a time. It looks at
 * brackets and strings alone, so one element with a mistake in it does not spoil the others.
 */
export class JsonScanner {
  readonly #lists: ReadonlySet<string>;
  readonly #sink: JsonSink;
  #state: State = 'outside';
  #inList = false;
  /** The list is a member of the outermost object. */
  #listInObject = false;
  #key = '';
  #parts: string[] = [];
  #length = 0;
  #depth = 0;
  #deepest = 0;
  #inString = false;
  #escaped = false;

  constructor(lists: ReadonlySet<string>, sink: JsonSink) {
    this.#lists = lists;
    this.#sink = sink;
  }

  /** True where the text may end: not within an object, a list or a value. */
  get isWhole(): boolean {
    return this.#state === 'outside';
  }

  write(text: string): void {
    let at = 0;
    while (at < text.length) {
      at =
        this.#state === 'capture' || this.#state === 'key' ? this.#capture(text, at) : this.#step(text, at);
    }
  }

  /** One character between values. */
  #step(text: string, at: number): number {
    const code = text.charCodeAt(at);
    // White space, the record separator of RFC 8142, and commas.
    if (code <= 32 || code === CODE.comma || code === 0xfeff) return at + 1;
    switch (this.#state) {
      case 'outside':
        if (code === CODE.openBrace) this.#state = 'object';
        else if (code === CODE.open) this.#openList(false);
        return at + 1;
      case 'object':
        if (code === CODE.quote) this.#begin('key');
        else if (code === CODE.closeBrace) {
          this.#state = 'outside';
          this.#sink.end();
        }
        return code === CODE.quote ? at : at + 1;
      case 'colon':
        if (code === CODE.colon) return at + 1;
        if (code === CODE.open && this.#lists.has(this.#key)) {
          this.#openList(true);
          return at + 1;
        }
        this.#begin('capture');
        return at;
      default:
        if (code === CODE.close) {
          this.#inList = false;
          this.#state = this.#listInObject ? 'object' : 'outside';
          return at + 1;
        }
        this.#begin('capture');
        return at;
    }
  }

  #openList(inObject: boolean): void {
    this.#inList = true;
    this.#listInObject = inObject;
    this.#state = 'list';
  }

  #begin(state: State): void {
    this.#state = state;
    this.#parts = [];
    this.#length = 0;
    this.#depth = 0;
    this.#deepest = 0;
    this.#inString = false;
    this.#escaped = false;
  }

  /** Goes to the end of a value, or of the piece. */
  #capture(text: string, start: number): number {
    let at = start;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (code === CODE.backslash) this.#escaped = true;
        else if (code === CODE.quote) {
          this.#inString = false;
          if (this.#depth === 0) return this.#finish(text, start, at + 1);
        }
        continue;
      }
      if (code === CODE.quote) this.#inString = true;
      else if (code === CODE.openBrace || code === CODE.open) {
        this.#depth++;
        if (this.#depth > this.#deepest) this.#deepest = this.#depth;
      } else if (code === CODE.closeBrace || code === CODE.close) {
        if (this.#depth === 0) return this.#finish(text, start, at);
        this.#depth--;
        if (this.#depth === 0) return this.#finish(text, start, at + 1);
      } else if (this.#depth === 0 && (code === CODE.comma || code <= 32)) {
        if (this.#length + at - start > 0) return this.#finish(text, start, at);
      }
    }
    this.#keep(text, start, at);
    return at;
  }

  #keep(text: string, start: number, end: number): void {
    this.#length += end - start;
    if (this.#length <= LIMITS.featureText) this.#parts.push(text.slice(start, end));
    else this.#parts = [];
  }

  #finish(text: string, start: number, end: number): number {
    this.#keep(text, start, end);
    const fits = this.#length <= LIMITS.featureText && this.#deepest <= LIMITS.depth;
    const value = fits ? this.#parts.join('') : undefined;
    this.#parts = [];
    if (this.#state === 'key') {
      this.#key = value?.slice(1, -1) ?? '';
      this.#state = 'colon';
    } else if (this.#inList) {
      this.#state = 'list';
      this.#sink.item(value);
    } else {
      this.#state = 'object';
      this.#sink.member(this.#key, value);
    }
    return end;
  }
}
