/** What the process that makes pictures anew says: its exit code, and in front of the picture one byte about the original. */
export const exits = { broken: 3, tooLarge: 4 } as const;
export const LOCATION_REMOVED = 1;
export const NO_LOCATION = 0;
