"""For the whole run: a line for each twentieth, each failure at once, instead of eight thousand dots."""

import time

import pytest

PART = 5  # per cent


class Progress:
    """What the process that hands out the tests hears of them."""

    def __init__(self, config: pytest.Config) -> None:
        self.config, self.began = config, time.monotonic()
        self.all = self.done = self.failed = self.told = 0

    def say(self, words: str) -> None:
        self.config.pluginmanager.get_plugin("terminalreporter").write_line(words, flush=True)  # type: ignore[union-attr]

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.all = self.all or len(session.items)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        self.all = len(ids)

    @pytest.hookimpl(wrapper=True)
    def pytest_report_teststatus(self):
        """The reporter counts and sums up at the end, but writes no letters."""
        category, _letter, word = yield
        return category, "", word

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed += 1
            self.say(f"FAILED {report.nodeid} ({report.when})")
        if report.when != "teardown":
            return
        self.done += 1
        share = 100 * self.done // max(self.all, 1)
        if share >= self.told + PART:
            self.told = share - share % PART
            self.say(f"{self.told:3} %, {time.monotonic() - self.began:.0f} s, {self.failed} failed")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Progress(config), "progress in words")
