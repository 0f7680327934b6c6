const FRAME_PORTS: readonly number[] = [12, 24, 48, 96, 144];

/** The ports of the smallest frame that has so many. */
export function framePorts(wanted: number): number {
  const largest = FRAME_PORTS.at(-1) ?? 1;
  return FRAME_PORTS.find((ports) => ports >= wanted) ?? largest * Math.ceil(wanted / largest);
}
