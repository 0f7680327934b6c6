/**
 * The colours of tasks and of their results on a map, for maps and for the signs beside the map. People who see no red or
 * no green can distinguish the six hues and the network's colour. All have a contrast of 3 at least on the grounds and
 * streets that they were measured on.
 */
export interface TaskPalette {
  /** Six hues of running tasks: amber, teal, violet, wine, olive, sky. */
  readonly hues: readonly string[];
  /** The colour of everything that is stored. */
  readonly network: string;
  readonly chosen: string;
  readonly failed: string;
  /** The map behind all that. */
  readonly ground: string;
  /** Hollow signs are filled with this colour, and lines that cross others are cased in it. */
  readonly halo: string;
  /** Words on the map. */
  readonly text: string;
  /** The ground of words on the map. */
  readonly surface: string;
}

export const taskPalette: Readonly<Record<'light' | 'dark', TaskPalette>> = {
  light: {
    hues: ['#c76a00', '#0f7171', '#4c12a1', '#6a0f3c', '#505306', '#1593c0'],
    network: '#1765c1',
    chosen: '#d5006d',
    failed: '#c4202f',
    ground: '#eceff2',
    halo: '#ffffff',
    text: '#1d2732',
    surface: '#ffffff',
  },
  dark: {
    hues: ['#ffb545', '#74fcbb', '#9962e8', '#bd617c', '#a49728', '#8adafd'],
    network: '#62adff',
    chosen: '#ff6db8',
    failed: '#ff8a84',
    ground: '#101418',
    halo: '#101418',
    text: '#e3e9ef',
    surface: '#1c1c1c',
  },
};

/** A task's colour, and whether its lines have the dashes of tasks beyond the palette. */
export interface TaskHue {
  colour: string;
  /** The task is the seventh or a later one: its lines are dashed 2 3, so that it differs from the task with the same colour. */
  dotted: boolean;
}

/**
 * Returns the look of a hue: 0 is the first of the palette.
 *
 * @example
 * hueOf(taskPalette.light, 6); // { colour: '#c76a00', dotted: true }
 */
export function hueOf({ hues }: Pick<TaskPalette, 'hues'>, hue: number): TaskHue {
  return { colour: hues[hue % hues.length] ?? '#c76a00', dotted: hue >= hues.length };
}
