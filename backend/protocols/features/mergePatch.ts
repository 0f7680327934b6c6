import { isRecord } from '../../common/json.ts';

/** Deeper than anything that can be stored, so that a patch that is nested without end is cut, and refused afterwards. */
const MAX_DEPTH = 40;

/**
 * Applies a JSON merge patch (RFC 7396) to a value: null removes a member, an object is merged, and everything else
 * takes the place of what was there.
 */
export function mergePatch(target: unknown, patch: unknown, depth = 0): unknown {
  if (!isRecord(patch) || depth > MAX_DEPTH) return patch;
  const merged = new Map(isRecord(target) ? Object.entries(target) : []);
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name);
    else merged.set(name, mergePatch(merged.get(name), value, depth + 1));
  }
  return Object.fromEntries(merged);
}
