'use strict';
// Latency against exposition lines, both logarithmic, as SVG.
const { median } = require('./statistics.js');

const size = { width: 960, height: 480 };
const plot = { left: 64, right: 540, top: 56, bottom: 424 };
const labelGap = 18;
const font = 'font-family="system-ui, -apple-system, Segoe UI, Helvetica, Arial, sans-serif"';

/** Draws one line for each peer; those that answered without gzip are dashed. */
function renderChart({ peers, lines, results }) {
  const drawn = peers
    .map((peer) => ({ peer, dashed: !peer.hasGzip, points: pointsOf(peer, lines, results) }))
    .filter(({ points }) => points.length > 0);
  const times = drawn.flatMap(({ points }) => points.map(({ ms }) => ms));
  const x = createScale([Math.min(...lines), Math.max(...lines)], [plot.left + 12, plot.right - 12]);
  const y = createScale(decades(Math.min(...times), Math.max(...times)), [plot.bottom, plot.top]);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" ${font} font-size="13" role="img" aria-labelledby="title">`,
    `<title id="title">Latency of a scrape against its exposition lines</title>`,
    `<rect width="${size.width}" height="${size.height}" fill="#fff"/>`,
    `<text x="${plot.left}" y="28" font-size="16" font-weight="600" fill="#212529">One scrape, every gauge set: milliseconds (p50)</text>`,
    ...renderGrid(lines, x, y),
    ...drawn.flatMap((line) => renderLine(line, x, y)),
    ...renderLabels(drawn, y),
    `<text x="${(plot.left + plot.right) / 2}" y="${plot.bottom + 44}" text-anchor="middle" fill="#495057">exposition lines</text>`,
    '</svg>\n',
  ].join('\n');
}

function pointsOf(peer, lines, results) {
  return lines
    .map((count) => ({ count, ms: median(results.of(peer, count, 'children').times) }))
    .filter(({ ms }) => Number.isFinite(ms))
    .sort((a, b) => a.count - b.count);
}

const decades = (least, most) => [10 ** Math.floor(Math.log10(least)), 10 ** Math.ceil(Math.log10(most))];

function createScale([from, to], [start, end]) {
  const span = Math.log10(to) - Math.log10(from) || 1;
  const scale = (value) => Number((start + ((Math.log10(value) - Math.log10(from)) / span) * (end - start)).toFixed(1));
  return Object.assign(scale, { from, to });
}

function renderGrid(lines, x, y) {
  const grid = (x1, y1, x2, y2) => `<path d="M${x1} ${y1}L${x2} ${y2}" stroke="#e9ecef"/>`;
  const label = (left, top, anchor, text) => `<text x="${left}" y="${top}" text-anchor="${anchor}" fill="#495057">${text}</text>`;
  const rows = [];
  for (let ms = y.from; ms <= y.to * 1.001; ms *= 10)
    rows.push(grid(plot.left, y(ms), plot.right, y(ms)), label(plot.left - 8, y(ms) + 4, 'end', shown(ms)));
  const columns = lines.flatMap((count) => [
    grid(x(count), plot.top, x(count), plot.bottom),
    label(x(count), plot.bottom + 20, 'middle', shown(count)),
  ]);
  return [...rows, ...columns];
}

const shown = (value) => Number(value.toPrecision(3)).toLocaleString('en');

function renderLine({ peer, dashed, points }, x, y) {
  const path = points.map(({ count, ms }, i) => `${i === 0 ? 'M' : 'L'}${x(count)} ${y(ms)}`).join('');
  const stroke = `fill="none" stroke="${peer.colour}" stroke-width="${peer.name === 'expositor' ? 3.5 : 1.75}" stroke-linejoin="round"`;
  return [
    `<path d="${path}" ${stroke}${dashed ? ' stroke-dasharray="6 4"' : ''}/>`,
    ...points.map(
      ({ count, ms }) => `<circle cx="${x(count)}" cy="${y(ms)}" r="${peer.name === 'expositor' ? 4 : 3}" fill="${peer.colour}"/>`,
    ),
  ];
}

/** Each line is named at its end; names that would lie on one another are pushed apart around their middle. */
function renderLabels(drawn, y) {
  const labels = drawn.map(({ peer, dashed, points }) => ({ peer, dashed, end: y(points.at(-1).ms) })).sort((a, b) => a.end - b.end);
  const groups = [];
  for (const label of labels) {
    groups.push([label]);
    while (groups.length > 1 && bottomOf(groups.at(-2)) + labelGap > topOf(groups.at(-1))) groups.push(groups.splice(-2).flat());
  }
  for (const group of groups) for (const [i, label] of group.entries()) label.top = topOf(group) + i * labelGap;
  return labels.flatMap(({ peer, dashed, end, top }) => [
    `<path d="M${plot.right - 6} ${end}L${plot.right + 14} ${top}" stroke="${peer.colour}" opacity="0.5" fill="none"/>`,
    `<text x="${plot.right + 18}" y="${top + 4}" fill="${peer.colour}"${peer.name === 'expositor' ? ' font-weight="700"' : ''}>${peer.title}${dashed ? ', no gzip' : ''}</text>`,
  ]);
}

const topOf = (group) => group.reduce((total, { end }) => total + end, 0) / group.length - ((group.length - 1) * labelGap) / 2;
const bottomOf = (group) => topOf(group) + (group.length - 1) * labelGap;

module.exports = { renderChart };
