import type { TaskSnapshot } from '../contract/index.ts';
import type { Translator } from '../locales/createTranslator.ts';
import { formatPercent } from '../locales/intl.ts';
import type { ThemeColours } from './Notices.tsx';
import { PageIcon } from './PageIcon.ts';
import { PageTitle } from './PageTitle.ts';

/** The state of the user's tasks, in as few words as a tab has room for. */
interface Status {
  active: readonly TaskSnapshot[];
  /** Says how tasks ended since the tab was looked at. */
  ended: 'well' | 'badly' | undefined;
}

/** Before the host's theme is known. */
const COLOURS: ThemeColours = {
  running: '#1677ff',
  succeeded: '#52c41a',
  failed: '#ff4d4f',
  track: '#d9d9d9',
};

/** Shows how the user's tasks are in one part of the browser's own tab: its title, or its icon. */
export class PageStatus {
  readonly #draw: (status: Status, colours: ThemeColours) => void;
  readonly #dispose: () => void;
  #status: Status = { active: [], ended: undefined };
  #colours = COLOURS;

  private constructor(draw: (status: Status, colours: ThemeColours) => void, dispose: () => void) {
    this.#draw = draw;
    this.#dispose = dispose;
  }

  /** '48% · Network planner', '3 tasks · Network planner', '✓ Network planner'. */
  static inTitle(translator: () => Translator): PageStatus {
    const title = new PageTitle();
    const draw = ({ active, ended }: Status) =>
      title.show({
        mark: ended && (ended === 'well' ? '✓' : '!'),
        text: active.length > 0 ? progressText(active, translator()) : undefined,
      });
    return new PageStatus(draw, () => title.dispose());
  }

  /** The ring of the task or, of several tasks, one of how far they are together. */
  static inIcon(): PageStatus {
    const icon = new PageIcon();
    const draw = ({ active, ended }: Status, { running, succeeded, failed, track }: ThemeColours) => {
      if (active.length > 0) icon.show({ percent: percentOf(active), colour: running, trackColour: track });
      else if (ended)
        icon.show({ percent: 100, colour: ended === 'well' ? succeeded : failed, trackColour: track });
      else icon.show(undefined);
    };
    return new PageStatus(draw, () => icon.dispose());
  }

  setActive(active: readonly TaskSnapshot[]): void {
    this.#set({ ...this.#status, active });
  }

  setEnded({ status, items }: TaskSnapshot): void {
    const isBad = status !== 'succeeded' || (items?.failed ?? 0) > 0;
    this.#set({ ...this.#status, ended: isBad || this.#status.ended === 'badly' ? 'badly' : 'well' });
  }

  clearEnded(): void {
    this.#set({ ...this.#status, ended: undefined });
  }

  setColours(colours: ThemeColours): void {
    this.#colours = colours;
    this.refresh();
  }

  refresh(): void {
    this.#draw(this.#status, this.#colours);
  }

  dispose(): void {
    this.#dispose();
  }

  #set(status: Status): void {
    this.#status = status;
    this.refresh();
  }
}

function progressText(active: readonly TaskSnapshot[], { msg, language }: Translator): string {
  const percent = active.length === 1 && active[0]?.status === 'running' ? active[0].progress.percent : null;
  return percent === null ? msg('title_tasks', { count: active.length }) : formatPercent(percent, language);
}

/** Null where no task that runs knows how far it is; 0 while all of them wait. */
function percentOf(active: readonly TaskSnapshot[]): number | null {
  const running = active.filter(({ status }) => status === 'running');
  if (running.length === 0) return 0;
  const known = running.flatMap(({ progress }) => progress.percent ?? []);
  if (known.length === 0) return null;
  return Math.floor(known.reduce((sum, percent) => sum + percent, 0) / running.length);
}
