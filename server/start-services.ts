import { join } from 'node:path';
import { connect } from '../db/client.ts';
import { startEmbeddedPostgres } from './adapters/embedded-postgres.ts';
import { createEvidenceStore } from './adapters/evidence-store.ts';
import { createImageCleaner } from './adapters/images/image-cleaner.ts';
import { createLogoMaker } from './adapters/images/logo-maker.ts';
import { deriveKeys } from './adapters/keys.ts';
import { type Carrier, createCarrier } from './adapters/mail/carrier.ts';
import { createOutbox } from './adapters/mail/outbox.ts';
import { createPdfRenderer } from './adapters/pdf/renderer.ts';
import { createReportPrinter } from './adapters/pdf/report-printer.ts';
import { createSheetPrinter } from './adapters/pdf/sheet-printer.ts';
import { loadQuestionnaires } from './adapters/questionnaire-files.ts';
import { type JobQueue, openQueue } from './adapters/queue.ts';
import { createSpreadsheets } from './adapters/spreadsheets.ts';
import { loadTemplates } from './adapters/templates.ts';
import { createVirusScanner } from './adapters/virus-scanner.ts';
import type { Config } from './config.ts';
import { createLogger, type Logger } from './logging.ts';
import { prepareDatabase } from './prepare-database.ts';
import type { Clock, Services } from './services.ts';

/** `queue` and `carrier` are the worker's side of `services.queue` and `services.mail`. */
export type Running = { services: Services; queue: JobQueue; carrier: Carrier; close(): Promise<void> };
/** `questionnaires`: those of the files, when they have been read already; checking them takes most of a start. */
type Options = { worker?: boolean; clock?: Clock; log?: Logger; questionnaires?: Services['questionnaires'] };

/** Builds everything features need of the outside world, the database migrated. Throws SetupError, leaving nothing open. */
export async function startServices(config: Config, options: Options = {}): Promise<Running> {
  const log = options.log ?? createLogger(config.logLevel);
  const postgres = config.databaseUrl ? undefined : await startEmbeddedPostgres(config.dataDir, log);
  try {
    const url = await prepareDatabase(config, config.databaseUrl ?? postgres?.url ?? '');
    const running = await assemble(config, url, { ...options, log });
    return { ...running, close: () => running.close().finally(() => postgres?.stop()) };
  } catch (error) {
    await postgres?.stop();
    throw error;
  }
}

/** Services on a database that is ready; `url` is the app role's address. */
export async function assemble(config: Config, url: string, options: Options & { log: Logger }): Promise<Running> {
  const { log, clock = { now: () => new Date() }, worker = true, questionnaires = loadQuestionnaires() } = options;
  const onError = (error: Error) => log.warn({ err: error }, 'database connection lost');
  const keys = deriveKeys(config.secret);
  const templates = loadTemplates();
  const queue = await openQueue({ url, worker, onError });
  const database = connect(url, { onError });
  const carrier = createCarrier(config);
  const pdf = createPdfRenderer({ browserPath: config.browserPath, onIncident: (text) => log.warn(text) });
  const mail = createOutbox({ templates, keys, queue, clock, carrier });
  const evidence = createEvidenceStore(join(config.dataDir, 'evidence'));
  const services = {
    config,
    clock,
    log,
    database,
    keys,
    templates,
    questionnaires,
    evidence,
    virusScanner: config.clamd ? createVirusScanner(config.clamd) : null,
    images: createImageCleaner(),
    logos: createLogoMaker(),
    pdf,
    reports: createReportPrinter(pdf),
    sheets: createSheetPrinter(pdf),
    spreadsheets: createSpreadsheets(),
    mail,
    queue,
  };
  return { services, queue, carrier, close };

  async function close(): Promise<void> {
    await queue.close();
    await Promise.all([pdf.close(), database.close()]);
    carrier.close();
  }
}
