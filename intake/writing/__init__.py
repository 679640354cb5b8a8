"""How Chinese papers write things: widths and punctuation, numerals, dates, and characters that look alike.

Pure helpers below the field types, which may not import one another.
"""
