"""Well-formed unified social credit codes (GB 32100-2015) that belong to nobody."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

_SIGNS = np.frombuffer(b"0123456789ABCDEFGHJKLMNPQRTUWXY", dtype=np.uint8)
_VALUE = np.zeros(256, dtype=np.int64)
_VALUE[_SIGNS] = np.arange(len(_SIGNS))
_BODY_WEIGHTS = np.array([3, 7, 9, 10, 5, 8, 4, 2])
_BODY_CHECK = np.frombuffer(b"0123456789X", dtype=np.uint8)
_WEIGHTS = 3 ** np.arange(17) % 31


def credit_codes(numbers: npt.NDArray[np.int64], regions: npt.NDArray[np.bytes_]) -> pa.Array:
    """Return a code for each number, registered in the region of six digits beside it.

    Department 9 and category 1, the region, an organisation code of eight digits and its check
    sign by GB 11714, and the check sign of the whole.
    """
    signs = np.empty((len(numbers), 18), dtype=np.uint8)
    signs[:, 0], signs[:, 1] = ord("9"), ord("1")
    signs[:, 2:8] = regions.view(np.uint8).reshape(-1, 6)
    digits = numbers[:, None] // 10 ** np.arange(7, -1, -1) % 10
    signs[:, 8:16] = digits + ord("0")
    signs[:, 16] = _BODY_CHECK[(11 - digits @ _BODY_WEIGHTS % 11) % 11]
    signs[:, 17] = _SIGNS[(31 - _VALUE[signs[:, :17]] @ _WEIGHTS % 31) % 31]
    ends = np.arange(len(numbers) + 1, dtype=np.int32) * 18
    buffers = [None, pa.py_buffer(ends.tobytes()), pa.py_buffer(signs.tobytes())]
    return pa.Array.from_buffers(pa.string(), len(numbers), buffers)
