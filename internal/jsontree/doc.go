// Package jsontree reads JSON as a tree of values that know their place in the
// text: all of a text that is JSON, and as much as can be read of one that is not.
//
//	tree := jsontree.Parse(body)
//	if tree.Fault != nil {
//		fmt.Println(tree.Fault.Offset, tree.Fault.Message)
//	}
//	title := tree.Root.Get("embeds").Elem(0).Get("title")
//	fmt.Println(title.Path(), title.Start) // $.embeds[0].title 23
//
// JSON is what RFC 8259 and encoding/json say it is, which tests check. This is also
// the one package that writes JSON paths: see [AppendName].
package jsontree
