import { declareControlProtocolContract } from '../../../../contracts/controlProtocol.contract.ts';
import { createTestBackend } from '../../../../support/http/startBackend.ts';

declareControlProtocolContract('createBackend', async () => {
  const { engine, fetch } = createTestBackend();
  return {
    url: 'http://backend.test',
    fetch: async (url, init) => fetch(new Request(url, init)),
    close: () => engine.close(),
  };
});
