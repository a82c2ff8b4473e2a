/** Printed with every result. Raised whenever the same input may give another output. */
export const SCORER_VERSION = '1.0.0';
