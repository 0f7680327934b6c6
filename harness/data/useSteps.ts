import { useEffect, useState } from 'react';

/** Counts from 0 to `last`, one task of the browser for each: what is shown step by step does not hold up the page. */
export function useSteps(last: number): number {
  const [step, setStep] = useState(0);
  useEffect(() => {
    if (step >= last) return;
    const timer = setTimeout(() => setStep(step + 1));
    return () => clearTimeout(timer);
  }, [step, last]);
  return step;
}
