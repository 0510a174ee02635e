"""What of a record counts. It is of a part and a round, and about one site."""

from statistics import median

from benchmarks.pictures.records import rate

# Of what comes over the network, pictures aside.
KINDS = ["page", "style", "script", "wasm", "other", "headers"]


def before_picture(record):
    """Bytes that came before the largest picture was painted, headers too, pictures aside."""
    return sum(record["before"][kind] for kind in KINDS)


def before_of(kind):
    """Those of a kind."""
    return lambda record: record["before"][kind]


def code_of(bytes_):
    """Script and WebAssembly, without headers."""
    return bytes_["script"] + bytes_["wasm"]


def loaded_code(record):
    return code_of(record["loaded"])


def scrolled_code(record):
    return code_of(record["scrolled"])


def clicked_code(record):
    return code_of(record["clicked"])


def score(category):
    return lambda record: record["scores"][category]


def brief(record):
    """A line for whoever waits."""
    words = " ".join(str(record[name]) for name in ["who", "page", "encoding"] if name in record)
    match record["part"]:
        case "looks":
            return f"{words}: LCP {record['lcp']:.0f} ms, {before_picture(record):,} bytes before"
        case "likes":
            return f"{words}: {record['phone']:.0f} ms, {clicked_code(record):,} bytes of script and WebAssembly"
        case "lighthouse":
            failed = f"; not well: {', '.join(record['failed'])}" if record["failed"] else ""
            return f"{words}: {' '.join(str(value) for value in record['scores'].values())}{failed}"
    return f"{words}: {rate(record):,.0f} a CPU-second"


def middle(found, value, part, **wanted):
    """The median, or None where nothing was measured."""
    values = found.values(value, part, **wanted)
    return median(values) if values else None
