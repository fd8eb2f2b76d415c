"""What people see: services, forms, personal space, tracking."""
