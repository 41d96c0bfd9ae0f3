import { renderLandingPage } from '../../src/web/landing-page.js';

const site = { name: 'weather-exporter', version: '1.2.3', description: 'Weather of a city.', metricsPath: '/metrics' };

test('the page says what the exporter is and links to its metrics', () => {
  const page = renderLandingPage(site, 'metrics');
  expect(page).toMatch(/^<!DOCTYPE html>\n<html lang="en">/);
  expect(page).toContain('<title>weather-exporter</title>');
  expect(page).toContain('<h1>weather-exporter</h1>');
  expect(page).toContain('Weather of a city.');
  expect(page).toContain('Version 1.2.3');
  expect(page).toContain('<a href="metrics">Metrics</a>');
  expect(page).toContain('color-scheme: light dark');
});

test('every value is escaped', () => {
  const odd = `<script>alert("a' & b")</script>`;
  const page = renderLandingPage({ ...site, name: odd, version: odd, description: odd }, odd);
  const escaped = '&lt;script&gt;alert(&quot;a&#39; &amp; b&quot;)&lt;/script&gt;';
  expect(page.split(escaped)).toHaveLength(6);
  expect(page).not.toContain('<script');
});
