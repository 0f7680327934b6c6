/** Says which of the map's palettes goes with the host's theme. */

/**
 * True where a ground is dark. A token of antd is '#rrggbb' or 'rgb(...)'. Any other form counts as light.
 *
 * @example
 * isDark('#141414'); // true
 */
export function isDark(colour: string): boolean {
  const hex = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})/i.exec(colour);
  const parts = hex
    ? hex.slice(1, 4).map((part) => Number.parseInt(part, 16))
    : (/^rgba?\(([^)]*)\)/i
        .exec(colour)?.[1]
        ?.split(/[\s,/]+/)
        .map(Number) ?? []);
  const [red, green, blue] = parts;
  if (red === undefined || green === undefined || blue === undefined) return false;
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}
