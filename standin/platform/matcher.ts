/** Makes a test of a field's value by the platform's operators: '=', '<>', '<', '<=', '>', '>=', 'like' ('%': any text). */
export function matcher(operator: string, value: unknown): (given: unknown) => boolean {
  if (operator === 'like') {
    const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const pattern = new RegExp(`^${String(value).split('%').map(literal).join('.*')}$`, 'i');
    return (given) => pattern.test(String(given ?? ''));
  }
  const compare = (given: unknown) => {
    if (typeof given === 'number') return given - Number(value);
    const [a, b] = [String(given), String(value)];
    return a < b ? -1 : Number(a > b);
  };
  const operators: Record<string, (given: unknown) => boolean> = {
    '=': (given) => compare(given) === 0,
    '<>': (given) => compare(given) !== 0,
    '<': (given) => compare(given) < 0,
    '<=': (given) => compare(given) <= 0,
    '>': (given) => compare(given) > 0,
    '>=': (given) => compare(given) >= 0,
  };
  const found = operators[operator];
  if (!found) {
    throw new Error(
      `getFeaturesByValue knows ${Object.keys(operators).join(', ')} and like, not '${operator}'`,
    );
  }
  return found;
}
