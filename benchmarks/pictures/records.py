"""What was found: records, each a measurement of a part in a round, and what is asked of them."""

from statistics import median

from . import likeness


class Records:
    """All of them. A record has the `part`, the `round`, who it is about and numbers; scores belong to no round."""

    def __init__(self, records):
        self.records = records

    def of(self, part, **wanted):
        return [
            record
            for record in self.records
            if record["part"] == part and all(record.get(name) == value for name, value in wanted.items())
        ]

    def rounds(self):
        return len({record["round"] for record in self.records if "round" in record})

    def values(self, value, part, **wanted):
        """A value of each round, in order."""
        return [value(record) for record in self.of(part, **wanted)]

    def ratio(self, value, part, above, below, **wanted):
        """`above` ÷ `below` in each round that has both."""
        return self.ratio_of(value, self.of(part, who=above, **wanted), self.of(part, who=below, **wanted))

    def ratio_of(self, value, above, below):
        others = {record["round"]: value(record) for record in below}
        return [value(record) / others[record["round"]] for record in above if record["round"] in others]

    def keys(self, part, *names):
        return list(dict.fromkeys(tuple(record.get(name) for name in names) for record in self.of(part)))

    def score(self, source, form, who):
        found = self.of("score", source=source, format=form, who=who)
        return found[0] if found else None

    def curve(self, source, form):
        """sharp's (bytes, score) by rising bytes."""
        found = self.of("score", source=source, format=form)
        return sorted((one["bytes"], one["score"]) for one in found if one["who"].startswith("sharp at "))

    def needed(self, source, form, score):
        """The bytes that sharp needs for a score, if it is between two of its results."""
        return likeness.bytes_for(self.curve(source, form), score)


def cpu(record):
    """The CPU time is counted in hundredths: nobody can have taken less than one."""
    return max(record["cpu"], 0.01)


def milliseconds(record):
    """CPU time of a picture made in one process."""
    return 1000 * cpu(record) / record["pictures"]


def http_milliseconds(record):
    """CPU time of a request."""
    return 1000 * cpu(record) / record["requests"]


def rate(record):
    return record["requests"] / cpu(record)


def throughput(record):
    return record["requests"] / record["seconds"]


def peak(record):
    return record["peak"]


def p99(record):
    """By nearest rank."""
    times = sorted(record["times"])
    return times[-(-99 * len(times) // 100) - 1]


def middle(record):
    return median(record["times"])


def brief(record):
    """A line for whoever waits."""
    words = " ".join(str(record[name]) for name in ["what", "source", "format", "who", "state"] if name in record)
    match record["part"]:
        case "score":
            return f"{words}: {record['bytes']:,.0f} bytes, SSIMULACRA2 {record['score']:.1f}"
        case "pages":
            return f"{words}: p99 {p99(record):.1f} ms"
        case "process":
            return f"{words}: {milliseconds(record):.1f} ms, {record['peak'] / 1e6:.0f} MB"
        case "http":
            memory = f"{record['peak'] / 1e6:.0f} MB"
            return f"{words}, {record['clients']} at once: {http_milliseconds(record):.1f} ms of CPU, {memory}"
    return f"{words}: {rate(record):,.0f} a CPU-second"
