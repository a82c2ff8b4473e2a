/** What the processes that look at pictures say: their exit code, and in front of a picture made anew one byte about the original. */
export const exits = { broken: 3, tooLarge: 4, tooSmall: 5 } as const;
export const LOCATION_REMOVED = 1;
export const NO_LOCATION = 0;
