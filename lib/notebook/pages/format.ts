const wholeNumber = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const threeDigits = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 3 });

/**
 * Writes a duration for people: `0.4 s`, `12 s`, `3 min 05 s`, `2 h 05 min`.
 *
 * @param seconds not negative
 * @example
 * ```ts
 * import { formatDuration } from "./format.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(formatDuration(185), "3 min 05 s");
 * ```
 */
export function formatDuration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const rounded = Math.round(seconds);
  if (rounded < 60) return `${rounded} s`;
  const minutes = Math.floor(rounded / 60);
  if (minutes < 60) return `${minutes} min ${twoDigits(rounded % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

/** Writes a whole number with thousands apart: `59,427`. */
export function formatCount(value: number): string {
  return wholeNumber.format(value);
}

/**
 * Writes a speed with three significant digits: `1,230 instances/s`.
 *
 * @param unit what is counted, in the plural
 */
export function formatRate(perSecond: number, unit: string): string {
  return `${threeDigits.format(perSecond)} ${unit}/s`;
}

/** How far a piece of work has come. */
export interface ProgressState {
  title: string;
  /** What is counted, in the plural. */
  unit: string;
  done: number;
  total: number;
  /** Time since the start. */
  seconds: number;
  /** What else is worth knowing now, for example the loss. */
  note?: string;
}

/** Writes one line of progress: title, count, speed, time left and note. */
export function formatProgress({ title, unit, done, total, seconds, note }: ProgressState): string {
  const parts = [`${title}: ${formatCount(done)} of ${formatCount(total)} ${unit}`];
  if (done > 0 && seconds > 0) {
    parts.push(formatRate(done / seconds, unit));
    if (done < total) parts.push(`${formatDuration((seconds * (total - done)) / done)} left`);
  }
  if (note) parts.push(note);
  return parts.join(" · ");
}
