const MAX_NAME = 100;

/**
 * A name for a file of a design or a task. A name may hold anything, so what a file system or a header takes for something else
 * becomes '_'.
 */
export function safeFileName(name: string, extension: string): string {
  const safe = name
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._-]+/gu, '_')
    .replace(/^[._-]+/, '');
  const cut = [...safe].slice(0, MAX_NAME).join('').replace(/[.]+$/, '') || 'export';
  // Windows gives these names to devices, whatever ends them.
  return `${/^(con|prn|aux|nul|com\d|lpt\d)($|\.)/i.test(cut) ? `_${cut}` : cut}.${extension}`;
}

/**
 * The value of Content-Disposition (RFC 6266) for such a file.
 *
 * @example
 * attachment('Nord/Süd', 'csv'); // attachment; filename="Nord_S_d.csv"; filename*=UTF-8''Nord_S%C3%BCd.csv
 */
export function attachment(name: string, extension: string): string {
  const whole = safeFileName(name, extension);
  const ascii = whole.replace(/[^\x20-\x7e]+/g, '_');
  const encoded = encodeURIComponent(whole).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
