import './application.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.jsx';
import { openApplication } from './application.js';

// A server's address, or the mock backend in this page.
const baseUrl = import.meta.env.VITE_LRT_URL ?? (await import('./mockBackend.js').then((m) => m.start()));

createRoot(document.getElementById('root')).render(
  <StrictMode>
    <App {...openApplication(baseUrl)} />
  </StrictMode>,
);
