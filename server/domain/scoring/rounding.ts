/** Binary fractions make 82.25 a hair less than it is; this much is forgiven before rounding. */
const NOISE = 1e-9;

/** Rounds half up to one decimal place, as scores and percentages are printed and compared. */
export function roundToTenth(value: number): number {
  return Math.floor(value * 10 + 0.5 + NOISE) / 10;
}

export function percent(part: number, whole: number): number {
  return roundToTenth((part / whole) * 100);
}
