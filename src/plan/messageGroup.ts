/** The message group of the plugin that plans an area: what a host's message file calls its overrides. */
export const PLAN_GROUP = 'LRT_PLAN';
