import { FamilyMemory } from '../../src/exposition/family-memory.js';
import type { ShownFamily } from '../../src/exposition/show-families.js';
import type { MetricFamily } from '../../src/model/metric-family.js';

const family = (): MetricFamily => ({ type: 'gauge', name: 'x', help: '', unit: undefined, blocks: [] });
const show = (one: MetricFamily, onlyPart?: number): ShownFamily => ({ family: one, name: one.name, sampleNames: [one.name], onlyPart });
const pieces = [Buffer.from('x 1\n')];

function turn(memory: FamilyMemory, times: number): void {
  for (let i = 0; i < times; i++) memory.turn();
}

test('the pieces of a family are known until it changes', () => {
  const memory = new FamilyMemory();
  const one = family();
  memory.set(show(one), pieces);
  expect(memory.get(show(one))).toBe(pieces);
  expect(memory.get(show(family()))).toBeUndefined();
});

test('a family that loses its type, or gets it back, is told anew', () => {
  const memory = new FamilyMemory();
  const one = family();
  memory.set(show(one), pieces);
  expect(memory.get(show(one, 0))).toBeUndefined();
});

test('a family that some bodies leave out is still known', () => {
  const memory = new FamilyMemory();
  const one = family();
  memory.set(show(one), pieces);
  turn(memory, 64);
  expect(memory.get(show(one))).toBe(pieces);
  turn(memory, 64);
  expect(memory.get(show(one))).toBe(pieces);
});

test('a family that was in no body for long is given up', () => {
  const memory = new FamilyMemory();
  const one = family();
  memory.set(show(one), pieces);
  turn(memory, 128);
  expect(memory.get(show(one))).toBeUndefined();
});
