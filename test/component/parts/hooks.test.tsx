// Tests the hooks for components of one's own: a task by its id, and starting a task.
import { act, fireEvent, render, screen } from '@testing-library/react';
import { StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { createFakeSystem } from '../../../harness/fakeSystem.ts';
import { createTaskClient } from '../../../src/client/index.ts';
import type { SystemClient } from '../../../src/client/SystemClient.ts';
import { useEnqueueTask, useTask } from '../../../src/parts/index.ts';

const renders: Record<string, number> = {};

function Task({ system, id, as = id }: { system: SystemClient | undefined; id: string; as?: string }) {
  const task = useTask(system, id);
  renders[as] = (renders[as] ?? 0) + 1;
  return <p data-testid={as}>{task ? `${task.status} ${task.progress.message}` : 'nothing yet'}</p>;
}

const shown = (id: string) => screen.getByTestId(id).textContent;

/** The next frame, with what is rendered in it. */
const frame = () =>
  act(async () => {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await new Promise((resolve) => setTimeout(resolve));
  });

describe('useTask by id', () => {
  test('shows a task as it goes on, and its end, for all components through one stream', async () => {
    const system = createFakeSystem();
    const task = system.add({ id: 'a' });
    const two = (
      <StrictMode>
        <Task system={system.client} id="a" />
        <Task system={system.client} id="a" as="again" />
      </StrictMode>
    );
    const { unmount } = render(two);
    await expect.poll(() => task.followers).toBe(1);
    act(() => task.run({ message: 'Laying cables' }));
    await expect.poll(() => [shown('a'), shown('again')]).toEqual(Array(2).fill('running Laying cables'));
    act(() => task.succeed({ design: 'd' }));
    expect(shown('a')).toMatch(/^succeeded/);
    unmount();
    await expect.poll(() => system.openStreams).toBe(0);
  });

  test('the stream stays as long as one component shows the task', async () => {
    const system = createFakeSystem();
    const task = system.add({ id: 'a' });
    const first = render(<Task system={system.client} id="a" />);
    const second = render(<Task system={system.client} id="a" as="again" />);
    await expect.poll(() => task.followers).toBe(1);
    first.unmount();
    act(() => task.run({ message: 'Still here' }));
    await expect.poll(() => shown('again')).toBe('running Still here');
    second.unmount();
    await expect.poll(() => system.openStreams).toBe(0);
  });

  test('a component does not render again for a task that it does not show', async () => {
    const system = createFakeSystem();
    const [one] = [system.add({ id: 'one' }), system.add({ id: 'two' })];
    render(
      <>
        <Task system={system.client} id="one" />
        <Task system={system.client} id="two" />
      </>,
    );
    await expect.poll(() => system.openStreams).toBe(2);
    await frame();
    const { one: before = 0, two } = { ...renders };
    for (let i = 0; i < 5; i++) {
      act(() => one?.progress({ message: `step ${i}` }));
      await frame();
    }
    expect(shown('one')).toContain('step 4');
    expect(renders.one).toBeGreaterThan(before);
    expect(renders.two).toBe(two);
  });

  test('another id, no id and no client', async () => {
    const system = createFakeSystem();
    system.add({ id: 'a' });
    const other = system.add({ id: 'b' });
    const { rerender } = render(<Task system={system.client} id="a" as="it" />);
    rerender(<Task system={system.client} id="b" as="it" />);
    await expect.poll(() => system.openStreams).toBe(1);
    act(() => other.run({ message: 'The other one' }));
    await expect.poll(() => shown('it')).toBe('running The other one');
    rerender(<Task system={undefined} id="b" as="it" />);
    expect(shown('it')).toBe('nothing yet');
    await expect.poll(() => system.openStreams).toBe(0);
  });

  test('renders on a server, and follows nothing there', () => {
    const system = createFakeSystem();
    system.add({ id: 'a' });
    expect(renderToString(<Task system={system.client} id="a" />)).toContain('nothing yet');
    expect(system.openStreams).toBe(0);
  });
});

describe('useEnqueueTask', () => {
  const seen = new Set<unknown>();

  function Start({ system }: { system: SystemClient | undefined }) {
    const { enqueue, starting, id, error } = useEnqueueTask(system, 'label_poles');
    seen.add(enqueue);
    return (
      <button type="button" onClick={() => enqueue({ design: 'd' }).catch(() => {})}>
        {starting ? 'starting' : (error?.message ?? id ?? 'start')}
      </button>
    );
  }

  test('a double click starts one task, and the function stays the same', async () => {
    const system = createFakeSystem();
    const release = system.hold();
    seen.clear();
    render(<Start system={system.client} />, { wrapper: StrictMode });
    const button = screen.getByRole('button');
    fireEvent.click(button);
    fireEvent.click(button);
    expect(button.textContent).toBe('starting');
    await act(async () => release());
    await expect.poll(() => button.textContent).toBe('task-1');
    expect(system.calls.map(({ method, args }) => [method, args[0], args[1]])).toEqual([
      ['enqueueTask', 'label_poles', { design: 'd' }],
    ]);
    // The first of two strict renders is thrown away.
    expect(seen.size).toBeLessThanOrEqual(2);
    fireEvent.click(button);
    await expect.poll(() => button.textContent).toBe('task-2');
  });

  test('a refusal is shown, and gone with the next call', async () => {
    const system = createFakeSystem();
    system.refuse('enqueueTask', { code: 'forbidden', message: 'Not you' });
    render(<Start system={system.client} />);
    const button = screen.getByRole('button');
    fireEvent.click(button);
    await expect.poll(() => button.textContent).toBe('Not you');
    fireEvent.click(button);
    await expect.poll(() => button.textContent).toBe('task-1');
  });

  test('a host without a task server', async () => {
    render(<Start system={undefined} />);
    fireEvent.click(screen.getByRole('button'));
    await expect.poll(() => screen.getByRole('button').textContent).toMatch(/no task server/);
  });

  test('types come from the client', () => {
    interface Tasks {
      label_poles: { params: { design: string }; result: { labelled: number } };
    }
    function Typed() {
      const client = createTaskClient<Tasks>({ baseUrl: '/api' });
      const { enqueue, id } = useEnqueueTask(client, 'label_poles');
      expectTypeOf(enqueue).parameter(0).toEqualTypeOf<{ design: string }>();
      const task = useTask(client, id);
      expectTypeOf(task?.result).toEqualTypeOf<{ labelled: number } | undefined>();
      // @ts-expect-error: the server has no such task.
      useEnqueueTask(client, 'paint_poles');
      return null;
    }
    expect(Typed).toBeTypeOf('function');
  });
});
