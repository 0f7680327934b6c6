import { ConfigProvider } from 'antd';
import { useEffect, useState } from 'react';
import type { TaskSnapshot } from '../../src/contract/index.ts';
import { themes } from '../../src/host/index.ts';
import { createTranslator, type Translator } from '../../src/locales/createTranslator.ts';
import { connectionLocales } from '../../src/locales/customerConnection/connectionLocales.ts';
import { directionOf } from '../../src/locales/language.ts';
import { noticesLocales } from '../../src/locales/notices/noticesLocales.ts';
import { NoticeStore } from '../../src/notices/NoticeStore.ts';
import { Notices } from '../../src/notices/Notices.tsx';
import { noticesTranslator } from '../../src/notices/noticesWords.ts';
import { ENDS } from './exampleEnds.ts';

interface GalleryProps {
  language: string;
  theme: 'light' | 'dark';
}

const CASES: { name: string; tasks: readonly TaskSnapshot[]; hasMap?: boolean; width?: number }[] = [
  { name: 'Success', tasks: [ENDS.succeeded] },
  { name: 'Partial success', tasks: [ENDS.partly] },
  { name: 'Failure', tasks: [ENDS.failed] },
  { name: 'Cancelled by another user', tasks: [ENDS.cancelled] },
  { name: 'Success, in a host without a map', tasks: [ENDS.succeeded], hasMap: false },
  { name: 'Three at once', tasks: [ENDS.succeeded, ENDS.partly, ENDS.failed] },
  { name: 'Long words', tasks: [ENDS.long] },
  { name: 'On a phone', tasks: [ENDS.long, ENDS.partly, ENDS.failed], width: 296 },
];

/** The notices beside each other. They stay until they are closed. */
export function NoticeGallery({ language, theme }: GalleryProps) {
  const translator = useWords(language);
  if (!translator) return null;
  return (
    <ConfigProvider theme={themes[theme]} direction={directionOf(language)}>
      <div
        dir={directionOf(language)}
        style={{ display: 'flex', flexWrap: 'wrap', gap: 24, padding: 12, background: '#8883' }}
      >
        {CASES.map((each) => (
          <Case key={each.name} {...each} translator={translator} />
        ))}
      </div>
    </ConfigProvider>
  );
}

function Case({
  name,
  tasks,
  hasMap = true,
  width = 400,
  translator,
}: (typeof CASES)[number] & { translator: Translator }) {
  const [store] = useState(() => {
    const made = new NoticeStore();
    for (const task of tasks) made.add({ id: task.id, task, leaves: false });
    return made;
  });
  return (
    <div data-case={name} style={{ width, maxWidth: '100%' }}>
      <Notices
        store={store}
        translator={translator}
        announcement={undefined}
        isPlaced
        onColours={ignore}
        useLanguage={noLanguage}
        onLanguage={ignore}
        onClose={(task) => store.remove(task.id)}
        onShowOnMap={hasMap ? (task) => store.remove(task.id) : undefined}
        onRetry={() => Promise.reject(new Error('The queue is full.'))}
        canOpen={() => true}
        onOpen={(task) => store.remove(task.id)}
      />
    </div>
  );
}

const ignore = () => undefined;
const noLanguage = () => undefined;

/** The words of the notices over those of the plugin, once they are here. */
function useWords(language: string): Translator | undefined {
  const [loaded, setLoaded] = useState<string>();
  useEffect(() => {
    let isOver = false;
    void Promise.all([noticesLocales.load(language), connectionLocales.load(language)]).then(() => {
      if (!isOver) setLoaded(language);
    });
    return () => {
      isOver = true;
    };
  }, [language]);
  if (loaded === undefined) return undefined;
  return noticesTranslator({
    taskName: 'customer_connection_task',
    translator: () => createTranslator({ locale: connectionLocales.of(loaded), hostLanguage: loaded }),
    language: () => loaded,
    load: () => connectionLocales.load(loaded),
  });
}
