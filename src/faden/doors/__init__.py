"""What every audience's door is made of: who is signed in, how a form counts once, how a no is said."""
