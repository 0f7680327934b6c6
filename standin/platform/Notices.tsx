import { Button, theme } from 'antd';
import { useSyncExternalStore } from 'react';
import type { ApplicationView } from '../../src/host/ApplicationView.ts';
import { isNarrow } from '../../src/host/DraggableModal.tsx';
import { useLocalisation } from '../../src/host/useLocale.ts';
import { MessageBox, type MessageKind } from './MessageBox.tsx';
import { STAND_IN_GROUP, type StandInKey } from './words.ts';

export interface Notice {
  id: number;
  kind: MessageKind;
  text: string;
  title?: StandInKey;
  /** For the placeholders of the title. */
  values?: Record<string, unknown>;
}

// More than these would hide the map: the oldest goes.
const MAX_NOTICES = 3;

/** The messages that an application shows at the edge of the page until the user dismisses them. */
export class NoticeList {
  readonly #app: ApplicationView;
  readonly #listeners = new Set<() => void>();
  #notices: readonly Notice[] = [];
  #nextId = 1;
  #isRendered = false;

  constructor(app: ApplicationView) {
    this.#app = app;
  }

  show(notice: Omit<Notice, 'id'>): void {
    const others = this.#notices.filter(({ text, title }) => text !== notice.text || title !== notice.title);
    this.#set([...others, { ...notice, id: this.#nextId }].slice(-MAX_NOTICES));
    this.#nextId += 1;
    // In Node there is nothing to render into: who asks for a message there reads it from `current`.
    if (this.#isRendered || typeof document === 'undefined') return;
    this.#isRendered = true;
    this.#app.renderReactNode(null, Notices, { list: this });
  }

  dismiss(id: number): void {
    this.#set(this.#notices.filter((notice) => notice.id !== id));
  }

  get current(): readonly Notice[] {
    return this.#notices;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #set(notices: readonly Notice[]): void {
    this.#notices = notices;
    for (const listener of [...this.#listeners]) listener();
  }
}

function Notices({ list }: { list: NoticeList }) {
  const notices = useSyncExternalStore(list.subscribe, () => list.current);
  const localisation = useLocalisation();
  const { token } = theme.useToken();
  const text = (key: StandInKey, values?: Record<string, unknown>) =>
    localisation.msg(STAND_IN_GROUP, key, values);
  return (
    <section
      aria-label={text('messages')}
      // A message is read out when it appears, wherever the focus is.
      aria-live="polite"
      style={{
        position: 'fixed',
        insetInlineStart: token.margin,
        // Dialogs open at the bottom of a narrow window. Above the notices is the application's toolbar.
        ...(isNarrow() ? { top: '15vh' } : { bottom: token.margin }),
        // Above dialogs, which count up from this.
        zIndex: token.zIndexPopupBase + 100,
        display: 'grid',
        gap: token.marginXS,
        width: 360,
        maxWidth: `calc(100vw - ${2 * token.margin}px)`,
      }}
    >
      {notices.map(({ id, kind, title, values, text: body }) => (
        <MessageBox
          key={id}
          kind={kind}
          title={title && text(title, values)}
          action={
            <Button size="small" onClick={() => list.dismiss(id)}>
              {text('dismiss')}
            </Button>
          }
        >
          {body}
        </MessageBox>
      ))}
    </section>
  );
}
