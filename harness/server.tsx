import { createRoot } from 'react-dom/client';
import { anyone } from './anyone.ts';
import { describePage } from './describePage.ts';
import { HostPage } from './HostPage.tsx';
import type { HostBackend } from './HostSession.ts';

/** The host application on the server behind the page's own origin: `?lang=de&theme=dark&task=NAME`. */
const query = new URLSearchParams(location.search);
const language = query.get('lang') ?? 'en';
const theme = query.get('theme') === 'dark' ? 'dark' : 'light';
const backend: HostBackend = { baseUrl: '', user: anyone, taskName: query.get('task') ?? undefined };

const root = document.getElementById('root');
if (!root) throw new Error('server.html has no element #root');
describePage({ language, theme });
createRoot(root).render(<HostPage backend={backend} language={language} theme={theme} scenario="none" />);
