import { z } from 'zod';
import { defineTask, type TaskDefinition } from '../../../backend/tasks/defineTask.ts';
import { DESIGN } from './definitions.ts';

/** Gives back what it was given. */
export const give = defineTask({
  name: 'give',
  queue: 'nodes',
  params: z.strictObject({ value: z.json().optional() }),
  execute: async ({ value = null }) => ({ value }),
});

/** Adds up what the nodes before it gave. */
export const sum = defineTask({
  name: 'sum',
  queue: 'nodes',
  params: z.strictObject({ values: z.array(z.number()).default([]), plus: z.number().default(0) }),
  execute: async ({ values, plus }) => ({ value: values.reduce((all, each) => all + each, plus) }),
});

/** Writes a pole of this name, so that whoever counts the poles sees how often it ran with effect. */
export const setPole = defineTask({
  name: 'set_pole',
  queue: 'nodes',
  params: z.strictObject({ name: z.string() }),
  async execute({ name }, { network }) {
    const poles = (await network.view(DESIGN)).table('pole');
    await poles.insert({ geometry: { type: 'Point', coordinates: [0.003, 0.003] }, properties: { name } });
    return { value: name };
  },
});

export const nodeTasks: TaskDefinition[] = [give, sum, setPole];
