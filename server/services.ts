import type { FastifyBaseLogger } from 'fastify';
import type { Database, Transaction } from '../db/client.ts';
import type { Keys } from './adapters/keys.ts';
import type { Spreadsheets } from './adapters/spreadsheets.ts';
import type { Templates } from './adapters/templates.ts';
import type { Config } from './config.ts';
import type { CompiledQuestionnaire } from './domain/questionnaire/compile.ts';
import type { Report } from './domain/report/report.ts';
import type { AnswerSheet, QuestionSheet } from './domain/sheets/sheets.ts';

/** Everything a feature may use of the outside world; built once in main.ts and, for tests, in test/support. */
export type Services = {
  config: Config;
  clock: Clock;
  log: FastifyBaseLogger;
  database: Database;
  keys: Keys;
  templates: Templates;
  questionnaires: Questionnaires;
  evidence: EvidenceStore;
  /** null: none is configured; evidence is then marked as not scanned. */
  virusScanner: VirusScanner | null;
  images: ImageCleaner;
  logos: LogoMaker;
  pdf: PdfRenderer;
  reports: ReportPrinter;
  sheets: SheetPrinter;
  spreadsheets: Spreadsheets;
  mail: Mail;
  queue: Queue;
};

/** The only source of the present moment. */
export type Clock = { now(): Date };

export type PublishedQuestionnaire = { compiled: CompiledQuestionnaire; hash: string };
export type Questionnaires = {
  /** Every published version, newest version of an id first. */
  list(): readonly PublishedQuestionnaire[];
  /** Throws AppError 404 when there is none. */
  get(id: string, version: string): PublishedQuestionnaire;
};

/** Bytes outside the web root and the database, under random keys. */
export type EvidenceStore = {
  /** Streams to disk, hashing as it goes; removes what it wrote when `bytes` fails or exceeds `maxBytes` (AppError 413). */
  store(bytes: AsyncIterable<Uint8Array>, maxBytes: number): Promise<{ key: string; size: number; sha256: string }>;
  read(key: string): Promise<Uint8Array>;
  remove(key: string): Promise<void>;
};

export type VirusScanner = {
  /** Resolves to the name of what was found, or null; rejects whenever there is no verdict. */
  scan(bytes: Uint8Array): Promise<{ found: string | null }>;
  /** Rejects when the scanner does not answer. For /readyz. */
  check(): Promise<void>;
};

export type ImageCleaner = {
  /**
   * The same picture made anew, without anything but the picture: no place, device, author or hidden data. Throws AppError 422
   * `broken_image` or `huge_image`. `hadLocation`: the original said where it was taken.
   */
  clean(bytes: Uint8Array, mediaType: 'image/png' | 'image/jpeg'): Promise<{ bytes: Uint8Array; hadLocation: boolean }>;
};

export type LogoMaker = {
  /**
   * A logo of our own making, PNG of at most 640×240, from what was uploaded as `fileName`. Throws AppError 422 `logo_…` that says
   * why a file is refused.
   */
  make(bytes: Uint8Array, fileName: string): Promise<{ bytes: Uint8Array; width: number; height: number }>;
};

export type PdfRenderer = {
  /** HTML without any reference to the outside → tagged PDF bytes. */
  render(html: string, options: { title: string; lang: 'ja' | 'en' }): Promise<Uint8Array>;
  /** What keeps the browser from the network, for logs and /readyz. */
  isolation(): string;
  close(): Promise<void>;
};

/** From the frozen document to the finished PDF: the only way a report is printed. */
export type ReportPrinter = {
  pdf(document: Report, locale: 'ja' | 'en'): Promise<Uint8Array>;
};

/** What the vendor keeps on paper. Throws AppError 503 when there is no browser to print with, or it failed. */
export type SheetPrinter = {
  answers(sheet: AnswerSheet, locale: 'ja' | 'en'): Promise<Uint8Array>;
  questions(sheet: QuestionSheet, locale: 'ja' | 'en'): Promise<Uint8Array>;
};

export type MailMessage = {
  assessmentId?: string;
  /** Name of the pair templates/mail/<kind>.ja.hbs and .en.hbs. */
  kind: string;
  recipient: { email: string; name: string };
  locale: 'ja' | 'en';
  /** What the template needs; `siteHost`, the host name of this system, is added to it. */
  model: Record<string, unknown>;
  /** On whose behalf it is sent: shown as the sender's name before the address of MAIL_FROM. */
  from?: string;
  /** Who reads an answer to this mail. */
  replyTo?: { email: string; name: string };
  /** Names of the conversations it belongs to, the widest first, so that mail programs show them together. */
  thread?: readonly string[];
  attachments?: readonly Attachment[];
  /** The template sees `copyAttached`, `copyMissing` or `copyTooLarge` as true. */
  enclosure?: WantedCopy;
};
/** Text, or bytes in base64. */
export type Attachment = { name: string; mediaType: string; content: string; encoding?: 'base64' };
/** The copy of a submission, printed when the mail leaves: printing takes long and can fail, and a mail must do neither. */
export type WantedCopy = { assessmentId: string; round: number; locale: 'ja' | 'en' };
export type Enclose = (organisationId: string, wanted: WantedCopy) => Promise<Attachment | 'missing' | 'tooLarge'>;
export type Mail = {
  /** Renders, seals and queues a mail in the caller's transaction; resolves to the id of its row in `mails`. */
  enqueue(db: Transaction, organisationId: string, message: MailMessage): Promise<string>;
  /** How mail leaves; rejects when it cannot leave now. For /readyz. */
  check(): Promise<{ by: 'smtp' | 'capture' }>;
};

export type JobName = 'send-mail' | 'render-report' | 'scan-evidence';
export type Job = { organisationId: string; id: string; locale?: 'ja' | 'en' };
export type Queue = {
  /** Adds a job in the caller's transaction. Handlers must be idempotent: a kill between doing and completing repeats them. */
  send(db: Transaction, name: JobName, job: Job): Promise<void>;
  /** Jobs that wait or run, and jobs given up. For /readyz. */
  depth(): Promise<{ waiting: number; givenUp: number }>;
};
