/** The button by which a user takes along what a run has built, as a file. */
import { Button, Dropdown } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { SystemClient } from '../client/SystemClient.ts';
import { type Failure, toTaskError } from '../client/taskStore.ts';
import type { HandoverRequest } from '../contract/index.ts';
import { ErrorText } from '../parts/ErrorText.tsx';
import { Notice } from '../parts/Notice.tsx';
import { HandoverWordsProvider, useHandoverWords } from './HandoverWords.tsx';
import { saveBlob } from './saveBlob.ts';

export interface DownloadMenuProps {
  system: Pick<SystemClient, 'exportTask'>;
  taskId: string;
  /** Opens the report that prints; without it the menu does not offer one. */
  onReport?: (() => void) | undefined;
}

const FILES = {
  download_addresses: { format: 'csv', report: 'addresses' },
  download_bill: { format: 'csv', report: 'bill' },
  download_splices: { format: 'csv', report: 'splices' },
  download_geopackage: { format: 'gpkg' },
  download_geojson: { format: 'geojson' },
} as const satisfies Record<string, HandoverRequest>;
type FileKey = keyof typeof FILES;

/** A table is opened by a double click: the user's spreadsheet wants it as it writes numbers itself. */
function requestIn(language: string, key: FileKey): HandoverRequest {
  const request: HandoverRequest = FILES[key];
  const hasDecimalComma = new Intl.NumberFormat(language).format(0.5).includes(',');
  return request.format === 'csv' && hasDecimalComma ? { ...request, separator: 'semicolon' } : request;
}

const REPORT = 'download_report';

export function DownloadMenu(props: DownloadMenuProps) {
  return (
    <HandoverWordsProvider>
      <Menu {...props} />
    </HandoverWordsProvider>
  );
}

function Menu({ system, taskId, onReport }: DownloadMenuProps) {
  const { msg, direction, language } = useHandoverWords();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const call = useRef<AbortController>(undefined);
  useEffect(() => () => call.current?.abort(), []);

  async function download(request: HandoverRequest) {
    const own = new AbortController();
    call.current = own;
    setFailure(undefined);
    setBusy(true);
    try {
      const file = await system.exportTask?.(taskId, request, { signal: own.signal });
      // A host's own client may ignore the signal.
      if (file && !own.signal.aborted) saveBlob(file.name, file.blob);
    } catch (thrown) {
      if (!own.signal.aborted) setFailure(toTaskError(thrown));
    }
    if (call.current === own) setBusy(false);
  }

  if (isBusy) {
    return (
      <Button
        aria-busy
        title={msg('download_stop')}
        onClick={() => {
          call.current?.abort();
          setBusy(false);
        }}
      >
        {msg('downloading')}
      </Button>
    );
  }
  const keys = Object.keys(FILES) as FileKey[];
  return (
    <>
      <Dropdown
        trigger={['click']}
        autoFocus
        placement={direction === 'rtl' ? 'bottomRight' : 'bottomLeft'}
        menu={{
          items: [
            ...(onReport ? [{ key: REPORT, label: msg(REPORT) }, { type: 'divider' as const }] : []),
            ...keys.map((key) => ({ key, label: msg(key) })),
          ],
          onClick({ key }) {
            if (key === REPORT) return onReport?.();
            const chosen = keys.find((known) => known === key);
            if (chosen) void download(requestIn(language, chosen));
          },
        }}
      >
        <Button aria-haspopup="menu">{msg('download')}</Button>
      </Dropdown>
      {failure ? (
        <div style={{ flexBasis: '100%' }}>
          <Notice kind="error" urgent title={msg('download_failed')}>
            <ErrorText error={failure} />
          </Notice>
        </div>
      ) : null}
    </>
  );
}
