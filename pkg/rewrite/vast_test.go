package rewrite

import (
	"errors"
	"testing"

	"github.com/hooktool/hooktool/internal/vast"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// TestVast checks that repairs of very long or entangled templates stay within the
// budget of steps, and that a refusal gives a reason. It tries a sample, or all of them
// with HOOKTOOL_TEST_LONG=1.
func TestVast(t *testing.T) {
	t.Parallel()
	const most = maxAnalysed + 1_500_000 // the last round may exceed it
	for _, tt := range vast.Some(t, 60) {
		t.Run(tt.Name, func(t *testing.T) {
			t.Parallel()
			f := newFixer(t.Context(), event.KindAlert, tt.Text, Options{})
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
