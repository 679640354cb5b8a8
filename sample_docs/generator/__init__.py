"""The maker of the sample papers, from what is invented to what lies in the folder.

::

    numbers -> world -> cases      who the customers are and what they hand in
    fonts -> sheet -> ornament, seal -> licenses, cards, permits, contracts      the papers, drawn at 300 dpi
    conditions -> files            what an office makes of a paper: scanner, copier, fax, phone; and the file formats
    specimens                      the way through all of them; broken: files that must be refused

Lengths are millimetres from the top left of the sheet, colours RGB from 0 to 255, unless a name says otherwise.
"""
