/** Positions as KML has them: 'lon,lat,height lon,lat,height'. Some programs put spaces after the commas. */
export function parseCoordinates(text: string): number[][] {
  const positions: number[][] = [];
  for (const part of text.replace(/\s*,\s*/g, ',').split(/\s+/)) {
    if (part === '') continue;
    const numbers = part.split(',').map((number) => (number === '' ? Number.NaN : Number(number)));
    // A height that is missing or wrong is no reason to leave the place out.
    positions.push(Number.isFinite(numbers[2]) ? numbers.slice(0, 3) : numbers.slice(0, 2));
  }
  return positions;
}
