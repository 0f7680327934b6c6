import { Popconfirm } from 'antd';
import { Component, type ReactNode } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import {
  HostProvider,
  renderReactNode,
  Toolbar,
  themes,
  useApplication,
  useLocale,
} from '../../../src/host/index.ts';
import { mount, mountIn, startApplication } from './mount.tsx';
import { messages, pole, withNotes } from './NotesPlugin.tsx';

function LanguageAndTitle() {
  const { language } = useApplication().localisation;
  return (
    <p>
      {language}: {useLocale('NOTES').msg('title')}
    </p>
  );
}

function textsIn(place: Element): (string | null)[] {
  return [...place.querySelectorAll('p')].map((paragraph) => paragraph.textContent);
}

const Field = () => <input aria-label="Field" />;
const Here = () => <p>Here</p>;
const NeedsLocale = () => <p>{useLocale('NOTES').language}</p>;
const NeedsApplication = () => <p>{useApplication().localisation.language}</p>;

class Boundary extends Component<{ caught: string[]; children: ReactNode }> {
  static getDerivedStateFromError() {
    return { failed: true };
  }
  override state = { failed: false };
  override componentDidCatch(problem: Error) {
    this.props.caught.push(problem.message);
  }
  override render() {
    return this.state.failed ? null : this.props.children;
  }
}

afterEach(() => vi.restoreAllMocks());

describe('what an application renders', () => {
  it('carries a new language and its direction to everything that is rendered, antd included', async () => {
    const app = startApplication(withNotes);
    mountIn(
      app,
      <>
        <Toolbar />
        <Popconfirm open title="?">
          <i />
        </Popconfirm>
      </>,
    );
    app.setCurrentFeature(pole);
    const dialog = page.getByRole('dialog', { name: 'Notes' });
    await expect.element(dialog).toBeVisible();
    app.setLanguage('ar');
    const arabic = page.getByRole('dialog', { name: 'ملاحظات' });
    await expect.element(arabic.getByText('لا شيء بعد')).toBeVisible();
    expect(getComputedStyle(arabic.element()).direction).toBe('rtl');
    expect(arabic.element().closest('[lang]')?.getAttribute('lang')).toBe('ar');
    await expect.element(arabic.getByRole('button', { name: 'إغلاق' })).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'إلغاء' })).toBeVisible();
    app.setLanguage('en');
    await expect.element(page.getByRole('button', { name: 'Cancel' })).toBeVisible();
    await expect.element(dialog).toBeVisible();
  });

  it('keeps the state of what is rendered when the language or the theme changes', async () => {
    const app = startApplication(withNotes);
    app.renderReactNode(null, Field, {});
    await userEvent.type(page.getByLabelText('Field'), 'half a wor');
    app.setLanguage('ar');
    await expect.poll(() => app.antdLocale?.locale).toBe('ar');
    app.setTheme(themes.dark);
    app.setLanguage('en');
    await userEvent.keyboard('d');
    await expect.element(page.getByLabelText('Field')).toHaveValue('half a word');
  });

  it('carries a new theme to everything that is rendered', async () => {
    const app = startApplication(withNotes);
    app.setCurrentFeature(pole);
    const dialog = page.getByRole('dialog');
    await expect.element(dialog).toHaveStyle({ backgroundColor: 'rgb(255, 255, 255)' });
    app.setTheme(themes.dark);
    await expect.element(dialog).toHaveStyle({ backgroundColor: 'rgb(31, 31, 31)' });
  });

  it('keeps two applications of one page apart', async () => {
    const places = [document.createElement('section'), document.createElement('section')];
    document.body.append(...places);
    const [english, german] = ['en', 'de'].map((language, at) =>
      startApplication({ language, messages, ...(places[at] ? { container: places[at] } : {}) }),
    );
    if (!english || !german) throw new Error('two applications');
    const first = english.renderReactNode(null, LanguageAndTitle, {});
    german.renderReactNode(null, LanguageAndTitle, {});
    renderReactNode(null, LanguageAndTitle, {});
    await expect.poll(() => places.map(textsIn)).toEqual([['en: Notes'], ['de: Notizen', 'de: Notizen']]);
    english.setLanguage('ar');
    english.setTheme(themes.dark);
    await expect.poll(() => places.map(textsIn)).toEqual([['ar: ملاحظات'], ['de: Notizen', 'de: Notizen']]);
    // The root of one application stays with it, whichever is the latest.
    renderReactNode(null, Here, {}, first);
    await expect.poll(() => places.map(textsIn)).toEqual([['Here'], ['de: Notizen', 'de: Notizen']]);
    german.dispose();
    renderReactNode(null, LanguageAndTitle, {}, first);
    await expect.poll(() => places.map(textsIn)).toEqual([['ar: ملاحظات'], []]);
    for (const place of places) place.remove();
  });

  it('opens a new root where the earlier one is unmounted, and says so of the earlier one', async () => {
    const app = startApplication();
    const root = app.renderReactNode(null, Here, {});
    root.unmount();
    root.unmount();
    const next = app.renderReactNode(null, Here, {}, root);
    expect(next).not.toBe(root);
    await expect.poll(() => page.getByText('Here').elements().length).toBe(1);
    expect(() => root.render(<p>Again</p>)).toThrow('This root is unmounted; call renderReactNode again');
  });

  it('says what to do where there is no application', async () => {
    const caught: string[] = [];
    vi.spyOn(console, 'error').mockImplementation(() => {});
    mount(
      <>
        <Boundary caught={caught}>
          <NeedsLocale />
        </Boundary>
        <Boundary caught={caught}>
          <NeedsApplication />
        </Boundary>
      </>,
    );
    await expect.poll(() => caught.join()).toContain("useLocale('NOTES') found no application");
    expect(caught.join()).toContain('inside <HostProvider app={...}>');
  });

  it('gives a frame of the application its context', async () => {
    const app = startApplication({ language: 'de' });
    mount(
      <HostProvider app={app}>
        <NeedsApplication />
      </HostProvider>,
    );
    await expect.element(page.getByText('de')).toBeVisible();
  });
});
