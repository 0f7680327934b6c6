import type { SystemClient } from '../client/SystemClient.ts';
import type { HostApplication, RenderReactNode, TaskOverlay } from '../host/contract.ts';
import type { TaskControls } from '../parts/TaskSession.ts';
import type { NoticesWords } from './noticesWords.ts';

/** The places that show the user how their tasks are, while no dialog says it. */
export interface NoticeChannels {
  /** Notices at the map's lower inline start. */
  notices: boolean;
  /** '48% · ' before the page's title. */
  pageTitle: boolean;
  /** A ring around the page's icon. */
  pageIcon: boolean;
  /** The system's own notifications, for a task that the user asked one for. */
  desktopNotifications: boolean;
}

export interface NoticesOptions {
  app: HostApplication;
  channels: NoticeChannels;
  /** The task client at the time of use. */
  system(): SystemClient | undefined;
  /** The plugin's own task. It is all that is known where the client cannot list. */
  session: Pick<TaskControls, 'getState' | 'subscribe'>;
  words: NoticesWords;
  /** A hook: renders again when the host's language changes. */
  useLanguage(): string | undefined;
  renderReactNode: RenderReactNode;
  /** Frames on the map where a task worked. */
  overlay(): TaskOverlay | undefined;
  /** Says whether something can show the task as a whole: the plugin's dialog, or a page of the host. */
  canOpen(taskId: string): boolean;
  openTask(taskId: string): void;
}

export interface NoticesControl {
  /** The task client, or the user's tasks, may be others now. */
  lookAgain(): void;
  /** Nothing of it is left on the page. */
  dispose(): void;
}
