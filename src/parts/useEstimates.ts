import { useEffect, useState } from 'react';
import type * as Estimates from './remainingOf.ts';

let loaded: typeof Estimates | undefined;

/**
 * The code that estimates how long a task still needs. It loads on demand: before a task has run for two seconds there is no
 * estimate. Undefined until then, and where it cannot be fetched.
 */
export function useEstimates(): typeof Estimates | undefined {
  const [estimates, setEstimates] = useState(loaded);
  useEffect(() => {
    if (estimates) return;
    let current = true;
    import('./remainingOf.ts').then(
      (module) => {
        loaded = module;
        if (current) setEstimates(module);
      },
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [estimates]);
  return estimates;
}
