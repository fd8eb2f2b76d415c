"""What the component tags put into their templates: one function a component, no database, no request."""
