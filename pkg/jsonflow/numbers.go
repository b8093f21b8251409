package jsonflow

// compareNumbers returns the condition under which x op y is true.
func compareNumbers(op string, x, y number) *formula {
	switch op {
	case "ne":
		return negation(compareNumbers("eq", x, y))
	case "ge":
		return negation(compareNumbers("lt", x, y))
	case "gt":
		return negation(compareNumbers("le", x, y))
	}
	if f := compareRanges(op, x, y); f != nil {
		return f
	}
	switch {
	case x.form == formLen && y.form == formPlain && y.lo == y.hi:
		return lengthIs(op, x.base, y.lo-x.plus)
	case y.form == formLen && x.form == formPlain && x.lo == x.hi:
		return lengthIs(flip(op), y.base, x.lo-y.plus)
	case x.form == formBytes && y.form == formPlain && y.lo == y.hi:
		return bytesAre(op, x.base, y.lo-x.plus)
	case y.form == formBytes && x.form == formPlain && x.lo == x.hi:
		return bytesAre(flip(op), y.base, x.lo-y.plus)
	case x.form == formRest && y.form == formPlain && y.lo == y.hi:
		return restIs(op, x.base, y.lo-x.plus)
	case y.form == formRest && x.form == formPlain && x.lo == x.hi:
		return restIs(flip(op), y.base, x.lo-y.plus)
	case x.form == formLen && y.form == formIndex && y.base.parent == x.base:
		return restIs(op, y.base, y.plus-x.plus)
	case y.form == formLen && x.form == formIndex && x.base.parent == y.base:
		return restIs(flip(op), x.base, x.plus-y.plus)
	}
	return either
}

// compareRanges decides by the ranges alone. It returns nil if they are inconclusive.
func compareRanges(op string, x, y number) *formula {
	switch op {
	case "eq":
		if x.hi < y.lo || y.hi < x.lo {
			return never
		}
		if x.lo == x.hi && x.lo == y.lo && y.lo == y.hi {
			return always
		}
	case "lt":
		if x.hi < y.lo {
			return always
		}
		if x.lo >= y.hi {
			return never
		}
	case "le":
		if x.hi <= y.lo {
			return always
		}
		if x.lo > y.hi {
			return never
		}
	}
	return nil
}

// flip returns the operator for swapped operands. compareNumbers has already
// replaced gt and ge.
func flip(op string) string {
	switch op {
	case "lt":
		return "gt"
	case "le":
		return "ge"
	}
	return op
}

// lengthIs returns the condition under which the length of a list compares with n as op
// says.
func lengthIs(op string, list *path, n int) *formula {
	lo, hi := 0, noMaximum
	switch op {
	case "eq":
		lo, hi = n, n
	case "lt":
		hi = n - 1
	case "le":
		hi = n
	case "gt":
		lo = n + 1
	case "ge":
		lo = n
	}
	lo = max(lo, 0)
	switch {
	case hi < lo:
		return never
	case lo == 0 && hi == noMaximum:
		return always
	}
	return is(subject{path: list}, domain{kind: kindLen, lo: lo, hi: hi})
}

// bytesAre returns the condition under which the length of a text compares with n as op
// says. For an arbitrary text, the condition is only known if it is about being empty.
func bytesAre(op string, text *path, n int) *formula {
	switch op {
	case "gt":
		return negation(bytesAre("le", text, n))
	case "ge":
		return negation(bytesAre("lt", text, n))
	case "lt":
		return bytesAre("le", text, n-1)
	}
	if text.values != nil {
		var fit []string
		for _, v := range text.values {
			if len(v) == n || op == "le" && len(v) < n {
				fit = append(fit, v)
			}
		}
		return is(subject{path: text}, textSet(false, fit...))
	}
	switch {
	case n < 0:
		return never
	case n == 0:
		return is(subject{path: text}, textSet(false, ""))
	}
	return either
}

// restIs returns the condition under which the number of elements from this turn on, at
// least one, compares with n as op says.
func restIs(op string, element *path, n int) *formula {
	last := is(subject{path: element, last: true}, boolean(kindLast, true))
	switch op {
	case "gt":
		return negation(restIs("le", element, n))
	case "ge":
		return negation(restIs("lt", element, n))
	case "lt":
		return restIs("le", element, n-1)
	case "le":
		switch {
		case n < 1:
			return never
		case n == 1:
			return last
		}
	case "eq":
		switch {
		case n < 1:
			return never
		case n == 1:
			return last
		}
	}
	return either
}
