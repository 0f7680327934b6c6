import { TaskRefusal } from '../../../backend/common/TaskRefusal.ts';

const MAX_TOKEN = 8_192;
const MAX_OWNER = 200;

/** The token of an `Authorization: Bearer` header; undefined where there is no such header. */
export function bearerToken(request: Request): string | undefined {
  const header = request.headers.get('authorization');
  if (header === null) return undefined;
  if (header.length > MAX_TOKEN) throw unauthorized('The token is too long');
  const token = /^Bearer +([\w.~+/-]+=*) *$/i.exec(header)?.[1];
  if (token === undefined) throw unauthorized('The Authorization header must be: Bearer <token>');
  return token;
}

/** Names travel in logs and keys, so they have 1 to 200 characters, none of them a control character. */
export function isOwner(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_OWNER && /^[^\p{Cc}\p{Cs}]+$/u.test(value);
}

export function unauthorized(message: string): TaskRefusal {
  return new TaskRefusal({ code: 'unauthorized', message });
}
