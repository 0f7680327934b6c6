// What public plugins do that our samples do not.
import {
  createApplicationDefinition,
  Plugin,
  PluginButton,
  type StartOptions,
  startApplication,
} from 'lrt-plugin/host/myworld-client';
import { DraggableModal, renderReactNode, useLocale } from 'lrt-plugin/host/myworld-client/react';
import { memo, useState } from 'react';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { Toolbar } from '../../../src/host/index.ts';

const messages = {
  en: { fields: { title: 'Fields', rule: 'The rule', saved: 'Saved as a rule' } },
  de: { fields: { title: 'Felder', rule: 'Die Regel', saved: 'Als Regel gespeichert' } },
};

function start(options: StartOptions = {}) {
  const app = startApplication({ definition: createApplicationDefinition(), messages, ...options });
  const problems: string[] = [];
  app.on('error', (problem: never) => problems.push(String(problem)));
  onTestFinished(() => app.dispose());
  return { app, problems };
}

describe('useLocale where a hook cannot be', () => {
  // Not components, though they call it: one is called by some renders only, one by a handler.
  const rule = () => <p>{Reflect.apply(useLocale, undefined, ['fields']).msg('rule')}</p>;
  const saved = () => String(Reflect.apply(useLocale, undefined, ['fields']).msg('saved'));
  const Title = memo(() => <h2>{useLocale('fields').msg('title')}</h2>);

  function Fields() {
    const { msg } = useLocale('fields');
    const [isPicked, setIsPicked] = useState(false);
    const [note, setNote] = useState('');
    return (
      <DraggableModal open title={msg('title')} footer={null}>
        <Title />
        <button type="button" onClick={() => setIsPicked(true)}>
          Pick
        </button>
        <button type="button" onClick={() => setNote(saved())}>
          Save
        </button>
        {isPicked && rule()}
        <output>{note}</output>
      </DraggableModal>
    );
  }

  it('gives the messages, and those of another language once it is chosen', async () => {
    // React says, rightly, that this is no way to use hooks.
    vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => void vi.restoreAllMocks());
    const { app, problems } = start();
    renderReactNode(null, Fields, {});
    await userEvent.click(page.getByRole('button', { name: 'Pick' }));
    await expect.element(page.getByText('The rule')).toBeVisible();
    await userEvent.click(page.getByRole('button', { name: 'Save' }));
    await expect.element(page.getByText('Saved as a rule')).toBeVisible();
    app.setLanguage('de');
    await expect.element(page.getByText('Die Regel')).toBeVisible();
    await expect.element(page.getByRole('heading', { name: 'Felder', level: 2 }).last()).toBeVisible();
    expect(problems).toEqual([]);
  });

  it('gives the same function until the language changes, so that effects may depend on it', () => {
    const { app } = start();
    const msg = () => Reflect.apply(useLocale, undefined, ['fields']).msg;
    vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => void vi.restoreAllMocks());
    const before = msg();
    expect(msg()).toBe(before);
    app.setLanguage('de');
    expect(msg()).not.toBe(before);
  });
});

describe('renderReactNode before the application has started', () => {
  const Title = () => <h2>{useLocale('fields').msg('title')}</h2>;

  it('renders once it has, and again with the root that it gave', async () => {
    const root = renderReactNode(null, Title, {});
    const { app, problems } = start();
    await expect.element(page.getByRole('heading', { name: 'Fields' })).toBeVisible();
    renderReactNode(null, () => <h2>Other</h2>, {}, root);
    await expect.element(page.getByRole('heading', { name: 'Other' })).toBeVisible();
    await expect.element(page.getByRole('heading', { name: 'Fields' })).not.toBeInTheDocument();
    app.dispose();
    await expect.element(page.getByRole('heading', { name: 'Other' })).not.toBeInTheDocument();
    expect(problems).toEqual([]);
  });

  it('renders nothing of a root that was unmounted meanwhile', async () => {
    const root = renderReactNode(null, Title, {});
    root.unmount();
    start();
    await expect.element(page.getByRole('heading', { name: 'Fields' })).not.toBeInTheDocument();
  });
});

describe("the application's messages", () => {
  it('are shown in the order they came in, at most three, until the user dismisses them', async () => {
    const { app } = start();
    for (const text of ['one', 'two', 'three', 'four', 'four']) app.message(text, 'success');
    const shown = page.getByRole('region', { name: 'Messages' });
    await expect.element(shown.getByText('four')).toBeVisible();
    expect(
      shown
        .getByRole('status')
        .elements()
        .map((each) => each.textContent),
    ).toEqual(['twoDismiss', 'threeDismiss', 'fourDismiss']);
    await userEvent.click(shown.getByRole('button', { name: 'Dismiss' }).first());
    await expect.element(shown.getByText('two')).not.toBeInTheDocument();
    app.setLanguage('de');
    await expect
      .element(
        page.getByRole('region', { name: 'Meldungen' }).getByRole('button', { name: 'Ausblenden' }).first(),
      )
      .toBeVisible();
  });
});

describe('a modal without a footer', () => {
  it("has antd's two buttons, in the user's language", async () => {
    const { app } = start();
    const onOk = vi.fn();
    const onCancel = vi.fn();
    renderReactNode(null, DraggableModal, { open: true, title: 'Ask', onOk, onCancel });
    await userEvent.click(page.getByRole('button', { name: 'OK' }));
    expect(onOk).toHaveBeenCalledTimes(1);
    app.setLanguage('de');
    await userEvent.click(page.getByRole('button', { name: 'Abbrechen' }));
    expect(onCancel).toHaveBeenCalledTimes(1);
  });

  it('says on them what it is told, and has none where its footer is null', async () => {
    start();
    const root = renderReactNode(null, DraggableModal, { open: true, title: 'Ask', okText: 'Do it' });
    await expect.element(page.getByRole('button', { name: 'Do it' })).toBeVisible();
    renderReactNode(null, DraggableModal, { open: true, title: 'Ask', footer: null }, root);
    await expect.element(page.getByRole('button', { name: 'Do it' })).not.toBeInTheDocument();
    await expect.element(page.getByRole('button', { name: 'Cancel' })).not.toBeInTheDocument();
  });
});

describe('a button whose image is not there', () => {
  class Tools extends PluginButton {
    static {
      Tools.prototype.id = 'tools';
      Tools.prototype.titleMsg = 'title';
      Tools.prototype.imgSrc = 'data:image/svg+xml,not-an-image';
    }
  }
  class ToolsPlugin extends Plugin {
    static {
      ToolsPlugin.prototype.messageGroup = 'fields';
      ToolsPlugin.prototype.buttons = { toggle: Tools };
    }
  }

  it('shows the first letter of its title', async () => {
    const definition = createApplicationDefinition();
    definition.plugins.tools = ToolsPlugin;
    definition.layouts.desktop.controls.toolbar[1].buttons.push('tools.toggle');
    const { app } = start({ definition });
    app.renderReactNode(null, Toolbar, {});
    const button = page.getByRole('button', { name: 'Fields' });
    await expect.element(button).toBeVisible();
    await expect.poll(() => button.element().textContent).toBe('F');
  });
});
