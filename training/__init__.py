"""How the weights of the Thai line recogniser are made and measured. Not installed with the product."""
