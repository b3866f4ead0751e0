import type { Machine } from './machine.js';

/** One run of one thing. */
export interface Run {
  readonly perSecond: number;
  /** pgbench's figure of the same turn. */
  readonly pgbench: number;
  readonly ratio: number;
}

/** What one thing came to: medians over the runs; `ratio` is the median of the ratios. Times in milliseconds. */
export interface Outcome {
  readonly what: string;
  readonly reach: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly ratio: number;
  readonly runs: readonly Run[];
}

/** What is written down. */
export interface Reading {
  readonly at: string;
  readonly edition: string | null;
  readonly machine: Machine;
  readonly postgres: string;
  readonly pgbench: { readonly version: string; readonly perSecond: number };
  readonly clients: number;
  readonly seconds: number;
  /** How many processes answered. */
  readonly processes: number;
  readonly runs: number;
  readonly load: { readonly before: number; readonly after: number };
  readonly outcomes: readonly Outcome[];
}
