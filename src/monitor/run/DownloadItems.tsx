/** The button that saves the items of a run as CSV. A million of them take a while, so it shows how far it is. */
import { Button, theme } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { type Failure, toTaskError } from '../../client/taskStore.ts';
import type { TaskItem } from '../../contract/index.ts';
import { ErrorText } from '../../parts/ErrorText.tsx';
import { Notice } from '../../parts/Notice.tsx';
import type { ItemFilter, ListItems } from './ItemReader.ts';
import { Icon } from './icons.tsx';
import { itemsAsCsv } from './itemsAsCsv.ts';
import { TABULAR } from './LogTools.tsx';
import { saveFile } from './saveFile.ts';
import { useRunWords } from './useRunWords.ts';

export interface DownloadItemsProps {
  list: ListItems;
  taskId: string;
  filter: ItemFilter;
  reasonOf: (item: TaskItem) => string;
}

export function DownloadItems({ list, taskId, filter, reasonOf }: DownloadItemsProps) {
  const { token } = theme.useToken();
  const { msg } = useRunWords();
  const [count, setCount] = useState<number>();
  const [failure, setFailure] = useState<Failure>();
  const calls = useRef<AbortController>(undefined);
  useEffect(() => () => calls.current?.abort(), []);

  async function download() {
    const own = new AbortController();
    calls.current = own;
    const { signal } = own;
    setFailure(undefined);
    setCount(0);
    try {
      const parts = await itemsAsCsv(list, taskId, filter, { reasonOf, signal, onCount: setCount });
      saveFile(`${taskId}-items.csv`, parts, 'text/csv');
    } catch (thrown) {
      if (!signal.aborted) setFailure(toTaskError(thrown));
    }
    if (calls.current === own) setCount(undefined);
  }

  const isBusy = count !== undefined;
  const label = msg(isBusy ? 'items_stop' : 'items_download');
  return (
    <>
      {isBusy ? (
        <span style={{ fontSize: token.fontSizeSM, ...TABULAR }}>{msg('items_downloading', { count })}</span>
      ) : null}
      <Button
        aria-label={label}
        title={label}
        icon={isBusy ? <span aria-hidden="true">×</span> : <Icon name="download" />}
        onClick={() => {
          if (!isBusy) return void download();
          calls.current?.abort();
          setCount(undefined);
        }}
      />
      {failure ? (
        <div style={{ flexBasis: '100%' }}>
          <Notice kind="error" urgent>
            <ErrorText error={failure} />
          </Notice>
        </div>
      ) : null}
    </>
  );
}
