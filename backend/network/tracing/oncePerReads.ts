import type { NetworkReads } from './NetworkReads.ts';

/** Makes a reading remember its answers: it reads nothing twice for one `NetworkReads`. */
export function oncePerReads<Answer>(
  read: (reads: NetworkReads, urn: string) => Promise<Answer>,
): (reads: NetworkReads, urn: string) => Promise<Answer> {
  const known = new WeakMap<NetworkReads, Map<string, Promise<Answer>>>();
  return (reads, urn) => {
    const answers = known.get(reads) ?? new Map<string, Promise<Answer>>();
    known.set(reads, answers);
    const found = answers.get(urn) ?? read(reads, urn);
    answers.set(urn, found);
    return found;
  };
}
