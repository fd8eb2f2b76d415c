"""What the city and its people say to each other in public: letters answered, drafts put out, votes."""
