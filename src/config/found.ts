/** A value with the place that it comes from. */
export interface Found {
  readonly value: unknown;
  /** Undefined for a default. */
  readonly where: string | undefined;
}
