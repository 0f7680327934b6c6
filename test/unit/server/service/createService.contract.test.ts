import { once } from 'node:events';
import { createService } from '../../../../server/src/service/createService.ts';
import { longRunning, quick } from '../../../../server/src/service/methods.ts';
import { declareControlProtocolContract } from '../../../contracts/controlProtocol.contract.ts';

const gates = new Map<unknown, PromiseWithResolvers<void>>();
function gate(name: unknown) {
  const found = gates.get(name) ?? Promise.withResolvers<void>();
  gates.set(name, found);
  return found;
}

declareControlProtocolContract('createService', async () => {
  const service = createService({
    methods: {
      count: quick(({ parameters }) => ({ counted: parameters.to })),
      fail: longRunning(({ parameters }) => {
        throw new Error(String(parameters.message));
      }),
      wait: longRunning(async ({ parameters }, { updateProgress, signal }) => {
        updateProgress(10);
        await Promise.race([gate(parameters.gate).promise, once(signal, 'abort')]);
        signal.throwIfAborted();
        return { opened: parameters.gate };
      }),
      open: quick(({ parameters }) => gate(parameters.gate).resolve()),
    },
  });
  return {
    url: 'http://service.test',
    fetch: (url, init) => service.fetch(new Request(url, init)),
    close: () => service.close(),
  };
});
