/** The message group of a host's files whose texts go before the monitor's own. */
export const MESSAGE_GROUP = 'LRT';
