"""How the weights of ``ocr/models/numbers.onnx`` were made: a small network for printed letter numbers.

    pip install torch==2.13.0 onnx          # for training only; the product needs neither
    python -m training.printed.train
"""
