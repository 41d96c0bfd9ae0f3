import { ScrapePlaces } from '../../src/web/scrape-places.js';

const choice = (name: string) => ({ collect: [name] });

test('each choice takes a place of its own, until there is none', () => {
  const places = new ScrapePlaces(2);
  const seats = [places.enter(choice('a')), places.enter(choice('b'))];
  expect(seats).not.toContain(undefined);
  expect(places.enter(choice('c'))).toBeUndefined();
  seats[0]?.leave();
  expect(places.enter(choice('c'))).toBeDefined();
});

test('scrapes of one choice whose calls are under way have one place together', () => {
  const places = new ScrapePlaces(1);
  const seats = [places.enter({ collect: ['a', 'b'] }), places.enter({ collect: ['b', 'a'] })];
  expect(seats).not.toContain(undefined);
  expect(places.enter({ exclude: ['a', 'b'] })).toBeUndefined();
  seats[0]?.leave();
  expect(places.enter(choice('c'))).toBeUndefined();
  seats[1]?.leave();
  expect(places.enter(choice('c'))).toBeDefined();
});

test('what is only sent still is joined by nobody', () => {
  const places = new ScrapePlaces(2);
  const first = places.enter({});
  first?.collected();
  const second = places.enter({});
  expect(second).toBeDefined();
  second?.collected();
  expect(places.enter({})).toBeUndefined();
  first?.leave();
  expect(places.enter({})).toBeDefined();
});

test('a place is given back once', () => {
  const places = new ScrapePlaces(1);
  const seat = places.enter({});
  seat?.leave();
  seat?.leave();
  seat?.collected();
  expect(places.enter(choice('a'))).toBeDefined();
  expect(places.enter(choice('b'))).toBeUndefined();
});

test('0 is any number', () => {
  const places = new ScrapePlaces(0);
  expect(Array.from({ length: 100 }, (_, index) => places.enter(choice(String(index))))).not.toContain(undefined);
});
