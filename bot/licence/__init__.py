"""What a licence says and whether it still holds. Pure: no I/O and no clock of its own."""
