import { Gauge } from './gauge.js';

/** A value of a type that the source does not tell; its spec says so. */
export class Unknown extends Gauge {}
