// client_golang's promhttp with the workload of ../../workload.js: main <lines>
package main

import (
	"fmt"
	"math"
	"net"
	"net/http"
	"os"
	"strconv"
	"sync"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

const rounds = 4

var buckets = []float64{0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10}

type series struct {
	family int
	labels [3]string
}

type generator uint32

func (state *generator) next() float64 {
	*state = *state*1664525 + 1013904223
	return float64(*state) / (1 << 32)
}

func gaugeValues(count int, random *generator) []float64 {
	values := make([]float64, count)
	for i := range values {
		part := random.next()
		switch i % 4 {
		case 0:
			values[i] = math.Floor(part * 1e6)
		case 1:
			values[i] = math.Floor(part*1e5) / 100
		case 2:
			values[i] = part * 1000
		case 3:
			if part >= 0.5 {
				values[i] = 1
			}
		}
	}
	return values
}

func spread(count, families int, labelsOf func(int) [3]string) []series {
	var all []series
	for family := 0; family < families; family++ {
		length := count / families
		if family < count%families {
			length++
		}
		for i := 0; i < length; i++ {
			all = append(all, series{family, labelsOf(i)})
		}
	}
	return all
}

func gaugeLabels(i int) [3]string {
	return [3]string{fmt.Sprintf("db-%02d", i%20), fmt.Sprintf("host-%05d.example.com", i), strconv.Itoa(i % 16)}
}

func requestLabels(i int) [3]string {
	methods := [4]string{"GET", "POST", "PUT", "DELETE"}
	statuses := [4]string{"200", "204", "404", "500"}
	return [3]string{methods[i%4], fmt.Sprintf("/api/v1/resource/%d", i), statuses[i/4%4]}
}

type peer struct {
	mutex    sync.Mutex
	mode     string
	round    int
	rounds   [][]float64
	series   []series
	gauges   []*prometheus.GaugeVec
	children []prometheus.Gauge
}

// update does what the mode says; it comes at each scrape.
func (p *peer) update() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.mode == "unchanged" {
		return
	}
	p.round++
	values := p.rounds[p.round%rounds]
	if p.mode == "children" {
		for i, child := range p.children {
			child.Set(values[i])
		}
		return
	}
	for i := range p.series {
		one := &p.series[i]
		p.gauges[one.family].WithLabelValues(one.labels[0], one.labels[1], one.labels[2]).Set(values[i])
	}
}

func (p *peer) control(response http.ResponseWriter, request *http.Request) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.mode = request.URL.Query().Get("mode")
	fmt.Fprint(response, "null")
}

func newPeer(lines int, registry *prometheus.Registry) *peer {
	random := generator(1)
	p := &peer{mode: "unchanged"}
	for i := 0; i < 10; i++ {
		options := prometheus.GaugeOpts{Name: fmt.Sprintf("app_gauge_%02d", i), Help: "A gauge of the workload."}
		p.gauges = append(p.gauges, prometheus.NewGaugeVec(options, []string{"database", "host", "shard"}))
		registry.MustRegister(p.gauges[i])
	}
	p.series = spread(int(math.Round(float64(lines)*0.6)), 10, gaugeLabels)
	p.rounds = append(p.rounds, gaugeValues(len(p.series), &random))
	for i, one := range p.series {
		child := p.gauges[one.family].WithLabelValues(one.labels[:]...)
		child.Set(p.rounds[0][i])
		p.children = append(p.children, child)
	}
	addCounters(lines, registry, &random)
	addHistograms(lines, registry, &random)
	for len(p.rounds) < rounds {
		p.rounds = append(p.rounds, gaugeValues(len(p.series), &random))
	}
	return p
}

func addCounters(lines int, registry *prometheus.Registry, random *generator) {
	var counters []*prometheus.CounterVec
	for i := 0; i < 5; i++ {
		options := prometheus.CounterOpts{Name: fmt.Sprintf("app_counter_%02d_total", i), Help: "A counter of the workload."}
		counters = append(counters, prometheus.NewCounterVec(options, []string{"method", "path", "status"}))
		registry.MustRegister(counters[i])
	}
	for _, one := range spread(int(math.Round(float64(lines)*0.2)), 5, requestLabels) {
		counters[one.family].WithLabelValues(one.labels[:]...).Add(math.Floor(random.next() * 1e9))
	}
}

func addHistograms(lines int, registry *prometheus.Registry, random *generator) {
	var histograms []*prometheus.HistogramVec
	for i := 0; i < 2; i++ {
		options := prometheus.HistogramOpts{Name: fmt.Sprintf("app_histogram_%02d", i), Help: "A histogram of the workload.", Buckets: buckets}
		histograms = append(histograms, prometheus.NewHistogramVec(options, []string{"method", "path", "status"}))
		registry.MustRegister(histograms[i])
	}
	count := int(math.Max(1, math.Round(float64(lines)*0.2/float64(len(buckets)+3))))
	for _, one := range spread(count, 2, requestLabels) {
		histogram := histograms[one.family].WithLabelValues(one.labels[:]...)
		for i := 0; i < 20; i++ {
			part := random.next()
			histogram.Observe(part * part * 11)
		}
	}
}

func main() {
	lines, err := strconv.Atoi(os.Args[1])
	if err != nil {
		panic(err)
	}
	registry := prometheus.NewRegistry()
	p := newPeer(lines, registry)
	metrics := promhttp.HandlerFor(registry, promhttp.HandlerOpts{})
	http.HandleFunc("/control", p.control)
	http.HandleFunc("/metrics", func(response http.ResponseWriter, request *http.Request) {
		p.update()
		metrics.ServeHTTP(response, request)
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Println("listening", listener.Addr().(*net.TCPAddr).Port)
	panic(http.Serve(listener, nil))
}
