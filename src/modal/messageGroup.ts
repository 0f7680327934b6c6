/** The message group of the plugin: what a host's message file calls its overrides. */
export const MESSAGE_GROUP = 'LRT';
