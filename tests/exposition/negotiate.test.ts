import fc from 'fast-check';
import type { Escaping } from '../../src/exposition/escape-name.js';
import type { Format } from '../../src/exposition/format.js';
import { negotiate } from '../../src/exposition/negotiate.js';

const om = 'application/openmetrics-text';
const protobuf = 'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited';

/* What the answers say of themselves. */
const text = 'text/plain; version=0.0.4; charset=utf-8';
const text1 = (escaping: Escaping): string => `text/plain; version=1.0.0; charset=utf-8; escaping=${escaping}`;
const openMetrics0 = 'application/openmetrics-text; version=0.0.1; charset=utf-8';
const openMetricsIn = (escaping: Escaping): string => `application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=${escaping}`;
const openMetrics = openMetricsIn('underscores');
const protobufIn = (escaping: Escaping): string =>
  `application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited; escaping=${escaping}`;
const proto = protobufIn('underscores');

const everyEscaping: readonly Escaping[] = ['allow-utf-8', 'underscores', 'dots', 'values'];
const classicEscapings: readonly Escaping[] = ['underscores', 'dots', 'values'];
const formats: readonly Format[] = [
  { mediaType: 'text/plain', parameters: { version: '0.0.4' }, escapings: classicEscapings, contentType: () => text },
  { mediaType: 'text/plain', parameters: { version: '1.0.0' }, escapings: everyEscaping, contentType: text1 },
  { mediaType: om, parameters: { version: '1.0.0' }, escapings: everyEscaping, contentType: openMetricsIn },
  { mediaType: om, parameters: { version: '0.0.1' }, escapings: classicEscapings, contentType: () => openMetrics0 },
  {
    mediaType: 'application/vnd.google.protobuf',
    parameters: { proto: 'io.prometheus.client.MetricFamily', encoding: 'delimited' },
    escapings: everyEscaping,
    contentType: protobufIn,
  },
].map((format) => ({ ...format, createEncoder: () => ({ encode: () => [] }) }));

function contentTypeFor(accept: string | undefined): string {
  const { format, escaping } = negotiate(accept, formats);
  return format.contentType(escaping);
}

test.each<[name: string, accept: string | undefined, contentType: string]>([
  // Prometheus 0 and 1
  [
    'Prometheus before 1.0, with JSON and a quoted parameter',
    `${protobuf};q=0.7,text/plain;version=0.0.4;q=0.3,application/json;schema="prometheus/telemetry";version=0.0.2;q=0.2,*/*;q=0.1`,
    proto,
  ],
  ['Prometheus 1', `${protobuf};q=0.7,text/plain;version=0.0.4;q=0.3,*/*;q=0.1`, proto],
  // Prometheus 2
  ['Prometheus 2.0 to 2.4', 'text/plain;version=0.0.4;q=1,*/*;q=0.1', text],
  ['Prometheus 2.5 to 2.30', `${om}; version=0.0.1,text/plain;version=0.0.4;q=0.5,*/*;q=0.1`, openMetrics0],
  ['Prometheus 2.31', `${om};version=1.0.0,${om};version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1`, openMetrics],
  ['Prometheus 2.45', `${om};version=1.0.0,${om};version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1`, openMetrics],
  [
    'Prometheus 2.40 to 2.47 with native histograms',
    `${protobuf},${om};version=1.0.0;q=0.8,${om};version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1`,
    proto,
  ],
  [
    'Prometheus 2.48, whose wildcard has a q of 2',
    `${om};version=1.0.0;q=0.5,${om};version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=2`,
    text,
  ],
  [
    'Prometheus 2.48 with native histograms, whose wildcard has a q of 1',
    `${protobuf};q=0.5,${om};version=1.0.0;q=0.4,${om};version=0.0.1;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=1`,
    text,
  ],
  [
    'Prometheus 2.49.1 to 2.55',
    `${om};version=1.0.0;q=0.5,${om};version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2`,
    openMetrics,
  ],
  [
    'Prometheus 2.49.1 to 2.55 with native histograms',
    `${protobuf};q=0.5,${om};version=1.0.0;q=0.4,${om};version=0.0.1;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1`,
    proto,
  ],
  ['Prometheus 2.55 told to ask for OpenMetrics 0.0.1', `${om};version=0.0.1;q=0.5,*/*;q=0.4`, openMetrics0],
  ['Prometheus 2.55 told to ask for text', 'text/plain;version=0.0.4;q=0.5,*/*;q=0.4', text],
  ['Prometheus 2.55 told to ask for text, then OpenMetrics', `text/plain;version=0.0.4;q=0.5,${om};version=1.0.0;q=0.4,*/*;q=0.3`, text],
  ['Prometheus 2.55 told to ask for text, then protobuf', `text/plain;version=0.0.4;q=0.5,${protobuf};q=0.4,*/*;q=0.3`, text],
  // Prometheus 3
  [
    'Prometheus 3.0 to 3.3, which names an escaping in every clause',
    `${om};version=1.0.0;escaping=allow-utf-8;q=0.6,${om};version=0.0.1;escaping=allow-utf-8;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;escaping=allow-utf-8;q=0.3,*/*;q=0.2`,
    openMetricsIn('allow-utf-8'),
  ],
  [
    'Prometheus 3.0 to 3.3 with native histograms',
    `${protobuf};escaping=allow-utf-8;q=0.6,${om};version=1.0.0;escaping=allow-utf-8;q=0.5,${om};version=0.0.1;escaping=allow-utf-8;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;escaping=allow-utf-8;q=0.2,*/*;q=0.1`,
    protobufIn('allow-utf-8'),
  ],
  [
    'Prometheus 3.0 to 3.3 with classic names',
    `${om};version=1.0.0;q=0.6,${om};version=0.0.1;q=0.5,text/plain;version=1.0.0;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2`,
    openMetrics,
  ],
  ['Prometheus 3.0 to 3.3 told to ask for OpenMetrics 0.0.1', `${om};version=0.0.1;escaping=allow-utf-8;q=0.6,*/*;q=0.5`, openMetrics0],
  ['Prometheus 3.0 to 3.3 told to ask for text 0.0.4', 'text/plain;version=0.0.4;escaping=allow-utf-8;q=0.6,*/*;q=0.5', text],
  [
    'Prometheus 3.4 and later',
    `${om};version=1.0.0;escaping=allow-utf-8;q=0.6,${om};version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2`,
    openMetricsIn('allow-utf-8'),
  ],
  [
    'Prometheus 3.4 with native histograms, which names no escaping for protobuf',
    `${protobuf};q=0.6,${om};version=1.0.0;escaping=allow-utf-8;q=0.5,${om};version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1`,
    proto,
  ],
  [
    'Prometheus 3.4 with classic names',
    `${om};version=1.0.0;escaping=underscores;q=0.6,${om};version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=underscores;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2`,
    openMetrics,
  ],
  [
    'Prometheus 3.4 told to escape with dots',
    `${om};version=1.0.0;escaping=dots;q=0.6,${om};version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=dots;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2`,
    openMetricsIn('dots'),
  ],
  [
    'Prometheus 3.4 told to escape with values',
    `${om};version=1.0.0;escaping=values;q=0.6,${om};version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=values;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2`,
    openMetricsIn('values'),
  ],
  [
    'Prometheus 3.4 told to escape with dots, with native histograms',
    `${protobuf};q=0.6,${om};version=1.0.0;escaping=dots;q=0.5,${om};version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=dots;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1`,
    proto,
  ],
  ['Prometheus 3.4 told to ask for protobuf alone', `${protobuf};q=0.6,*/*;q=0.5`, proto],
  [
    'Prometheus 3.4 told to ask for OpenMetrics alone',
    `${om};version=1.0.0;escaping=allow-utf-8;q=0.6,*/*;q=0.5`,
    openMetricsIn('allow-utf-8'),
  ],
  ['Prometheus 3.4 told to ask for OpenMetrics 0.0.1', `${om};version=0.0.1;q=0.6,*/*;q=0.5`, openMetrics0],
  [
    'Prometheus 3.4 told to ask for text 1.0.0',
    'text/plain;version=1.0.0;escaping=allow-utf-8;q=0.6,text/plain;version=0.0.4;q=0.5,*/*;q=0.4',
    text1('allow-utf-8'),
  ],
  [
    'Prometheus 3.4 told to ask for text 1.0.0 with classic names',
    'text/plain;version=1.0.0;escaping=underscores;q=0.6,*/*;q=0.5',
    text1('underscores'),
  ],
  ['Prometheus 3.4 told to ask for text 0.0.4', 'text/plain;version=0.0.4;q=0.6,*/*;q=0.5', text],
  ['Prometheus 3.4 told to ask for text 0.0.4, then protobuf', `text/plain;version=0.0.4;q=0.6,${protobuf};q=0.5,*/*;q=0.4`, text],
  // Collectors
  ['Grafana Agent', `${om};version=1.0.0,${om};version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1`, openMetrics],
  ['Grafana Alloy 1.0', `${om};version=1.0.0;q=0.5,${om};version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2`, openMetrics],
  [
    'Grafana Alloy on Prometheus 3',
    `${om};version=1.0.0;escaping=underscores;q=0.6,${om};version=0.0.1;q=0.5,text/plain;version=0.0.4;q=0.4,*/*;q=0.3`,
    openMetrics,
  ],
  [
    'Grafana Alloy with native histograms',
    `${protobuf};q=0.6,${om};version=1.0.0;escaping=underscores;q=0.5,${om};version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2`,
    proto,
  ],
  ['the OpenTelemetry collector', `${om};version=1.0.0,${om};version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1`, openMetrics],
  [
    'the OpenTelemetry collector on Prometheus 3',
    `${om};version=1.0.0;escaping=allow-utf-8;q=0.6,${om};version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2`,
    openMetricsIn('allow-utf-8'),
  ],
  ['VictoriaMetrics and vmagent', 'text/plain;version=0.0.4;q=1,*/*;q=0.1', text],
  ['netdata', 'text/plain;version=0.0.4;q=1,*/*;q=0.1', text],
  ['Datadog before 7.46', 'text/plain', text],
  ['Datadog from 7.46', `${om};version=1.0.0,${om};version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1`, openMetrics],
  ['Datadog told to use the latest specification', `${om};version=1.0.0,${om};version=0.0.1`, openMetrics],
  ['Telegraf', `${protobuf};q=0.7,text/plain;version=0.0.4;q=0.3,*/*;q=0.1`, proto],
  ['prom2json', `${protobuf};q=0.7,text/plain;version=0.0.4;q=0.3`, proto],
  // Clients that know nothing of metrics
  ['no header, as Go and Java send it', undefined, text],
  ['an empty header', '', text],
  ['only blanks', '  ', text],
  ['curl, wget, Python, Ruby and the fetch of Node', '*/*', text],
  ['axios', 'application/json, text/plain, */*', text],
  ['HTTPie with a body', 'application/json, */*;q=0.5', text],
  ['the older client of Java', 'text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2', text],
  [
    'Chrome',
    'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7',
    text,
  ],
  ['Firefox', 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/png,image/svg+xml,*/*;q=0.8', text],
  ['Safari', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', text],
  ['Internet Explorer', 'text/html, application/xhtml+xml, image/jxr, */*', text],
  ['an image in a page', 'image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8', text],
  ['JSON only', 'application/json', text],
  ['HTML only', 'text/html', text],
  ['an event stream', 'text/event-stream', text],
  // The answers of all formats, sent back as a header
  ['a Content-Type of text 0.0.4', text, text],
  ['a Content-Type of text 1.0.0', text1('values'), text1('values')],
  ['a Content-Type of OpenMetrics 1.0.0', openMetricsIn('dots'), openMetricsIn('dots')],
  ['a Content-Type of OpenMetrics 0.0.1', openMetrics0, openMetrics0],
  ['a Content-Type of protobuf', protobufIn('allow-utf-8'), protobufIn('allow-utf-8')],
  ['a Content-Type of OpenMetrics without an escaping', `${om}; version=1.0.0; charset=utf-8`, openMetrics],
  // What is asked for
  ['any text', 'text/*', text],
  ['text of any version', 'text/plain', text],
  ['text of any version in UTF-8', 'text/plain; charset=utf-8', text],
  ['text of version 1.0.0', 'text/plain;version=1.0.0', text1('underscores')],
  ['text of a version that there is not', 'text/plain;version=0.0.5', text],
  ['text of a version that there is not, rather than OpenMetrics', `text/plain;version=2.0.0, ${om};q=0.5`, openMetrics],
  ['OpenMetrics of any version', om, openMetrics],
  ['OpenMetrics of this version', `${om};version=1.0.0`, openMetrics],
  ['OpenMetrics of the older version', `${om};version=0.0.1`, openMetrics0],
  ['OpenMetrics of an unknown version', `${om};version=2.0.0`, text],
  ['OpenMetrics of a version that is nearly ours', `${om};version=1.0`, text],
  ['OpenMetrics of an empty version', `${om};version=""`, text],
  ['OpenMetrics as protobuf', 'application/openmetrics-protobuf;version=1.0.0', text],
  ['any application format, which is nobody asking for OpenMetrics', 'application/*', text],
  ['any application format, but also OpenMetrics', `application/*, ${om};q=0.1`, openMetrics],
  ['any application format with the parameters of protobuf', protobuf.replace('vnd.google.protobuf', '*'), text],
  ['any format with the parameters of protobuf', protobuf.replace('application/vnd.google.protobuf', '*/*'), text],
  ['any format, rather than OpenMetrics', `${om};q=0.5, */*`, text],
  ['any format, rather than protobuf', `${protobuf};q=0.5, */*`, text],
  ['any format of any version', '*/*;version=1.0.0', text],
  ['any format with an escaping', '*/*;escaping=allow-utf-8', text],
  ['other parameters', `${om};charset=utf-8;foo=bar`, openMetrics],
  // Protobuf
  ['protobuf', protobuf, proto],
  [
    'protobuf with its parameters in another order',
    'application/vnd.google.protobuf;encoding=delimited;proto=io.prometheus.client.MetricFamily',
    proto,
  ],
  [
    'protobuf with quoted parameters',
    'application/vnd.google.protobuf; proto="io.prometheus.client.MetricFamily"; encoding="delimited"',
    proto,
  ],
  ['protobuf in capitals', protobuf.toUpperCase(), proto],
  ['protobuf with other parameters', `${protobuf};charset=utf-8;version=7`, proto],
  ['protobuf of nobody knows what', 'application/vnd.google.protobuf', text],
  ['protobuf without an encoding', 'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily', text],
  ['protobuf without a message', 'application/vnd.google.protobuf;encoding=delimited', text],
  ['protobuf of another message', 'application/vnd.google.protobuf;proto=io.prometheus.client.MetricSet;encoding=delimited', text],
  ['protobuf as text', 'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=text', text],
  ['protobuf as compact text', 'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=compact-text', text],
  ['protobuf as text, then delimited', `${protobuf.replace('delimited', 'text')};q=0.5, ${protobuf};q=0.4`, proto],
  ['protobuf under another name', protobuf.replace('vnd.google.protobuf', 'x-protobuf'), text],
  // Escaping
  ['an escaping with dots', `${om};version=1.0.0;escaping=dots`, openMetricsIn('dots')],
  ['an escaping in quotes', `${om};version=1.0.0;escaping="values"`, openMetricsIn('values')],
  ['an escaping whose name is in capitals', `${om};version=1.0.0;ESCAPING=dots`, openMetricsIn('dots')],
  ['an escaping that is itself in capitals, which is another one', `${om};version=1.0.0;escaping=DOTS`, openMetrics],
  ['an escaping without a version', `${om};escaping=allow-utf-8`, openMetricsIn('allow-utf-8')],
  ['an escaping without a version, for text', 'text/plain;escaping=allow-utf-8', text],
  ['an escaping behind the q', `${om};version=1.0.0;q=0.5;escaping=allow-utf-8`, openMetricsIn('allow-utf-8')],
  ['an unknown escaping', `${om};version=1.0.0;escaping=backwards`, openMetrics],
  ['an empty escaping', `${om};version=1.0.0;escaping=""`, openMetrics],
  ['an escaping of a method of all objects', `${om};version=1.0.0;escaping=toString`, openMetrics],
  ['an escaping twice, of which the first counts', `${om};version=1.0.0;escaping=dots;escaping=values`, openMetricsIn('dots')],
  ['an escaping in another clause', `${om};version=1.0.0, text/plain;version=1.0.0;escaping=dots;q=0.5`, openMetrics],
  ['an escaping in a clause that does not match', `${om};version=2.0.0;escaping=dots, ${om};version=1.0.0;q=0.5`, openMetrics],
  [
    'two escapings, of which the higher q counts',
    `${om};version=1.0.0;escaping=dots;q=0.4,${om};version=1.0.0;escaping=values;q=0.5`,
    openMetricsIn('values'),
  ],
  // Rank
  ['the higher q first', `text/plain;q=0.5, ${om};q=0.6`, openMetrics],
  ['the higher q last', `${om};q=0.5, text/plain;q=0.6`, text],
  ['no q, which is 1', `${om};q=0.9, text/plain`, text],
  ['three digits', `text/plain;q=0.999, ${om};q=1.000`, openMetrics],
  ['more digits than there may be', `text/plain;q=0.12345678, ${om};q=0.12345679`, openMetrics],
  ['a q above 1, which is 1, before another 1', `${om};q=2, text/plain`, openMetrics],
  ['a q above 1, which is 1, behind another 1', `text/plain;q=1, ${om};q=5`, text],
  ['the same q in order', `text/plain, ${om}`, text],
  ['the same q in the other order', `${om}, text/plain`, openMetrics],
  ['the same q, two versions in order', `${om};version=0.0.1, ${om};version=1.0.0`, openMetrics0],
  ['the same q, a version against none', `text/plain, ${om};version=1.0.0`, openMetrics],
  ['the same q, a version against two parameters', `${om};version=1.0.0, text/plain;version=0.0.4;charset=utf-8`, text],
  ['the same q, a type against a wildcard', `*/*, ${om}`, openMetrics],
  ['the same q, a type against half a wildcard', `text/*;version=0.0.4, ${om}`, openMetrics],
  ['what is not offered, then the rest', `application/json, text/plain;version=3.0.0;q=0.9, ${om};q=0.1`, openMetrics],
  // Refusal
  ['OpenMetrics refused', `${om};q=0, */*`, text],
  ['OpenMetrics refused with decimals', `${om};q=0.000`, text],
  ['OpenMetrics refused by a q below 0', `${om};q=-1`, text],
  ['this version refused', `${om}, ${om};version=1.0.0;q=0`, text],
  ['this version refused, but not the other one', `${om}, ${om};version=1.0.0;q=0, ${om};version=0.0.1;q=0.1`, openMetrics0],
  ['all versions but this refused', `${om};q=0, ${om};version=1.0.0;q=0.1`, openMetrics],
  ['another version refused', `${om}, ${om};version=0.0.1;q=0`, openMetrics],
  ['all else refused', `${om}, */*;q=0`, openMetrics],
  ['all else refused, for protobuf', `*/*;q=0, ${protobuf};q=0.1`, proto],
  ['asked for and refused alike', `${om}, ${om};q=0`, text],
  ['protobuf asked for and refused alike', `${protobuf}, ${protobuf};q=0, ${om};q=0.5`, openMetrics],
  ['text refused, so that the wildcard is not text', `text/plain;q=0, */*, ${om};q=0.1`, openMetrics],
  ['all text refused, so that the wildcard is not text', `text/*;q=0, */*;q=0.9, ${om};q=0.1`, openMetrics],
  ['two refusals, of which the more specific one counts', `${om}, */*;q=0, ${om};version=1.0.0;q=0`, text],
  ['all refused', '*/*;q=0', text],
  ['text refused and nothing else asked for', 'text/plain;q=0', text],
  // Spelling
  ['capitals', `APPLICATION/OpenMetrics-Text;VERSION=1.0.0;Q=0.9, text/plain;q=0.8`, openMetrics],
  ['many blanks', `  text/plain ;\tq = 0.5 ,  ${om} ; version = 1.0.0 ; q=1.0  `, openMetrics],
  ['a quoted version', `${om};version="1.0.0"`, openMetrics],
  ['a quoted version with a needless backslash', `${om};version="1\\.0.0"`, openMetrics],
  ['a quoted version that is not ours', `${om};version="1.0.0 "`, text],
  ['a quoted q', `text/plain;q="0.5", ${om};q="0.6"`, openMetrics],
  ['a comma within quotes', `text/plain;note="a, ${om}";q=0.5`, text],
  ['a semicolon and an escaped quote within quotes', `${om};note="a;q=0;\\",";version=1.0.0, text/plain;q=0.5`, openMetrics],
  ['an empty quoted parameter', `${om};note=""`, openMetrics],
  ['a parameter twice, of which the first counts', `${om};version=1.0.0;version=0.0.1`, openMetrics],
  ['a q twice, of which the first counts', `${om};q=0.1;q=1, text/plain;q=0.5`, text],
  ['a q without its first digit', `text/plain;q=.1, ${om};q=.2`, openMetrics],
  ['a q without its last digit', `text/plain;q=0.5, ${om};q=1.`, openMetrics],
  ['a q with a sign', `text/plain;q=+0.5, ${om};q=+0.6`, openMetrics],
  ['empty clauses and parameters', `,, ${om};;version=1.0.0; ,`, openMetrics],
  // What cannot be read
  ['a q that is no number', `${om};q=high, text/plain;q=0.1`, text],
  ['a q in hexadecimal', `${om};q=0x1`, text],
  ['a q with an exponent', `${om};q=1e0`, text],
  ['a q of a dot', `${om};q=.`, text],
  ['a q with two dots', `${om};q=0.5.1`, text],
  ['an empty q', `${om};q=`, text],
  ['a parameter without a value', `${om};version`, text],
  ['a parameter without a name', `${om};=1.0.0`, text],
  ['words behind the parameters', `${om};version=1.0.0 please`, text],
  ['words behind the type', `${om} please`, text],
  ['a semicolon for a comma', `text/html;q=0.5;${om}`, text],
  ['a type alone', 'application', text],
  ['half a type', 'application/, /openmetrics-text', text],
  ['a type with two slashes', 'application/openmetrics-text/1.0.0', text],
  ['a slash for the wildcard', `${om};version=1.0.0;escaping=dots;q=0.5,text/plain;version=0.0.4;q=0.2,/;q=0.1`, openMetricsIn('dots')],
  ['a wildcard where none may be', `*/openmetrics-text, application/openmetrics-*, ***, *`, text],
  ['nonsense before something readable', `;;;/=", ${om}`, text],
  ['nonsense, then something readable', `@@@, (x), ${om}`, openMetrics],
  ['a quote that does not end', `${om};q=0.5, text/html;note="a, ${om};q=0`, openMetrics],
  ['a quote that does not end, in what would match', `${om};version="1.0.0`, text],
  ['a quote that ends in a backslash', `text/plain;note="\\`, text],
  ['a quote in the middle', `application/openmetrics"-text"`, text],
  ['only commas', ',,,', text],
  ['the name of the header too', `Accept: ${om}`, text],
  ['a line break', `text/plain;q=0.5,\r\n ${om}`, openMetrics],
])('%s', (_name, accept, contentType) => {
  expect(contentTypeFor(accept)).toBe(contentType);
});

test.each<[name: string, accept: string | undefined, escaping: Escaping]>([
  ['text 0.0.4 that may escape with dots', 'text/plain;version=0.0.4;escaping=dots', 'dots'],
  ['text of any version that may escape with values', 'text/plain;escaping=values', 'values'],
  ['text 0.0.4 that may escape nothing', 'text/plain;version=0.0.4;escaping=allow-utf-8', 'underscores'],
  ['OpenMetrics 0.0.1 that may escape with dots', `${om};version=0.0.1;escaping=dots`, 'dots'],
  ['OpenMetrics 0.0.1 that may escape nothing', `${om};version=0.0.1;escaping=allow-utf-8`, 'underscores'],
  ['any text that may escape with dots', 'text/*;escaping=dots', 'underscores'],
  ['anything that may escape with dots', '*/*;escaping=dots', 'underscores'],
  ['what is not offered, escaped with dots', 'text/plain;version=9;escaping=dots', 'underscores'],
  ['a refusal with dots', 'text/plain;version=0.0.4;escaping=dots;q=0', 'underscores'],
  ['nothing', undefined, 'underscores'],
])('%s: the escaping of a format that does not tell it', (_name, accept, escaping) => {
  expect(negotiate(accept, formats).escaping).toBe(escaping);
});

test('the first format is the answer to a wildcard and to nothing, whichever it is', () => {
  const reversed = [...formats].reverse();
  expect(negotiate('*/*', reversed.slice(1)).format.contentType('underscores')).toBe(openMetrics0);
  expect(negotiate(undefined, reversed).format.contentType('underscores')).toBe(proto);
});

test('without formats there is no answer', () => {
  expect(() => negotiate('*/*', [])).toThrow(new RangeError('formats: is empty. Offer one at least.'));
});

test('whatever the header, there is an answer that its format can write', () => {
  const parts = [
    'text/plain',
    om,
    protobuf,
    '*/*',
    ';',
    ',',
    '"',
    '\\',
    'q=',
    '0',
    '1',
    '.',
    'version=',
    '1.0.0',
    'escaping=',
    'dots',
    ' ',
    '=',
    '/',
  ];
  const isAnswered = (accept: string): boolean => {
    const { format, escaping } = negotiate(accept, formats);
    return formats.includes(format) && format.escapings.includes(escaping);
  };
  fc.assert(fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 40 }), (some) => isAnswered(some.join(''))));
  fc.assert(fc.property(fc.string({ unit: 'binary' }), isAnswered));
});

test('a q that is written as a quality decides between the two', () => {
  const quality = fc.integer({ min: 1, max: 1000 });
  fc.assert(
    fc.property(quality, quality, (forText, forOpenMetrics) => {
      const accept = `text/plain;q=${(forText / 1000).toFixed(3)},${om};q=${(forOpenMetrics / 1000).toFixed(3)}`;
      expect(contentTypeFor(accept)).toBe(forOpenMetrics > forText ? openMetrics : text);
    }),
  );
});

test('nobody gets OpenMetrics or protobuf without its name in the header', () => {
  const clause = fc.constantFrom(
    'text/plain',
    'text/plain;version=1.0.0',
    'text/*',
    'application/*',
    '*/*',
    'application/json',
    'text/html',
  );
  const weight = fc.constantFrom('', ';q=0', ';q=0.5', ';q=1', ';escaping=dots');
  fc.assert(
    fc.property(fc.array(fc.tuple(clause, weight)), (clauses) => {
      const { mediaType } = negotiate(clauses.map((parts) => parts.join('')).join(','), formats).format;
      expect(mediaType).toBe('text/plain');
    }),
  );
});

/** 100 kB of it. */
function flood(part: string): string {
  return part.repeat(Math.ceil(100_000 / part.length));
}

// What takes quadratic time would take these tests past their limit.
test.each<[name: string, accept: string, contentType: string]>([
  ['commas', `${flood(',')}${om}`, openMetrics],
  ['blanks', `${flood(' ')},${om}`, openMetrics],
  ['blanks before the type', `${flood(' ')}${om}`, openMetrics],
  ['blanks before a parameter', `${om};${flood(' ')}version=1.0.0`, openMetrics],
  ['blanks before what is no parameter', `text/plain;${flood(' ')}@, ${om}`, openMetrics],
  ['blanks around an equals sign', `${om};version${flood(' ')}=${flood(' ')}1.0.0`, openMetrics],
  ['semicolons', `text/plain;q=0.5${flood(';')},${om}`, openMetrics],
  ['semicolons and blanks before what is no parameter', `text/plain${flood('; ')}@,${om}`, openMetrics],
  ['parameters', `${om}${flood(';a=b')};version=1.0.0`, openMetrics],
  ['a parameter with a long name', `${om};${flood('a')}=b`, openMetrics],
  ['a parameter with a long name and no value', `text/plain;${flood('a')},${om}`, openMetrics],
  ['a parameter with a long value', `${om};a=${flood('b')}`, openMetrics],
  ['a parameter with a long quoted value', `${om};a="${flood('b,;')}"`, openMetrics],
  ['a parameter with many backslashes', `${om};a="${flood('\\\\')}"`, openMetrics],
  ['a quote that does not end', `${om}, text/plain;a="${flood('b')}`, openMetrics],
  ['a quote of escaped quotes that does not end', `${om}, text/plain;a="${flood('\\"')}`, openMetrics],
  ['quotes', `text/plain;a=${flood('"')},${om}`, openMetrics],
  ['equals signs', `text/plain;${flood('=')},${om}`, openMetrics],
  ['digits in a q', `text/plain;q=0.5, ${om};q=0.6${flood('1')}`, openMetrics],
  ['digits in a q, then a letter', `text/plain;q=1${flood('1')}x, ${om}`, openMetrics],
  ['digits in a q, then two dots', `text/plain;q=${flood('1')}..${flood('1')}, ${om}`, openMetrics],
  ['a long type', `${flood('a')}, ${om}`, openMetrics],
  ['slashes', `${flood('/')}, ${om}`, openMetrics],
  ['types', `${flood('a/b,')}${om}`, openMetrics],
  ['stars', `${flood('*')}, ${om}`, openMetrics],
  ['wildcards', `${flood('*/*,')}${om}`, openMetrics],
  ['the same refusal', `${flood(`${om};q=0,`)}${om}`, text],
  ['wishes that are refused, and refusals of something else', `${flood(`${om},`)}${flood('text/x;q=0,')}${om};q=0`, text],
  ['nothing readable', flood('@";\\'), text],
])('a header of 100 kB of %s has its answer', (_name, accept, contentType) => {
  expect(contentTypeFor(accept)).toBe(contentType);
});
