"""Measurements that take long and pass no judgement: they are run by hand, not as tests."""
