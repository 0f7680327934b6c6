import { BaseSequencer, type TestSpecification } from 'vitest/node';

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
    return [...[...sharing.values()].flat(), ...inTurn([...others.values()])];
  }
}

/** `[[a, b], [c]]` becomes `[a, c, b]`. */
export function inTurn<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, i) => lists.flatMap((list) => list.slice(i, i + 1))).flat();
}
