export { parseMetrics } from './parse-metrics.js';
export type { ParsedExemplar, ParsedFamily, ParsedSample, ParsedType } from './parsed-family.js';
export { startTestExporter, type TestExporter, type TestExporterOptions, type TestScrapeRequest } from './test-exporter.js';
export type { TestScrape } from './test-scrape.js';
