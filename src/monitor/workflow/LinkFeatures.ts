/** Finds the features that a link of a workflow hands on, and has the map mark them, for as long as the link is chosen. */
import { onceAFrame } from '../../client/onceAFrame.ts';
import type { SystemClient, TaskStream } from '../../client/SystemClient.ts';
import { safely } from '../../client/safely.ts';
import { type GeoFeature, isRecord, isTerminal } from '../../contract/index.ts';
import type { TaskOverlay } from '../../host/contract.ts';
import { hostCall } from '../../parts/hostCall.ts';
import { readTask } from '../../parts/readTask.ts';
import { featuresInResult } from '../run/featuresInResult.ts';
import type { LoadFeatures } from '../run/runPageProps.ts';

/** A map would not show more of them apart. */
const MOST = 20_000;

export interface LinkFeaturesState {
  isLoading: boolean;
  count: number;
}

export interface LinkFeaturesOptions {
  system: SystemClient;
  overlay: TaskOverlay | undefined;
  loadFeatures: LoadFeatures | undefined;
  taskId: string;
  /** The properties of the result that are handed on. An empty list: the whole result. */
  outputs: readonly string[];
  onState(state: LinkFeaturesState): void;
}

/**
 * It takes what the host knows of a task that has ended, or what is in its result. It takes what the stream brings of any other, which
 * grows while the task runs. Returns what ends it and takes the marks off the map.
 */
export function showLinkFeatures(options: LinkFeaturesOptions): () => void {
  const { system, overlay, loadFeatures, taskId, outputs, onState } = options;
  const calls = new AbortController();
  const { signal } = calls;
  let features: GeoFeature[] = [];
  let stream: TaskStream | undefined;
  const frame = onceAFrame(() => {
    if (overlay?.choose) safely(() => overlay.choose?.(features));
    onState({ isLoading: false, count: features.length });
  });
  const take = (more: readonly GeoFeature[], replace: boolean) => {
    if (signal.aborted) return;
    features = [...(replace ? [] : features), ...more].slice(0, MOST);
    frame.request();
  };
  const follow = () => {
    stream = system.streamTaskProgress(taskId, {
      onFeatures: (more, { replace }) => take(more, replace),
      onEnd: () => frame.request(),
    });
    frame.request();
  };

  async function find(): Promise<void> {
    const answer: unknown = await hostCall(() => system.getTask?.(taskId, { signal }));
    const task = readTask(answer);
    if (signal.aborted || !task) return;
    if (!isTerminal(task.status)) return follow();
    const result = isRecord(answer) ? answer.result : undefined;
    const found = (await loadFeatures?.({ ...task, result }, { signal })) ?? inResult(result, outputs);
    if (signal.aborted) return;
    if (found && found.features.length > 0) take(found.features, true);
    else follow();
  }

  onState({ isLoading: true, count: 0 });
  find().catch(() => {
    // The stream says what it can; a host's own client may have nothing else.
    if (!signal.aborted) follow();
  });
  return () => {
    calls.abort();
    stream?.close();
    frame.cancel();
    if (overlay?.choose) safely(() => overlay.choose?.(null));
  };
}

function inResult(result: unknown, outputs: readonly string[]) {
  const parts = isRecord(result) ? outputs.map((output) => result[output]) : [];
  for (const part of [...parts, result]) {
    const found = featuresInResult({ result: Array.isArray(part) ? { features: part } : part });
    if (found && found.features.length > 0) return found;
  }
  return undefined;
}
