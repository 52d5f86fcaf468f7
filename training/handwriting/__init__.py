"""How the weights of ``ocr/models/handwriting*.onnx`` were made: two small networks for entries by hand.

    pip install torch==2.13.0 onnx          # for training only; the product needs neither
    python -m training.handwriting.train
    python -m training.handwriting.train --part 2 --steps 2000    # half an hour in all
    python -m training.handwriting.train --part 3 --steps 4000    # goes on from the shipped weights; see MODEL_CARD.md

Digits of two sets of drawn ones (``../shared/data/handwritten_digits``; DIGITS names another folder) are thinned to
pen ways, bent, and put together to running numbers and days beside typed ones in the faces of :mod:`training.faces`.
"""
