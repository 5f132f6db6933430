package load

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// TestAThousandClientsAtOnce connects all of them before any asks, and has each ask five times. A client is either answered or told
// to try again later, comes again, and in the end all are answered.
func TestAThousandClientsAtOnce(t *testing.T) {
	t.Parallel()
	p := layer2OverHTTP(t)
	before := p.descriptors()
	clients := make([]*web, size(200, 1_000))
	for i := range clients {
		clients[i] = newWeb(p.address, 1)
		response, err := clients[i].client.Get(strings.TrimSuffix(clients[i].url, "/mcp") + "/healthz")
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
	}
	var later atomic.Int64
	var asking sync.WaitGroup
	began := time.Now()
	for i, client := range clients {
		asking.Go(func() {
			defer client.close()
			for range 5 {
				if err := patiently(client, i+1, &later); err != nil {
					t.Error(err)
				}
			}
		})
	}
	asking.Wait()
	t.Logf("%d clients, %d answers in %.1f s; %d times try again later; %.0f MB at most",
		len(clients), 5*len(clients), time.Since(began).Seconds(), later.Load(), p.megabytes("VmHWM"))
	if most := p.megabytes("VmHWM"); most > 150 {
		t.Errorf("took %.0f MB", most)
	}
	p.letsGo(t, before)
	p.well(t)
	p.stop(t)
}

// patiently asks until it is answered, and waits as it is told.
func patiently(client *web, id int, later *atomic.Int64) error {
	for range 50 {
		reply, err := client.ask(id, normal)
		var refused *refusal
		switch {
		case errors.As(err, &refused) && refused.status == http.StatusServiceUnavailable:
			seconds, err := strconv.Atoi(refused.retryAfter)
			if err != nil {
				return fmt.Errorf("to try again later when? %w", err)
			}
			later.Add(1)
			time.Sleep(time.Duration(seconds) * time.Second)
		case err != nil:
			return err
		case !answered(reply, id, normally):
			return fmt.Errorf("answered %.300s", reply)
		default:
			return nil
		}
	}
	return errors.New("never answered")
}

// TestManyIntroductionsKeepNoMemory has clients of the older protocol introduce themselves and never say goodbye.
func TestManyIntroductionsKeepNoMemory(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"layer2", "echo", "official"} {
		t.Run(name, func(t *testing.T) {
			arguments := []string{"--answer", "testdata/empty.json"}
			if name == "layer2" {
				arguments = []string{"serve", "--log-level", "disabled"}
			}
			p := startHTTP(t, name, arguments...)
			client := newWeb(p.address, 16)
			defer client.close()
			introduce(t, client, size(300, 2_000))
			before := p.megabytes("VmRSS")
			introduce(t, client, size(2_000, 20_000))
			after := p.megabytes("VmRSS")
			t.Logf("%-8s resident %.1f MB, after %d more introductions %.1f MB", name, before, size(2_000, 20_000), after)
			if name != "layer2" {
				return // only printed
			}
			if after-before > 16 {
				t.Errorf("%.1f MB were kept", after-before)
			}
			p.well(t)
			p.stop(t)
		})
	}
}

func introduce(t *testing.T, client *web, times int) {
	t.Helper()
	header := http.Header{"Content-Type": {"application/json"}, "Accept": {"application/json, text/event-stream"}}
	many(t, times, func(int) {
		response, body, err := client.post(header, strings.NewReader(`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{`+
			`"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"load","version":"0"}}}`))
		if err != nil || response.StatusCode != http.StatusOK || !bytes.Contains(body, []byte(`"serverInfo":{`)) {
			t.Errorf("%v %s", err, body)
		}
	})
}

// TestLongMessagesDoNotFillTheMemory sends messages just below the limit, all at once. Some are answered, the others told to come
// again.
func TestLongMessagesDoNotFillTheMemory(t *testing.T) {
	t.Parallel()
	p := layer2OverHTTP(t)
	message := call(1, `{"capabilities":["service-mesh"],"facts":{"services":2,"`+strings.Repeat("x", 4_000_000)+`":1}}`)
	var answers, later atomic.Int64
	var asking sync.WaitGroup
	for range size(32, 256) {
		asking.Go(func() {
			client := newWeb(p.address, 1)
			defer client.close()
			response, body, err := client.post(headers(), bytes.NewReader(message))
			switch {
			case err != nil && strings.Contains(err.Error(), "broken pipe"), resets(err):
				later.Add(1) // told before the message was sent
			case err != nil:
				t.Error(err)
			case response.StatusCode == http.StatusServiceUnavailable && response.Header.Get("Retry-After") != "":
				later.Add(1)
			case response.StatusCode == http.StatusOK && bytes.Contains(body, []byte(`"isError":true`)) && len(body) < 4_000:
				answers.Add(1)
			default:
				t.Errorf("status %d: %.300s", response.StatusCode, body)
			}
		})
	}
	asking.Wait()
	most := p.megabytes("VmHWM")
	t.Logf("%d messages of 4 MB: %d answered, %d told to try again later; %.0f MB at most", size(32, 256), answers.Load(), later.Load(), most)
	if most > 400 || answers.Load() == 0 {
		t.Errorf("%d answered, with %.0f MB", answers.Load(), most)
	}
	p.well(t)
	p.stop(t)
}
