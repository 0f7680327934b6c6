import type { SetupWorker } from 'msw/browser';
import { useEffect, useState } from 'react';
import { z } from 'zod';
import { createMockBackend, monitoredTask } from '../../mocks/index.ts';
import { createReflexClient, createTaskClient, type SystemClient } from '../../src/client/index.ts';
import { SeedPage } from './SeedPage.tsx';

const BASE_URL = '/seed';
const CLIENT_TOKEN = 'tab-1';

/** The task of the template. The mock backend paces it. */
const longRunningTask = monitoredTask(
  { name: 'long_running_task', params: z.strictObject({ batches: z.number() }) },
  async ({ batches }, task) => {
    for (let batch = 1; batch <= batches; batch++) {
      await task.update({
        progress: (batch / batches) * 100,
        status: `Processing batch ${batch}/${batches}`,
      });
    }
    return { batches };
  },
);

/** The page of the Reflex template with its backend in this page: REST and WebSockets go through MSW. */
export function SeedStage({ worker }: { worker: SetupWorker }) {
  const [system, setSystem] = useState<SystemClient>();
  useEffect(() => {
    let isClosed = false;
    const opening = createMockBackend({ tasks: [longRunningTask], runSeconds: 3 });
    void opening.then((mock) => {
      if (isClosed) return;
      worker.use(...mock.handlers(BASE_URL), ...mock.socketHandlers(BASE_URL));
      const commands = createTaskClient({ baseUrl: BASE_URL });
      setSystem(createReflexClient({ baseUrl: `${BASE_URL}/reflex`, clientToken: CLIENT_TOKEN, commands }));
    });
    return () => {
      isClosed = true;
      void opening.then((mock) => mock.close());
    };
  }, [worker]);
  return system ? <SeedPage system={system} clientToken={CLIENT_TOKEN} /> : null;
}
