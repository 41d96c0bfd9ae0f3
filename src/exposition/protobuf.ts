import type { MetricFamily, SeriesBlock } from '../model/metric-family.js';
import { withoutSuffix } from '../model/name.js';
import { createFamilyEncoder } from './encode-families.js';
import { createLabelEscape } from './escape-labels.js';
import { escapings, type Escaping } from './escape-name.js';
import { canHoldTotals } from './fit.js';
import type { Encoder, Format } from './format.js';
import { createMetricWriter } from './metric-message.js';
import { PartMemory } from './part-memory.js';
import { createFamilyShow, type FamilyRules, type ShownFamily } from './show-families.js';
import { WireWriter } from './wire.js';

/** Prometheus' `MetricFamily` messages, each behind its length. */
export const protobuf: Format = {
  mediaType: 'application/vnd.google.protobuf',
  parameters: { proto: 'io.prometheus.client.MetricFamily', encoding: 'delimited' },
  escapings,
  contentType: (escaping) =>
    `application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited; escaping=${escaping}`,
  createEncoder: createProtobufEncoder,
};

const rules: FamilyRules = {
  headName: (name) => name,
  reservedNames: () => [],
  // Counts are whole numbers here.
  canHold: ({ type }, block) => canHoldTotals(type, block, { allowNegative: true }),
};

/** The numbers of `MetricType`. It knows neither info nor state sets. */
const types: Readonly<Record<MetricFamily['type'], number>> = {
  counter: 0,
  gauge: 1,
  summary: 2,
  unknown: 3,
  histogram: 4,
  info: 1,
  enum: 1,
};

/** Where a consumer may pause. */
const pause = Buffer.alloc(0);

function createProtobufEncoder(escaping: Escaping): Encoder {
  const escapeLabels = createLabelEscape(escaping);
  const pages = new PartMemory<Buffer>();
  const writer = new WireWriter();
  const writeMetrics = createMetricWriter(escaping);

  function pageOf(shown: ShownFamily, block: SeriesBlock): Buffer {
    let page = pages.get(block, shown.onlyPart);
    if (page === undefined) {
      page = writer.collect(() => writeMetrics({ writer, shown, block, labels: escapeLabels(block) }));
      pages.set(block, shown.onlyPart, page);
    }
    return page;
  }

  return createFamilyEncoder({
    show: createFamilyShow(rules, escaping),
    *encode(shown) {
      const made: Buffer[] = [];
      let length = 0;
      for (const block of shown.family.blocks as readonly SeriesBlock[]) {
        const page = pageOf(shown, block);
        made.push(page);
        length += page.length;
        // What stands first, the length, is known last.
        yield pause;
      }
      yield encodeHead(writer, shown, length);
      yield* made;
    },
  });
}

/** The length of the message and all of it but its metrics. */
function encodeHead(writer: WireWriter, { family, name, onlyPart }: ShownFamily, metricsLength: number): Buffer {
  const isWhole = onlyPart === undefined;
  const fields = writer.collect(() => {
    writer.text(1, name);
    writer.text(2, family.help);
    writer.integer(3, types[isWhole ? family.type : 'unknown']);
    if (isWhole && endsInUnit(name, family)) writer.text(5, family.unit);
  });
  return writer.collect(() => {
    writer.varint(fields.length + metricsLength);
    writer.fields(fields, 0, fields.length);
  });
}

/** Prometheus loses the whole scrape to a unit that the name does not end in. */
function endsInUnit(name: string, family: MetricFamily): family is MetricFamily & { readonly unit: string } {
  const { type, unit } = family;
  return unit !== undefined && (type === 'counter' ? withoutSuffix(name, 'total') : name).endsWith(`_${unit}`);
}
