package page

import "sync"

// lastGood keeps the latest picture of each template and event, which is shown while
// the text has a mistake.
type lastGood struct {
	mu       sync.Mutex
	pictures map[string]*drawing
}

// mostPictures bounds how many are kept.
const mostPictures = 500

func (l *lastGood) get(key string) *drawing {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.pictures[key]
}

func (l *lastGood) put(key string, p *drawing) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.pictures == nil || len(l.pictures) >= mostPictures {
		l.pictures = map[string]*drawing{}
	}
	l.pictures[key] = p
}
