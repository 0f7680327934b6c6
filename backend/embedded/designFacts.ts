import {
  type DesignChange,
  type DesignFacts,
  isTerminal,
  type TaskSnapshot,
} from '../../src/contract/index.ts';

/** The facts that a task carries about its design. */
export function designFactsOf({
  designChangedAt,
  designDeletedAt,
  designPostedAt,
}: TaskSnapshot): DesignFacts {
  return {
    ...(designChangedAt !== undefined && { designChangedAt }),
    ...(designDeletedAt !== undefined && { designDeletedAt }),
    ...(designPostedAt !== undefined && { designPostedAt }),
  };
}

/**
 * The fact that a change of a design adds to a task, `at` being ISO 8601. Undefined where it says nothing about the task: the task
 * works on another design, or it has not ended and its design was changed, maybe by the task itself.
 */
export function factOf(
  { status, params }: Pick<TaskSnapshot, 'status' | 'params'>,
  { design, change }: DesignChange,
  at: string,
): DesignFacts | undefined {
  if (params.design !== design) return undefined;
  if (change === 'deleted') return { designDeletedAt: at };
  if (change === 'posted') return { designPostedAt: at };
  return isTerminal(status) ? { designChangedAt: at } : undefined;
}
