"""The bench of many classifications at once: one small run of both workers; never how fast anything is."""

from __future__ import annotations

import pytest

from bench import classify
from bench.classify_jobs import CHOICES, question


@pytest.mark.timeout(120)
def test_both_workers_get_verdicts_and_ours_keeps_to_its_connections() -> None:
    found = classify.measured(classify.Plan(model_s=0.3, flights=6, seconds=6.0, rounds=1))

    assert {kind: {*sums.told} for kind, sums in found.items()} == {
        "ours": {"claude-haiku-5-5"},
        "stock": {"claude-haiku-5-5"},
    }
    assert (found["ours"].at_once > 1, found["stock"].at_once <= 1) == (True, True)
    assert 0 < found["ours"].connections <= 8


def test_a_ratio_and_both_aims_are_printed() -> None:
    sums = {
        "ours": classify.Measured(times=[1.6, 1.7], rates=[30.0], at_once=50, connections=8),
        "stock": classify.Measured(times=[1.6], rates=[0.5], at_once=1, connections=3),
    }

    assert classify.table(sums)[-3:] == [
        "jobs a second, ours / stock: 60.0",
        "model calls at once: 50   aim 50: reached",
        "connections to Redis: 8   aim 8: reached",
    ]


def test_a_job_carries_a_number_and_the_words_follow_from_it() -> None:
    assert (question(3), question(3).choices) == (question(3), CHOICES)
    assert question(3).words != question(4).words
