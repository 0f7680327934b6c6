/** The CSS colours of what tasks draw on a map. */
export interface OverlayColours {
  /** What a task has built and nobody has stored yet: dashed. */
  pending: string;
  /** What is stored: solid. */
  settled: string;
  /** Results that stay on the map and are no records: solid. Default: the colour of `pending`. */
  kept?: string;
}

/** Colours for light and for dark maps. People who see no red or no green can tell these three apart. */
export const overlayColours: Record<'light' | 'dark', OverlayColours> = {
  light: { pending: '#c76a00', settled: '#1765c1', kept: '#0f7171' },
  dark: { pending: '#ffb545', settled: '#62adff', kept: '#74fcbb' },
};
