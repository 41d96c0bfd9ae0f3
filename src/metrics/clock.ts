/** Starts a clock; the function that it returns tells the seconds since then to the receiver, and returns them. */
export function startClock(receive: (seconds: number) => void): () => number {
  const start = performance.now();
  return () => {
    const seconds = (performance.now() - start) / 1_000;
    receive(seconds);
    return seconds;
  };
}
