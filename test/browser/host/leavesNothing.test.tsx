import { StrictMode, useEffect } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createApplication, renderReactNode, Toolbar } from '../../../src/host/index.ts';
import { mount, mountIn, startApplication } from './mount.tsx';
import { messages, NotesModal, NotesPlugin, pole, withNotes } from './NotesPlugin.tsx';

function PageWithApplication() {
  useEffect(() => {
    const app = createApplication(withNotes);
    app.setCurrentFeature(pole);
    return () => app.dispose();
  }, []);
  return null;
}

afterEach(() => vi.restoreAllMocks());

/** Every listener put on and not taken off again, while it is counted, on what outlives a plugin. */
function countGlobalListeners() {
  const open = new Set<string>();
  for (const target of [window, document, document.body]) {
    const ids = new Map<unknown, number>();
    const key = (type: string, listener: unknown) => {
      if (!ids.has(listener)) ids.set(listener, ids.size);
      return `${target.constructor.name} ${type} ${ids.get(listener)}`;
    };
    const add = target.addEventListener.bind(target);
    const remove = target.removeEventListener.bind(target);
    vi.spyOn(target, 'addEventListener').mockImplementation(
      (...[type, listener, options]: Parameters<typeof add>) => {
        open.add(key(type, listener));
        add(type, listener, options);
      },
    );
    vi.spyOn(target, 'removeEventListener').mockImplementation(
      (...[type, listener, options]: Parameters<typeof remove>) => {
        open.delete(key(type, listener));
        remove(type, listener, options);
      },
    );
  }
  return open;
}

describe('what an application leaves behind', () => {
  it('leaves nothing of an unregistered plugin behind: no listener, no element', async () => {
    const app = startApplication({ toolbar: [], messages });
    mountIn(app, <Toolbar />);
    // Once before counting: antd and React put what they share on the page when they are first used.
    app.registerPlugin('warmUp', NotesPlugin);
    app.setCurrentFeature(pole);
    await expect.element(page.getByRole('dialog', { name: 'Notes' })).toBeVisible();
    app.unregisterPlugin('warmUp');
    await expect.poll(() => page.getByRole('dialog').query()).toBeNull();

    const body = document.body.innerHTML;
    const listeners = app.listenerCount();
    const open = countGlobalListeners();
    app.registerPlugin('notes', NotesPlugin);
    app.setToolbar(['notes.dialog']);
    await userEvent.click(page.getByRole('button', { name: 'Notes' }));
    await expect.element(page.getByText('Nothing yet')).toBeVisible();
    expect(app.listenerCount()).toBeGreaterThan(listeners);
    app.unregisterPlugin('notes');
    app.setToolbar([]);
    // antd's tooltip fades away on its own time.
    await expect.poll(() => document.querySelector('.ant-tooltip')).toBeNull();
    await expect.poll(() => document.body.innerHTML).toBe(body);
    expect([...open]).toEqual([]);
    expect(app.listenerCount()).toBe(listeners);
  });

  it('removes everything on dispose, also what was rendered outside of plugins', async () => {
    const before = document.body.innerHTML;
    const app = createApplication(withNotes);
    app.renderReactNode(null, () => <p>Loose end</p>, {});
    app.setCurrentFeature(pole);
    await expect.element(page.getByText('Loose end')).toBeVisible();
    await expect.element(page.getByRole('dialog')).toBeVisible();
    app.dispose();
    app.dispose();
    await expect.poll(() => document.body.innerHTML).toBe(before);
    expect(app.listenerCount()).toBe(0);
    expect(() => renderReactNode(null, NotesModal, {})).toThrow('call createApplication() first');
  });

  it('can be made and disposed in an effect, in StrictMode too, without a complaint of React', async () => {
    const complaints = vi.spyOn(console, 'error').mockImplementation(() => {});
    const { unmount } = mount(
      <StrictMode>
        <PageWithApplication />
      </StrictMode>,
    );
    await expect.element(page.getByRole('dialog')).toBeVisible();
    expect(page.getByRole('dialog').elements()).toHaveLength(1);
    unmount();
    await expect.poll(() => page.getByRole('dialog').query()).toBeNull();
    expect(complaints).not.toHaveBeenCalled();
  });
});
