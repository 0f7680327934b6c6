import * as z from 'zod';
import { designParam } from './design.ts';

const SELECTIONS = ['random', 'nearest', 'within'] as const;

const RADIUS = 'metres around the pole, above 0 and at most 100,000';

/** Reads the params as they come from outside. */
export const connectionParams = z
  .strictObject({
    design: designParam,
    pole_id: z.int().positive().describe('Id of a pole that belongs to the design'),
    count: z.int().min(1).max(100_000).default(2_000).describe('How many addresses to connect'),
    selection: z
      .enum(SELECTIONS)
      .default('random')
      .describe('How the addresses are chosen: at random, nearest first, or at random within a radius'),
    radius_metres: z
      .number()
      .positive()
      .max(100_000)
      .optional()
      .describe(`For the selection 'within', and for it only: ${RADIUS}`),
    seed: z
      .int()
      .min(0)
      .max(2 ** 32 - 1)
      .optional()
      .describe('The same seed gives the same network; drawn and reported where it is left out'),
  })
  .superRefine(({ selection, radius_metres }, context) => {
    if (selection === 'within' && radius_metres === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['radius_metres'],
        message: `is missing: the selection 'within' needs it, in ${RADIUS}`,
      });
    }
    if (selection !== 'within' && radius_metres !== undefined) {
      context.addIssue({
        code: 'custom',
        path: ['radius_metres'],
        message: `goes with the selection 'within' only: leave it out for '${selection}', or select 'within'`,
      });
    }
  });

/** Params as a caller gives them. */
export type CustomerConnectionParams = z.input<typeof connectionParams>;

/** Params with their defaults filled in; `seed` stays absent where none was given. */
export type ConnectionParams = z.output<typeof connectionParams>;
