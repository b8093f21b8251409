// Package receiver is a stand-in for a destination: an HTTP server that, like the real
// one, accepts, refuses and answers what is posted to it, and records it.
//
//	r := receiver.New(receiver.Options{
//		Destination: catalog.ByName("telegram"),
//		Record:      func(rec receiver.Record) error { … },
//	})
//	server := httptest.NewServer(r)
//	http.Post(server.URL+r.Endpoint(), "application/json", body)
//
// How each destination answers is in its own folder, below pkg/destination.
package receiver
