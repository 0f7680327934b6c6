/** CSS colours of what tasks draw. */
export interface OverlayColours {
  /** Built, not stored yet; drawn dashed. */
  pending: string;
  /** Stored. */
  settled: string;
}

/** For light and for dark maps. Amber and blue: also who sees no red or green tells them apart. */
export const overlayColours: Record<'light' | 'dark', OverlayColours> = {
  light: { pending: '#c76a00', settled: '#1765c1' },
  dark: { pending: '#ffb545', settled: '#62adff' },
};
