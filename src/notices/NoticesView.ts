import { safely } from '../client/safely.ts';
import { isTerminal, type RetryRequest, type TaskSnapshot } from '../contract/index.ts';
import type { RenderRoot } from '../host/contract.ts';
import type { Translator } from '../locales/createTranslator.ts';
import { claimPage } from '../parts/claimPage.ts';
import { taskTitle } from '../parts/taskWords.ts';
import { ClosedNotices, noticeKey } from './ClosedNotices.ts';
import { type Announcement, EndsAnnouncer } from './EndsAnnouncer.ts';
import { NoticeStore } from './NoticeStore.ts';
import { Notices, type ThemeColours } from './Notices.tsx';
import type { NoticesOptions } from './NoticesOptions.ts';

/** An outline that shows where a task worked stays for so long. */
const OUTLINE_MS = 2_000;

export interface NoticesViewOptions
  extends Pick<
    NoticesOptions,
    'app' | 'system' | 'overlay' | 'useLanguage' | 'renderReactNode' | 'canOpen' | 'openTask'
  > {
  /** The words at the time of use. */
  translator(): Translator;
  onColours(colours: ThemeColours): void;
  onLanguage(): void;
}

/** Draws the notices in the host's place for them or, where it has none, in the page; and announces what ended. */
export class NoticesView {
  readonly #options: NoticesViewOptions;
  readonly #store = new NoticeStore();
  readonly #closed = new ClosedNotices((key) => this.#removeClosed(key));
  readonly #announcer: EndsAnnouncer;
  readonly #releaseAnnouncements: () => void;
  #mayAnnounce = false;
  #announcement: Announcement | undefined;
  #root: { place: HTMLElement | undefined; rendered: RenderRoot } | undefined;
  #outline: ReturnType<typeof setTimeout> | undefined;

  constructor(options: NoticesViewOptions) {
    this.#options = options;
    this.#announcer = new EndsAnnouncer(options.translator, (announcement) => {
      this.#announcement = announcement;
      this.refresh();
    });
    // The monitor announces as well, while it is open.
    this.#releaseAnnouncements = claimPage('announcements', () => {
      this.#mayAnnounce = true;
      return () => {
        this.#mayAnnounce = false;
      };
    });
    document.addEventListener('visibilitychange', this.#onVisibility);
    this.#onVisibility();
    this.refresh();
  }

  /** The task has ended, and nothing else on the page says it. */
  add(task: TaskSnapshot): void {
    // This tab may hear of the end after the user has closed the notice in another one.
    if (this.#closed.has(task)) return;
    if (this.#mayAnnounce) this.#announcer.add(task);
    this.show(task);
  }

  /** Shows the notice of a task without announcing it. */
  show(task: TaskSnapshot): void {
    if (!isTerminal(task.status)) return;
    const leaves = task.status === 'succeeded' && !(task.items && task.items.failed > 0);
    this.#store.add({ id: task.id, task, leaves });
    this.refresh();
  }

  /** Draws again: the words, or the host's place for notices, may be others now. */
  refresh(): void {
    const {
      app,
      renderReactNode,
      translator,
      system,
      canOpen,
      openTask,
      useLanguage,
      onColours,
      onLanguage,
    } = this.#options;
    const place = app.map?.noticePlace?.();
    if (this.#root && this.#root.place !== place) {
      this.#root.rendered.unmount();
      this.#root = undefined;
    }
    const client = system();
    const retry = client?.retryTask?.bind(client);
    const props = {
      store: this.#store,
      translator: translator(),
      announcement: this.#announcement,
      isPlaced: place !== undefined,
      onColours,
      useLanguage,
      onLanguage,
      onClose: (task: TaskSnapshot) => this.#close(task),
      onShowOnMap: app.map && ((task: TaskSnapshot) => this.#showOnMap(task)),
      onRetry: retry && ((task: TaskSnapshot, request: RetryRequest) => retry(task.id, request)),
      canOpen: (task: TaskSnapshot) => canOpen(task.id),
      onOpen: (task: TaskSnapshot) => {
        this.#close(task);
        openTask(task.id);
      },
    };
    const rendered = renderReactNode(place ?? null, Notices, props, this.#root?.rendered);
    this.#root = { place, rendered };
  }

  dispose(): void {
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.#releaseAnnouncements();
    this.#announcer.dispose();
    this.#store.dispose();
    this.#closed.dispose();
    this.#endOutline();
    this.#root?.rendered.unmount();
    this.#root = undefined;
  }

  #close(task: TaskSnapshot): void {
    this.#closed.close(task);
    this.#store.remove(task.id);
  }

  #removeClosed(key: string): void {
    const closed = this.#store.getState().find(({ task }) => noticeKey(task) === key);
    if (closed) this.#store.remove(closed.id);
  }

  #onVisibility = (): void => this.#store.hold('hidden', document.hidden);

  #showOnMap(task: TaskSnapshot): void {
    const { app, overlay, translator } = this.#options;
    const bbox = task.built?.bbox;
    if (!bbox) return;
    this.#endOutline();
    safely(() => app.map?.fitBounds(bbox));
    safely(() => overlay()?.outline?.({ bbox, label: taskTitle(task, translator()), taskId: task.id }));
    this.#outline = setTimeout(() => this.#endOutline(), OUTLINE_MS);
  }

  #endOutline(): void {
    if (this.#outline === undefined) return;
    clearTimeout(this.#outline);
    this.#outline = undefined;
    safely(() => this.#options.overlay()?.outline?.(null));
  }
}
