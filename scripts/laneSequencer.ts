import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The slowest files of the last lane, as the end of a run names them. A fresh clone does not know how long a file takes, and
 * one that begins last keeps one of two cores waiting.
 */
const SLOWEST = [
  'pack/init',
  'faults/workers',
  'faults/soak',
  'e2e/examples',
  'e2e/scenarios',
  'e2e/commands',
  'e2e/mainJob',
  'faults/servers',
  'faults/services',
  'pack/bundlers',
].map((name) => `test/${name}.test.ts`);

/**
 * Decides which file a free worker takes next, for projects that run side by side. The longest file of a project is its
 * first. Projects whose files share modules go one after the other, because a worker that changes its project loads all
 * modules again. The other projects take turns, file by file: files of one kind (two that draw maps, two that start
 * servers) then seldom meet.
 */
export default class LaneSequencer extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sharing = new Map<string, TestSpecification[]>();
    const others = new Map<string, TestSpecification[]>();
    for (const file of await super.sort(files)) {
      const { name, config } = file.project;
      const byProject = config.isolate ? others : sharing;
      byProject.set(name, [...(byProject.get(name) ?? []), file]);
    }
    return [...[...sharing.values()].flat(), ...inTurn([...others.values()].map(slowestFirst))];
  }
}

function slowestFirst(files: readonly TestSpecification[]): TestSpecification[] {
  const rank = ({ moduleId }: TestSpecification) => {
    const found = SLOWEST.findIndex((path) => moduleId.endsWith(path));
    return found < 0 ? SLOWEST.length : found;
  };
  return files.toSorted((one, other) => rank(one) - rank(other));
}

/** `[[a, b], [c]]` becomes `[a, c, b]`. */
export function inTurn<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, i) => lists.flatMap((list) => list.slice(i, i + 1))).flat();
}
