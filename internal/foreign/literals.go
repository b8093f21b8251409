package foreign

import (
	"encoding/json"
	"math/big"
	"strings"
)

// Literal returns the JSON form of a word or number of another language: true for
// True, 255 for 0xff. For other words, which are text, ok is false.
func Literal(word string) (literal string, ok bool) {
	switch word {
	case "True", "TRUE", "False", "FALSE":
		return strings.ToLower(word), true
	case "None", "nil", "Nil", "NULL", "Null", "undefined", "NaN", "Infinity", "-Infinity":
		return "null", true
	}
	sign, digits := "", strings.TrimPrefix(word, "+")
	if rest, negative := strings.CutPrefix(digits, "-"); negative {
		sign, digits = "-", rest
	}
	if digits == "" || digits[0] != '.' && (digits[0] < '0' || digits[0] > '9') {
		return "", false
	}
	if len(digits) > 1 && digits[0] == '0' && strings.ContainsRune("xXoObB", rune(digits[1])) {
		n, ok := new(big.Int).SetString(digits, 0)
		if !ok {
			return "", false
		}
		return sign + n.String(), true
	}
	if strings.HasSuffix(digits, "_") {
		return "", false
	}
	plain := strings.ReplaceAll(digits, "_", "")
	if strings.HasPrefix(plain, ".") {
		plain = "0" + plain
	}
	plain = strings.TrimSuffix(plain, ".")
	if !json.Valid([]byte(sign + plain)) {
		return "", false
	}
	return sign + plain, true
}
