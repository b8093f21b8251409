package rewrite

import (
	"fmt"
	"strings"
	"text/template/parse"
)

// action walks an action. An action that declares or sets a variable prints nothing.
func (s *sketcher) action(list *parse.ListNode, i int, node *parse.ActionNode, p place) place {
	if len(node.Pipe.Decl) > 0 {
		return p
	}
	start, end := actionSpan(s.text, int(node.Pos))
	switch bracket := printedBracket(node); {
	case p.inString():
	case bracket == "{", bracket == "[":
		return s.open(list, start, bracket == "[", p)
	case bracket == "}", bracket == "]":
		return s.close(start, bracket == "]", p)
	}
	if s.prints(node) && p.frame != nil && (p.lex == lexBetween || p.lex == lexBare) {
		s.noteComma(list, start, end, p)
		p.lex = lexBetween
		return p
	}
	a := s.byNode[node]
	if a == nil {
		a = &action{node: node, list: list, index: i}
		s.byNode[node] = a
		s.actions = append(s.actions, a)
	}
	if s.lenient && (p.lex == lexBegin || p.lex == lexDone) && printsNothing(node) {
		return p
	}
	if s.lenient && (p.lex == lexBegin || p.lex == lexDone) {
		s.strays[start] = Stray{
			Start: start, End: end, around: true, printed: true,
			What: fmt.Sprintf("what %s prints", s.text[start:end]), Hint: "put it into the JSON, or remove it",
		}
		return p
	}
	p = s.lenientAction(start, p)
	if p.lex == lexBare && p.whole && p.frame != nil && p.frame.array && (printsJSON(node) || s.text[start-1] != '}') {
		p.lex = lexBetween // two values without a comma between them
	}
	a.add(p)
	p.whole = p.lex != lexBare && printsWhole(node)
	switch {
	case p.inString():
		p.esc = 0
	case p.lex == lexBetween && !p.frame.array: // a key from data
		p = s.begin(list, start, p)
		p.lex = lexColon
		s.dataKeys = append(s.dataKeys, a)
	case p.lex == lexBegin || p.lex == lexValue:
		p.lex, p.from = lexBare, start
		s.prose = true
	case p.lex == lexBetween && p.frame.array:
		p = s.begin(list, start, p)
		p.lex, p.from = lexBare, start
		s.prose = true
	}
	return p
}

// printedBracket returns the bracket that an action prints, as before an action, where
// a brace would be read as part of its delimiter; it is empty for all other actions.
func printedBracket(node *parse.ActionNode) string {
	if len(node.Pipe.Cmds) != 1 || len(node.Pipe.Cmds[0].Args) != 1 {
		return ""
	}
	text, ok := node.Pipe.Cmds[0].Args[0].(*parse.StringNode)
	if !ok || len(text.Text) != 1 || !strings.Contains("{}[]", text.Text) {
		return ""
	}
	return text.Text
}

// printsJSON reports whether an action prints the output of json.
func printsJSON(node *parse.ActionNode) bool {
	last := node.Pipe.Cmds[len(node.Pipe.Cmds)-1]
	return calls(last, "json")
}

// printsWhole reports whether an action prints JSON or a number.
func printsWhole(node *parse.ActionNode) bool {
	return printsJSON(node) || len(node.Pipe.Cmds) == 1 && calls(node.Pipe.Cmds[0], "len")
}

// printsNothing reports whether an action prints an empty text.
func printsNothing(node *parse.ActionNode) bool {
	if len(node.Pipe.Cmds) != 1 || len(node.Pipe.Cmds[0].Args) != 1 {
		return false
	}
	text, ok := node.Pipe.Cmds[0].Args[0].(*parse.StringNode)
	return ok && strings.TrimSpace(text.Text) == ""
}

func (a *action) add(p place) {
	for _, known := range a.places {
		if known.lex == p.lex && known.repaired() == p.repaired() && (known.esc > 0) == (p.esc > 0) {
			return
		}
	}
	a.places = append(a.places, p)
}

// prints reports whether an action prints a separator variable.
func (s *sketcher) prints(node *parse.ActionNode) bool {
	if len(node.Pipe.Cmds) != 1 || len(node.Pipe.Cmds[0].Args) != 1 {
		return false
	}
	if text, ok := node.Pipe.Cmds[0].Args[0].(*parse.StringNode); ok {
		return strings.Trim(text.Text, ", \t\r\n") == "" && strings.Contains(text.Text, ",")
	}
	v, ok := node.Pipe.Cmds[0].Args[0].(*parse.VariableNode)
	return ok && len(v.Ident) == 1 && s.separators[v.Ident[0]]
}
