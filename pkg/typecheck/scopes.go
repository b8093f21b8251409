package typecheck
func (c *checker) checkScopes() {}
func (c *checker) checkTemplates() {}
