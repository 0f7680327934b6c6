import type { SetupWorker } from 'msw/browser';
import { useEffect, useRef, useState } from 'react';
import { addTown } from '../backend/intake/addTown.ts';
import { createMockBackend, type MockBackend, type MockBackendOptions, scenarios } from '../mocks/index.ts';
import { createTaskClient } from '../src/client/index.ts';
import { WORKFLOW_TASK, type WorkflowGraph } from '../src/contract/index.ts';
import { describePage } from './describePage.ts';
import { HostPage, type HostPageProps } from './HostPage.tsx';
import type { HostBackend } from './HostSession.ts';
import { leaveRun, openRun } from './run/runAddress.ts';
import { signedIn } from './signedIn.ts';

/** The base URL of the backend. */
const BASE_URL = '/lrt';

interface MockedHostPageProps extends Omit<HostPageProps, 'backend'> {
  /** A run of it is started and shown. */
  workflow?: WorkflowGraph | undefined;
  /** Already started. */
  worker: SetupWorker;
  backend: MockBackendOptions;
}

/** The host application with its backend in this page. */
export function MockedHostPage({ worker, backend, workflow, ...props }: MockedHostPageProps) {
  const [host, setHost] = useState<HostBackend>();
  const [failure, setFailure] = useState<unknown>();
  const options = useRef(backend);
  useEffect(() => {
    let closed = false;
    const opening = createMockBackend(options.current);
    opening.then((opened) => {
      if (closed) return;
      worker.use(...opened.handlers(BASE_URL));
      setHost(hostBackend(opened));
    }, setFailure);
    return () => {
      closed = true;
      opening.then((opened) => opened.close(), setFailure);
    };
  }, [worker]);
  useEffect(() => {
    if (!host || !workflow) return;
    let closed = false;
    const client = createTaskClient({ baseUrl: host.baseUrl, token: host.user.token });
    client.enqueueTask(WORKFLOW_TASK, { graph: workflow }).then(({ id }) => {
      if (!closed) openRun({ run: String(id) });
    }, setFailure);
    return () => {
      closed = true;
      leaveRun();
    };
  }, [host, workflow]);
  useEffect(
    () => describePage({ language: props.language, theme: props.theme }),
    [props.language, props.theme],
  );
  // Nothing can be shown without a backend, so the error is thrown as a component's errors are.
  if (failure !== undefined) throw failure;
  return host ? <HostPage backend={host} {...props} /> : null;
}

function hostBackend(mock: MockBackend): HostBackend {
  return {
    baseUrl: BASE_URL,
    user: signedIn(),
    mock: {
      replaceTown: (town) => mock.replaceTown(town),
      addTown: (town) => addTown(mock.store, town),
      setScenario(name) {
        const scenario = Object.entries(scenarios).find(([known]) => known === name)?.[1];
        mock.use(scenario?.() ?? null);
      },
    },
  };
}
