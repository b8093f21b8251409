package rewrite

import (
	"errors"
	"testing"

	"github.com/hooktool/hooktool/internal/vast"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// TestVast holds repairs of whatever is long or entangled to the budget of steps, and
// wants a reason where there is none. It tries some of them, and all with
// HOOKTOOL_TEST_LONG=1.
func TestVast(t *testing.T) {
	t.Parallel()
	const most = maxAnalysed + 3_000_000 // the last round can take more
	for _, tt := range vast.Some(29) {
		t.Run(tt.Name, func(t *testing.T) {
			t.Parallel()
			f := &fixer{ctx: t.Context(), kind: event.KindAlert, given: tt.Text, text: tt.Text}
			err := f.correct()
			if err == nil {
				_, err = f.repair()
			}
			t.Logf("%d bytes, %d steps: %.100v", len(tt.Text), f.steps, err)
			if f.steps > most {
				t.Errorf("%d steps, want at most %d", f.steps, most)
			}
			var noRepair *Error
			var noTemplate *webhook.TemplateError
			if err != nil && !errors.As(err, &noRepair) && !errors.As(err, &noTemplate) {
				t.Error(err)
			}
		})
	}
}
