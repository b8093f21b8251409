package settings

import (
	"slices"
	"strings"
	"sync"

	"github.com/hooktool/hooktool/internal/project"
	"github.com/hooktool/hooktool/internal/words"
)

// Misspelt is an environment variable that has almost the name of a setting's.
type Misspelt struct{ Variable, Meant string }

// MisspeltVariables finds environment variables that are probably meant to be settings.
// A variable can have any purpose, so only names near that of a setting count, and those
// that used reports are left out.
func MisspeltVariables(environ []string, used func(name string) bool) []Misspelt {
	var found []Misspelt
	for _, pair := range environ {
		name, value, _ := strings.Cut(pair, "=")
		word, ours := strings.CutPrefix(name, envPrefix+"_")
		if !ours || word == "" || value == "" || slices.Contains(variables(), name) || strings.HasPrefix(word, "TEST_") || used(name) {
			continue
		}
		if meant := nearestVariable(word); meant != "" {
			found = append(found, Misspelt{name, meant})
		}
	}
	return found
}

// variables lists the environment variables that have a meaning.
var variables = sync.OnceValue(func() []string {
	known := []string{project.TrustVariable, EnvName(StarterToken), EnvName("password")}
	for _, s := range All() {
		known = append(known, EnvName(s.Name))
	}
	return known
})

// nearestVariable returns the variable that a word after the prefix means. Short words
// are near too many others, and typing errors seldom change the first letter.
func nearestVariable(word string) string {
	const shortest = 5
	if len(word) < shortest {
		return ""
	}
	var names []string
	for _, name := range variables() {
		if name := strings.TrimPrefix(name, envPrefix+"_"); name[0] == word[0] {
			names = append(names, name)
		}
	}
	if nearest := words.Nearest(word, names); nearest != "" {
		return envPrefix + "_" + nearest
	}
	return ""
}
