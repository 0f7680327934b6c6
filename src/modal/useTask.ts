import { useSyncExternalStore } from 'react';
import type { LrtController, LrtState } from './controller.ts';

/** The task's state; renders again when it changes. */
export function useTask(controller: LrtController): LrtState {
  return useSyncExternalStore(controller.subscribe, controller.getState, controller.getState);
}
