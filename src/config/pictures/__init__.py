"""`make pictures`: the pictures of the manual, taken from a running demo by the system's Chromium.

    make demo            (in one terminal)
    make pictures        (in another; FADEN_PICTURES_URL names another address than http://127.0.0.1:8000)

Data comes from the demo's seed, so the pictures change only where the pages do. What this writes into the
demo is an evaluation by the data protection officer, each time a new one; all other forms are not sent.
"""
