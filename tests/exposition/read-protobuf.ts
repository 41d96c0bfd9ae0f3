import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import protobuf from 'protobufjs';
import { formatCanonicalNumber } from '../../src/exposition/number.js';
import type { ReadExemplar, ReadFamily, ReadSample } from './reading.js';

const schema = protobuf.parse(readFileSync(join(__dirname, '../fixtures/client-model.proto'), 'utf8')).root;

/** The message that protobufjs knows from the schema. */
export const familyMessage = schema.lookupType('io.prometheus.client.MetricFamily');

interface Timestamp {
  readonly seconds: string;
  readonly nanos: number;
}

interface LabelPair {
  readonly name: string;
  readonly value: string;
}

interface Exemplar {
  readonly label: readonly LabelPair[];
  readonly value: number;
  readonly timestamp: Timestamp;
}

interface Metric {
  readonly label: readonly LabelPair[];
  readonly gauge?: { readonly value: number };
  readonly untyped?: { readonly value: number };
  readonly counter?: { readonly value: number; readonly exemplar?: Exemplar; readonly createdTimestamp?: Timestamp };
  readonly histogram?: {
    readonly sampleCount: string;
    readonly sampleSum: number;
    readonly bucket: readonly { readonly cumulativeCount: string; readonly upperBound: number; readonly exemplar?: Exemplar }[];
    readonly createdTimestamp?: Timestamp;
  };
  readonly summary?: {
    readonly sampleCount: string;
    readonly sampleSum: number;
    readonly quantile: readonly { readonly quantile: number; readonly value: number }[];
    readonly createdTimestamp?: Timestamp;
  };
}

interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly unit?: string;
  readonly metric: readonly Metric[];
}

/** Reads messages by the public schema; whole numbers are texts, since they may have 64 bits. */
export function readMessages(bytes: Buffer): readonly Family[] {
  const reader = protobuf.Reader.create(bytes);
  const families: Family[] = [];
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const message = familyMessage.decodeDelimited(reader);
    // What the schema does not know would be lost here, and numbers longer than they need to be would become shorter.
    const { length } = familyMessage.encodeDelimited(message).finish();
    if (length !== reader.pos - start) throw new Error(`${reader.pos - start} bytes, of which ${length} are of the schema`);
    families.push(familyMessage.toObject(message, { longs: String, enums: String, arrays: true }) as Family);
  }
  return families;
}

/** Reads protobuf as Prometheus does: as the samples that the same families have in text. */
export function readProtobuf(bytes: Buffer): readonly ReadFamily[] {
  return readMessages(bytes).map(({ name, help, type, unit, metric }) => ({
    name,
    type: type.toLowerCase(),
    help,
    ...(unit !== undefined && { unit }),
    samples: metric.flatMap((one) => samplesOf(name, one, type)),
  }));
}

/** The field that each type uses. */
const fields: Readonly<Record<string, keyof Metric>> = {
  COUNTER: 'counter',
  GAUGE: 'gauge',
  SUMMARY: 'summary',
  UNTYPED: 'untyped',
  HISTOGRAM: 'histogram',
};

function samplesOf(name: string, metric: Metric, type: string): readonly ReadSample[] {
  const { label, gauge, untyped, counter, histogram, summary } = metric;
  const used = Object.keys(metric).filter((key) => key !== 'label');
  if (used.length !== 1 || used[0] !== fields[type]) throw new Error(`${name}: has ${used.join()} and is ${type}`);
  const labels = labelsOf(label);
  const created = (head: string, at: Timestamp | undefined): readonly ReadSample[] =>
    at ? [{ name: `${head}_created`, labels, value: secondsOf(at) }] : [];
  const plain = gauge ?? untyped;
  if (plain) return [{ name, labels, value: plain.value }];
  if (counter) {
    const sample = { name, labels, value: counter.value, ...exemplarOf(counter.exemplar) };
    return [sample, ...created(name.replace(/_total$/, ''), counter.createdTimestamp)];
  }
  const { sampleCount, sampleSum, createdTimestamp } = histogram ?? summary ?? { sampleCount: '', sampleSum: NaN };
  const points: readonly ReadSample[] = histogram
    ? histogram.bucket.map(({ cumulativeCount, upperBound, exemplar }) => ({
        name: `${name}_bucket`,
        labels: { ...labels, le: formatCanonicalNumber(upperBound) },
        value: Number(cumulativeCount),
        ...exemplarOf(exemplar),
      }))
    : (summary?.quantile ?? []).map(({ quantile, value }) => ({
        name,
        labels: { ...labels, quantile: formatCanonicalNumber(quantile) },
        value,
      }));
  return [
    ...points,
    { name: `${name}_sum`, labels, value: sampleSum },
    { name: `${name}_count`, labels, value: Number(sampleCount) },
    ...created(name, createdTimestamp),
  ];
}

function exemplarOf(exemplar: Exemplar | undefined): { readonly exemplar?: ReadExemplar } {
  if (exemplar === undefined) return {};
  const { label, value, timestamp } = exemplar;
  return { exemplar: { labels: labelsOf(label), value, timestamp: secondsOf(timestamp) } };
}

function labelsOf(pairs: readonly LabelPair[]): Readonly<Record<string, string>> {
  const labels = Object.fromEntries(pairs.map(({ name, value }) => [name, value]));
  if (Object.keys(labels).length < pairs.length) throw new Error('a label stands twice');
  return labels;
}

function secondsOf({ seconds, nanos }: Timestamp): number {
  return Number(seconds) + nanos / 1e9;
}
