"""Who someone is: organisations, posts, people, firms, accounts, roles, sign-in."""
