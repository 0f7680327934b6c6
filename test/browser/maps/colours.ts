/** In these tests: pure, so that one can be told from the other in a picture. */
export const colours = { pending: '#ff0000', settled: '#0000ff' };

/** How many pixels are of a colour, or lean to it. */
export function count({ data }: ImageData): { pending: number; settled: number } {
  const found = { pending: 0, settled: 0 };
  for (let i = 0; i < data.length; i += 4) {
    const [red = 0, , blue = 0, alpha = 0] = data.subarray(i, i + 4);
    if (alpha < 40) continue;
    if (red > blue + 60) found.pending += 1;
    if (blue > red + 60) found.settled += 1;
  }
  return found;
}
