/**
 * The name with its trailing number one higher, padding kept: 'DROP-6000' -> 'DROP-6001', 'P-009' -> 'P-010',
 * 'P-999' -> 'P-1000'. A name that does not end in a number comes back unchanged.
 */
export function incrementName(name: string): string {
  let start = name.length;
  while (start > 0 && isDigit(name.charCodeAt(start - 1))) start--;
  if (start === name.length) return name;
  const digits = name.slice(start);
  // A number may have more digits than a double holds.
  const next = (BigInt(digits) + 1n).toString();
  return name.slice(0, start) + next.padStart(digits.length, '0');
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
