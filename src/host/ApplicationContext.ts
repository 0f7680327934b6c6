import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import type { ApplicationView } from './ApplicationView.ts';
import type { HostEvents } from './contract.ts';
import { latestApplication } from './latestApplication.ts';

export const ApplicationContext = createContext<ApplicationView | null>(null);

/**
 * The application around this component. Throws outside of one.
 *
 * @example const app = useApplication();
 */
export function useApplication(): ApplicationView {
  const application = useContext(ApplicationContext);
  if (!application) {
    throw new Error(
      'useApplication() found no application: render the component with renderReactNode or inside <HostProvider app={...}>',
    );
  }
  return application;
}

/** The application around this component or, where it was rendered by other means, the latest one. */
export function useNearestApplication(): ApplicationView | undefined {
  return useContext(ApplicationContext) ?? latestApplication();
}

/** Reads a value again, and renders again, when one of the events is fired. `read` gives the same until then. */
export function useEventValue<Value>(source: HostEvents, events: string, read: () => Value): Value {
  const subscribe = useCallback(
    (changed: () => void) => {
      source.on(events, changed);
      return () => source.off(events, changed);
    },
    [source, events],
  );
  return useSyncExternalStore(subscribe, read, read);
}
