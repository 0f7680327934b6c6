import { describe, expect, it } from 'vitest';
import { attachment } from '../../../../../backend/handover/fileNames.ts';
import { streamOf } from '../../../../../backend/protocols/handover/streamOf.ts';

describe('the name of a file', () => {
  it.each([
    ['North', 'csv', 'attachment; filename="North.csv"; filename*=UTF-8\'\'North.csv'],
    ['Nord/Süd', 'csv', 'attachment; filename="Nord_S_d.csv"; filename*=UTF-8\'\'Nord_S%C3%BCd.csv'],
    ['شارع', 'gpkg', 'attachment; filename="_.gpkg"; filename*=UTF-8\'\'%D8%B4%D8%A7%D8%B1%D8%B9.gpkg'],
    [
      'a"; filename="b.exe\r\nX: y',
      'csv',
      'attachment; filename="a_filename_b.exe_X_y.csv"; filename*=UTF-8\'\'a_filename_b.exe_X_y.csv',
    ],
    ['../../etc/passwd', 'csv', 'attachment; filename="etc_passwd.csv"; filename*=UTF-8\'\'etc_passwd.csv'],
    ['CON', 'csv', 'attachment; filename="_CON.csv"; filename*=UTF-8\'\'_CON.csv'],
    ['...', 'csv', 'attachment; filename="export.csv"; filename*=UTF-8\'\'export.csv'],
  ])('of %j is safe', (name, extension, header) => {
    expect(attachment(name, extension)).toBe(header);
    // A header that fetch does not take would be an error on the server.
    expect(new Headers({ 'Content-Disposition': header }).get('content-disposition')).toBe(header);
    expect(attachment('a'.repeat(9_999), extension).length).toBeLessThan(300);
  });
});

describe('a file that is sent', () => {
  function counted() {
    const state = { made: 0, ended: false };
    async function* pieces() {
      try {
        for (;;) {
          state.made += 1;
          yield new Uint8Array(1_000);
        }
      } finally {
        state.ended = true;
      }
    }
    return { state, pieces: pieces() };
  }

  it('is made as it is read: a reader that stops holds one piece, and one that leaves ends the work', async () => {
    const { state, pieces } = counted();
    const reader = (await streamOf(pieces)).getReader();
    for (let i = 0; i < 5; i += 1) await reader.read();
    await new Promise((resolve) => setImmediate(resolve));
    expect(state).toEqual({ made: 5, ended: false });
    await reader.cancel();
    expect(state).toEqual({ made: 5, ended: true });
  });

  it('that cannot be begun is an answer with a reason, and one that breaks later is cut', async () => {
    async function* fails(after: number) {
      for (let i = 0; i < after; i += 1) yield new Uint8Array(1);
      throw new Error('the disk is full');
    }
    await expect(streamOf(fails(0))).rejects.toThrow('the disk is full');
    const reader = (await streamOf(fails(1))).getReader();
    await reader.read();
    await expect(reader.read()).rejects.toThrow('the disk is full');
  });
});
