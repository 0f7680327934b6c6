import { useEffect, useRef, useState } from 'react';
import type { SystemClient } from '../client/SystemClient.ts';
import { ownName } from './ownName.ts';

/** A user who has started no task is looked for again after so long, when tasks come or go. */
const PAUSE_MS = 10_000;

/**
 * The owner name of the user: the owner of the user's own tasks. An empty text where the user has none, so that every task
 * is somebody else's; undefined where nobody can know it. `given` is what the host says. Where the user has no task yet, another
 * `structure` asks again.
 */
export function useOwnName(
  system: SystemClient | undefined,
  given: string | undefined,
  structure = 0,
): string | undefined {
  const [known, setKnown] = useState<{ system: SystemClient; name: string }>();
  const askedAtMs = useRef(0);
  const name = known?.system === system ? known?.name : undefined;
  const isWanted = given === undefined && !name;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a task that came may be the user's first one.
  useEffect(() => {
    if (!isWanted || !system?.listTasks || Date.now() - askedAtMs.current < PAUSE_MS) return;
    askedAtMs.current = Date.now();
    ownName(system).then(
      (found) => setKnown({ system, name: found ?? '' }),
      // The list itself says what is wrong with the server.
      () => undefined,
    );
  }, [system, isWanted, structure]);
  return given ?? name;
}
