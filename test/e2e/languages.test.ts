import { expect, test } from 'vitest';
import { withHarness } from './openHarness.ts';

const harness = withHarness();

test.each([
  { lang: 'en', theme: 'light', width: 1280 },
  { lang: 'de', theme: 'light', width: 400 },
  { lang: 'fr', theme: 'dark', width: 1280 },
  { lang: 'es', theme: 'light', width: 400 },
  { lang: 'ja', theme: 'dark', width: 400 },
  { lang: 'ar', theme: 'dark', width: 400 },
  { lang: 'ar', theme: 'light', width: 1280 },
])('$lang, $theme, $width pixels wide: nothing is cut off', async ({ lang, theme, width }) => {
  const page = await harness.open({
    query: `lang=${lang}&theme=${theme}&runSeconds=60&addresses=600`,
    width,
  });
  expect(await page.locator('html').getAttribute('dir')).toBe(lang === 'ar' ? 'rtl' : 'ltr');
  // On a small screen the panel is closed at first, so that the map has the room.
  if (width < 640) await page.locator('button:has(.panel-icon)').click();
  await page.getByRole('combobox').first().fill('N-1');
  await page.keyboard.press('Enter');
  await page.getByRole('toolbar').getByRole('button').first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill('100');
  await dialog.locator('.ant-btn-primary').click();
  await dialog.getByRole('progressbar').waitFor();

  const overflow = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const cut = [...document.querySelectorAll('button, h1, h2, footer')].filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      return width > 0 && (left < -1 || right > clientWidth + 1);
    });
    return { page: scrollWidth - clientWidth, cut: cut.map((element) => element.textContent) };
  });
  expect(overflow).toEqual({ page: 0, cut: [] });
  const box = await dialog.boundingBox();
  expect(box && box.x >= 0 && box.x + box.width <= width).toBe(true);
});
