import { createRoot } from 'react-dom/client';
import { createDemo } from './createDemo.ts';
import { DemoPage } from './DemoPage.tsx';

// Try ?lang=de, ?theme=dark, ?runSeconds=60.
const query = new URLSearchParams(location.search);
const language = query.get('lang') ?? 'en';
const demo = await createDemo({
  language,
  theme: query.get('theme') === 'dark' ? 'dark' : 'light',
  runSeconds: Number(query.get('runSeconds') ?? 10),
});
document.documentElement.lang = language;
document.body.style.margin = '0';
const root = document.getElementById('root');
if (root) createRoot(root).render(<DemoPage demo={demo} />);
