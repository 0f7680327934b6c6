import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createTaskClient } from 'lrt-plugin/client';
import { afterEach, describe, expect, it } from 'vitest';
import { checkGraph } from '../../../backend/workflows/graph/checkGraph.ts';
import packageJson from '../../../package.json' with { type: 'json' };
import template from '../../../templates/plugin/_package.json' with { type: 'json' };
import { follow } from '../../docs/eventStream.ts';
import { startMock } from '../../docs/mockBackend.ts';
import { backend as inspecting } from '../../docs/ownTables.ts';
import { backend as checking } from '../../docs/partialSuccess.ts';
import { failingBackend } from '../../docs/scenario.ts';
import { backend as labelling } from '../../docs/task.ts';
import { label } from '../../docs/typedClient.ts';
import {
  inspect,
  inspection,
  backend as runningWorkflows,
  client as workflowClient,
} from '../../docs/workflow.ts';
import { runAgainFrom } from '../../docs/workflowAgain.ts';
import { writeAndRead } from '../../docs/workflowBlueprint.ts';
import { newFolder } from '../../support/server/newFolder.ts';

const pages = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', ...globSync('docs/*.md')];
/** The pages that lead through the repository: every file and folder that they name is one. */
const MAPS_OF_THE_REPOSITORY = ['ARCHITECTURE.md', 'CONTRIBUTING.md', 'docs/extend.md'];
const ROOM =
  '(?:src|backend|mocks|server|standin|test|harness|examples|templates|scripts|bench|bin|docs|api)';
const read = (path: string) => readFileSync(path, 'utf8');
const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, first = '']) => first);

describe.each(pages)('%s', (page) => {
  const text = read(page);

  it('shows code that is a file of test/docs or of templates, to the letter', () => {
    for (const block of matches(text, /```(?:tsx?|js|diff)\n([\s\S]*?)```/g)) {
      const [, path = 'a file named in its first line'] =
        /^(?:\/\/|#) ((?:test\/docs|templates)\/\S+)\n/.exec(block) ?? [];
      expect(existsSync(path), `${page}: a code block is ${path}`).toBe(true);
      expect(block.slice(block.indexOf('\n') + 1)).toBe(read(path));
    }
  });

  it('names commands that exist', () => {
    const named = [...matches(text, /npm run ([\w:-]+)/g), ...matches(text, /npm (start|test)\b/g)];
    const scripts = { ...packageJson.scripts, ...template.scripts };
    for (const script of named) expect(scripts).toHaveProperty([script]);
  });

  it('links to and names files that exist', () => {
    const links = matches(text, /\]\((?!https?:)([^)#]+)[^)]*\)/g);
    const images = matches(text, /(?:srcset|src)="([^"]+)"/g);
    for (const path of [...links, ...images]) expect(existsSync(join(dirname(page), path)), path).toBe(true);
    for (const path of matches(text, /`((?:src|backend|mocks|server|test|harness)\/[\w./]+\.\w+)`/g)) {
      // Pages about the project that `init` writes name its files.
      expect(existsSync(path) || existsSync(join('templates/plugin', path)), path).toBe(true);
    }
  });
});

describe.each(MAPS_OF_THE_REPOSITORY)('%s', (page) => {
  it('names files and folders that exist', () => {
    const named = matches(read(page), new RegExp(`\`(${ROOM}/[\\w./-]+)\``, 'g'));
    expect(named.filter((path) => !existsSync(path))).toEqual([]);
    expect(named).not.toEqual([]);
  });
});

it('the recipes are all there', () => {
  const titles = matches(read('docs/extend.md'), /^## (.+)$/gm);
  expect(titles).toEqual([
    'A protocol',
    'A table',
    'A map library',
    'A button in the dialog',
    'A fault scenario',
  ]);
  for (const title of titles) {
    const anchor = title.toLowerCase().replaceAll(' ', '-');
    expect(read('CONTRIBUTING.md')).toContain(`(docs/extend.md#${anchor})`);
  }
});

describe('the snippets', () => {
  const cleanUps: (() => unknown)[] = [];
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0)) await cleanUp();
  });

  it('README: the mock backend under MSW in Node runs a task over a bad line', async () => {
    const { backend, server } = await startMock();
    cleanUps.push(
      () => server.close(),
      () => backend.close(),
    );
    const client = createTaskClient({ baseUrl: 'http://localhost/lrt' });
    const pole = (
      await backend.store.features({ design: 'design/FTTH-North', tables: ['pole'], limit: 50_000 })
    ).features.find(({ properties }) => properties.design === 'design/FTTH-North');
    const { id } = await client.enqueueTask('customer_connection_task', {
      design: 'design/FTTH-North',
      pole_id: Number(pole?.id.split('/')[1]),
      count: 10,
    });
    const result = await new Promise((resolve, reject) =>
      client.streamTaskProgress(id, { onSuccess: resolve, onFailure: reject }),
    );
    expect(result).toMatchObject({ connections: 10 });
  });

  it('write a task: some items fail, and only those run again', async () => {
    cleanUps.push(() => checking.close());
    const client = createTaskClient({ baseUrl: 'http://mock', fetch: checking.fetch });
    const ended = (id: string | number) =>
      new Promise((resolve, reject) =>
        client.streamTaskProgress(id, { onSuccess: resolve, onFailure: reject }),
      );
    const design = 'design/FTTH-North';
    const { id } = await client.enqueueTask('check_heights', { design });
    const { checked } = (await ended(id)) as { checked: number };
    expect(checked).toBeGreaterThan(0);
    const { items } = await client.getTask(id);
    expect(items).toMatchObject({ ok: 0, failed: checked });
    expect(items?.failures[0]).toMatchObject({ code: 'no-height', geometry: { type: 'Point' } });
    const again = await client.retryTask(id, { items: 'failed' });
    expect(await ended(again.id)).toEqual({ checked });
  });

  it('workflows: one runs, fails by name, and runs again from a node; as a blueprint it is the same', async () => {
    cleanUps.push(() => runningWorkflows.close());
    const tasks = await inspect(1);
    expect(Object.keys(tasks)).toEqual(['find', 'check', 'report']);
    expect((await workflowClient.getTask(tasks.report ?? '')).result).toMatch(
      /^design\/FTTH-North: [1-9]\d* poles$/,
    );
    await expect(inspect(1_000)).rejects.toMatchObject({
      code: 'node-failed',
      message: expect.stringMatching(/^Node "check" failed: There are \d+ poles, not 1000$/),
    });
    const { tasks: runs } = await workflowClient.listTasks({ name: 'workflow', status: 'succeeded' });
    const again = await runAgainFrom(`${runs[0]?.id}`, 'report');
    const { tasks: second } = (await workflowClient.waitFor(again.id)) as { tasks: Record<string, string> };
    expect([second.find, second.check]).toEqual([tasks.find, tasks.check]);
    expect(second.report).not.toBe(tasks.report);
    const { path, remove } = newFolder();
    cleanUps.push(remove);
    expect(await writeAndRead(join(path, 'blueprint.json'))).toEqual(inspection(1));
    const [graph = '', service = ''] = matches(read('docs/workflows.md'), /```json\n([\s\S]*?)```/g);
    expect(JSON.parse(graph)).toEqual(inspection(1));
    expect(checkGraph(JSON.parse(service).graph)).toMatchObject({ name: 'Simulation' });
  });

  it('fault scenarios: a task that fails', async () => {
    const { backend, client } = await failingBackend();
    cleanUps.push(() => backend.close());
    const { features } = await backend.store.features({
      design: 'design/FTTH-North',
      tables: ['pole'],
      limit: 50_000,
    });
    const pole = features.find(({ properties }) => properties.design === 'design/FTTH-North');
    const params = { design: 'design/FTTH-North', pole_id: Number(pole?.id.split('/')[1]), count: 10 };
    const { id } = await client.enqueueTask('customer_connection_task', params);
    const error = await new Promise((resolve) => client.streamTaskProgress(id, { onFailure: resolve }));
    expect(error).toMatchObject({ code: 'simulated-failure' });
  });

  it('plugin: a task of your own', async () => {
    cleanUps.push(() => labelling.close());
    const design = 'design/FTTH-North';
    const poles = async () =>
      (await labelling.store.features({ design, tables: ['pole'], limit: 50_000 })).features;
    const before = await poles();
    const labelled = await label('http://localhost', design, labelling.fetch);
    const own = before.filter(({ properties }) => properties.design === design);
    expect(own.length).toBeGreaterThan(0);
    expect(labelled).toBe(own.length);
    // Each pole of the design has its label, every other is as it was, and there are as many as before.
    expect(await poles()).toEqual(
      before.map((pole) =>
        own.includes(pole)
          ? { ...pole, properties: { ...pole.properties, label: `P-${pole.properties.name}` } }
          : pole,
      ),
    );
  });

  it("write a task: tables of one's own", async () => {
    cleanUps.push(() => inspecting.close());
    const client = createTaskClient({ baseUrl: 'http://localhost', fetch: inspecting.fetch });
    const design = 'design/FTTH-North';
    const inspect = async (inspector: string) => {
      const { id } = await client.enqueueTask('inspect_poles', { design, inspector });
      return new Promise((onSuccess, onFailure) => client.streamTaskProgress(id, { onSuccess, onFailure }));
    };
    const { features } = await inspecting.store.features({ design, tables: ['pole'], limit: 50_000 });
    const poles = features.filter(({ properties }) => properties.design === design).length;
    expect(await inspect('Ann')).toEqual({ inspections: poles, renewed: 0 });
    expect(await inspect('Bob')).toEqual({ inspections: poles, renewed: poles });
    const url = `http://localhost/features?design=${design}&tables=inspection`;
    const page = await (await inspecting.fetch(url)).json();
    expect(page.features).toHaveLength(poles);
    expect(page.features[0].properties).toMatchObject({ inspector: 'Bob', table: 'inspection', design });
  });

  it('event stream: goes on after the id, ends with the terminal event', async () => {
    const asked: string[] = [];
    const original = globalThis.fetch;
    cleanUps.push(() => {
      globalThis.fetch = original;
    });
    globalThis.fetch = async (url) => {
      asked.push(String(url));
      const headers = { 'content-type': 'text/event-stream' };
      return new Response('id: 42\ndata: next\n\nid: 43\nevent: succeeded\ndata: {}\n\n', { headers });
    };
    const events: string[] = [];
    const { states } = follow('http://localhost/events', ({ id, event }) => events.push(`${id} ${event}`));
    await expect.poll(() => states.at(-1)).toEqual({ state: 'closed' });
    expect(asked).toEqual(['http://localhost/events?after=41']);
    expect(events).toEqual(['42 message', '43 succeeded']);
  });
});
