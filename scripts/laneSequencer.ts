import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The slowest files, as the end of a run names them, those of each project in their order. A fresh clone does not know how
 * long a file takes, and one that begins last keeps one of two cores waiting.
 */
const SLOWEST = [
  'browser/modal/doubleClick',
  'browser/modal/accessibility',
  'browser/maps/maplibre',
  'browser/plugin/inStandInHost',
  'browser/modal/states',
  'browser/plugin/inMinimalHost',
  'component/scenarios',
  'component/monitor/run/RunPage',
  'component/monitor/taskMonitor',
  'component/monitor/manyStates',
  'component/notices/tellMe',
  'component/notices/notices',
  'unit/server/cli/services',
  'unit/server/http/nodeServer.hostile',
  'unit/server/cli/serveCommand',
  'unit/client/protocols/lrt/shared/oneStream',
  'unit/server/sqlite/SqliteStore.faults',
  'unit/backend/protocols/lrt/lrtProtocol.contract',
  'pack/init',
  'pack/server',
  'pack/types',
  'pack/bundlers',
  'pack/serverImport',
  'e2e/commands',
  'e2e/examples',
  'e2e/realServer',
  'e2e/mainJob',
  'e2e/openFiles',
  'e2e/map',
  'e2e/languages',
  'e2e/tabs',
  'faults/workers',
  'faults/soak',
  'faults/workflows',
  'faults/servers',
  'faults/services',
  'faults/clock',
  'faults/items',
  'server/distributed/protocols.contract',
  'server/distributed/distributedEngine.contract',
  'server/distributed/manyMachines',
  'server/distributed/watch.contract',
  'server/cli/distributed',
  'server/distributed/watch',
  'server/database/tls',
  'server/distributed/workflows.contract',
  'server/edge/nginx',
].map((name) => `test/${name}.test.ts`);

/**
 * Decides which file a free worker takes next, for projects that run side by side. The longest file of a project is its
 * first. Projects whose files share modules go one after the other, because a worker that changes its project loads all
 * modules again: first the one whose files are long, so that many short ones are left to keep all workers busy until the end.
 * The other projects take turns, file by file: files of one kind (two that draw maps, two that start servers) then seldom meet.
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
    const inOrder = [...sharing.values()].map(slowestFirst);
    inOrder.sort(([one], [other]) => rank(one) - rank(other));
    return [...inOrder.flat(), ...inTurn([...others.values()].map(slowestFirst))];
  }
}

function slowestFirst(files: readonly TestSpecification[]): TestSpecification[] {
  return files.toSorted((one, other) => rank(one) - rank(other));
}

function rank(file: TestSpecification | undefined): number {
  const found = SLOWEST.findIndex((path) => file?.moduleId.replace(/x$/, '').endsWith(path));
  return found < 0 ? SLOWEST.length : found;
}

/** `[[a, b], [c]]` becomes `[a, c, b]`. */
export function inTurn<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, i) => lists.flatMap((list) => list.slice(i, i + 1))).flat();
}
