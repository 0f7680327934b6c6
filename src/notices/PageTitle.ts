// Says in the page's title how far the user's tasks are.

/** The host may write its title so many times within a second after we wrote ours. Then somebody else wants it more. */
const MOST_REWRITES = 5;
const REWRITES_WITHIN_MS = 1_000;

const SEPARATOR = ' · ';

/** The text that stands before the host's own title. */
export interface TitleLead {
  /** Says that a task ended: '✓' or '!'. */
  mark?: '✓' | '!' | undefined;
  /** '48%', '3 tasks'. */
  text?: string | undefined;
}

/**
 * Writes before the page's title, and keeps the host's own title: one that the host sets meanwhile is taken over, and
 * comes back when there is nothing to say any more. Where another script insists on its title, this gives way to it.
 *
 * @example
 * const title = new PageTitle();
 * title.show({ text: '48%' }); // '48% · Network planner'
 * title.show({ mark: '✓' }); // '✓ Network planner'
 * title.show({}); // 'Network planner'
 */
export class PageTitle {
  /** The host's own title. */
  #own = document.title;
  /** Undefined while the title is the host's own. */
  #written: string | undefined;
  #lead: TitleLead = {};
  #rewrites: number[] = [];
  #hasGivenWay = false;
  readonly #observer = new MutationObserver(() => this.#read());

  constructor() {
    this.#observer.observe(document.head, { childList: true, subtree: true, characterData: true });
  }

  show(lead: TitleLead): void {
    if (lead.mark === this.#lead.mark && lead.text === this.#lead.text) return;
    this.#read();
    this.#lead = lead;
    this.#write();
  }

  /** The page has the host's own title again. */
  dispose(): void {
    this.show({});
    this.#observer.disconnect();
  }

  /** Takes over a title that the host has set. */
  #read(): void {
    const now = document.title;
    if (now === (this.#written ?? this.#own)) return;
    // A host that adds to the title reads ours in it: '(2) 48% · Network planner'.
    this.#own = this.#written ? now.replace(this.#written, () => this.#own) : now;
    if (this.#written === undefined) return;
    this.#written = undefined;
    const since = Date.now() - REWRITES_WITHIN_MS;
    this.#rewrites = [...this.#rewrites.filter((at) => at > since), Date.now()];
    if (this.#rewrites.length > MOST_REWRITES) this.#hasGivenWay = true;
    this.#write();
  }

  #write(): void {
    const { mark, text } = this.#lead;
    const said = [mark, text].filter(Boolean).join(' ');
    const own = this.#own;
    // A mark stands before the title; what is said with words is set off from it.
    const next =
      said === '' || this.#hasGivenWay ? own : [said, own].filter(Boolean).join(text ? SEPARATOR : ' ');
    this.#written = next === own ? undefined : next;
    if (document.title !== next) document.title = next;
    // The change of our own is no news.
    this.#observer.takeRecords();
  }
}
