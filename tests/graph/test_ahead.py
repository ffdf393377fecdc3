"""Work done one piece ahead comes out as if it were done in turn."""

from __future__ import annotations

import threading

import pytest
from lianpu.graph.ahead import one_ahead


def test_results_come_in_order() -> None:
    assert list(one_ahead(lambda number: number * 2, range(5))) == [0, 2, 4, 6, 8]
    assert list(one_ahead(str, [])) == []


def test_the_next_piece_is_worked_on_and_no_more_than_that() -> None:
    begun: list[int] = []
    second = threading.Event()

    def work(number: int) -> int:
        begun.append(number)
        if number == 1:
            second.set()
        return number

    results = one_ahead(work, range(9))
    assert next(results) == 0
    assert second.wait(30)
    assert begun == [0, 1]
    results.close()


def test_an_error_is_raised_where_the_result_would_have_been() -> None:
    def work(number: int) -> float:
        return 1 / number

    results = one_ahead(work, [1, 0, 2])
    assert next(results) == 1
    with pytest.raises(ZeroDivisionError):
        next(results)
