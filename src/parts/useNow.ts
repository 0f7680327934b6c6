import { useEffect, useState } from 'react';

/** The local clock in milliseconds, a second apart: for what has elapsed and what is left. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
