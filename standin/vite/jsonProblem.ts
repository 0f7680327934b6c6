const TEXT = /"(?:[^"\\\n]|\\.)*"/y;
const SCALAR = /"(?:[^"\\\n]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const SPACE = /\s*/y;

/** The offset at which a text stops being JSON. The message of JSON.parse differs from engine to engine. */
export function jsonProblemOffset(text: string): number {
  let at = 0;

  function take(pattern: RegExp): boolean {
    pattern.lastIndex = at;
    const found = pattern.test(text);
    if (found) at = pattern.lastIndex;
    return found;
  }

  function takeMark(mark: string): boolean {
    take(SPACE);
    if (text[at] !== mark) return false;
    at += 1;
    return true;
  }

  function value(): boolean {
    if (takeMark('{')) return rest('}', entry);
    if (takeMark('[')) return rest(']', value);
    return take(SCALAR);
  }

  function entry(): boolean {
    take(SPACE);
    return take(TEXT) && takeMark(':') && value();
  }

  /** Takes the rest after an opening bracket, with the one that closes it. */
  function rest(close: string, item: () => boolean): boolean {
    if (takeMark(close)) return true;
    do {
      if (!item()) return false;
      if (takeMark(close)) return true;
    } while (takeMark(','));
    return false;
  }

  value();
  take(SPACE);
  return at;
}
