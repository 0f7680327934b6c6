export { createQwc2Plugin, type Qwc2PluginOptions } from './createQwc2Plugin.tsx';
export type { PoleDescription } from './poleFeature.ts';
export { parseQwc2Api, type Qwc2Api, type Qwc2Feature, type Qwc2PluginConfig } from './qwc2Api.ts';
export { registerQwc2Plugin } from './registerQwc2Plugin.ts';
export { qwc2Translations } from './translations.ts';
