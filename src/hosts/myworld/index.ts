import * as client from 'myWorld-client';
import * as react from 'myWorld-client/react';
import type { ComponentType } from 'react';
import type { PlanPluginClass } from '../../plan/index.ts';
import type { LrtPluginClass } from '../../plugin/createLrtPlugin.ts';
import { bindMyWorld, type MyWorldLrtModalProps } from './bindMyWorld.tsx';

// Copies: which names a platform exports is looked at when it runs, so no bundler has to know them.
const bound = /* @__PURE__ */ bindMyWorld({ client: { ...client }, react: { ...react } });

/**
 * For the application definition of the platform: `plugins['lrtPlugin'] = LrtPlugin` or `[LrtPlugin, options]`, and
 * 'lrtPlugin.dialog' in a toolbar or palette. A wrong option is reported, and shown in place of the modal; it never
 * throws.
 */
export const LrtPlugin: LrtPluginClass<object> = bound.LrtPlugin;

/**
 * The plugin that plans the network of an area: `plugins['plan'] = PlanPlugin` or `[PlanPlugin, options]`, and 'plan.dialog' in a
 * toolbar or palette.
 */
export const PlanPlugin: PlanPluginClass<object> = bound.PlanPlugin;

/**
 * The modal alone. `<LrtModal open />` is enough: it takes `myw.app`, follows its own task and closes itself; rendered
 * again it opens again. Give `onClose` where a component of yours says whether it is open.
 */
export const LrtModal: ComponentType<MyWorldLrtModalProps> = bound.LrtModal;

export type { PlanPluginClass, PlanPluginInstance, PlanPluginOptions } from '../../plan/index.ts';
export type { LrtPluginClass, LrtPluginInstance } from '../../plugin/createLrtPlugin.ts';
export type { LrtPluginOptions } from '../../plugin/options.ts';
export type { MyWorldLrtModalProps } from './bindMyWorld.tsx';
