import { type LabelPairs, parseLabels } from '../model/labels.js';
import type { Exemplar, MetricFamily, PointBlock, SeriesBlock } from '../model/metric-family.js';
import { escapeExemplarLabels } from './escape-labels.js';
import type { Escaping } from './escape-name.js';
import { walkSamples } from './sample.js';
import type { ShownFamily } from './show-families.js';
import { WireWriter } from './wire.js';

/** A block to be written, with the labels of its series as the format shows them. */
export interface MetricPage {
  readonly writer: WireWriter;
  readonly shown: ShownFamily;
  readonly block: SeriesBlock;
  readonly labels: readonly string[];
}

/** The number of `Metric` in its family. */
const metricField = 4;

/** Creates a function that writes the `Metric` messages of a block; it remembers the bytes of labels, which change least. */
export function createMetricWriter(escaping: Escaping): (page: MetricPage) => void {
  const known = new WeakMap<readonly string[], EncodedLabels>();
  return (page) => {
    if (page.shown.onlyPart !== undefined) return writePart(page);
    const { writer, shown, block, labels } = page;
    let encoded = known.get(labels);
    if (encoded === undefined) known.set(labels, (encoded = encodeLabels(labels.map(parseLabels))));
    const { bytes, edges } = encoded;
    const own = encodeLabels(ownLabels(shown));
    const writeValue = valueWriters[shown.family.type];
    const target = { writer, block, escaping };
    for (let row = 0; row < labels.length; row++) {
      for (let place = 0; place < own.edges.length - 1; place++) {
        const start = writer.begin(metricField);
        writer.fields(bytes, edges[row]!, edges[row + 1]!);
        writer.fields(own.bytes, own.edges[place]!, own.edges[place + 1]!);
        writeValue(target, row, place);
        writer.end(start);
      }
    }
  };
}

/** The labels that each series is shown with, one after the other: of an enum its states, of others none. */
function ownLabels({ family, sampleNames: [name = ''] }: ShownFamily): readonly LabelPairs[] {
  return family.type === 'enum' ? family.states.map((state) => [[name, state]]) : [[]];
}

/** Writes the samples that have one of a family's names, as of an unknown type. */
function writePart({ writer, shown, block, labels }: MetricPage): void {
  walkSamples(shown, block, labels, {
    visit(part, text, value) {
      if (part !== shown.onlyPart) return;
      const start = writer.begin(metricField);
      writeLabelPairs(writer, parseLabels(text));
      writeNumber(writer, 5, value);
      writer.end(start);
    },
  });
}

interface EncodedLabels {
  readonly bytes: Buffer;
  /** Where the labels of each series begin, and where the last ones end. */
  readonly edges: Uint32Array;
}

function encodeLabels(all: readonly LabelPairs[]): EncodedLabels {
  const writer = new WireWriter();
  const edges = new Uint32Array(all.length + 1);
  const bytes = writer.collect(() =>
    all.forEach((pairs, row) => {
      writeLabelPairs(writer, pairs);
      edges[row + 1] = writer.length;
    }),
  );
  return { bytes, edges };
}

function writeLabelPairs(writer: WireWriter, pairs: LabelPairs): void {
  for (const [name, value] of pairs) {
    const start = writer.begin(1);
    writer.text(1, name);
    writer.text(2, value);
    writer.end(start);
  }
}

interface Target {
  readonly writer: WireWriter;
  readonly block: SeriesBlock;
  readonly escaping: Escaping;
}

/** Writes the value of a row, shown with the own labels at a place. */
type WriteValue = (target: Target, row: number, place: number) => void;

const valueWriters: Readonly<Record<MetricFamily['type'], WriteValue>> = {
  gauge: writeGauge,
  info: writeGauge,
  unknown: ({ writer, block: { values } }, row) => writeNumber(writer, 5, values[row]!),
  enum: ({ writer, block: { values } }, row, place) => writeNumber(writer, 2, values[row] === place ? 1 : 0),
  counter: writeCounter,
  histogram: writeHistogram,
  summary: writeSummary,
};

function writeNumber(writer: WireWriter, field: number, value: number): void {
  const start = writer.begin(field);
  writer.double(1, value);
  writer.end(start);
}

function writeGauge({ writer, block: { values } }: Target, row: number): void {
  writeNumber(writer, 2, values[row]!);
}

function writeCounter(target: Target, row: number): void {
  const { writer, block } = target;
  const start = writer.begin(3);
  writer.double(1, block.values[row]!);
  writeExemplar(target, 2, row);
  writeTimestamp(writer, 3, block.created?.[row]);
  writer.end(start);
}

function writeHistogram(target: Target, row: number): void {
  const { writer, block } = target;
  const { points, values, created } = block as PointBlock;
  const first = row * (points.length + 2);
  const sum = first + points.length;
  const start = writer.begin(7);
  writer.integer(1, values[sum + 1]!);
  writer.double(2, values[sum]!);
  for (let place = 0; place < points.length; place++) writeBucket(target, points[place]!, first + place);
  writeBucket(target, Infinity, sum + 1);
  writeTimestamp(writer, 15, created?.[row]);
  writer.end(start);
}

function writeBucket(target: Target, bound: number, place: number): void {
  const { writer, block } = target;
  const start = writer.begin(3);
  writer.integer(1, block.values[place]!);
  writer.double(2, bound);
  writeExemplar(target, 3, place);
  writer.end(start);
}

function writeSummary({ writer, block }: Target, row: number): void {
  const { points, values, created } = block as PointBlock;
  const first = row * (points.length + 2);
  const sum = first + points.length;
  const start = writer.begin(4);
  writer.integer(1, values[sum + 1]!);
  writer.double(2, values[sum]!);
  for (let place = 0; place < points.length; place++) {
    const quantile = writer.begin(3);
    writer.double(1, points[place]!);
    writer.double(2, values[first + place]!);
    writer.end(quantile);
  }
  writeTimestamp(writer, 4, created?.[row]);
  writer.end(start);
}

function writeExemplar({ writer, block, escaping }: Target, field: number, place: number): void {
  const exemplar: Exemplar | undefined = block.exemplars?.get(place);
  if (exemplar === undefined) return;
  const start = writer.begin(field);
  writeLabelPairs(writer, parseLabels(escapeExemplarLabels(exemplar.labels, escaping)));
  writer.double(2, exemplar.value);
  writeTimestamp(writer, 3, exemplar.timestamp);
  writer.end(start);
}

/** Leaves out what is no time. */
function writeTimestamp(writer: WireWriter, field: number, seconds = NaN): void {
  if (!(seconds >= 0 && seconds <= Number.MAX_SAFE_INTEGER)) return;
  // Doubles of our days tell microseconds, and no more.
  const microseconds = Math.round((seconds % 1) * 1e6);
  const start = writer.begin(field);
  writer.integer(1, Math.floor(seconds) + Math.floor(microseconds / 1e6));
  writer.integer(2, (microseconds % 1e6) * 1000);
  writer.end(start);
}
