package source

// usualLength is more than any template is long that a person writes, in bytes.
const usualLength = 20_000

// Excess returns how many bytes longer a template is than any that a person writes.
// Each pass over such a template takes long, so whoever analyses, repairs or tries it
// within a budget of work deducts these bytes from the budget.
func Excess(text string) int { return max(0, len(text)-usualLength) }
