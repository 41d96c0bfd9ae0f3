"""aiohttp and prometheus_client, the original's stack, with the workload of ../workload.js: python.py <lines>"""

import asyncio
import math
import os
import sys

os.environ["PROMETHEUS_DISABLE_CREATED_SERIES"] = "True"

from aiohttp import web  # noqa: E402
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest  # noqa: E402

ROUNDS = 4
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
METHODS = ("GET", "POST", "PUT", "DELETE")
STATUSES = ("200", "204", "404", "500")
VALUE_KINDS = (
    lambda part: float(math.floor(part * 1e6)),
    lambda part: math.floor(part * 1e5) / 100,
    lambda part: part * 1000,
    lambda part: 0.0 if part < 0.5 else 1.0,
)


def create_generator():
    """Numbers from 0 to below 1."""
    state = 1
    while True:
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        yield state / 2**32


def gauge_values(count, random):
    return [VALUE_KINDS[i % 4](next(random)) for i in range(count)]


def half_up(number):
    return math.floor(number + 0.5)


def spread(count, families, labels_of):
    for family in range(families):
        for i in range(count // families + (1 if family < count % families else 0)):
            yield family, labels_of(i)


def gauge_labels(i):
    return f"db-{i % 20:02d}", f"host-{i:05d}.example.com", str(i % 16)


def request_labels(i):
    return METHODS[i % 4], f"/api/v1/resource/{i}", STATUSES[i // 4 % 4]


class Peer:
    def __init__(self, lines):
        random = create_generator()
        self.registry = CollectorRegistry(auto_describe=False)
        self.mode = "unchanged"
        self.round = 0
        gauges = self.create(Gauge, "app_gauge_{:02d}", 10, ("database", "host", "shard"))
        self.series = [(gauges[family], labels) for family, labels in spread(half_up(lines * 0.6), 10, gauge_labels)]
        self.children = [gauge.labels(*labels) for gauge, labels in self.series]
        self.rounds = [gauge_values(len(self.series), random)]
        counters = self.create(Counter, "app_counter_{:02d}", 5, ("method", "path", "status"))
        for family, labels in spread(half_up(lines * 0.2), 5, request_labels):
            counters[family].labels(*labels).inc(math.floor(next(random) * 1e9))
        histograms = self.create(Histogram, "app_histogram_{:02d}", 2, ("method", "path", "status"), buckets=BUCKETS)
        count = max(1, half_up(lines * 0.2 / (len(BUCKETS) + 3)))
        for family, labels in spread(count, 2, request_labels):
            histogram = histograms[family].labels(*labels)
            for part in (next(random) for _ in range(20)):
                histogram.observe(part * part * 11)
        self.rounds += [gauge_values(len(self.series), random) for _ in range(ROUNDS - 1)]
        for child, value in zip(self.children, self.rounds[0]):
            child.set(value)

    def create(self, metric, name, count, labels, **more):
        help_text = f"A {metric.__name__.lower()} of the workload."
        return [metric(name.format(i), help_text, labels, registry=self.registry, **more) for i in range(count)]

    def update(self):
        if self.mode == "unchanged":
            return
        self.round += 1
        values = self.rounds[self.round % ROUNDS]
        if self.mode == "children":
            for child, value in zip(self.children, values):
                child.set(value)
        else:
            for (gauge, labels), value in zip(self.series, values):
                gauge.labels(*labels).set(value)

    async def metrics(self, request):
        self.update()
        response = web.Response(body=generate_latest(self.registry), headers={"Content-Type": CONTENT_TYPE_LATEST})
        # Compresses where the client accepts it, at zlib's default level; prometheus_client's own gzip takes level 9.
        response.enable_compression()
        return response

    async def control(self, request):
        self.mode = request.query["mode"]
        return web.json_response(None)


async def main():
    peer = Peer(int(sys.argv[1]))
    app = web.Application()
    app.add_routes([web.get("/metrics", peer.metrics), web.get("/control", peer.control)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print("listening", runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
