import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The slowest files, as the end of a run names them, those of each project in their order. A fresh clone does not know how
 * long a file takes, and one that begins last keeps one of two cores waiting.
 */
const SLOWEST = [
  'browser/modal/doubleClick',
  'browser/modal/accessibility',
  'browser/plugin/inStandInHost',
  'browser/maps/maplibre',
  'browser/modal/states',
  'component/monitor/run/RunPage',
  'component/scenarios',
  'component/monitor/taskMonitor',
  'server/distributed/protocols.contract',
  'server/distributed/distributedEngine.contract',
  'server/distributed/manyMachines',
  'server/database/tls',
  'server/cli/distributed',
  'pack/init',
  'pack/types',
  'pack/bundlers',
  'faults/workers',
  'faults/soak',
  'faults/servers',
  'faults/services',
  'e2e/commands',
  'e2e/realServer',
  'e2e/examples',
  'e2e/languages',
  'e2e/map',
  'e2e/openFiles',
  'e2e/mainJob',
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
    return [
      ...[...sharing.values()].flatMap(slowestFirst),
      ...inTurn([...others.values()].map(slowestFirst)),
    ];
  }
}

function slowestFirst(files: readonly TestSpecification[]): TestSpecification[] {
  const rank = ({ moduleId }: TestSpecification) => {
    const found = SLOWEST.findIndex((path) => moduleId.replace(/x$/, '').endsWith(path));
    return found < 0 ? SLOWEST.length : found;
  };
  return files.toSorted((one, other) => rank(one) - rank(other));
}

/** `[[a, b], [c]]` becomes `[a, c, b]`. */
export function inTurn<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, i) => lists.flatMap((list) => list.slice(i, i + 1))).flat();
}
