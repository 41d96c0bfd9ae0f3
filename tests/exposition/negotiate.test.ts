import fc from 'fast-check';
import { encoders } from '../../src/exposition/encoders.js';
import { negotiate } from '../../src/exposition/negotiate.js';

const om = 'application/openmetrics-text';
const protobuf = 'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited';

/* Who or what asks, for what, and whether the answer is OpenMetrics. */
const text = false;
const openMetrics = true;

test.each<[name: string, accept: string | undefined, isOpenMetrics: boolean]>([
  // Prometheus
  ['Prometheus 1', `${protobuf};q=0.7,text/plain;version=0.0.4;q=0.3,*/*;q=0.1`, text],
  ['Prometheus 2.0 to 2.4', 'text/plain;version=0.0.4;q=1,*/*;q=0.1', text],
  ['Prometheus 2.5 to 2.30', `${om}; version=0.0.1,text/plain;version=0.0.4;q=0.5,*/*;q=0.1`, text],
  ['Prometheus 2.31', `${om};version=1.0.0,${om};version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1`, openMetrics],
  ['Prometheus 2.45', `${om};version=1.0.0,${om};version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1`, openMetrics],
  [
    'Prometheus 2.45 with native histograms',
    `${protobuf},${om};version=1.0.0;q=0.8,${om};version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1`,
    openMetrics,
  ],
  ['Prometheus 2.48, whose wildcard has a q of 2', `${om};version=1.0.0;q=0.5,${om};version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=2`, text],
  ['Prometheus 2.49.1 to 2.55', `${om};version=1.0.0;q=0.5,${om};version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2`, openMetrics],
  [
    'Prometheus 2.55 with native histograms',
    `${protobuf};q=0.6,${om};version=1.0.0;q=0.5,${om};version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2`,
    openMetrics,
  ],
  [
    'Prometheus 3.0 to 3.3',
    `${om};version=1.0.0;escaping=allow-utf-8;q=0.5,${om};version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1`,
    openMetrics,
  ],
  [
    'Prometheus 3.4 and later',
    `${om};version=1.0.0;escaping=allow-utf-8;q=0.6,${om};version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2`,
    openMetrics,
  ],
  [
    'Prometheus 3.4 with native histograms',
    `${protobuf};escaping=allow-utf-8;q=0.7,${om};version=1.0.0;escaping=allow-utf-8;q=0.6,${om};version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2`,
    openMetrics,
  ],
  ['Prometheus 3 told to ask for text 1.0.0', 'text/plain;version=1.0.0;escaping=allow-utf-8;q=0.6,text/plain;version=0.0.4;q=0.5,*/*;q=0.2', text],
  ['Prometheus 3 told to ask for text 0.0.4', 'text/plain;version=0.0.4;q=0.6,*/*;q=0.2', text],
  ['Prometheus told to ask for OpenMetrics 0.0.1', `${om};version=0.0.1;q=0.6,*/*;q=0.2`, text],
  // Collectors
  ['the OpenTelemetry collector', `${om};version=1.0.0,${om};version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1`, openMetrics],
  ['VictoriaMetrics and netdata', 'text/plain;version=0.0.4;q=1,*/*;q=0.1', text],
  ['Datadog before 7.46', 'text/plain', text],
  ['Datadog from 7.46', `${om};version=1.0.0,${om};version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1`, openMetrics],
  ['prom2json', `${protobuf};q=0.7,text/plain;version=0.0.4;q=0.3`, text],
  ['Telegraf', `${protobuf};q=0.7,text/plain;version=0.0.4;q=0.3,*/*;q=0.1`, text],
  ['a whole Content-Type as header', `${om}; version=1.0.0; charset=utf-8`, openMetrics],
  // Others
  ['no header', undefined, text],
  ['an empty header', '', text],
  ['only blanks', '  ', text],
  ['curl', '*/*', text],
  ['Chrome', 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7', text],
  ['Firefox', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', text],
  ['Java', 'text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2', text],
  ['axios', 'application/json, text/plain, */*', text],
  ['JSON only', 'application/json', text],
  ['HTML only', 'text/html', text],
  // What is asked for
  ['any text', 'text/*', text],
  ['text of any version', 'text/plain', text],
  ['text of a version that there is not', 'text/plain;version=0.0.5', text],
  ['OpenMetrics of any version', om, openMetrics],
  ['OpenMetrics of this version', `${om};version=1.0.0`, openMetrics],
  ['OpenMetrics of an unknown version', `${om};version=2.0.0`, text],
  ['OpenMetrics of a version that is nearly ours', `${om};version=1.0`, text],
  ['OpenMetrics as protobuf', 'application/openmetrics-protobuf;version=1.0.0', text],
  ['any application format, which is nobody asking for OpenMetrics', 'application/*', text],
  ['any application format, but also OpenMetrics', `application/*, ${om};q=0.1`, openMetrics],
  ['any format, rather than OpenMetrics', `${om};q=0.5, */*`, text],
  ['any format of any version', '*/*;version=1.0.0', text],
  ['other parameters', `${om};charset=utf-8;foo=bar`, openMetrics],
  ['an unknown escaping', `${om};version=1.0.0;escaping=backwards`, openMetrics],
  // Rank
  ['the higher q first', `text/plain;q=0.5, ${om};q=0.6`, openMetrics],
  ['the higher q last', `${om};q=0.5, text/plain;q=0.6`, text],
  ['no q, which is 1', `${om};q=0.9, text/plain`, text],
  ['three digits', `text/plain;q=0.999, ${om};q=1.000`, openMetrics],
  ['a q above 1, which is 1, before another 1', `${om};q=2, text/plain`, openMetrics],
  ['a q above 1, which is 1, behind another 1', `text/plain;q=1, ${om};q=5`, text],
  ['the same q in order', `text/plain, ${om}`, text],
  ['the same q in the other order', `${om}, text/plain`, openMetrics],
  ['the same q, a version against none', `text/plain, ${om};version=1.0.0`, openMetrics],
  ['the same q, a version against two parameters', `${om};version=1.0.0, text/plain;version=0.0.4;charset=utf-8`, text],
  ['the same q, a type against a wildcard', `*/*, ${om}`, openMetrics],
  ['the same q, a type against half a wildcard', `text/*;version=0.0.4, ${om}`, openMetrics],
  ['what is not offered, then the rest', `application/json, text/plain;version=1.0.0;q=0.9, ${om};q=0.1`, openMetrics],
  // Refusal
  ['OpenMetrics refused', `${om};q=0, */*`, text],
  ['OpenMetrics refused with decimals', `${om};q=0.000`, text],
  ['OpenMetrics refused by a q below 0', `${om};q=-1`, text],
  ['this version refused', `${om}, ${om};version=1.0.0;q=0`, text],
  ['all versions but this refused', `${om};q=0, ${om};version=1.0.0;q=0.1`, openMetrics],
  ['another version refused', `${om}, ${om};version=0.0.1;q=0`, openMetrics],
  ['all else refused', `${om}, */*;q=0`, openMetrics],
  ['asked for and refused alike', `${om}, ${om};q=0`, text],
  ['text refused, so that the wildcard is not text', `text/plain;q=0, */*, ${om};q=0.1`, openMetrics],
  ['all text refused, so that the wildcard is not text', `text/*;q=0, */*;q=0.9, ${om};q=0.1`, openMetrics],
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
  ['empty clauses and parameters', `,, ${om};;version=1.0.0; ,`, openMetrics],
  // What cannot be read
  ['a q that is no number', `${om};q=high, text/plain;q=0.1`, text],
  ['a q in hexadecimal', `${om};q=0x1`, text],
  ['a q with an exponent', `${om};q=1e0`, text],
  ['an empty q', `${om};q=`, text],
  ['a parameter without a value', `${om};version`, text],
  ['a parameter without a name', `${om};=1.0.0`, text],
  ['words behind the parameters', `${om};version=1.0.0 please`, text],
  ['words behind the type', `${om} please`, text],
  ['a type alone', 'application', text],
  ['half a type', 'application/, /openmetrics-text', text],
  ['a wildcard where none may be', `*/openmetrics-text, application/openmetrics-*, ***`, text],
  ['nonsense before something readable', `;;;/=", ${om}`, text],
  ['nonsense, then something readable', `@@@, (x), ${om}`, openMetrics],
  ['a quote that does not end', `${om};q=0.5, text/html;note="a, ${om};q=0`, openMetrics],
  ['a quote that does not end, in what would match', `${om};version="1.0.0`, text],
  ['a quote that ends in a backslash', `text/plain;note="\\`, text],
  ['a quote in the middle', `application/openmetrics"-text"`, text],
  ['only commas', ',,,', text],
])('%s', (_name, accept, isOpenMetrics) => {
  expect(negotiate(accept).mediaType).toBe(isOpenMetrics ? om : 'text/plain');
}); // prettier-ignore

test('whatever the header, there is an answer', () => {
  const part = fc.constantFrom('text/plain', om, '*/*', ';', ',', '"', '\\', 'q=', '0', '1', '.', 'version=', '1.0.0', ' ', '=', '/', '\n');
  fc.assert(fc.property(fc.array(part).map((parts) => parts.join('')), (accept) => encoders.includes(negotiate(accept)))); // prettier-ignore
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (accept) => encoders.includes(negotiate(accept))));
});

test('a q that is written as a quality decides between the two', () => {
  const quality = fc.integer({ min: 1, max: 1000 });
  fc.assert(
    fc.property(quality, quality, (forText, forOpenMetrics) => {
      const accept = `text/plain;q=${(forText / 1000).toFixed(3)},${om};q=${(forOpenMetrics / 1000).toFixed(3)}`;
      expect(negotiate(accept).mediaType).toBe(forOpenMetrics > forText ? om : 'text/plain');
    }),
  );
});
