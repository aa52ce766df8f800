"""What may be logged: the kind of an error and its place, never a word of a story (promise 4)."""

import logging
import traceback


class PlaceOnly(logging.Formatter):
    """Formats a record without the values in it.

    An exception's message may quote what somebody typed (a database error prints the row), and
    a record's arguments may hold it too. So: level, logger, the unfilled message, and for an
    exception its type and the file, line and function of each frame.
    """

    def format(self, record: logging.LogRecord) -> str:
        line = f"{record.levelname} {record.name}: {self._plain(record)}"
        if record.exc_info and record.exc_info[0]:
            frames = traceback.extract_tb(record.exc_info[2])
            places = [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
            line = "\n".join([line, *places, f"  {record.exc_info[0].__name__}"])
        return line

    @staticmethod
    def _plain(record: logging.LogRecord) -> str:
        # A message that was already put together can't be told from its values: print none of it
        # unless it came from our own code, which logs fixed sentences only.
        own = record.name.split(".")[0] in {"stories", "consultation", "cms"}
        return str(record.msg) if record.args or own else record.funcName
