"""SVG 1.1 and what can be hidden in it."""

from .draw import zip_archive

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
SHAPE = '<rect width="30" height="20" fill="#e61414"/>'


def svg(inside=SHAPE, sides='width="40" height="30"', before=""):
    return f"{before}{OPEN} {sides}>{inside}</svg>".encode()


def nested(depth):
    return "<g>" * depth + SHAPE + "</g>" * depth


def uses(levels, times):
    """Each level shows the one below so many times."""
    parts = [f'<g id="a0">{SHAPE}</g>']
    for level in range(1, levels + 1):
        parts.append(f'<g id="a{level}">' + f'<use href="#a{level - 1}"/>' * times + "</g>")
    return "<defs>" + "".join(parts) + f'</defs><use href="#a{levels}"/>'


def laughs():
    """Ten entities, each ten times the one before."""
    entities = ['<!ENTITY e0 "ha">']
    entities += [f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 11)]
    return svg("<text>&e10;</text>", before=f"<!DOCTYPE svg [{''.join(entities)}]>")


def picture(address):
    return f'{SHAPE}<image width="40" height="30" href="{address}"/>'


def effect(steps, sides='x="0" y="0" width="1" height="1"'):
    return f'<filter id="f" {sides}>{steps}</filter><rect width="40" height="30" filter="url(#f)"/>'


def taken():
    prologue = '\ufeff<?xml version="1.0" encoding="UTF-8"?>\n<!-- <html> -->\n<!DOCTYPE svg>\n'
    return {
        "plain.svg": svg(),
        "prologue.svg": svg(before=prologue),
        "view-box.svg": svg(sides='viewBox="0 0 40 30"'),
        "script.svg": svg(f'{SHAPE}<script>alert(1)</script><a href="javascript:alert(1)">{SHAPE}</a>'),
        "picture-from-a-file.svg": svg(picture("file:///etc/passwd")),
        "picture-from-the-network.svg": svg(picture("http://127.0.0.1:1/picture.png")),
        "style-from-the-network.svg": svg(f"<style>@import url(http://127.0.0.1:1/a.css);</style>{SHAPE}"),
    }


def refused():
    return {
        "half.svg": svg()[:-20],
        "laughs.svg": laughs(),
        "entity-of-itself.svg": svg("<text>&a;</text>", before='<!DOCTYPE svg [<!ENTITY a "&b;"><!ENTITY b "&a;">]>'),
        "no-sides.svg": svg(sides=""),
        "page-around-it.svg": b"<!DOCTYPE html><html><body>" + svg() + b"</body></html>",
        "not-closed.svg": f'{OPEN} width="40" height="30">{"<g>" * 300}'.encode(),
    }


def odd():
    within = svg(picture("#")).decode().replace('"', "'")
    turbulence = '<feTurbulence baseFrequency="0.9" numOctaves="9"/>'
    return {
        "entity-from-a-file.svg": svg(
            "<text>&file;</text>", before='<!DOCTYPE svg [<!ENTITY file SYSTEM "file:///etc/passwd">]>'
        ),
        "deep.svg": svg(nested(500)),
        "uses-of-uses.svg": svg(uses(9, 10)),
        "use-of-itself.svg": svg('<g id="a"><use href="#a"/></g><use href="#b"/><use id="b" href="#a"/>'),
        "pattern-of-itself.svg": svg(
            '<pattern id="p" width="1" height="1"><rect width="9" height="9" fill="url(#p)"/></pattern>'
            '<rect width="40" height="30" fill="url(#p)"/>'
        ),
        "mask-of-itself.svg": svg(f'<mask id="m"><g mask="url(#m)">{SHAPE}</g></mask><g mask="url(#m)">{SHAPE}</g>'),
        "gradient-of-itself.svg": svg(
            '<linearGradient id="g" href="#g"/><rect width="40" height="30" fill="url(#g)"/>'
        ),
        "picture-of-a-picture.svg": svg(picture("data:image/svg+xml," + within)),
        "picture-that-is-none.svg": svg(picture("data:image/png;base64,AAAA")),
        "sides-of-a-million.svg": svg(sides='width="1000000" height="1000000"'),
        "sides-without-end.svg": svg(sides='width="1e38" height="1e38"'),
        "sides-of-no-number.svg": svg(sides='width="NaN" height="-5"'),
        "sides-of-nothing.svg": svg(sides='width="0" height="0"'),
        "view-box-of-nothing.svg": svg(sides='width="40" height="30" viewBox="0 0 0 0"'),
        "thin.svg": svg(sides='width="0.001" height="4000"'),
        "numbers-without-end.svg": svg('<path d="M0 0 L1e38 -1e38 A1e38 1e-38 9 1 1 1e38 0 z" stroke-width="1e30"/>'),
        "million-dashes.svg": svg('<path d="M0 0H100000" stroke="red" stroke-dasharray="0.001"/>'),
        "noise-by-effect.svg": svg(effect(turbulence * 4)),
        "vast-blur.svg": svg(
            effect('<feGaussianBlur stdDeviation="1e9"/>', 'x="-999" y="-999" width="9999" height="9999"')
        ),
        "vast-thickening.svg": svg(effect('<feMorphology operator="dilate" radius="9999"/>')),
        "two-byte-text.svg": svg().decode().encode("utf-16"),
        "archive-behind.svg": svg() + zip_archive(),
        "only-text.svg": svg('<text x="2" y="20" font-family="No such font" font-size="9">words 文字</text>'),
        "not-text.svg": svg(f"<text>{chr(0xFFFE)}</text>").replace(b"red", b"\xff\xfe"),
    }
