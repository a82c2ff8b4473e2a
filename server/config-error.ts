/** A setting that cannot work; the message says, in both languages, what to write instead. */
export class ConfigError extends Error {}
