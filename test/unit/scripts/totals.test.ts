import { expect, test } from 'vitest';
import { type FileTime, secondsByProject, slowestFiles } from '../../../scripts/totals.ts';

const file = (project: string, name: string, testSeconds: number, environmentSeconds = 0): FileTime => ({
  project,
  file: name,
  testSeconds,
  loadSeconds: 0.5,
  environmentSeconds,
});

test('the seconds of each project are summed, the slowest first', () => {
  const files = [file('unit', 'a', 1), file('faults', 'b', 20.25), file('unit', 'c', 2.5)];
  expect(secondsByProject(files)).toBe(
    [
      'Seconds in tests, by project',
      '   20.3  faults       1 file, 0.5 s more to load',
      '    3.5  unit         2 files, 1.0 s more to load',
    ].join('\n'),
  );
});

test('an environment that files of one worker share is counted once', () => {
  const files = [
    file('component', 'a', 1, 1.25),
    file('component', 'b', 1, 1.25),
    file('component', 'c', 1, 1.5),
  ];
  expect(secondsByProject(files)).toContain('3 files, 4.3 s more to load');
});

test('the fifteen slowest files are listed, the slowest first', () => {
  const files = Array.from({ length: 20 }, (_, i) => file('unit', `test/unit/${i}.test.ts`, i));
  const [title, first, ...rest] = slowestFiles(files).split('\n');
  expect(title).toBe('Slowest 15 files');
  expect(first).toBe('   19.0  unit         test/unit/19.test.ts');
  expect(rest).toHaveLength(14);
  expect(rest.at(-1)).toContain('test/unit/5.test.ts');
});
