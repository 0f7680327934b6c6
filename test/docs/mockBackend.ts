import { createMockBackend, streamCut } from 'lrt-plugin/mocks';
import { setupServer } from 'msw/node';

export async function startMock() {
  const backend = await createMockBackend();
  const server = setupServer(...backend.handlers('http://localhost/lrt'));
  server.listen();
  backend.use(streamCut({ everyMs: 750, how: 'eof' })); // what a bad line does
  return { backend, server };
}
