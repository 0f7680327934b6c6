import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { onTestFinished } from 'vitest';

/** Renders strictly; unmounted when the test ends, or before by what is returned. */
export function render(node: ReactNode): () => void {
  const place = document.body.appendChild(document.createElement('div'));
  const root = createRoot(place);
  root.render(<StrictMode>{node}</StrictMode>);
  const unmount = () => {
    root.unmount();
    place.remove();
  };
  onTestFinished(unmount);
  return unmount;
}
