// Command plainrender is the minimal program that hooktool's speed is compared with:
// encoding/json and text/template, one incident after another, from a file or standard
// input. See docs/performance.md.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"log"
	"os"
	"strings"
	"text/template"
)

type incident struct {
	Status      string
	Application application
	Reports     []struct{ Name, Check, Message string }
	URL         string
}

type application struct{ ClusterId, Namespace, Kind, Name string }

// UnmarshalText reads cluster:namespace:Kind:name.
func (a *application) UnmarshalText(text []byte) error {
	parts := strings.SplitN(string(text), ":", 4)
	if len(parts) < 4 {
		return errors.New("an application has four parts")
	}
	*a = application{parts[0], parts[1], parts[2], parts[3]}
	return nil
}

func main() {
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	tmpl := template.Must(template.New("incidentTemplate").Parse(string(text)))
	in := os.Stdin
	if len(os.Args) > 2 {
		if in, err = os.Open(os.Args[2]); err != nil {
			log.Fatal(err)
		}
	}
	events := json.NewDecoder(bufio.NewReaderSize(in, 64<<10))
	out := bufio.NewWriterSize(os.Stdout, 64<<10)
	defer out.Flush()
	for {
		var ev incident
		if err := events.Decode(&ev); err == io.EOF {
			return
		} else if err != nil {
			log.Fatal(err)
		}
		if err := tmpl.Execute(out, ev); err != nil {
			log.Fatal(err)
		}
		out.WriteByte('\n')
	}
}
