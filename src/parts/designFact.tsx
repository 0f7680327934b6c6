import type { TaskState } from '../client/taskStore.ts';
import type { Fact } from './Facts.tsx';

/** 'design/NAME' as people call it. */
export function designName(design: string): string {
  return design.replace(/^design\//, '');
}

/** Names the design that a task works on. Empty if the params name none. */
export function designFact({ params }: TaskState, label: string): Fact[] {
  const design = params?.design;
  return typeof design === 'string' ? [[label, <bdi key="design">{designName(design)}</bdi>]] : [];
}
