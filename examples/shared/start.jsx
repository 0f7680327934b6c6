import './page.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

/** Shows an example's page on a server (VITE_LRT_URL), or on the mock backend in this page. */
export async function start(App, openApplication) {
  const mock = async () => (await import('./mockBackend.js')).start();
  const baseUrl = import.meta.env.VITE_LRT_URL ?? (await mock());
  createRoot(document.getElementById('root')).render(
    <StrictMode>
      <App {...openApplication(baseUrl)} />
    </StrictMode>,
  );
}
