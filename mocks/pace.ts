import { pause } from '../backend/common/pause.ts';
import type { ScenarioHooks } from './scenarios/Scenario.ts';

/**
 * Holds a task's progress back, so that its percent never runs ahead of the time since it first began: a task that
 * was started again after a reload is soon where it would have been.
 */
export function pace(runSeconds: number): ScenarioHooks {
  return {
    // The wait is not the task's own time.
    timeoutSeconds: ({ timeoutSeconds }) => timeoutSeconds + runSeconds,
    async onProgress({ progress, startedAt, signal }) {
      const due = Date.parse(startedAt) + ((progress.percent ?? 0) / 100) * runSeconds * 1000;
      const wait = due - Date.now();
      if (wait > 0) await pause(wait, signal);
    },
  };
}
