package destination

import "github.com/hooktool/hooktool/internal/jsontree"

// Value is a JSON value and its place in the body. A nil Value is an absent one; its
// methods return zero values.
type Value = jsontree.Value

// The kinds of JSON values, by the names that JSON Schema gives them.
const (
	Null    = jsontree.Null
	Boolean = jsontree.Boolean
	Number  = jsontree.Number
	String  = jsontree.String
	Object  = jsontree.Object
	Array   = jsontree.Array
)
