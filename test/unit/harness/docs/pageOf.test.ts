import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pageOf } from '../../../../harness/docs/pageOf.ts';

const documents = [
  'README.md',
  'ARCHITECTURE.md',
  ...readdirSync('docs').map((name) => `docs/${name}`),
].filter((path) => path.endsWith('.md'));
const pages = readdirSync('harness/docs')
  .filter((name) => name.endsWith('.mdx'))
  .map((name) => readFileSync(`harness/docs/${name}`, 'utf8'));
/** As Storybook makes them of the titles. */
const ids = pages.map((page) => {
  const title = /<Meta title="([^"]+)"/.exec(page)?.[1] ?? '';
  return `${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}--docs`;
});

describe('the documentation site', () => {
  it.each(documents)('has a page for %s', (document) => {
    expect(pages.some((page) => page.includes(`'../../${document}?raw'`))).toBe(true);
  });

  it.each(documents)('leads from %s to pages that exist', (document) => {
    const links = [...readFileSync(document, 'utf8').matchAll(/\]\(([^)]+\.md[^)]*)\)/g)];
    for (const [, href = ''] of links) {
      if (href.startsWith('http')) continue;
      expect(ids).toContain(pageOf(href).replace(/^\?path=\/docs\/|#.*$/g, ''));
    }
  });
});
