import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { onTestFinished } from 'vitest';
import {
  type Application,
  type ApplicationOptions,
  createApplication,
  HostProvider,
} from '../../../src/host/index.ts';

/** An application that is disposed when the test ends. */
export function startApplication(options: ApplicationOptions = {}): Application {
  const app = createApplication(options);
  onTestFinished(() => app.dispose());
  return app;
}

/** Renders outside of any application, into an element that goes away when the test ends. */
export function mount(node: ReactNode): {
  element: HTMLElement;
  render(node: ReactNode): void;
  unmount(): void;
} {
  const element = document.createElement('div');
  document.body.append(element);
  const root = createRoot(element);
  const unmount = () => {
    root.unmount();
    element.remove();
  };
  onTestFinished(unmount);
  root.render(node);
  return { element, render: (next) => root.render(next), unmount };
}

/** Renders inside an application, as its frame does. */
export function mountIn(app: Application, node: ReactNode) {
  return mount(<HostProvider app={app}>{node}</HostProvider>);
}
