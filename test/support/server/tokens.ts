import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

export const ISSUER = 'https://login.example';
export const AUDIENCE = 'lrt-server';

export interface Signer {
  publicJwk: JWK;
  /** A token that is good for 5 minutes unless told otherwise. */
  sign(claims?: JWTPayload): Promise<string>;
}

export async function createSigner(kid?: string, alg = 'ES256'): Promise<Signer> {
  const { publicKey, privateKey } = await generateKeyPair(alg);
  const publicJwk = { ...(await exportJWK(publicKey)), ...(kid && { kid }), alg, use: 'sig' };
  return {
    publicJwk,
    sign(claims = {}) {
      const now = Math.floor(Date.now() / 1_000);
      return new SignJWT({
        sub: 'ann',
        iss: ISSUER,
        aud: AUDIENCE,
        exp: now + 300,
        ...claims,
      })
        .setProtectedHeader({ alg, ...(kid && { kid }) })
        .sign(privateKey);
    },
  };
}

export interface JwksServer {
  url: string;
  keys: JWK[];
  /** How often it was asked. */
  asked: number;
  /** Answers this instead, while it is set. */
  broken: { status: number; body: string } | undefined;
  close(): Promise<void>;
}

export async function startJwksServer(keys: JWK[]): Promise<JwksServer> {
  const http = createServer((_, response) => {
    server.asked += 1;
    const { status, body } = server.broken ?? { status: 200, body: JSON.stringify({ keys: server.keys }) };
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(body);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const server: JwksServer = {
    url: `http://127.0.0.1:${port}/jwks.json`,
    keys,
    asked: 0,
    broken: undefined,
    close: () => {
      http.closeAllConnections();
      return new Promise((resolve) => http.close(() => resolve()));
    },
  };
  return server;
}
