/** Plugins put their own classes here: `myw.featureModels['pole'] = Pole`. The stand-in uses the first of these. */
export const featureModels: Record<string, unknown> = {};
export const featureEditors: Record<string, unknown> = {};
export const featureViewers: Record<string, unknown> = {};
export const fieldEditors: Record<string, unknown> = {};
export const fieldViewers: Record<string, unknown> = {};
export const layerTypes: Record<string, unknown> = {};
