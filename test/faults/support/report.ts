import type { Audit } from './audit.ts';

/** One line for each scenario: what was done how often, and what came of it. */
export function report(
  what: string,
  { tasks, succeeded, cancelled, repeated, problems }: Audit,
  more = '',
): void {
  const outcome = `${tasks} tasks: ${succeeded} succeeded, ${cancelled} cancelled, ${repeated} repeated`;
  console.log(`faults: ${what}; ${outcome}; ${more && `${more}; `}lost or doubled: ${problems.length}`);
}
