import axe from 'axe-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { themes } from '../../../src/host/index.ts';
import { Frame, frameOptions, polePicked } from './Frame.tsx';
import { mountIn, startApplication } from './mount.tsx';

const ends = (animation: Animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime);

const BACKGROUND = { light: '#e8ecef', dark: '#000000' };

/** Each finding as one line: rule, element, what is wrong. */
async function findings(): Promise<string[]> {
  // Colours are judged once they are there: buttons fade from one to the next.
  await Promise.allSettled(
    document
      .getAnimations()
      .filter(ends)
      .map(({ finished }) => finished),
  );
  const { violations } = await axe.run(document.body, {
    resultTypes: ['violations'],
    rules: { region: { enabled: false } },
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html} ${node.failureSummary ?? ''}`),
  );
}

beforeEach(async () => {
  await page.viewport(1000, 760);
});

describe.each(['light', 'dark'] as const)('the host in the %s theme', (name) => {
  it('has no finding of axe, contrast included', async () => {
    const app = startApplication({ ...frameOptions, theme: themes[name] });
    app.setCurrentFeature(polePicked);
    mountIn(app, <Frame background={BACKGROUND[name]} />);
    await expect.element(page.getByRole('dialog')).toBeVisible();
    expect(await findings()).toEqual([]);
  });

  it('has none from right to left either, with a button hovered and nothing selected', async () => {
    const app = startApplication({ ...frameOptions, theme: themes[name], language: 'ar' });
    mountIn(app, <Frame background={BACKGROUND[name]} />);
    const primary = page.getByRole('button', { name: 'Create', exact: true });
    await userEvent.hover(primary);
    await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined)));
    expect(await findings()).toEqual([]);
  });
});

describe('feature details', () => {
  it('show the title, type, design and properties of what is selected, and follow the selection', async () => {
    const app = startApplication(frameOptions);
    mountIn(app, <Frame background="white" />);
    await expect.element(page.getByText('Nothing is selected. Select a feature on the map.')).toBeVisible();
    app.setCurrentFeature(polePicked);
    const details = page.getByRole('region', { name: 'Pole P-0012' });
    await expect.element(details.getByText('Type: Pole')).toBeVisible();
    await expect.element(details.getByText('Design: North')).toBeVisible();
    const rows = details.getByRole('row').elements();
    expect(rows.map((row) => row.textContent)).toEqual([
      'PropertyValue',
      'NameP-0012',
      'height9.5',
      'guyedYes',
      'owner–',
      'tags["oak","leaning"]',
    ]);
    app.setCurrentFeature({ ...polePicked, properties: {}, _myw: {} });
    await expect.element(page.getByText('Design: none (master)')).toBeVisible();
    await expect.element(page.getByText('This feature has no properties.')).toBeVisible();
  });
});
