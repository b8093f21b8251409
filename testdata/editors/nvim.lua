-- Drives hooktool's language server in Neovim: open, see, hover, complete, repair,
-- save. What it saw is written to result.json.
local function wait(what, ready)
  if not vim.wait(20000, ready, 20) then
    io.stderr:write("waited in vain for " .. what .. "\n")
    vim.cmd("cquit")
  end
end

vim.cmd("edit alert.tmpl")
local client = vim.lsp.start_client({ name = "hooktool", cmd = { "hooktool", "lsp" }, root_dir = vim.fn.getcwd() })
vim.lsp.buf_attach_client(0, client)
local codes = function()
  local found = {}
  for _, d in ipairs(vim.diagnostic.get(0)) do table.insert(found, d.code or d.user_data.lsp.code) end
  return found
end
wait("diagnostics", function() return #vim.diagnostic.get(0) > 0 end)
local result = { found = codes() }

vim.fn.search("\\.Summary")
vim.fn.cursor(vim.fn.line("."), vim.fn.col(".") + 2)
local ask = function(method, params)
  local answers = vim.lsp.buf_request_sync(0, method, params, 20000)
  return answers[client].result
end
local here = vim.lsp.util.make_position_params()
result.hover = ask("textDocument/hover", here).contents.value
result.completion = {}
for _, item in ipairs(ask("textDocument/completion", here).items) do table.insert(result.completion, item.label) end

local diagnostics = {}
for _, d in ipairs(vim.diagnostic.get(0)) do
  table.insert(diagnostics, {
    range = { start = { line = d.lnum, character = d.col }, ["end"] = { line = d.end_lnum, character = d.end_col } },
    severity = d.severity, code = d.code or d.user_data.lsp.code, source = d.source, message = d.message,
    data = d.user_data and d.user_data.lsp and d.user_data.lsp.data or { fixable = true },
  })
end
local params = { textDocument = here.textDocument, range = { start = { line = 0, character = 0 }, ["end"] = { line = 100, character = 0 } },
  context = { diagnostics = diagnostics } }
for _, action in ipairs(ask("textDocument/codeAction", params)) do
  if action.isPreferred then
    vim.lsp.util.apply_workspace_edit(action.edit, vim.lsp.get_client_by_id(client).offset_encoding)
  end
end
wait("the repair to be checked", function() return #vim.diagnostic.get(0) == 0 end)
vim.cmd("write")
result.left = codes()
vim.lsp.stop_client(client)
wait("the end of the server", function() return vim.lsp.client_is_stopped(client) end)
vim.fn.writefile({ vim.fn.json_encode(result) }, "result.json")
vim.cmd("quitall!")
