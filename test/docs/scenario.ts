import { createTaskClient } from 'lrt-plugin/client';
import { createMockBackend, failAt } from 'lrt-plugin/mocks';

export async function failingBackend() {
  const backend = await createMockBackend({ scenario: failAt({ done: 5 }) });
  const client = createTaskClient({ baseUrl: 'http://localhost', fetch: backend.fetch });
  return { backend, client };
}
