import type { ReasonCode } from '../../../backend/data/reasons.ts';

/** The words for every reason that the reader of files can give, in one language. */
export type ReasonPack = Record<ReasonCode, string>;
