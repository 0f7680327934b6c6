import type { Page } from 'playwright';
import type { OverlayColours } from '../../src/maps/base/overlayColours.ts';

/** What of the page's picture is of a colour ('#rrggbb'): about how many pixels, and the middle of the first spot of it. */
export interface Coloured {
  count: number;
  /** CSS pixels of the page. Undefined where nothing is wide enough to be a spot. */
  spot: { x: number; y: number } | undefined;
}

/**
 * Looks at the page once, as its user does, for what is not stored and what is. A spot is 7 pixels or more of the colour in
 * a row and in a column.
 */
export async function coloured(
  page: Page,
  { pending, settled }: OverlayColours,
): Promise<{ pending: Coloured; settled: Coloured }> {
  const picture = (await page.screenshot({ scale: 'css' })).toString('base64');
  return page.evaluate(
    async ([data, ofPending, ofSettled]) => {
      const image = new Image();
      image.src = `data:image/png;base64,${data}`;
      await image.decode();
      const { width, height } = image;
      const context = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d', {
        willReadFrequently: true,
      });
      if (!context) throw new Error('no canvas');
      context.drawImage(image, 0, 0);
      const pixels = context.getImageData(0, 0, width, height).data;
      const reach = [-3, -2, -1, 0, 1, 2, 3];
      const look = (wanted: string): Coloured => {
        const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
          Number.parseInt(wanted.slice(at, at + 2), 16),
        );
        const is = (x: number, y: number, tolerance: number) => {
          const at = 4 * (y * width + x);
          return (
            Math.abs((pixels[at] ?? -99) - red) <= tolerance &&
            Math.abs((pixels[at + 1] ?? -99) - green) <= tolerance &&
            Math.abs((pixels[at + 2] ?? -99) - blue) <= tolerance
          );
        };
        let count = 0;
        let spot: { x: number; y: number } | undefined;
        for (let y = 0; y < height; y++) {
          for (let x = 0; x < width; x++) {
            // Smoothed edges count too: much of what is drawn has no other pixels.
            if (!is(x, y, 60)) continue;
            count += 1;
            if (!spot && reach.every((d) => is(x + d, y, 8) && is(x, y + d, 8))) spot = { x, y };
          }
        }
        return { count, spot };
      };
      return { pending: look(ofPending), settled: look(ofSettled) };
    },
    [picture, pending, settled] as const,
  );
}
