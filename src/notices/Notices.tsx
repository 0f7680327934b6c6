import { theme } from 'antd';
import {
  type FocusEvent,
  type KeyboardEvent,
  useEffect,
  useLayoutEffect,
  useRef,
  useSyncExternalStore,
} from 'react';
import type { Translator } from '../locales/createTranslator.ts';
import { MessagesContext } from '../parts/MessagesContext.ts';
import type { Announcement } from './EndsAnnouncer.ts';
import { type NoticeActions, NoticeCard } from './NoticeCard.tsx';
import type { NoticeStore } from './NoticeStore.ts';

const WIDTH = 400;
/** From the edges of the page, where the host has no place for notices. In CSS pixels. */
const EDGE = 12;

/** Colours of the host's theme for what is drawn outside of React. */
export interface ThemeColours {
  running: string;
  succeeded: string;
  failed: string;
  track: string;
}

export interface NoticesProps extends NoticeActions {
  store: NoticeStore;
  translator: Translator;
  announcement: Announcement | undefined;
  /** The host lays the notices out in an element of its own. Else they stand at the page's lower inline start. */
  isPlaced: boolean;
  onColours(colours: ThemeColours): void;
  /** A hook of the host. */
  useLanguage(): string | undefined;
  onLanguage(): void;
}

/**
 * The notices about tasks that have ended, and what a screen reader says about them. They never take the focus, and they stay
 * while the pointer or the focus is in them.
 */
export function Notices({
  store,
  translator,
  announcement,
  isPlaced,
  onColours,
  useLanguage,
  onLanguage,
  ...actions
}: NoticesProps) {
  const notices = useSyncExternalStore(store.subscribe, store.getState, store.getState);
  const { token } = theme.useToken();
  const { colorPrimary: running, colorSuccess: succeeded, colorError: failed, colorBorder: track } = token;
  useEffect(
    () => onColours({ running, succeeded, failed, track }),
    [onColours, running, succeeded, failed, track],
  );
  const language = useLanguage();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another language has other words
  useEffect(() => onLanguage(), [language, onLanguage]);
  const list = useRef<HTMLUListElement>(null);
  const cameFrom = useRef<Element | null>(null);
  const isEmpty = notices.length === 0;
  useEffect(() => {
    if (!isEmpty) return;
    store.hold('pointer', false);
    store.hold('focus', false);
  }, [isEmpty, store]);

  const hasFocus = useRef(false);
  // The focus was in a notice that is gone, closed here or in another tab: it goes to the next one, or back to where it came from.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the notices of now decide which element is gone
  useLayoutEffect(() => {
    if (!hasFocus.current || list.current?.contains(document.activeElement)) return;
    const next = [...(list.current?.querySelectorAll<HTMLElement>('[data-close]') ?? [])][0];
    const back = cameFrom.current;
    if (next) next.focus({ preventScroll: true });
    else {
      hasFocus.current = false;
      if (back instanceof HTMLElement && back.isConnected) back.focus({ preventScroll: true });
    }
  }, [notices]);

  function onFocus({ relatedTarget }: FocusEvent): void {
    if (hasFocus.current) return;
    hasFocus.current = true;
    cameFrom.current = relatedTarget;
    store.hold('focus', true);
  }
  function onBlur({ relatedTarget }: FocusEvent): void {
    if (list.current?.contains(relatedTarget)) return;
    hasFocus.current = false;
    store.hold('focus', false);
  }
  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const { target } = event;
    const id = target instanceof Element && target.closest('[data-notice]')?.getAttribute('data-notice');
    const notice = event.key === 'Escape' ? notices.find((each) => each.id === id) : undefined;
    if (!notice) return;
    event.stopPropagation();
    actions.onClose(notice.task);
  }

  const place = isPlaced
    ? ({ width: WIDTH, maxWidth: '100%', fontFamily: token.fontFamily } as const)
    : ({
        position: 'fixed',
        insetInlineStart: EDGE,
        // A dialog of the host that is a sheet at the lower edge says how high it is.
        insetBlockEnd: `calc(var(--lrt-sheet-height, 0px) + ${EDGE}px)`,
        width: WIDTH,
        maxWidth: `calc(100% - ${2 * EDGE}px)`,
        zIndex: token.zIndexPopupBase - 1,
        fontFamily: token.fontFamily,
      } as const);
  return (
    <MessagesContext.Provider value={translator}>
      <div lang={translator.language} dir={translator.direction} style={place}>
        <Announcer announcement={announcement} />
        {isEmpty ? null : (
          <section aria-label={translator.msg('notices')}>
            <ul
              ref={list}
              onPointerEnter={() => store.hold('pointer', true)}
              onPointerLeave={() => store.hold('pointer', false)}
              onFocus={onFocus}
              onBlur={onBlur}
              onKeyDown={onKeyDown}
              style={{ display: 'grid', gap: token.marginSM, margin: 0, padding: 0, listStyle: 'none' }}
            >
              {notices.map(({ id, task }) => (
                <li key={id} data-notice={id}>
                  <NoticeCard task={task} {...actions} />
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </MessagesContext.Provider>
  );
}

/** Two regions, because a region that becomes assertive only with its text is not read by every screen reader. */
function Announcer({ announcement }: { announcement: Announcement | undefined }) {
  const polite = announcement && !announcement.isUrgent ? announcement.text : null;
  const urgent = announcement?.isUrgent ? announcement.text : null;
  const hidden = {
    position: 'absolute',
    width: 1,
    height: 1,
    margin: -1,
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  } as const;
  return (
    <div style={hidden}>
      <div aria-live="polite">{polite}</div>
      <div aria-live="assertive">{urgent}</div>
    </div>
  );
}
