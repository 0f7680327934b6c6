import { NODE_TAG, RUN_TAG } from './workflow.ts';

/** True for the task of a workflow's node: it is a part of its run, and no task of its own in lists, counts and notices. */
export function isNodeTask({ tags }: { readonly tags: readonly string[] }): boolean {
  return tags.some((tag) => tag.startsWith(RUN_TAG)) && tags.some((tag) => tag.startsWith(NODE_TAG));
}
