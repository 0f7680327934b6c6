import type { Failure } from '../client/taskStore.ts';
import type { TaskPreview } from '../contract/index.ts';

/** One preview as the view shows it. */
export type PreviewState =
  | { state: 'working' }
  | { state: 'failed'; error: Failure }
  | { state: 'ready'; preview: TaskPreview };
