/** Text of at most `limit` UTF-16 units; what is cut off is marked with an ellipsis. */
export function boundText(text: unknown, limit: number): string {
  const whole = typeof text === 'string' ? text : String(text);
  if (whole.length <= limit) return whole;
  const cut = whole.slice(0, limit - 1);
  // Half of a surrogate pair is not valid text.
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
