/** Files come from anywhere; what they hold must not steer the operator's terminal. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '?');
}
