"""Thousands of varied papers for fitting and regression, each from a seed and an index.

::

    chance -> places, names, trades, firms, writing           what is invented
    licenses, agreements                                      what stands on a paper, and its truth
    canvas, frames, marks -> license_print, license_foot, identity, permits, agreement_print, decoys   the paper drawn
    conditions -> scanner, photo                              what becomes of it on the way
    stream                                                    file after file, with the truth

A paper's condition is drawn first, because it tells how finely to draw. Lengths are millimetres from the top left,
``px`` is pixels per millimetre.
"""
