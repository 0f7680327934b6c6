import type { SetupWorker } from 'msw/browser';
import { useEffect, useRef, useState } from 'react';
import { createMockBackend, type MockBackend, type MockBackendOptions } from '../mocks/index.ts';
import { directionOf } from '../src/host/localisation.ts';
import { HostPage, type HostPageProps } from './HostPage.tsx';
import { BASE_URL } from './HostSession.ts';

interface MockedHostPageProps extends Omit<HostPageProps, 'mock'> {
  /** Already started. */
  worker: SetupWorker;
  backend: MockBackendOptions;
}

/** The host application with its backend in this page. */
export function MockedHostPage({ worker, backend, ...props }: MockedHostPageProps) {
  const [mock, setMock] = useState<MockBackend>();
  const [failure, setFailure] = useState<unknown>();
  const options = useRef(backend);
  useEffect(() => {
    let closed = false;
    const opening = createMockBackend(options.current);
    opening.then((opened) => {
      if (closed) return;
      worker.use(...opened.handlers(BASE_URL));
      setMock(opened);
    }, setFailure);
    return () => {
      closed = true;
      opening.then((opened) => opened.close(), setFailure);
    };
  }, [worker]);
  useEffect(() => {
    const { documentElement } = document;
    documentElement.lang = props.language;
    documentElement.dir = directionOf(props.language);
    documentElement.dataset.theme = props.theme;
  }, [props.language, props.theme]);
  // Nothing can be shown without a backend: told as any error of a component is.
  if (failure !== undefined) throw failure;
  return mock ? <HostPage mock={mock} {...props} /> : null;
}
