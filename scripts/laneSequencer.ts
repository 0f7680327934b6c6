import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Decides which file a free worker takes next, for projects that run side by side: one file of each project in turn, and
 * of each project the longest first. Files of one kind (two that draw maps, two that start servers) then seldom meet.
 */
export default class LaneSequencer extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const byProject = new Map<string, TestSpecification[]>();
    for (const file of await super.sort(files)) {
      const own = byProject.get(file.project.name) ?? [];
      byProject.set(file.project.name, [...own, file]);
    }
    return inTurn([...byProject.values()]);
  }
}

/** `[[a, b], [c]]` becomes `[a, c, b]`. */
export function inTurn<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, i) => lists.flatMap((list) => list.slice(i, i + 1))).flat();
}
