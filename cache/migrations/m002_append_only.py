"""Observations and their hops can be added, and not changed, removed or replaced, whatever tool is used."""

STATEMENTS = (
    """CREATE TRIGGER observations_are_not_changed BEFORE UPDATE ON observations
BEGIN SELECT RAISE(ABORT, 'observations are only appended'); END""",
    """CREATE TRIGGER observations_are_not_removed BEFORE DELETE ON observations
BEGIN SELECT RAISE(ABORT, 'observations are only appended'); END""",
    # INSERT OR REPLACE removes a row without a word to the trigger above, unless recursive triggers are on
    """CREATE TRIGGER observations_are_not_replaced BEFORE INSERT ON observations
WHEN EXISTS (SELECT 1 FROM observations WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'observations are only appended'); END""",
    """CREATE TRIGGER hops_are_not_changed BEFORE UPDATE ON hops
BEGIN SELECT RAISE(ABORT, 'hops are only appended'); END""",
    """CREATE TRIGGER hops_are_not_removed BEFORE DELETE ON hops
BEGIN SELECT RAISE(ABORT, 'hops are only appended'); END""",
    """CREATE TRIGGER hops_are_not_replaced BEFORE INSERT ON hops
WHEN EXISTS (SELECT 1 FROM hops WHERE observation_id = NEW.observation_id AND number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'hops are only appended'); END""",
)
