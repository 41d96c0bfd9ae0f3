import type { Format } from './format.js';
import { openMetrics001, openMetrics100 } from './open-metrics.js';
import { protobuf } from './protobuf.js';
import { text004, text100 } from './text.js';

/**
 * All formats offered. The first one is what everybody can read; the first one of a media type is meant by who names no
 * version.
 */
export const formats: readonly Format[] = [text004, text100, openMetrics100, openMetrics001, protobuf];
