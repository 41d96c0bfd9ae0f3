import type { Encoder } from './encoder.js';
import { openMetricsEncoder } from './open-metrics.js';
import { textEncoder } from './text.js';

/** All formats offered. Who names a media type without a version gets the first one of that type. */
export const encoders: readonly Encoder[] = [textEncoder, openMetricsEncoder];

/** What everybody can read: the answer where nothing, anything, or nothing of ours is asked for. */
export const defaultEncoder: Encoder = textEncoder;
