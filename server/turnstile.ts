/** Lets so many pass at a time; the others wait in the order they came. */
export type Turnstile = {
  pass<T>(work: () => Promise<T>): Promise<T>;
  /** Turns those who wait and whoever comes later away with `reason`. */
  close(reason: Error): void;
};

export function createTurnstile(places: number): Turnstile {
  const waiting: { enter(): void; refuse(reason: Error): void }[] = [];
  let free = places;
  let closed: Error | null = null;

  function enter(): Promise<void> {
    if (closed) return Promise.reject(closed);
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
    close(reason) {
      closed = reason;
      for (const one of waiting.splice(0)) one.refuse(reason);
    },
  };
}
