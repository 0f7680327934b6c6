import { createMockBackend, defineTask, type StandardSchemaV1, streamCut } from 'lrt-plugin/mocks';
import { setupServer } from 'msw/node';

const params: StandardSchemaV1<unknown, { design: string }> = {
  '~standard': {
    version: 1,
    vendor: 'consumer',
    validate: () => ({ value: { design: 'design/A' } }),
  },
};

const task = defineTask({
  name: 'count_poles',
  timeoutSeconds: 60,
  params,
  async execute({ design }, { network, progress }) {
    const poles = await (await network.view(design)).table('pole').recs();
    await progress({ percent: 100, message: `${poles.length} poles` });
    return { poles: poles.length };
  },
});

export async function start() {
  const backend = await createMockBackend({ tasks: [task] });
  backend.use(streamCut({ everyMs: 750, how: 'eof' }));
  return setupServer(...backend.handlers('http://localhost/lrt'));
}
