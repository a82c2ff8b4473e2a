import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** Keys derived from APP_SECRET (HKDF-SHA-256, one label a purpose), and the few things done with them. */
export type Keys = {
  /** 256-bit key that signs session tokens. */
  session: Buffer;
  databasePassword: string;
  /** Token of a respondent link: derived, so a reminder repeats it and nothing but its hash is stored. */
  linkToken(linkId: string): string;
  /**
   * Digest of a short code. 26 bits could be tried out from a plain or even a slow hash; without this key, which no table holds,
   * not at all (stricter than ASVS 6.5.2 asks).
   */
  codeHash(code: string, context: string): string;
  /** Authentication code of what a workbook says about itself: it comes back by way of other people's computers. */
  workbookMac(text: string): string;
  /** AES-256-GCM; `context` is bound as additional data, so a sealed text opens only where it belongs. */
  seal(text: string, context: string): string;
  open(sealed: string, context: string): string;
};

const LINK_PREFIX = 'ktk1_';

export function deriveKeys(secret: string): Keys {
  const key = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, 'kantoku', purpose, 32));
  const links = key('respondent links');
  const codes = key('respondent codes');
  const sealing = key('sealed mail');
  const workbooks = key('workbooks');
  return {
    session: key('session tokens'),
    databasePassword: key('database role').toString('base64url'),
    linkToken: (linkId) => LINK_PREFIX + createHmac('sha256', links).update(linkId).digest('base64url'),
    codeHash: (code, context) => createHmac('sha256', codes).update(`${context}\n${code}`).digest('hex'),
    workbookMac: (text) => createHmac('sha256', workbooks).update(text).digest('base64url'),
    seal: (text, context) => seal(sealing, text, context),
    open: (sealed, context) => open(sealing, sealed, context),
  };
}

/** SHA-256 in hex; enough for secrets of ≥ 112 bits (ASVS 6.5.2). */
export function sha256(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}

/** 256 random bits. */
export function randomToken(prefix = ''): string {
  return prefix + randomBytes(32).toString('base64url');
}

function seal(key: Buffer, text: string, context: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
}

function open(key: Buffer, sealed: string, context: string): string {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAAD(Buffer.from(context));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
}
