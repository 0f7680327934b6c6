/**
 * docs/tried.md promises ten public bug reports for each capability, and a test that repeats each trial. These tests hold
 * the page to it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const page = readFileSync(join(root, 'docs/tried.md'), 'utf8');
const [, ...sections] = page.split(/^## /m);

/** A first "owner/repo#number", or a further "#number" of the same repository. */
const REPORT = /(?:([\w.-]+\/[\w.-]+)|(?<=, ))#(\d+)/g;

const rowsOf = (section: string) =>
  section
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (?:report |---)/.test(line))
    .map((line) => line.replace(/^\| | \|$/g, '').split(' | '));

function reportsOf(cell: string): string[] {
  let repository = '';
  return [...cell.matchAll(REPORT)].map(([, named, number]) => {
    repository = named ?? repository;
    return `${repository}#${number}`;
  });
}

it('each row has a report, a symptom, what happened here, and a test', () => {
  for (const cells of sections.flatMap(rowsOf)) {
    expect(cells, cells.join(' | ')).toHaveLength(4);
    expect(cells.filter((cell) => cell.trim() === '')).toEqual([]);
  }
});

describe.each(sections.map((section) => [section.split('\n')[0] ?? '', rowsOf(section)] as const))(
  '%s',
  (_title, rows) => {
    it('names ten public reports, none of them twice', () => {
      const reports = rows.flatMap(([report = '']) => reportsOf(report));
      expect(reports.length).toBeGreaterThanOrEqual(10);
      expect(new Set(reports).size).toBe(reports.length);
    });

    it('names tests that exist, and those that name reports name these', () => {
      for (const [report = '', , , tests = ''] of rows) {
        const files = [...tests.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file);
        expect(files, report).not.toEqual([]);
        for (const file of files) expect(existsSync(join(root, file)), file).toBe(true);
        const naming = files.filter((file) => file.includes('publicReports'));
        if (naming.length === 0) continue;
        const text = naming.map((file) => readFileSync(join(root, file), 'utf8')).join('');
        // A title names the repository once for all of its reports.
        const [first] = reportsOf(report);
        expect(text, `${naming} for ${report}`).toContain(first?.replace(/^.*#/, '#') ?? 'a trial');
      }
    });
  },
);
