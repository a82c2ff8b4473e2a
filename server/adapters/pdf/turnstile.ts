import { AppError } from '../../errors.ts';

/** Lets so many pass at a time; the others wait in the order they came. */
export type Turnstile = { pass<T>(work: () => Promise<T>): Promise<T>; close(): void };

export function createTurnstile(places: number): Turnstile {
  const waiting: { enter(): void; refuse(error: AppError): void }[] = [];
  let free = places;
  let open = true;

  function enter(): Promise<void> {
    if (!open) return Promise.reject(closed());
    if (free > 0) {
      free -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => waiting.push({ enter: resolve, refuse: reject }));
  }

  function leave(): void {
    const next = waiting.shift();
    if (next) next.enter();
    else free += 1;
  }

  return {
    async pass(work) {
      await enter();
      try {
        return await work();
      } finally {
        leave();
      }
    },
    close() {
      open = false;
      for (const one of waiting.splice(0)) one.refuse(closed());
    },
  };
}

function closed(): AppError {
  return new AppError(503, 'pdf_closed', {
    ja: 'サーバーを停止しているため、PDFを作成できません。再起動後にもう一度お試しください。',
    en: 'The server is stopping, so the PDF cannot be made. Try again after it has restarted.',
  });
}
