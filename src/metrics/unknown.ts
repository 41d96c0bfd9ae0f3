import { Gauge } from './gauge.js';

/** A value of a type that the source does not tell. */
export class Unknown extends Gauge {
  protected override readonly familyType = 'unknown';
}
