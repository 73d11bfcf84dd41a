"""What the matched force leaves to ask: whom to ask for what, on whom it hangs, who decides, who bears it, who should exercise together."""
