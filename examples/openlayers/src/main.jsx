import { start } from '../../shared/start.jsx';
import { App } from './App.jsx';
import { openApplication } from './application.js';

await start(App, openApplication);
