package lsp

import (
	"encoding/json"

	"github.com/hooktool/hooktool/pkg/lint"
)

// The part of the Language Server Protocol 3.17 that is used, with its names.
type (
	documentURI string

	position struct {
		Line      int `json:"line"`      // from 0
		Character int `json:"character"` // from 0, in units of the position encoding
	}

	textRange struct {
		Start position `json:"start"`
		End   position `json:"end"`
	}

	location struct {
		URI   documentURI `json:"uri"`
		Range textRange   `json:"range"`
	}

	textDocumentItem struct {
		URI        documentURI `json:"uri"`
		LanguageID string      `json:"languageId"`
		Version    int         `json:"version"`
		Text       string      `json:"text"`
	}

	textDocumentIdentifier struct {
		URI documentURI `json:"uri"`
	}

	versionedTextDocumentIdentifier struct {
		URI     documentURI `json:"uri"`
		Version int         `json:"version"`
	}

	didOpenParams struct {
		TextDocument textDocumentItem `json:"textDocument"`
	}

	didChangeParams struct {
		TextDocument   versionedTextDocumentIdentifier `json:"textDocument"`
		ContentChanges []contentChange                 `json:"contentChanges"`
	}

	// contentChange replaces a range, or the whole text if there is none.
	contentChange struct {
		Range *textRange `json:"range"`
		Text  string     `json:"text"`
	}

	didCloseParams struct {
		TextDocument textDocumentIdentifier `json:"textDocument"`
	}

	textDocumentPositionParams struct {
		TextDocument textDocumentIdentifier `json:"textDocument"`
		Position     position               `json:"position"`
	}

	workspaceFolder struct {
		URI  documentURI `json:"uri"`
		Name string      `json:"name"`
	}

	initializeParams struct {
		ProcessID        *int               `json:"processId"`
		RootURI          *documentURI       `json:"rootUri"`
		WorkspaceFolders []workspaceFolder  `json:"workspaceFolders"`
		Capabilities     clientCapabilities `json:"capabilities"`
	}

	clientCapabilities struct {
		General struct {
			PositionEncodings []string `json:"positionEncodings"`
		} `json:"general"`
		Window struct {
			ShowDocument struct {
				Support bool `json:"support"`
			} `json:"showDocument"`
		} `json:"window"`
		Workspace struct {
			DidChangeWatchedFiles struct {
				DynamicRegistration bool `json:"dynamicRegistration"`
			} `json:"didChangeWatchedFiles"`
			WorkspaceEdit struct {
				DocumentChanges bool `json:"documentChanges"`
			} `json:"workspaceEdit"`
			CodeLens struct {
				RefreshSupport bool `json:"refreshSupport"`
			} `json:"codeLens"`
		} `json:"workspace"`
		TextDocument struct {
			PublishDiagnostics struct {
				RelatedInformation bool `json:"relatedInformation"`
			} `json:"publishDiagnostics"`
			Completion struct {
				CompletionItem struct {
					SnippetSupport bool `json:"snippetSupport"`
				} `json:"completionItem"`
			} `json:"completion"`
			DocumentSymbol struct {
				Hierarchical bool `json:"hierarchicalDocumentSymbolSupport"`
			} `json:"documentSymbol"`
		} `json:"textDocument"`
	}

	initializeResult struct {
		Capabilities serverCapabilities `json:"capabilities"`
		ServerInfo   serverInfo         `json:"serverInfo"`
	}

	serverInfo struct {
		Name    string `json:"name"`
		Version string `json:"version"`
	}

	serverCapabilities struct {
		PositionEncoding string           `json:"positionEncoding"`
		TextDocumentSync textDocumentSync `json:"textDocumentSync"`

		HoverProvider             bool     `json:"hoverProvider"`
		DefinitionProvider        bool     `json:"definitionProvider"`
		ReferencesProvider        bool     `json:"referencesProvider"`
		DocumentHighlightProvider bool     `json:"documentHighlightProvider"`
		DocumentSymbolProvider    bool     `json:"documentSymbolProvider"`
		FoldingRangeProvider      bool     `json:"foldingRangeProvider"`
		CompletionProvider        triggers `json:"completionProvider"`
		SignatureHelpProvider     triggers `json:"signatureHelpProvider"`
		CodeActionProvider        struct {
			CodeActionKinds []string `json:"codeActionKinds"`
		} `json:"codeActionProvider"`
		CodeLensProvider       struct{} `json:"codeLensProvider"`
		ExecuteCommandProvider struct {
			Commands []string `json:"commands"`
		} `json:"executeCommandProvider"`

		Workspace workspaceCapabilities `json:"workspace"`
	}

	triggers struct {
		TriggerCharacters []string `json:"triggerCharacters"`
	}

	textDocumentSync struct {
		OpenClose bool `json:"openClose"`
		Change    int  `json:"change"` // 2: incremental
		Save      bool `json:"save"`
	}

	workspaceCapabilities struct {
		WorkspaceFolders struct {
			Supported           bool `json:"supported"`
			ChangeNotifications bool `json:"changeNotifications"`
		} `json:"workspaceFolders"`
	}

	didChangeWorkspaceFoldersParams struct {
		Event struct {
			Added   []workspaceFolder `json:"added"`
			Removed []workspaceFolder `json:"removed"`
		} `json:"event"`
	}

	registrationParams struct {
		Registrations []registration `json:"registrations"`
	}

	registration struct {
		ID              string `json:"id"`
		Method          string `json:"method"`
		RegisterOptions any    `json:"registerOptions"`
	}

	publishDiagnosticsParams struct {
		URI         documentURI  `json:"uri"`
		Version     *int         `json:"version,omitempty"`
		Diagnostics []diagnostic `json:"diagnostics"`
	}

	diagnostic struct {
		Range              textRange            `json:"range"`
		Severity           int                  `json:"severity"`
		Code               string               `json:"code"`
		CodeDescription    *codeDescription     `json:"codeDescription,omitempty"`
		Source             string               `json:"source"`
		Message            string               `json:"message"`
		Tags               []int                `json:"tags,omitempty"`
		RelatedInformation []relatedInformation `json:"relatedInformation,omitempty"`
		Data               json.RawMessage      `json:"data,omitempty"`

		template lint.Spot // that it is about
		webhooks []string  // that have the problem
	}

	codeDescription struct {
		Href string `json:"href"`
	}

	relatedInformation struct {
		Location location `json:"location"`
		Message  string   `json:"message"`
	}

	logMessageParams struct {
		Type    int    `json:"type"`
		Message string `json:"message"`
	}
)

// The severities of diagnostics, and the tag for unnecessary code.
const (
	severityError       = 1
	severityWarning     = 2
	severityInformation = 3
	tagUnnecessary      = 1
)

// The position encodings.
const (
	utf8Encoding  = "utf-8"
	utf16Encoding = "utf-16"
)

// Error codes of the protocol in addition to those of JSON-RPC.
const (
	codeServerNotInitialized = -32002
	codeRequestFailed        = -32803
	codeRequestCancelled     = -32800
)
