import { NOTHING, type Shown } from '../../contracts/overlay.contract.ts';

/** Counts the pixels that are of the contract's colours, or lean to one of them. */
export function count({ data }: ImageData): Shown {
  const found: Shown = { ...NOTHING };
  for (let i = 0; i < data.length; i += 4) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray(i, i + 4);
    if (alpha < 40) continue;
    if (red > Math.max(green, blue) + 60) found.growing += 1;
    if (blue > Math.max(red, green) + 60) found.settled += 1;
    if (green > Math.max(red, blue) + 60) found.kept += 1;
    if (Math.min(red, green) > blue + 60) found.second += 1;
    if (Math.min(red, blue) > green + 60) found.failed += 1;
    if (Math.min(green, blue) > red + 60) found.chosen += 1;
  }
  return found;
}
