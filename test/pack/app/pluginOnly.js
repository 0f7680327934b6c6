import { LrtPlugin } from 'lrt-plugin';

globalThis.plugin = LrtPlugin;
