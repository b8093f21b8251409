// Package jsontree reads JSON as a tree of values that know their place in the text:
// the whole text if it is valid, and as much as can be read if it is not.
//
//	tree := jsontree.Parse(body)
//	if tree.Fault != nil {
//		fmt.Println(tree.Fault.Offset, tree.Fault.Message)
//	}
//	title := tree.Root.Get("embeds").Elems()[0].Get("title")
//	fmt.Println(title.Path(), title.Start) // $.embeds[0].title 23
//
// JSON is what RFC 8259 and encoding/json say it is, which tests check. This is also
// the one package that writes JSON paths: see [AppendName].
package jsontree
