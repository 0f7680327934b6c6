/** Removes control characters, for the terminal of an operator: files come from anywhere and must not steer it. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '?');
}
