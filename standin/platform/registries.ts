/** Where plugins put their own classes: `myw.featureModels['pole'] = Pole`. Of these, ours uses the first. */
export const featureModels: Record<string, unknown> = {};
export const featureEditors: Record<string, unknown> = {};
export const featureViewers: Record<string, unknown> = {};
export const fieldEditors: Record<string, unknown> = {};
export const fieldViewers: Record<string, unknown> = {};
export const layerTypes: Record<string, unknown> = {};
